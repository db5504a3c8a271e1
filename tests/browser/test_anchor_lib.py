"""Words chosen in the browser are the words that Python slices out by the same numbers."""

import html
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.static_site import serve_static

CONTEXT = 32
WORDS = [
    "treaty",
    "ledger",
    "café",  # composed
    "cafe\u0301",  # with a combining accent
    "👩🏽‍🚀",  # five code points, one picture
    "𝔘𝔫𝔦",  # beyond the first plane
    "Ελλάδα",
    "Кирилл",
    "条约",
    "سلام",
    "שלום",
    "a\u00a0b",
    "“quoted”",
    "—",
    "<&>",
]
WRAPPERS = ["", "", "em", "strong", "mark", "skip"]


@dataclass
class Block:
    """A block as runs of text, each a text node of its own; a run under `skip` is no text."""

    key: str
    runs: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(words for words, wrapper in self.runs if wrapper != "skip")

    @property
    def markup(self) -> str:
        return (
            f'<div class="block" data-block="{self.key}"><a class="num" href="#p1">1</a>'
            f"<p data-text>{''.join(wrapped(*run) for run in self.runs)}</p>"
            '<a class="handle" href="#">3</a>'
            '<div class="threads">Somebody said a word</div></div>'
        )

    def before(self, run: int, offset: int) -> int:
        """Code points of `text` before `offset` in that run."""
        gone = sum(len(words) for words, wrapper in self.runs[:run] if wrapper != "skip")
        return gone + (0 if self.runs[run][1] == "skip" else offset)


def wrapped(words: str, wrapper: str) -> str:
    words = html.escape(words)
    if wrapper == "skip":
        return f'<a class="fn" data-skip href="#note-1">{words}</a>'
    if wrapper == "mark":
        return f'<mark class="mark" data-threads="1 2">{words}</mark>'
    return f"<{wrapper}>{words}</{wrapper}>" if wrapper else f"<span>{words}</span>"


def make_block(key: str, chance: random.Random) -> Block:
    runs = []
    for _ in range(chance.randint(1, 9)):
        wrapper = chance.choice(WRAPPERS)
        words = " ".join(chance.choices(WORDS, k=chance.randint(1, 5)))
        lead, trail = chance.choice(["", " "]), chance.choice(["", " ", "\n"])
        runs.append(
            (str(chance.randint(1, 99)) if wrapper == "skip" else lead + words + trail, wrapper)
        )
    return Block(key, runs)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


SELECT = """
async ({ from, to, markup }) => {
  const { segments, rangeOf, textOf } = await import("/js/lib/anchor.js");
  if (markup) document.body.innerHTML = `<article id="text">${markup}</article>`;
  const essay = document.getElementById("text");
  const runs = (block) => essay.querySelectorAll("[data-text]")[block].childNodes;
  const node = ({ block, run }) => runs(block)[run].firstChild;
  const range = document.createRange();
  range.setStart(node(from), from.offset);
  range.setEnd(node(to), to.offset);
  const found = segments(range, essay);
  const again = found.map((each) => {
    const piece = rangeOf(each).cloneContents();
    for (const skipped of piece.querySelectorAll("[data-skip]")) skipped.remove();
    return piece.textContent;
  });
  return { found, again, texts: [...essay.querySelectorAll("[data-block]")].map(textOf) };
}
"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    with serve_static() as address:
        context = chromium.new_context(base_url=address)
        page = context.new_page()
        page.goto("/css/")  # any page of that origin: the tests write their own into it
        yield page
        context.close()


def select(
    page: Page, blocks: list[Block], start: tuple[int, int, int], end: tuple[int, int, int]
) -> Any:
    """Select from `start` to `end`, each (block, run, code points into the run)."""

    def boundary(place: tuple[int, int, int]) -> dict[str, int]:
        block, run, offset = place
        return {"block": block, "run": run, "offset": utf16(blocks[block].runs[run][0][:offset])}

    markup = "".join(block.markup for block in blocks)
    return page.evaluate(SELECT, {"from": boundary(start), "to": boundary(end), "markup": markup})


def expected(
    blocks: list[Block], start: tuple[int, int, int], end: tuple[int, int, int]
) -> list[tuple[str, int, int]]:
    """(key, start, end) for each block between the places, white space at the ends left out."""
    pieces = []
    for index in range(start[0], end[0] + 1):
        block = blocks[index]
        a = block.before(*start[1:]) if index == start[0] else 0
        z = block.before(*end[1:]) if index == end[0] else len(block.text)
        words = block.text[a:z]
        if words.strip():
            a += len(words) - len(words.lstrip())
            z -= len(words) - len(words.rstrip())
            pieces.append((block.key, a, z))
    return pieces


@pytest.mark.parametrize("seed", range(8))
def test_offsets_are_those_of_python(page: Page, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    for _ in range(25):
        blocks = [make_block(f"k{n}", chance) for n in range(chance.randint(1, 4))]
        places = []
        for _ in range(2):
            block = chance.randrange(len(blocks))
            run = chance.randrange(len(blocks[block].runs))
            places.append((block, run, chance.randint(0, len(blocks[block].runs[run][0]))))
        start, end = sorted(places)
        answer = select(page, blocks, start, end)
        assert answer["texts"] == [block.text for block in blocks]
        texts = {block.key: block.text for block in blocks}
        found = [(each["block"], each["start"], each["end"]) for each in answer["found"]]
        assert found == expected(blocks, start, end)
        for each, again in zip(answer["found"], answer["again"], strict=True):
            text = texts[each["block"]]
            assert each["exact"] == again == text[each["start"] : each["end"]]
            assert each["prefix"] == text[max(0, each["start"] - CONTEXT) : each["start"]]
            assert each["suffix"] == text[each["end"] : each["end"] + CONTEXT]


def test_a_cut_through_a_pair_of_surrogates_keeps_the_whole_sign(page: Page) -> None:
    block = Block("k1", [("one 🙂 two", "")])
    answer = page.evaluate(
        SELECT,
        {
            "from": {"block": 0, "run": 0, "offset": 0},
            "to": {"block": 0, "run": 0, "offset": 5},  # between the halves of the face
            "markup": block.markup,
        },
    )
    assert [each["exact"] for each in answer["found"]] == ["one 🙂"]


def test_words_of_threads_and_numbers_are_no_words_of_the_block(page: Page) -> None:
    blocks = [Block("k1", [("First words.", "")]), Block("k2", [("Second words.", "")])]
    answer = select(page, blocks, (0, 0, 6), (1, 0, 6))
    assert [each["exact"] for each in answer["found"]] == ["words.", "Second"]


def test_nothing_chosen_is_no_segment(page: Page) -> None:
    blocks = [Block("k1", [("Some  words", "")])]
    assert select(page, blocks, (0, 0, 4), (0, 0, 6))["found"] == []


def test_a_block_that_is_gone_has_no_range(page: Page) -> None:
    missing = (
        "async () => (await import('/js/lib/anchor.js')).rangeOf({ block: 'x', start: 0, end: 1 })"
    )
    assert page.evaluate(missing) is None
