"""The map of the argument: a bar for each paragraph that is served, a line for each link."""

from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from discussions.links.argument import ArgumentFilter, build_argument
from discussions.links.argument_map import build_map, spread
from readings.models import Reading
from tests.base import People, make_reading
from tests.discussions.links import link, make_far_reading, narrow

URL = reverse("argument", args=["seminar"])


@pytest.fixture
def far(people: People) -> Reading:
    return make_far_reading(people)


def drawing(client: Client) -> str:
    page = client.get(URL).content.decode()
    return page[page.index('<svg class="argument-map"') : page.index("</figure>")]


def test_the_map_has_a_bar_for_each_paragraph_and_a_line_for_each_link(
    people: People, reading: Reading, far: Reading
) -> None:
    made = link(reading, far, people.carol)
    svg = drawing(people.client("dan"))
    assert svg.count('class="para"') == 6
    assert svg.count('class="tie"') == svg.count('class="line"') == 1
    assert svg.count('class="badge"') == 2, "its number stands at both ends"
    assert f'href="#l{made.pk}"' in svg
    assert "1. On margins ¶ 1 answers Good fences ¶ 2" in svg
    assert 'aria-hidden="true"' in svg, "its text alternative is the table"
    assert 'class="tie own"' in drawing(people.client("carol"))


def test_paragraphs_are_as_tall_as_they_are_long_in_one_scale(
    people: People,
) -> None:
    near, other = (
        make_reading(people, slug=slug, paragraphs=["Short.", "Words follow. " * many])
        for slug, many in (("near", 20), ("other", 60))
    )
    link(near, other, people.carol, quote="Short", far_quote="")
    pair = build_argument(people.carol, ArgumentFilter()).pairs[0]
    drawn = build_map(pair, people.carol)
    heights = [
        extent.height / max(block.letters, 1)
        for column in (drawn.left, drawn.right)
        for block, extent in column.blocks
        if block.number and extent.height > 6
    ]
    assert len(heights) > 1
    assert max(heights) - min(heights) < 0.0001


def test_words_stand_in_their_paragraph(people: People, reading: Reading, far: Reading) -> None:
    link(reading, far, people.carol, block="p2", quote="no method is older")
    pair = build_argument(people.carol, ArgumentFilter()).pairs[0]
    column = build_map(pair, people.carol).left
    (end,) = column.ends.values()
    block = next(extent for block, extent in column.blocks if block.key == "p2")
    (extent,) = end.words
    assert block.top <= extent.top
    assert extent.top + extent.height <= block.top + block.height + 0.001


def test_numbers_do_not_stand_on_each_other() -> None:
    placed = spread({1: 50.0, 2: 52.0, 3: 51.0, 4: 200.0}, apart=17, top=40)
    assert sorted(placed, key=lambda key: placed[key]) == [1, 3, 2, 4]
    tops = sorted(placed.values())
    assert all(below - above >= 17 for above, below in pairwise(tops))
    assert placed[4] == 200
    assert min(tops) >= 40


def test_words_of_a_text_are_no_markup(people: People, far: Reading) -> None:
    wicked = make_reading(people, slug="wicked", paragraphs=["<script>alert(1)</script> it is"])
    wicked.essay.title = "<b>Bold</b>"
    wicked.essay.save(update_fields=["title"])
    link(wicked, far, people.carol, quote="it is")
    page = people.client("dan").get(URL).content.decode()
    assert "<script>alert" not in page
    assert "<b>Bold" not in page


def test_a_text_ends_at_the_gate_on_the_map_too(
    people: People, reading: Reading, far: Reading
) -> None:
    link(reading, far, people.alice, far_block="p1", far_quote="A fence is read")
    narrow(people, far, "behind a gate")
    staff, reader = (drawing(people.client(who)) for who in ("alice", "dan"))
    assert staff.count('class="para"') == 6
    assert reader.count('class="para"') == 4
    assert "Zebulon" in staff
    assert "Zebulon" not in reader
    assert reader.count('class="tie"') == 1
