"""An item of a draft changes its place."""

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from readings.guides.draft_actions import begin_draft, place_item, put_item
from readings.guides.draft_items import check_item, parse_draft
from readings.guides.draft_steps import undo_step
from readings.models import GuideDraft, Reading
from tests.base import People, htmx
from tests.examples import examples
from tests.forms import form_on
from tests.readings.guide_drafts import URL, add, bodies, press


def test_an_item_goes_down_and_to_another_paragraph(people: People, reading: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    for words in ("First", "Second"):
        add(client, "note", 1, body=words)
    press(client, "guide_item_place", to="later")
    assert bodies() == ["Second", "First"]
    page = f"{URL}items/2/"
    client.post(page, form_on(client, page).as_it_stands | {"paragraph": ["2"]})
    assert bodies() == ["First", "Second"]


def test_what_was_changed_meanwhile_stays_where_it_is(people: People, reading: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    for words in ("First", "Second"):
        add(client, "note", 1, body=words)
    sent = {"version": "7", "to": "later"}
    answer = client.post(f"{URL}items/1/place/", sent, follow=True)
    assert "Somebody else changed this meanwhile." in answer.content.decode()
    assert bodies() == ["First", "Second"]


# --- Anywhere, as by dragging --------------------------------------------------------------------
def place(client: Client, key: int, **sent: str) -> str:
    """Send what a script sends when an item is let go, and return the page."""
    version = next(one["version"] for one in GuideDraft.objects.get().marks if one["key"] == key)
    sent = {"version": str(version), "block": "p1"} | sent
    return client.post(f"{URL}items/{key}/place/", sent, follow=True).content.decode()


@pytest.fixture
def alice(people: People, reading: Reading) -> Client:
    """With three notes, the second of which is on some words."""
    client = people.client("alice")
    client.post(URL)
    add(client, "note", 1, body="First")
    add(client, "note", 1, body="Second", quote="One text together")
    add(client, "note", 3, body="Third")
    return client


def test_before_another_or_behind_all_of_a_paragraph(alice: Client) -> None:
    place(alice, 2, paragraph="1", before="1")
    assert bodies() == ["Second", "First", "Third"]
    place(alice, 1, paragraph="3", before="3")
    assert bodies() == ["Second", "First", "Third"]
    assert "## Note ¶ 3\n\nFirst" in GuideDraft.objects.get().text
    place(alice, 1, paragraph="3", before="0")
    assert bodies() == ["Second", "Third", "First"]
    press(alice, "guide_draft_step")
    assert bodies() == ["Second", "First", "Third"]


def test_words_that_are_not_there_are_let_go_and_that_is_said(alice: Client) -> None:
    page = place(alice, 2, paragraph="3", before="0")
    assert "The words that this was about are not in ¶ 3" in page
    assert "## Note ¶ 3\n\nSecond" in GuideDraft.objects.get().text
    press(alice, "guide_draft_step")
    assert '## Note ¶ 1 "One text together"' in GuideDraft.objects.get().text
    assert "were about" not in place(alice, 2, paragraph="1", before="1")


def test_twice_is_as_once_and_where_it_stands_nothing_changes(alice: Client) -> None:
    steps = GuideDraft.objects.get().steps.count()
    place(alice, 1, paragraph="1", before="2")
    place(alice, 1)
    assert GuideDraft.objects.get().steps.count() == steps
    url, sent = f"{URL}items/1/place/", {"version": "1", "paragraph": "1", "before": "0"}
    alice.post(url, sent)
    assert bodies() == ["Second", "First", "Third"]
    assert "Somebody else changed this" in alice.post(url, sent, follow=True).content.decode()
    assert bodies() == ["Second", "First", "Third"]


def test_a_paragraph_that_is_not_there_is_said(alice: Client) -> None:
    assert "The text has no ¶ 99" in place(alice, 1, paragraph="99", before="0")
    assert bodies() == ["First", "Second", "Third"]


def test_a_script_gets_both_paragraphs(alice: Client) -> None:
    sent = {"version": "1", "block": "p1", "paragraph": "3", "before": "3"}
    answer = htmx(alice, "post", f"{URL}items/1/place/", sent)
    assert answer.headers["Location"] == f"{URL}?block=p1&block=p3"


Moves = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3), st.integers(0, 5)), max_size=8)


def test_wherever_it_is_put_there_it_stands(people: People, reading: Reading) -> None:
    begin_draft(reading=reading, by=people.alice)
    for number in (1, 1, 2, 3, 3):
        item = check_item("note", f"¶ {number}", f"A note at {number}.")
        put_item(reading=reading, by=people.alice, item=item)

    def standing() -> dict[int, list[int]]:
        """The keys of the items of each paragraph, in their order."""
        items = parse_draft(GuideDraft.objects.get())[1]
        return {n: [one.key for one in items if one.parsed.anchor.number == n] for n in (1, 2, 3)}

    @settings(max_examples=examples(30))
    @given(Moves)
    def holds(moves: list[tuple[int, int, int]]) -> None:
        with transaction.atomic():
            first = expected = standing()
            for key, paragraph, before in moves:
                before = before if before != key and before in expected[paragraph] else 0
                expected = {n: [one for one in keys if one != key] for n, keys in expected.items()}
                row = expected[paragraph]
                row.insert(row.index(before) if before else len(row), key)
                version = next(
                    one["version"] for one in GuideDraft.objects.get().marks if one["key"] == key
                )
                place_item(
                    reading=reading,
                    by=people.alice,
                    key=key,
                    version=version,
                    paragraph=paragraph,
                    before=before,
                )
                assert standing() == expected
            while GuideDraft.objects.get().steps.count() > 5:  # with which the notes were put in
                version = GuideDraft.objects.get().edit_version
                undo_step(reading=reading, by=people.alice, version=version)
            assert standing() == first
            transaction.set_rollback(True)

    holds()
