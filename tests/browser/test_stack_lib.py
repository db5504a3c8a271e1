"""Cards beside the text: beside their words where there is room, never one upon another."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.static_site import serve_static

GAP = 10
STACK = "async ([items, options]) => (await import('/js/lib/stack.js')).stack(items, options)"


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    with serve_static() as address:
        context = chromium.new_context(base_url=address)
        page = context.new_page()
        page.goto("/css/")
        yield page
        context.close()


def stack(page: Page, items: list[tuple[int, int]], **options: int) -> list[int]:
    cards: list[Any] = [{"top": top, "height": height} for top, height in items]
    tops: list[int] = page.evaluate(STACK, [cards, {"gap": GAP, **options}])
    return tops


def test_with_room_each_stands_at_its_words(page: Page) -> None:
    assert stack(page, [(0, 50), (100, 50), (400, 80)]) == [0, 100, 400]


def test_where_they_crowd_they_are_pushed_down(page: Page) -> None:
    assert stack(page, [(0, 50), (10, 50), (20, 50), (500, 50)]) == [0, 60, 120, 500]


def test_the_open_one_keeps_its_place_and_others_make_room(page: Page) -> None:
    assert stack(page, [(100, 50), (110, 50), (120, 300), (130, 50)], anchor=2) == [0, 60, 120, 430]


def test_the_open_one_gives_way_only_to_the_top_of_the_page(page: Page) -> None:
    assert stack(page, [(0, 50), (5, 50), (10, 100), (20, 50)], anchor=2) == [0, 60, 120, 230]


@pytest.mark.parametrize("seed", range(4))
def test_no_card_is_ever_covered(page: Page, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    for _ in range(40):
        items = sorted(
            (chance.randint(0, 3000), chance.randint(20, 400)) for _ in range(chance.randint(1, 30))
        )
        anchor = chance.randint(-1, len(items) - 1)
        tops = stack(page, items, anchor=anchor)
        assert tops[0] >= 0
        for i in range(1, len(items)):
            assert tops[i] >= tops[i - 1] + items[i - 1][1] + GAP
        room = sum(height + GAP for _, height in items[: max(anchor, 0)])
        if anchor >= 0:
            assert tops[anchor] == max(items[anchor][0], room)
