"""What a seminar sets about its moderation."""

from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from discussions.common.holding import watched_phrase_in
from discussions.models import Comment, CommentState, ModerationReason, Thread
from discussions.moderation.settings_actions import set_moderation
from seminars.models import Event, EventKind
from tests.base import People, make_people, markup
from tests.discussions.base import url
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors

URL = reverse("moderation_settings", args=["seminar"])


def reply_of(people: People, who: str, thread: Thread, body: str) -> Comment:
    create = url("comment_create", thread.reading, thread.pk)
    assert people.client(who).post(create, {"body": body}).status_code in {200, 302}
    return thread.comments.get(body=body)


def states(people: People, thread: Thread, *bodies: str, who: str = "dan") -> list[str]:
    return [reply_of(people, who, thread, body).state for body in bodies]


def test_everybodys_posts_wait_but_for_staff(people: People, comment: Comment) -> None:
    assert send(people.client("alice"), URL, posts_held="all").status_code == 302
    thread = comment.thread
    assert reply_of(people, "dan", thread, "I wait.").state == CommentState.PENDING
    assert reply_of(people, "bob", thread, "I do not.").state == CommentState.PUBLISHED


def test_so_many_posts_of_new_members_wait(people: People, comment: Comment) -> None:
    send(people.client("alice"), URL, posts_held="new", new_member_posts="2")
    thread = comment.thread
    assert reply_of(people, "dan", thread, "First.").state == CommentState.PENDING
    # Carol has begun the thread: with one more she is known.
    Comment.objects.create(
        seminar=people.seminar, thread=thread, seq=99, author=people.carol, renderer_version=1
    )
    assert reply_of(people, "carol", thread, "Third.").state == CommentState.PUBLISHED


def test_watched_phrases_wait(people: People, comment: Comment) -> None:
    send(people.client("alice"), URL, watched_phrases="  buy now \r\n\r\nÉlan\r\n")
    people.seminar.refresh_from_db()
    assert people.seminar.watched_phrases == "buy now\nÉlan"
    found = states(people, comment.thread, "BUY  now!", "with elan", "elands", "buy nowadays")
    assert found == ["pending", "pending", "published", "published"]


WORD = st.text(st.characters(categories=["Ll", "Lu", "Nd"], max_codepoint=0x24F), min_size=1)


@given(before=st.lists(WORD, max_size=3), phrase=st.lists(WORD, min_size=1, max_size=3))
def test_a_phrase_is_found_in_its_capitals_or_not_between_other_words(
    before: list[str], phrase: list[str]
) -> None:
    said = " ".join(phrase)
    body = " ".join([*before, said.swapcase(), "and on"])
    assert watched_phrase_in(body, f"no such thing here\n{said}") == said.strip()


@given(phrase=WORD, longer=st.sampled_from("abcxyz"))
def test_part_of_a_longer_word_is_not_it(phrase: str, longer: str) -> None:
    assert watched_phrase_in(f"{longer}{phrase}{longer}", phrase) == ""


@given(body=st.text(max_size=80), phrases=st.text(max_size=40))
def test_whatever_is_watched_it_answers_one_of_the_lines(body: str, phrases: str) -> None:
    found = watched_phrase_in(body, phrases)
    assert not found or found in [line.strip() for line in phrases.splitlines()]


def test_reports_that_hide(people: People, comment: Comment) -> None:
    send(people.client("alice"), URL, hide_at_reports="1")
    report = url("comment_reports", comment.thread.reading, comment.pk)
    people.client("dan").post(report, {"reason": "unkind"})
    comment.refresh_from_db()
    assert comment.state == CommentState.HIDDEN


def test_slow_mode_of_the_seminar(people: People, comment: Comment) -> None:
    send(people.client("alice"), URL, slow_seconds="300")
    reply_of(people, "dan", comment.thread, "First.")
    create = url("comment_create", comment.thread.reading, comment.thread_id)
    again = people.client("dan").post(create, {"body": "Second, kept."})
    assert again.status_code == 429
    assert "Second, kept." in again.content.decode()
    assert not Comment.objects.filter(body="Second, kept.").exists()


def test_what_assistants_may(people: People, comment: Comment) -> None:
    lock = url("thread_lock", comment.thread.reading, comment.thread_id)
    assert people.client("bob").post(lock, {"locked": "1"}).status_code == 403
    send(people.client("alice"), URL, assistants_remove="on")
    assert people.client("bob").post(lock, {"locked": "1"}).status_code == 302


def test_the_log_of_events_has_it_once(people: People) -> None:
    client = people.client("alice")
    for _time in range(2):
        send(client, URL, posts_held="all")
    changed = Event.objects.filter(kind=EventKind.MODERATION_CHANGED)
    assert [one.target_id for one in changed] == [people.seminar.pk]


@pytest.mark.parametrize(
    "wrong",
    [
        {"posts_held": "some"},
        {"new_member_posts": "0"},
        {"hide_at_reports": "-1"},
        {"hide_at_reports": "21"},
        {"slow_seconds": "7"},
        {"watched_phrases": "x" * 5001},
    ],
    ids=str,
)
def test_nonsense_is_refused(people: People, wrong: dict[str, Any]) -> None:
    assert send(people.client("alice"), URL, **wrong).status_code == 422
    people.seminar.refresh_from_db()
    assert people.seminar.posts_held == "none"
    assert people.seminar.hide_at_reports == 2


def test_of_two_at_once_neither_loses_their_words(people: People) -> None:
    client = people.client("alice")
    set_moderation(seminar=people.seminar, by=people.alice, watched_phrases="hers")
    form = {"posts_held": "none", "new_member_posts": "1", "hide_at_reports": "2"}
    form |= {"slow_seconds": "0", "watched_phrases": "mine", "version": "1"}
    stale = client.post(URL, form)
    assert stale.status_code == 409
    assert "hers" in markup(stale)
    assert "mine" in markup(stale)
    people.seminar.refresh_from_db()
    assert people.seminar.watched_phrases == "hers"


def test_who_may(people: People) -> None:
    assert_for_instructors(people, URL)
    assert_for_instructors(people, URL, "post")
    assert people.client("alice").delete(URL).status_code == 405
    assert not ModerationReason.objects.exists()


def test_of_another_seminar_nothing_is_set(people: People) -> None:
    elsewhere = make_people("elsewhere")
    page = reverse("moderation_settings", args=["elsewhere"])
    assert people.client("alice").post(page, {"posts_held": "all"}).status_code == 404
    elsewhere.seminar.refresh_from_db()
    assert elsewhere.seminar.posts_held == "none"
