"""The author's side of moderation: told before, after, in place, in the news and by mail."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from discussions.models import Comment, CommentState, ReviewItem, Thread
from discussions.moderation.actions import approve, dismiss, hide, remove, return_to_author
from discussions.moderation.case_actions import answer as answer_case
from discussions.moderation.member_actions import mute, restrict
from discussions.moderation.rare_actions import edit_for_author, purge, undo
from discussions.notifications import write_news_mails
from readings.models import Reading
from seminars.models import PostsHeld, Seminar
from tests.base import People, htmx, markup
from tests.discussions.base import answer, first_of, new_thread_data, reported, say, url
from tests.discussions.news import told

WORDS = "Words that nobody may lose."
TOLD = "Staff look at each of your posts before others see it."


@pytest.fixture
def restricted(people: People) -> None:
    restrict(member=people.dan, by=people.alice, on=True)


def page_of(people: People, who: str, thread: Thread) -> str:
    return markup(people.client(who).get(thread.get_absolute_url()))


def waiting_reply(people: People, thread: Thread, body: str = WORDS) -> Comment:
    create = url("comment_create", thread.reading, thread.pk)
    assert people.client("dan").post(create, {"body": body}).status_code == 302
    return thread.comments.get(body=body)


# --- Before --------------------------------------------------------------------------------------
@pytest.mark.usefixtures("restricted")
def test_every_form_says_so_before(people: People, thread: Thread) -> None:
    reading, dan, carol = thread.reading, people.client("dan"), people.client("carol")
    places = [
        thread.get_absolute_url(),
        reading.get_absolute_url(),
        url("thread_new", reading, query="?block=p1"),
        f"{thread.get_absolute_url()}?reply={first_of(thread).pk}",
    ]
    for place in places:
        assert TOLD in markup(dan.get(place)), place
        assert TOLD not in markup(carol.get(place)), place
    assert TOLD in markup(htmx(dan, "get", places[3]))
    refused = htmx(dan, "post", url("comment_create", reading, thread.pk), {"body": ""})
    assert refused.status_code == 422
    assert TOLD in markup(refused)


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (PostsHeld.ALL, "Staff look at each comment here before others see it."),
        (PostsHeld.NEW, "Staff look at your first posts before others see them."),
    ],
)
def test_why_it_waits(people: People, thread: Thread, held: str, said: str) -> None:
    Seminar.objects.update(posts_held=held)
    assert said in page_of(people, "dan", thread)
    assert said not in page_of(people, "bob", thread)
    private = say(thread.reading, people.dan, audience="staff")
    assert said not in page_of(people, "dan", private)


def test_an_edit_that_will_wait_says_so(people: People, thread: Thread) -> None:
    Seminar.objects.update(posts_held=PostsHeld.ALL)
    comment = first_of(thread)
    edit = url("comment_revisions", thread.reading, comment.pk)
    client = people.client("carol")
    assert "Staff look at changes first" in markup(htmx(client, "get", edit))
    saved = htmx(client, "post", edit, {"body": "Better words.", "version": comment.version})
    assert "it waits for staff now" in saved.headers["HX-Trigger"]
    assert "Better words." not in page_of(people, "dan", thread)


# --- After ---------------------------------------------------------------------------------------
@pytest.mark.usefixtures("restricted")
def test_it_waits_in_its_place_for_its_author_and_staff_alone(
    people: People, thread: Thread
) -> None:
    waiting_reply(people, thread)
    page = page_of(people, "dan", thread)
    assert "Waits for staff" in page
    assert "until they publish it" in page
    assert WORDS in page
    assert WORDS in page_of(people, "alice", thread)
    for who in ("carol", "grace"):
        assert WORDS not in page_of(people, who, thread)
        assert "Waits for staff" not in page_of(people, who, thread)


@pytest.mark.usefixtures("restricted")
def test_a_thread_that_waits_says_so(people: People, reading: Reading) -> None:
    client, path = people.client("dan"), url("thread_list", reading)
    posted = client.post(path, new_thread_data(body=WORDS), follow=True)
    assert "Your comment waits for staff" in markup(posted)
    sent = htmx(client, "post", path, new_thread_data(body="And more."))
    assert "waits for staff" in sent.headers["HX-Trigger"]
    assert WORDS not in markup(people.client("carol").get(path))


@pytest.mark.usefixtures("restricted")
def test_published_it_is_told(people: People, thread: Thread) -> None:
    comment = waiting_reply(people, thread)
    approve(comment=comment, by=people.alice, version=comment.version)
    assert any("published your comment" in row for row in told(people, "dan"))
    assert WORDS in page_of(people, "carol", thread)


def test_returned_revised_and_sent_again(people: People, thread: Thread) -> None:
    comment = answer(thread, people.dan, WORDS)
    return_to_author(
        comment=comment,
        reason="No evidence",
        by=people.alice,
        version=comment.version,
        note_to_member="Which page?",
    )
    page = page_of(people, "dan", thread)
    assert "Returned by staff: No evidence" in page
    assert "Which page?" in page
    assert "Revise and send again" in page
    assert WORDS not in page_of(people, "carol", thread)
    edit = url("comment_revisions", thread.reading, comment.pk)
    form = htmx(people.client("dan"), "get", edit)
    assert "Send again" in markup(form)
    comment.refresh_from_db()
    better = {"body": "On page 3.", "version": comment.version}
    people.client("dan").post(edit, better)
    comment.refresh_from_db()
    assert comment.state == CommentState.PENDING
    assert "Waits for staff" in page_of(people, "dan", thread)
    assert ReviewItem.objects.open().get().cause == "revision"


def test_removed_with_the_reason_in_place_and_replies_kept(people: People, thread: Thread) -> None:
    comment = first_of(thread)
    answer(thread, people.dan, "A reply that stays.", parent=comment)
    remove(comment=comment, by=people.alice, version=comment.version, reason="Off the text")
    for who in ("dan", "grace"):
        page = page_of(people, who, thread)
        assert "Removed by staff: Off the text" in page
        assert "A reply that stays." in page
        assert "<em>together</em>" not in page
        assert "Carol" not in page[page.index("Removed by staff") :]


# --- Muted, and slow -----------------------------------------------------------------------------
def test_a_muted_member_is_told_until_when_with_their_words_kept(
    people: People, thread: Thread
) -> None:
    comment = answer(thread, people.dan)
    mute(member=people.dan, by=people.alice, hours=3)
    reading, client = thread.reading, people.client("dan")
    said = "Staff have muted you until"
    for place in (thread.get_absolute_url(), reading.get_absolute_url()):
        assert said in markup(client.get(place)), place
    posts: dict[str, dict[str, Any]] = {
        url("comment_create", reading, thread.pk): {"body": WORDS},
        url("thread_list", reading): new_thread_data(body=WORDS),
        url("comment_revisions", reading, comment.pk): {"body": WORDS, "version": 1},
    }
    for path, fields in posts.items():
        for headers in ({}, {"HX-Request": "true"}):
            refused = client.post(path, fields, headers=headers)
            assert refused.status_code == 403, path
            assert said in markup(refused), path
            assert ("data-refusal" if headers else WORDS) in markup(refused), path
    assert client.get(url("thread_new", reading)).status_code == 403
    assert not Comment.objects.filter(body=WORDS).exists()
    # It ends by itself.
    type(people.dan).objects.filter(pk=people.dan.pk).update(
        muted_until=timezone.now() - timedelta(seconds=1)
    )
    assert client.post(*next(iter(posts.items()))).status_code == 302


def test_slow_mode_says_how_long_and_keeps_the_words(people: People, thread: Thread) -> None:
    Seminar.objects.update(slow_seconds=900)
    answer(thread, people.dan)
    create = url("comment_create", thread.reading, thread.pk)
    for headers in ({}, {"HX-Request": "true"}):
        refused = people.client("dan").post(create, {"body": WORDS}, headers=headers)
        assert refused.status_code == 429
        assert "slow mode" in markup(refused)
        assert "in 15 minutes" in markup(refused)
        assert headers or WORDS in markup(refused)
    assert people.client("bob").post(create, {"body": "One."}).status_code == 302
    assert people.client("bob").post(create, {"body": "Two."}).status_code == 302


# --- What the author and who reported are told ---------------------------------------------------
def decide(what: str, item: ReviewItem, people: People) -> Any:
    comment = item.comment
    comment.refresh_from_db()
    given: dict[str, Any] = {"review_item": item, "review_version": item.version}
    given |= {"comment": comment, "by": people.alice, "version": comment.version}
    if what == "dismiss":
        return dismiss(review_item=item, by=people.alice, review_version=1, version=comment.version)
    act = {"hide": hide, "remove": remove, "return": return_to_author}[what]
    return act(**given, reason="Off the text", note_to_member="Dear author.")


OUTCOMES = {
    "hide": ("hid your comment", "hid the comment that you reported"),
    "remove": ("removed your comment", "removed the comment that you reported"),
    "return": ("returned your comment", "returned the comment that you reported to its author"),
    "dismiss": ("", "left the comment standing that you reported"),
}


@pytest.mark.parametrize("what", OUTCOMES)
def test_author_and_reporter_are_told_in_the_news_and_by_mail(
    people: People, thread: Thread, what: str
) -> None:
    comment = answer(thread, people.carol, "Strong words here.")
    decide(what, reported(comment, people.dan), people)
    to_author, to_reporter = OUTCOMES[what]
    rows = {who: " ".join(told(people, who, "?part=decisions")) for who in ("carol", "dan", "bob")}
    assert to_author in rows["carol"]
    assert to_reporter in rows["dan"]
    assert rows["bob"] == ""
    write_news_mails(timezone.now() + timedelta(minutes=6))
    mails = {message.recipients()[0].partition("@")[0]: message for message in mail.outbox}
    by_mail = {who: f"{one.subject}\n{one.body}" for who, one in mails.items()}
    assert to_reporter in " ".join(by_mail["dan"].split())
    if what == "dismiss":
        return
    assert to_author in " ".join(by_mail["carol"].split())
    for text in (rows["carol"], by_mail["carol"]):
        assert "Off the text: Dear author." in text
    for text in (rows["dan"], by_mail["dan"]):
        assert "Off the text" in text
        assert "Dear author." not in text
        assert "Strong words here." not in text


def test_a_decision_that_was_taken_back_is_told_to_nobody(people: People, thread: Thread) -> None:
    comment = answer(thread, people.carol, "Strong words here.")
    decision = decide("hide", reported(comment, people.dan), people)
    undo(decision=decision, by=people.alice)
    for who in ("carol", "dan"):
        assert told(people, who, "?part=decisions") == []


def test_a_lone_instructors_answer_reaches_who_reported(people: People, reading: Reading) -> None:
    comment = first_of(say(reading, people.alice, "My own words."))
    item = reported(comment, people.dan)
    answer_case(
        review_item=item, by=people.alice, review_version=1, note_to_member="I meant the essay."
    )
    (row,) = told(people, "dan", "?part=decisions")
    assert "answered your report of their comment" in row
    assert "I meant the essay." in row


def test_words_put_right_and_words_deleted_are_told(people: People, thread: Thread) -> None:
    comment = answer(thread, people.dan, "See dan@example.org.")
    edit_for_author(
        comment=comment,
        body="See me.",
        by=people.alice,
        version=comment.version,
        reason="Tells personal details",
    )
    row = told(people, "dan", "?part=decisions")[0]
    assert "edited your comment" in row
    assert "Tells personal details" in row
    comment.refresh_from_db()
    remove(comment=comment, by=people.alice, version=comment.version, reason="Spam")
    comment.refresh_from_db()
    purge(comment=comment, by=people.alice, version=comment.version, reason="Spam")
    row = told(people, "dan", "?part=decisions")[0]
    assert "deleted your comment for good" in row
    assert "See" not in row.replace("See it", "")
