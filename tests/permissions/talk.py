"""A seminar with one comment for each combination of the rules, and who may read which.

Each comment has a word that stands nowhere else: wherever it is found, it is told. The rules are
said once more in plain Python here, for the tests to hold every channel against.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.utils import timezone

from discussions import moderation
from discussions.comments import reply
from discussions.comments.actions import withdraw
from discussions.models import Comment
from discussions.moderation import actions, rare_actions
from readings.models import Anonymity, Reading
from readings.setup import general_discussion_of
from readings.setup.actions import change_settings
from seminars.models import Membership
from tests.base import People, make_people, make_reading, make_user
from tests.discussions.base import first_of, say
from tests.permissions.answers import publish_answers
from tests.permissions.gated_text import BEHIND_TEXT, put_gate
from tests.permissions.links import link_readings
from tests.permissions.words import WORD, spelled

GENERAL = "general-discussion"
AUTHORS = ("carol", "dan", "alice", "bob")


@dataclass
class Told:
    """A comment with its word, and all that decides who may read it."""

    comment: Comment
    reading: str
    audience: str
    group: str
    author: str
    begun_by: str
    state: str = "published"
    block: str = ""  # "" is the whole reading
    is_in_answer: bool = False  # in a thread that publishes an answer to a checkpoint
    far: str = ""  # in a link: its other reading, and the block there
    far_block: str = ""

    @property
    def ends(self) -> list[tuple[str, str]]:
        """The readings and blocks that it is about."""
        return [(self.reading, self.block), *([(self.far, self.far_block)] if self.far else [])]


@dataclass
class Talk:
    """The world: people, readings by slug, and what was said."""

    people: People
    members: dict[str, Membership]
    readings: dict[str, Reading]
    told: dict[str, Told] = field(default_factory=dict)
    # Words of the text and the guide of “gated” that stand behind its gate.
    behind: frozenset[str] = frozenset()

    @property
    def one_of_each(self) -> list[Told]:
        kinds = {
            (one.reading, one.audience == "seminar", one.state): one for one in self.told.values()
        }
        return list(kinds.values())

    def read_by(self, viewer: str) -> list[Told]:
        """What others have said, is published and this person may read, in the order of telling."""
        found = [
            one
            for one in self.told.values()
            if one.author != viewer
            and one.state == "published"
            and may_open_all(viewer, one)
            and may_read(viewer, one)
        ]
        return sorted(found, key=lambda one: (one.comment.thread_id, one.comment.seq))

    def news_of(self, viewer: str) -> list[Told]:
        """The same in the threads that they watch."""
        return [one for one in self.read_by(viewer) if (viewer, one.reading) not in UNWATCHED]

    def taken_from(self, author: str) -> list[Told]:
        """What somebody wrote that staff have hidden, returned, removed or deleted: they are told
        so, where they may read."""
        return [
            one
            for one in self.told.values()
            if one.author == author and one.state in TAKEN and may_open(author, one.reading)
        ]

    def decided_about(self, author: str) -> int:
        """How many decisions somebody is told of: what is deleted was removed before."""
        return sum(1 + (one.state == "purged") for one in self.taken_from(author))

    def next_word(self) -> str:
        return spelled(len(self.told) + 1)

    def add(self, comment: Comment, reading: str, audience: str, author: str) -> Told:
        """Note what was said; its group is that of the thread, or of whom a word is for."""
        group = comment.thread.group.name if comment.thread.group else ""
        word = WORD.findall(comment.body)[0]
        begun_by = comment.thread.author.name.lower()
        block = comment.thread.passage.block_key if comment.thread.passage else ""
        said = Told(comment, reading, audience, group, author, begun_by, block=block)
        said.is_in_answer = comment.thread.answered_item_id is not None
        self.told[word] = said
        return self.told[word]


GROUP_OF = {"carol": "Monday", "dan": "Thursday", "bob": "Monday", "erin": "Monday"}
LOOKED_AFTER = {"bob": {"Monday"}, "frank": {"Monday", "Thursday"}}
STAFF = {"alice", "bob", "frank"}
# Who speaks in which reading: in the first everybody, in the others as few as their rule needs.
READINGS = {
    "plain": AUTHORS,
    "peek": ("carol", "dan", "alice"),
    "masked": ("dan", "alice"),
    "monday": ("carol", "bob"),
    "gated": ("carol", "dan", "alice"),
    "answered": ("dan",),
    "later": ("dan",),
    "gone": ("dan",),
    GENERAL: AUTHORS,
}
# Whose words, and where, are also in each of the other states that words can be in.
LOOKED_AT = {"carol", "dan"}
WITH_EACH_STATE = {"plain", "peek"}
TAKEN = {"hidden", "returned", "removed", "purged"}


# Assistants see nearly everything, and what is new is counted up to a hundred threads.
UNWATCHED = {(one, slug) for one in ("bob", "frank") for slug in ("gated", "answered")}
UNWATCHED |= {("frank", "monday")}
# In “gated” the text ends behind this block, for whoever has not come through: Dan has, and staff
# read all of it.
LAST_SERVED = "p1"
THROUGH = STAFF | {"dan"}
# In “answered” there are published answers, for whoever has handed in the checkpoint.
ANSWERED = STAFF | {"carol", "dan"}


def groups_of(viewer: str) -> set[str]:
    return LOOKED_AFTER.get(viewer) or {GROUP_OF.get(viewer, "")} - {""}


def may_read(viewer: str, one: Told) -> bool:
    """The rules of the product, in the order in which one would say them."""
    if one.state == "purged":
        return False  # there are no words any more
    if viewer == one.author:
        return True  # whoever wrote words reaches them, wherever they are
    if one.state == "withdrawn":
        return False
    # Of a link, its narrower end decides.
    if not may_open_all(viewer, one):
        return False
    if is_behind(viewer, one):
        return False  # one's own words alone are there
    if one.is_in_answer and viewer not in ANSWERED:
        return False
    # Only Carol has written as often as is asked before one reads others.
    waits = "peek" in dict(one.ends) and viewer not in STAFF | {"carol"}
    if waits and not {one.author, one.begun_by} <= STAFF | {viewer}:
        return False
    return is_for(viewer, one) and (one.state == "published" or moderates(viewer, one))


def is_behind(viewer: str, one: Told) -> bool:
    """Whether it hangs on a part of the text that this person is not served."""
    blocks = [block for reading, block in one.ends if reading == "gated"]
    return viewer not in THROUGH and not {"", LAST_SERVED}.issuperset(blocks)


def may_know_of(viewer: str, one: Told) -> bool:
    """Whether they may know that something is there: a stub tells that much, and nothing tells of
    what waits, is withheld, or is for others."""
    if one.state == "pending":
        return may_read(viewer, one)
    return viewer == one.author or may_read(viewer, replace(one, state="published"))


def may_open(viewer: str, reading: str) -> bool:
    if reading == "gone" or (reading == GENERAL and viewer == "grace"):
        return False
    if viewer in STAFF:
        return True
    return reading != "later" and (reading != "monday" or "Monday" in groups_of(viewer))


def may_open_all(viewer: str, one: Told) -> bool:
    """Whether all that it is about is open to them: of a link, both ends."""
    return all(may_open(viewer, reading) for reading, _block in one.ends)


def is_for(viewer: str, one: Told) -> bool:
    if one.audience == "member":
        in_care = viewer in STAFF and one.group in groups_of(viewer)
        return viewer in {"alice", "carol"} or in_care
    if one.audience == "group":
        return viewer == "alice" or one.group in groups_of(viewer)
    return one.audience == "seminar" or (one.audience == "staff" and viewer in STAFF)


def moderates(viewer: str, one: Told) -> bool:
    """Staff read words that wait or were taken away: instructors all, assistants those of their
    groups' people."""
    concerned = {one.group, GROUP_OF.get(one.author, "")} & groups_of(viewer)
    return viewer == "alice" or (viewer in STAFF and bool(concerned))


def make_talk() -> Talk:
    """Return the world in which everybody has spoken, and no reading is closed to anybody yet."""
    people = make_people()

    def member(key: str, **fields: object) -> Membership:
        return Membership.objects.create(seminar=people.seminar, user=make_user(key), **fields)

    erin = member("erin", group=people.monday)
    frank = member("frank", role="assistant")
    frank.assists.set([people.monday, people.thursday])
    members = {key: getattr(people, key) for key in ("alice", "bob", "carol", "dan", "grace")}
    members |= {"erin": erin, "frank": frank}
    readings = {
        slug: make_reading(people, slug=slug) for slug in READINGS if slug not in {GENERAL, "gated"}
    }
    readings["gated"] = make_reading(people, slug="gated", paragraphs=BEHIND_TEXT)
    readings[GENERAL] = general_discussion_of(by=people.carol)
    talk = Talk(people, members, readings)
    for slug, authors in READINGS.items():
        for author in authors:
            _speak(talk, slug, author)
    link_readings(talk)
    return talk


def _speak(talk: Talk, slug: str, key: str) -> None:
    """Let somebody begin a thread for each audience, and answer in one; hide and withdraw."""
    reading, by = talk.readings[slug], talk.members[key]
    first, second = ("p1", "p2") if slug != GENERAL else ("", "")
    Reading.objects.filter(pk=reading.pk).update(
        anonymity=Anonymity.REQUIRED if slug == "masked" else Anonymity.OFF
    )
    reading.refresh_from_db()
    audiences = ["me", "seminar", "staff"]
    audiences += ["group"] if key != "alice" else []
    audiences += [f"member:{talk.members['carol'].pk}"] if key in {"alice", "bob"} else []
    for audience in audiences:
        thread = say(reading, by, f"A remark {talk.next_word()}.", audience=audience, block=first)
        talk.add(first_of(thread), slug, audience.partition(":")[0], key)
    for state in ("hidden", "withdrawn"):
        thread = say(
            reading, by, f"A remark {talk.next_word()}.", block=second, quote="a conversation"
        )
        said = talk.add(first_of(thread), slug, "seminar", key)
        other = talk.members["bob" if key == "alice" else "alice"]
        left = reply(thread=thread, parent=None, body=f"And {talk.next_word()}.", by=other)
        talk.add(left, slug, "seminar", "bob" if key == "alice" else "alice")
        if state == "withdrawn":
            withdraw(comment=said.comment, by=by)
        elif key != "alice":
            version = said.comment.version
            hider = talk.people.alice
            moderation.hide(comment=said.comment, reason="spam", by=hider, version=version)
        else:
            continue
        said.state = state
    if key in LOOKED_AT and slug in WITH_EACH_STATE:
        _take(talk, slug, key)
        _hold(talk, slug, key)


def _take(talk: Talk, slug: str, key: str) -> None:
    """Return, remove and delete for good what somebody said, each where another has answered."""
    reading, by, alice = talk.readings[slug], talk.members[key], talk.people.alice
    for state in ("returned", "removed", "purged"):
        thread = say(reading, by, f"A remark {talk.next_word()}.", block="p2", quote="older")
        said = talk.add(first_of(thread), slug, "seminar", key)
        left = reply(thread=thread, parent=None, body=f"And {talk.next_word()}.", by=alice)
        talk.add(left, slug, "seminar", "alice")
        act = actions.return_to_author if state == "returned" else actions.remove
        act(comment=said.comment, reason="spam", by=alice, version=said.comment.version)
        if state == "purged":
            said.comment.refresh_from_db()
            version = said.comment.version
            rare_actions.purge(comment=said.comment, by=alice, version=version, reason="spam")
        said.state = state


def _hold(talk: Talk, slug: str, key: str) -> None:
    """Let a thread of somebody, and a reply of theirs to another, wait for staff."""
    reading, by, alice = talk.readings[slug], talk.members[key], talk.people.alice
    open_thread = say(reading, alice, f"A remark {talk.next_word()}.", block="p3", quote="doubts")
    talk.add(first_of(open_thread), slug, "seminar", "alice")
    by.restricted_at = timezone.now()
    held = say(reading, by, f"A remark {talk.next_word()}.", block="p3", quote="doubts")
    talk.add(held.comments.get(), slug, "seminar", key).state = "pending"
    waiting = reply(thread=open_thread, parent=None, body=f"And {talk.next_word()}.", by=by)
    talk.add(waiting, slug, "seminar", key).state = "pending"
    by.restricted_at = None


def close_readings(talk: Talk) -> None:
    """Make the readings what they are called, now that everybody has spoken."""
    alice = talk.people.alice
    # With one more to the seminar, Carol has written three times for her classmates, and Dan twice.
    thread = say(talk.readings["peek"], talk.people.carol, f"A remark {talk.next_word()}.")
    talk.add(first_of(thread), "peek", "seminar", "carol")
    # In a thread of staff, which is open to all, a classmate's words wait to be read as well.
    begun = next(
        one.comment.thread
        for one in talk.told.values()
        if (one.reading, one.begun_by, one.audience) == ("peek", "alice", "seminar")
    )
    left = reply(thread=begun, parent=None, body=f"And {talk.next_word()}.", by=talk.people.carol)
    talk.add(left, "peek", "seminar", "carol")
    change_settings(reading=talk.readings["peek"], by=alice, peek_after=3)
    change_settings(
        reading=talk.readings["later"], by=alice, opens_at=timezone.now() + timedelta(days=1)
    )
    change_settings(reading=talk.readings["monday"], by=alice, groups=[talk.people.monday])
    put_gate(talk)
    publish_answers(talk)
    Reading.objects.filter(slug="gone").update(removed_at=timezone.now(), removed_by=alice)
