"""Words written to keep the server busy: whatever ten thousand characters say, it answers soon."""

import pytest

from anchoring import word_diff
from discussions.models.comments import MAX_BODY
from quizzes.formats.guide_questions import parse_checkpoint
from readings.guides.actions import apply_guide
from readings.guides.guide_file import MAX_ITEMS, GuideRefused, parse_guide
from rendering.markdown import as_html
from tests.base import PARAGRAPHS, People, make_reading
from tests.processor import with_seconds

SECONDS = 3.0  # of the processor: a hundredth of what it took where it was not held

PAIRS = {
    "one word against two": ("a " * 2000, "a b " * 1000),
    "two against three": ("a b " * 1000, "a c b " * 660),
    "turned about": (" ".join(map(str, range(2000))), " ".join(map(str, range(2000, 0, -1)))),
}
REPEATED = ["[", "![", "*a ", "**x_", "> ", "- ", "`", "<", "[a](", "http://a.(", "a|", "~~", "\\["]


@pytest.mark.parametrize("name", PAIRS)
def test_word_diff(name: str) -> None:
    before, after = PAIRS[name]
    pieces, seconds = with_seconds(lambda: word_diff(before, after))
    assert seconds < SECONDS
    assert "".join(one.text for one in pieces if one.kind != "added").split() == before.split()
    assert "".join(one.text for one in pieces if one.kind != "removed").split() == after.split()


@pytest.mark.parametrize("words", REPEATED)
def test_markdown(words: str) -> None:
    body = (words * MAX_BODY)[:MAX_BODY]
    _html, seconds = with_seconds(lambda: as_html(body))
    assert seconds < SECONDS


LINES = {
    "brackets": "Gaps: " + "[[" * 20_000,
    "closed at the end": "Gaps: " + "[[" * 20_000 + "]]",
    "spaces": f"Number: 5\nTolerance: 5{' ' * 20_000}x",
    "digits": f"Number: {'7' * 5_000}",
    "digits below a bar": f"Number: 1/{'7' * 5_000}",
    "digits of an exponent": f"Number: 1e{'7' * 5_000}",
    "digits of a tolerance": f"Number: 5\nTolerance: {'7' * 5_000}",
    "digits of a unit": f"Number: 5\nUnit: {'7' * 5_000} m",
}


@pytest.mark.parametrize("name", LINES)
def test_line_of_a_question(name: str) -> None:
    def read() -> None:
        with pytest.raises(GuideRefused):
            parse_checkpoint(f"### Q\n{LINES[name]}")

    assert with_seconds(read)[1] < SECONDS


HEAD = "---\nguide: 1\ntitle: Long\n---\n"


def test_guide_over_a_long_essay(people: People) -> None:
    """Every part of it is looked for in the whole text, while nobody else can write."""
    reading = make_reading(people, paragraphs=[f"{PARAGRAPHS[2]} " * 6 for _ in range(100)])
    wanted = [f'## Note "nowhere at all {i}"\n\nWords.\n' for i in range(200)]
    added, seconds = with_seconds(
        lambda: apply_guide(reading=reading, text=HEAD + "\n".join(wanted), by=people.alice)
    )
    assert len(added.unplaced) == 200
    assert seconds < SECONDS


def test_guide_of_too_many_parts() -> None:
    with pytest.raises(GuideRefused, match="at most"):
        parse_guide(HEAD + "## Note ¶ 1\n\nWords.\n\n" * (MAX_ITEMS + 1))
