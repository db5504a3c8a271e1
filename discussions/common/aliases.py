"""Names under which people write anonymously: another in each thread, the same within one.

One that stayed the same over threads would unmask its owner: who once gives themselves away is
known everywhere. They are chosen by chance and kept with the words, so that nothing about a
person can be worked out from one.
"""

import secrets
from collections.abc import Collection

from discussions.models import Comment, Thread
from readings.models import Anonymity, Reading
from seminars import permissions
from seminars.models import Membership

ADJECTIVES = (
    *("amber", "bold", "brisk", "calm", "careful", "clear", "curious", "early", "eager", "fair"),
    *("gentle", "green", "hidden", "honest", "idle", "keen", "kind", "late", "little", "lively"),
    *("lucid", "merry", "mild", "modest", "nimble", "open", "patient", "plain", "proud", "quick"),
    *("quiet", "ready", "round", "silent", "slow", "steady", "still", "tall", "warm", "wise"),
)
ANIMALS = (
    *("badger", "bee", "bison", "crane", "cricket", "crow", "deer", "dove", "duck", "eel"),
    *("falcon", "finch", "fox", "gecko", "goose", "hare", "hawk", "heron", "ibis", "jay"),
    *("kite", "koala", "lark", "lynx", "magpie", "marten", "mole", "moth", "newt", "otter"),
    *("owl", "puffin", "raven", "robin", "seal", "stork", "swan", "tern", "toad", "wren"),
)
TRIES = 20  # among 1,600 names; after that a number tells two apart


def is_anonymous(reading: Reading, by: Membership, *, wanted: bool) -> bool:
    """Whether what `by` writes here stands under another name."""
    if not permissions.can_be_anonymous(by) or reading.anonymity == Anonymity.OFF:
        return False
    return wanted or reading.anonymity == Anonymity.REQUIRED


def alias_in(thread: Thread, by: Membership) -> str:
    """Return the alias of `by` in a thread whose row is held: the one they have, or a new one."""
    own = Comment.objects.filter(thread=thread, author=by).exclude(alias="")
    known = own.values_list("alias", flat=True).first()
    if known:
        return known
    if thread.alias and thread.author_id == by.pk:
        return thread.alias
    taken = Comment.objects.filter(thread=thread).exclude(alias="").values_list("alias", flat=True)
    return new_alias([thread.alias, *taken])


def new_alias(taken: Collection[str] = ()) -> str:
    """Return a name that nobody in the thread has."""
    name = ""
    for _ in range(TRIES):
        name = f"{secrets.choice(ADJECTIVES)} {secrets.choice(ANIMALS)}".title()
        if name not in taken:
            return name
    return f"{name} {len(taken) + 1}"
