"""Role × action × own group, other group, other seminar: who may decide what, by the table.

Each cell is asked of the action function, whatever the pages offer. test_matrix.py asks the URLs.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from discussions.models import Comment, CommentState, ReviewItem, Thread
from discussions.moderation import actions, case_actions, rare_actions, thread_actions
from discussions.moderation.authorship import see_author
from discussions.moderation.member_actions import mute, restrict
from readings.models import Reading
from seminars.models import Membership, Seminar
from tests.base import People, make_people
from tests.discussions.base import answer, first_of, reported, say

ACTORS = ("alice", "bob", "carol", "dan", "grace", "elsewhere")
Act = Callable[[Comment, Membership], Any]


def case_of(comment: Comment) -> ReviewItem:
    return ReviewItem.objects.select_related("comment__thread").get(comment=comment)


def taken(act: Callable[..., Any]) -> Act:
    return lambda comment, by: act(comment=comment, reason="Unkind", by=by, version=comment.version)


def plain(act: Callable[..., Any]) -> Act:
    return lambda comment, by: act(comment=comment, by=by, version=comment.version)


def on_thread(act: Callable[..., Any], **options: Any) -> Act:
    return lambda comment, by: act(thread=comment.thread, by=by, **options)


def on_author(act: Callable[..., Any], **options: Any) -> Act:
    return lambda comment, by: act(member=comment.author, by=by, **options)


def on_case(act: Callable[..., Any], **options: Any) -> Act:
    def do(comment: Comment, by: Membership) -> Any:
        item = case_of(comment)
        return act(review_item=item, by=by, review_version=item.version, **options)

    return do


def edited(comment: Comment, by: Membership) -> Any:
    return rare_actions.edit_for_author(
        comment=comment, body="Put right.", by=by, version=comment.version, reason="A name"
    )


# action → (the state that the words are in, what is done, assistants as well: always, by the
# seminar's setting, or never).
TABLE: dict[str, tuple[CommentState, Act, str]] = {
    "approve": (CommentState.PENDING, plain(actions.approve), "always"),
    "return": (CommentState.PUBLISHED, taken(actions.return_to_author), "always"),
    "return what waits": (CommentState.PENDING, taken(actions.return_to_author), "always"),
    "hide": (CommentState.PUBLISHED, taken(actions.hide), "always"),
    "dismiss": (CommentState.PUBLISHED, on_case(actions.dismiss, version=1), "always"),
    "claim": (CommentState.PUBLISHED, on_case(case_actions.claim), "always"),
    "remove": (CommentState.PUBLISHED, taken(actions.remove), "setting"),
    "restore hidden": (CommentState.HIDDEN, plain(actions.restore), "setting"),
    "restore removed": (CommentState.REMOVED, plain(actions.restore), "setting"),
    "lock": (CommentState.PUBLISHED, on_thread(thread_actions.lock), "setting"),
    "slow": (CommentState.PUBLISHED, on_thread(thread_actions.slow_down, seconds=60), "setting"),
    "archive": (CommentState.PUBLISHED, on_thread(thread_actions.archive), "setting"),
    "look first": (
        CommentState.PUBLISHED,
        on_thread(thread_actions.premoderate, on=True),
        "setting",
    ),
    "edit": (CommentState.PUBLISHED, edited, "never"),
    "purge": (CommentState.REMOVED, taken(rare_actions.purge), "never"),
    "mute for a day": (CommentState.PUBLISHED, on_author(mute, hours=24), "always"),
    "mute for two": (CommentState.PUBLISHED, on_author(mute, hours=48), "never"),
    "restrict": (CommentState.PUBLISHED, on_author(restrict, on=True), "never"),
    "see who wrote": (
        CommentState.PUBLISHED,
        lambda comment, by: see_author(comment=comment, by=by),
        "author setting",
    ),
}


def prepared(reading: Reading, author: Membership, state: CommentState, *, alias: str) -> Comment:
    """A comment of this author in this state, with a case about it."""
    comment = first_of(say(reading, author))
    waits = state == CommentState.PENDING
    if not waits:
        other = Membership.objects.filter(seminar=reading.seminar, role="guest").get()
        reported(comment, other)
    else:
        ReviewItem.objects.create(seminar=reading.seminar, comment=comment, cause="premoderation")
    Comment.objects.filter(pk=comment.pk).update(state=state, alias=alias)
    return Comment.objects.select_related("author", "thread__reading__seminar").get(pk=comment.pk)


def done_by(act: Act, comment: Comment, actors: dict[str, Membership]) -> set[str]:
    """Who of them may; each tries it on the words as they stand, and nothing stays."""
    able = set()
    for key, pk in {key: one.pk for key, one in actors.items()}.items():
        by = Membership.objects.select_related("seminar", "group", "user").get(pk=pk)
        fresh = Comment.objects.select_related("author__seminar", "thread__reading__seminar")
        with transaction.atomic():
            try:
                act(fresh.get(pk=comment.pk), by)
                able.add(key)
            except PermissionDenied:
                pass
            transaction.set_rollback(True)
    return able


@pytest.mark.parametrize("setting", [False, True])
@pytest.mark.parametrize("name", TABLE)
def test_who_may(people: People, reading: Reading, name: str, setting: bool) -> None:
    state, act, assistants = TABLE[name]
    Seminar.objects.filter(pk=people.seminar.pk).update(
        assistants_remove=setting and assistants == "setting",
        assistants_see_authors=setting and assistants == "author setting",
    )
    alias = "Quiet Heron" if assistants == "author setting" else ""
    actors = {key: getattr(people, key) for key in ACTORS[:-1]}
    actors["elsewhere"] = make_people("elsewhere").alice
    is_asked = assistants == "always" or (setting and assistants.endswith("setting"))
    own = {"alice", "bob"} if is_asked else {"alice"}
    expected = {"carol": own, "dan": {"alice"}}
    for author, able in expected.items():
        comment = prepared(reading, getattr(people, author), state, alias=alias)
        assert done_by(act, comment, actors) == able, author


@pytest.mark.parametrize("name", ["return", "hide", "dismiss", "remove", "edit", "claim"])
def test_nobody_decides_on_an_instructors_words_but_another(
    people: People, reading: Reading, name: str
) -> None:
    Seminar.objects.filter(pk=people.seminar.pk).update(assistants_remove=True)
    state, act, _assistants = TABLE[name]
    comment = prepared(reading, people.alice, state, alias="")
    actors = {key: getattr(people, key) for key in ACTORS[:-1]}
    assert done_by(act, comment, actors) == set()
    Membership.objects.filter(pk=people.dan.pk).update(role="instructor")
    assert done_by(act, comment, actors) == {"dan"}


def test_what_is_handed_over_is_decided_by_who_has_it(people: People, reading: Reading) -> None:
    comment = prepared(reading, people.alice, CommentState.PUBLISHED, alias="")
    item = case_of(comment)
    case_actions.hand_over(
        review_item=item, to=people.bob, by=people.alice, review_version=item.version
    )
    actors = {key: getattr(people, key) for key in ACTORS[:-1]}
    assert done_by(taken(actions.hide), comment, actors) == {"bob"}
    assert done_by(taken(actions.remove), comment, actors) == set()


def test_what_an_instructor_removed_no_assistant_makes_less_of(
    people: People, reading: Reading
) -> None:
    """Hidden it could be restored by another rule, under another reason."""
    actors = {key: getattr(people, key) for key in ACTORS[:-1]}
    for state in (CommentState.REMOVED, CommentState.RETURNED):
        comment = prepared(reading, people.carol, state, alias="")
        assert done_by(taken(actions.hide), comment, actors) == set()


def test_bulk_reaches_nothing_of_another_seminar(people: People, reading: Reading) -> None:
    """As bulk removal once did elsewhere: whose seminar it is is asked of each comment."""
    other = make_people("elsewhere")
    comment = first_of(say(reading, people.carol))
    for act in (actions.hide, actions.remove, actions.return_to_author):
        with pytest.raises(PermissionDenied):
            act(comment=comment, reason="Spam", by=other.alice, version=1)
    assert Thread.objects.get(pk=comment.thread_id).comment_count == 1


def test_a_reply_that_waits_makes_nothing_of_its_thread(people: People, reading: Reading) -> None:
    """As reply mail once went out before approval: nothing but the case knows of it."""
    thread = say(reading, people.dan)
    Seminar.objects.filter(pk=people.seminar.pk).update(posts_held="all")
    by = Membership.objects.select_related("seminar", "group", "user").get(pk=people.carol.pk)
    waiting = answer(thread, by, "Not yet.")
    thread.refresh_from_db()
    assert (waiting.state, waiting.seq) == ("pending", None)
    assert (thread.last_seq, thread.comment_count) == (1, 1)
    seen = Comment.objects.visible_to(people.dan)
    assert waiting not in seen
    assert waiting in Comment.objects.visible_to(people.carol)
    assert waiting in Comment.objects.visible_to(people.bob)
