"""Taking back that staff let somebody through a gate."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from discussions.models import Thread
from quizzes.attempts.gates import let_through, skip_gate, take_back_passing
from quizzes.models import Quiz
from readings.models import GatePassing, Reading, ReadingGate
from seminars.models import Event, Membership, Seminar
from tests.base import People
from tests.discussions.base import say, url
from tests.quizzes.test_gates import BEHIND, add_gate, hand_in, page_of, url_of


def removal_of(quiz: Quiz, member: int) -> str:
    return f"{url_of('quiz_detail', quiz)}gate/{member}/removal/"


def let(people: People, quiz: Quiz, key: str) -> None:
    gate = ReadingGate.objects.get(item=quiz.item)
    let_through(gate=gate, member=getattr(people, key), by=people.alice)


@pytest.mark.parametrize("kind", ["soft", "hard", "hard, 100 %"])
@pytest.mark.parametrize("key", ["carol", "grace"])
def test_the_text_ends_there_again_and_twice_is_as_once(
    people: People, reading: Reading, kind: str, key: str
) -> None:
    quiz, member = add_gate(people, reading, kind), getattr(people, key)
    let(people, quiz, key)
    let(people, quiz, "dan")
    before = people.client(key).get("/s/seminar/r/margins/")
    assert BEHIND in before.content.decode()
    alice = people.client("alice")
    for _again in range(2):
        response = alice.post(removal_of(quiz, member.pk), follow=True)
        assert response.redirect_chain == [(url_of("gate_passings", quiz), 302)]
        assert "Taken back" in response.content.decode()
    # The page that the browser has kept is no longer the one that it is sent.
    after = people.client(key).get(
        "/s/seminar/r/margins/", headers={"If-None-Match": before["ETag"]}
    )
    assert after.status_code == 200
    assert BEHIND not in after.content.decode()
    assert BEHIND in page_of(people, "dan")
    assert GatePassing.objects.get().membership == people.dan
    told = Event.objects.get(kind="gate.closed")
    assert (told.actor, told.audience, told.detail) == (
        people.alice,
        "staff",
        {"member": member.pk},
    )


def test_letting_through_again_undoes_it(people: People, reading: Reading) -> None:
    quiz, alice = add_gate(people, reading, "hard"), people.client("alice")
    let(people, quiz, "carol")
    page = alice.post(removal_of(quiz, people.carol.pk), follow=True).content.decode()
    assert "Take it back" not in page
    page = alice.post(
        removal_of(quiz, people.carol.pk).removesuffix("removal/"), follow=True
    ).content.decode()
    assert "Carol reads on without it." in page
    assert page.count("Take it back") == 1
    assert BEHIND in page_of(people, "carol")


@pytest.mark.parametrize("how", ["handed in", "skipped"])
def test_what_one_came_through_by_oneself_is_not_taken_back(
    people: People, reading: Reading, how: str
) -> None:
    quiz, alice = add_gate(people, reading, "soft"), people.client("alice")
    gate = ReadingGate.objects.get()
    if how == "handed in":
        hand_in(quiz, people.carol)
    else:
        skip_gate(gate=gate, by=people.carol)
    assert "Take it back" not in alice.get(url_of("gate_passings", quiz)).content.decode()
    page = alice.post(removal_of(quiz, people.carol.pk), follow=True).content.decode()
    assert "Carol has come through without you: it stays open." in page
    assert BEHIND in page_of(people, "carol")
    assert not Event.objects.filter(kind="gate.closed").exists()
    # Let through as well, they still need nobody.
    let(people, quiz, "carol")
    assert "Take it back" not in alice.get(url_of("gate_passings", quiz)).content.decode()
    alice.post(removal_of(quiz, people.carol.pk))
    assert BEHIND in page_of(people, "carol")


def test_where_a_skipped_gate_was_made_hard_it_is(people: People, reading: Reading) -> None:
    add_gate(people, reading, "soft")
    skip_gate(gate=ReadingGate.objects.get(), by=people.carol)
    quiz = add_gate(people, reading, "hard")
    let(people, quiz, "carol")
    page = people.client("alice").get(url_of("gate_passings", quiz)).content.decode()
    assert page.count("Take it back") == 1
    people.client("alice").post(removal_of(quiz, people.carol.pk))
    assert BEHIND not in page_of(people, "carol")


def test_an_assistant_takes_back_in_their_own_group(people: People, reading: Reading) -> None:
    quiz, bob = add_gate(people, reading, "hard"), people.client("bob")
    for key in ("carol", "dan"):
        let(people, quiz, key)
    assert bob.post(removal_of(quiz, people.carol.pk)).status_code == 302
    assert bob.post(removal_of(quiz, people.dan.pk)).status_code == 403
    assert GatePassing.objects.get().membership == people.dan


def test_no_other_way_leads_around_that_right(people: People, reading: Reading) -> None:
    add_gate(people, reading, "hard")
    gate = ReadingGate.objects.get()
    let_through(gate=gate, member=people.dan, by=people.alice)
    other = Seminar.objects.create(name="Other", slug="other")
    abroad = Membership.objects.create(seminar=other, user=people.alice.user, role="instructor")
    for by in (people.bob, people.dan, people.carol, abroad):
        for change in (take_back_passing, let_through):
            with pytest.raises(PermissionDenied):
                change(gate=gate, member=people.dan, by=by)
    assert GatePassing.objects.get().let_by == people.alice


def test_members_take_nothing_back(people: People, reading: Reading) -> None:
    quiz = add_gate(people, reading, "hard")
    let(people, quiz, "carol")
    for key, status in (("carol", 403), ("dan", 403), ("grace", 403), ("mallory", 404)):
        assert people.client(key).post(removal_of(quiz, people.carol.pk)).status_code == status
    assert people.client("alice").get(removal_of(quiz, people.carol.pk)).status_code == 405
    assert GatePassing.objects.exists()


def test_what_was_said_and_found_there_is_withheld_again(people: People, reading: Reading) -> None:
    quiz = add_gate(people, reading, "hard")
    thread = say(reading, people.alice, "A zebra behind.", block="p3", quote="made for this")
    carol = people.client("carol")
    channels = (
        url("thread_list", reading),
        url("reading_print", reading, query="?show=all"),
        url("annotation_collection", reading, query="?page=all"),
        "/s/seminar/search/?q=zebra",
    )
    let(people, quiz, "carol")
    # Asked while it was open, so that whatever is kept of it has been kept.
    for address in channels:
        assert "zebra behind" in words_of(carol.get(address)), address
    hinted = url("reading_hints", reading, query="?after=0")
    assert thread.pk in {one["thread"] for one in carol.get(hinted).json()["threads"]}
    people.client("alice").post(removal_of(quiz, people.carol.pk))
    for address in channels:
        assert "zebra behind" not in words_of(carol.get(address)), address
    assert thread.pk not in {one["thread"] for one in carol.get(hinted).json()["threads"]}
    assert carol.get(url("thread_detail", reading, thread.pk)).status_code == 404
    assert Thread.objects.filter(pk=thread.pk).exists()


def words_of(response: Any) -> str:
    """The text of an answer without its marks."""
    body = response.getvalue()
    return str(body.decode()).replace("<mark>", "").replace("</mark>", "")
