"""Saying that one has a case open, and giving it back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from discussions.models import Comment, Decision, ReviewItem
from discussions.moderation.case_actions import claim, release_others
from seminars.models import Membership
from tests.base import People, htmx, make_people, make_reading
from tests.discussions.base import answer, first_of, reported, say
from tests.discussions.gates import assert_closed_to_strangers

PAGE = "/s/seminar/desk/reviews/"


def address(item: ReviewItem) -> str:
    return reverse("review_claim", args=["seminar", item.pk])


@pytest.fixture
def item(people: People, comment: Comment) -> ReviewItem:
    return reported(comment, people.dan)


def test_colleagues_see_who_has_it_open(people: People, item: ReviewItem) -> None:
    answer = htmx(people.client("bob"), "post", address(item), {"review_version": 1})
    assert "You have it open" in answer.content.decode()
    assert "Bob has it open" in people.client("alice").get(PAGE).content.decode()
    # It is Bob's: a colleague who looks at it, too, does not take it away.
    answer = htmx(people.client("alice"), "post", address(item), {"review_version": 2})
    assert "Bob has it open" in answer.content.decode()
    item.refresh_from_db()
    assert item.claimed_by == people.bob
    assert "You have it open" in people.client("bob").get(PAGE).content.decode()


def test_not_for_ever(people: People, item: ReviewItem) -> None:
    people.client("bob").post(address(item), {"review_version": 1})
    ReviewItem.objects.update(claimed_at=timezone.now() - timedelta(hours=1))
    assert "Bob has it open" not in people.client("alice").get(PAGE).content.decode()
    people.client("alice").post(address(item), {"review_version": 2})
    item.refresh_from_db()
    assert item.claimed_by == people.alice


def test_given_back(people: People, item: ReviewItem) -> None:
    bob = people.client("bob")
    response = bob.post(address(item), {"review_version": 1})
    assert response.headers["Location"] == f"{PAGE}?case={item.pk}"
    bob.post(address(item), {"review_version": 2, "claimed": "0"})
    item.refresh_from_db()
    assert (item.state, item.claimed_by) == ("open", None)


def test_deciding_on_what_a_colleague_has_open_asks_once_more(
    people: People, item: ReviewItem
) -> None:
    people.client("bob").post(address(item), {"review_version": 1})
    alice, decision = people.client("alice"), f"{PAGE}{item.pk}/decision/"
    sent = {"decision": "hide", "reason": "unkind", "note_to_member": "Kindly.", "version": 1}
    for review_version in (1, 2):  # before Bob opened it, and after
        response = alice.post(decision, {**sent, "review_version": review_version})
        text = response.content.decode()
        assert response.status_code == 409
        assert "Bob has it open. Decide all the same?" in text
        assert "Kindly." in text
        assert 'name="over" value="1"' in text
    assert not Decision.objects.filter(action="hide").exists()
    alice.post(decision, {**sent, "review_version": 2, "over": "1"})
    assert Decision.objects.filter(action="hide", actor=people.alice).count() == 1


def test_taking_it_oneself_meanwhile_is_no_news(people: People, item: ReviewItem) -> None:
    bob = people.client("bob")
    bob.post(address(item), {"review_version": 1})
    sent = {"decision": "dismiss", "version": 1, "review_version": 1}
    assert bob.post(f"{PAGE}{item.pk}/decision/", sent).status_code == 302
    item.refresh_from_db()
    assert item.state == "dismissed"


def test_a_decided_case_says_so(people: People, item: ReviewItem) -> None:
    sent = {"decision": "dismiss", "version": 1, "review_version": 1}
    people.client("alice").post(f"{PAGE}{item.pk}/decision/", sent)
    assert people.client("bob").post(address(item), {"review_version": 1}).status_code == 302
    assert people.client("bob").post(address(item), {"review_version": "x"}).status_code == 400
    item.refresh_from_db()
    assert item.claimed_by is None


def test_gates(people: People, item: ReviewItem) -> None:
    assert_closed_to_strangers(people, address(item), {"review_version": 1, "x": "words"})
    assert people.client("carol").post(address(item), {"review_version": 1}).status_code == 403
    assert people.client("alice").get(address(item)).status_code == 405


def test_the_next_one_gives_the_one_before_back(people: People, item: ReviewItem) -> None:
    """Unless words are begun in it: the browser says in which."""
    thread = item.comment.thread
    second, third = (reported(answer(thread, people.carol), people.dan) for _time in range(2))
    of_alice = reported(answer(thread, people.carol), people.dan)
    people.client("alice").post(address(of_alice), {"review_version": 1})
    bob = people.client("bob")
    for one, keep in ((item, []), (second, [item.pk]), (third, [item.pk])):
        htmx(bob, "post", address(one), {"review_version": 1, "keep": keep})
    states = dict(ReviewItem.objects.values_list("pk", "state"))
    assert states == {
        item.pk: "claimed",
        second.pk: "open",
        third.pk: "claimed",
        of_alice.pk: "claimed",
    }
    bob.post(address(second), {"review_version": 3, "keep": "no number"})
    assert set(ReviewItem.objects.filter(claimed_by=people.bob)) == {second}
    given = Decision.objects.filter(action="release")
    assert sorted(given.values_list("review_item", flat=True)) == [item.pk, second.pk, third.pk]


def test_others_are_given_back_in_ones_own_seminar_alone(people: People, item: ReviewItem) -> None:
    other = make_people("elsewhere")
    theirs = reported(first_of(say(make_reading(other, slug="theirs"), other.dan)), other.carol)
    elsewhere = Membership.objects.create(
        seminar=other.seminar, user=people.alice.user, role="instructor"
    )
    claim(review_item=theirs, by=elsewhere, review_version=1)
    claim(review_item=item, by=people.alice, review_version=1)
    assert release_others(by=people.alice, but=item) == []
    assert release_others(by=people.bob, but=item) == []
    theirs.refresh_from_db()
    assert theirs.claimed_by == elsewhere
