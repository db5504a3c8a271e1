"""What staff decided about one's own words, as their author reads it."""

from django.urls import reverse

from discussions.models import Comment
from discussions.moderation.actions import hide
from discussions.moderation.case_actions import claim
from discussions.moderation.member_actions import mute
from tests.base import People, make_people, markup
from tests.discussions.base import answer, hidden, reported
from tests.discussions.gates import assert_closed_to_strangers

URL = reverse("own_decisions", args=["seminar"])


def page(people: People, who: str) -> str:
    return markup(people.client(who).get(URL))


def test_their_author_reads_the_reason_and_no_note_of_staff(
    people: People, comment: Comment
) -> None:
    assert "Staff have hidden, returned or changed nothing of yours." in page(people, "carol")
    claim(review_item=reported(comment, people.dan), by=people.bob, review_version=1)
    hidden(comment, people.alice)
    text = page(people, "carol")
    for said in ("Hid a comment", "Alice", "Off the topic", "Stay with the text."):
        assert said in text
    for kept in ("known to us", "Took a case", "Dan"):
        assert kept not in text
    assert "Hid a comment" not in page(people, "dan")
    assert "What staff decided about my words" in markup(
        people.client("carol").get(reverse("notebook", args=["seminar"]))
    )


def test_what_was_decided_about_oneself(people: People) -> None:
    mute(
        member=people.dan,
        by=people.alice,
        hours=2,
        reason="Insults",
        note_to_member="Calm down.",
        note_to_staff="Twice.",
    )
    text = page(people, "dan")
    assert "Muted a member" in text
    assert "Calm down." in text
    assert "Twice." not in text


def test_page_by_page(people: People, comment: Comment) -> None:
    for _number in range(51):
        one = answer(comment.thread, people.dan)
        hide(comment=one, reason="Spam", by=people.alice, version=1)
    log = people.client("dan").get(URL).context["log"]
    assert len(log.rows) == 50
    rest = people.client("dan").get(f"{URL}?before={log.older}").context["log"]
    assert len(rest.rows) == 1


def test_each_of_their_own_seminar(people: People) -> None:
    make_people("elsewhere")
    assert_closed_to_strangers(people, URL)
    for who in ("alice", "bob", "grace"):
        assert "No decisions" in page(people, who)
    assert people.client("dan").get(reverse("own_decisions", args=["elsewhere"])).status_code == 404
    assert people.client("dan").post(URL).status_code == 405
