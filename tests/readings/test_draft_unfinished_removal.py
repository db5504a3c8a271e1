"""What is kept of a part of the draft and not ready is taken off, and a step brings it back."""

from typing import Any

import pytest

from readings.models import Reading
from tests.base import People, htmx
from tests.forms import form_on
from tests.quizzes.unfinished import TypedForm, form_at, shown, unready
from tests.readings.guide_drafts import URL, add, bodies, press

NOTE = f"{URL}items/?part=note&at=1"


@pytest.fixture
def alice(people: People, reading: Reading) -> Any:
    client = people.client("alice")
    client.post(URL)
    sent = form_at(client, NOTE, "keep").as_it_stands | {
        "body": ["Half a note"],
        "quote": ["nowhere at all"],
    }
    assert client.post(NOTE, sent).status_code == 302
    return client


def test_a_note_is_taken_off_and_comes_back(alice: Any) -> None:
    assert "On these words: The words “nowhere at all” are not in ¶ 1" in shown(alice)
    press(alice, "draft_unfinished_removal")
    assert unready() == []
    assert "Half a note" not in shown(alice)
    press(alice, "guide_draft_step")
    assert "Half a note" in shown(alice)
    page = f"{NOTE}&kept={unready()[0].key}"
    assert alice.post(page, form_at(alice, page, "keep").as_it_stands).status_code == 302
    again = form_on(alice, page).as_it_stands | {"quote": [""]}
    assert alice.post(page, again).status_code == 302
    assert bodies() == ["Half a note"]
    assert unready() == []


def test_twice_is_as_once_and_what_is_newer_stays(alice: Any) -> None:
    page = f"{NOTE}&kept={unready()[0].key}"
    url = f"{URL}unfinished/{unready()[0].key}/removal/"
    seen = {"version": str(unready()[0].edit_version)}
    form = TypedForm(alice, page)
    assert form.type(body="More of it").status_code == 200
    answer = alice.post(url, seen, follow=True)
    assert "Somebody else changed this meanwhile." in answer.content.decode()
    assert len(unready()) == 1
    now = {"version": str(unready()[0].edit_version)}
    for _ in range(2):
        assert alice.post(url, now).status_code == 302
    assert unready() == []


def test_a_script_gets_the_pieces_that_are_other_now(alice: Any) -> None:
    url = f"{URL}unfinished/{unready()[0].key}/removal/"
    sent = {"version": str(unready()[0].edit_version), "block": "p1"}
    answer = alice.post(url, sent, headers={"HX-Request": "true"}, follow=True)
    html = answer.content.decode()
    assert 'hx-target="#items-p1"' in html
    assert "not ready" not in html


def test_only_those_who_write_the_guide(people: People, alice: Any) -> None:
    url = f"{URL}unfinished/{unready()[0].key}/removal/"
    for who, status in {"bob": 403, "carol": 403, "mallory": 404}.items():
        assert people.client(who).post(url, {"version": "1"}).status_code == status
    assert people.client("alice").get(url).status_code == 405
    assert len(unready()) == 1


def test_no_draft_nothing_to_take_off(alice: Any) -> None:
    key = unready()[0].key
    alice.post(f"{URL}removal/")
    answer = alice.post(f"{URL}unfinished/{key}/removal/", {"version": "1"})
    assert answer.status_code == 302
    assert len(unready()) == 1


def test_a_change_of_a_prompt_is_told_beside_it(alice: Any) -> None:
    add(alice, "prompt", 2, body="Why?", asked="each group")
    page = f"{URL}items/2/"
    sent = form_at(alice, page, "keep").as_it_stands | {"body": [""], "paragraph": ["99"]}
    assert htmx(alice, "post", page, sent | {"act": "keep"}).status_code == 302
    html = shown(alice)
    assert "Until it is done, what stands here stays as it is." in html
    assert "Why?" in html
