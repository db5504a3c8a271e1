"""How long a large essay takes to be read, as an upload is."""

import random
import time
from collections.abc import Iterator

from documents.isolated import Usage, import_isolated
from scripts.bench.report import Figure

SECONDS_GOAL, MEGABYTES_GOAL = 10, 500
CHARACTERS = 1_650  # of a paragraph: 3,000 are 5 MB
_WORDS = """
    the gate is a fence that has changed its mind and everyone who passes through it in the
    morning is grateful for what remains of a quiet road between old houses
""".split()  # noqa: SIM905 - read as words


def read_essay(paragraphs: int) -> Iterator[Figure]:
    """Read an essay of so many paragraphs, in Markdown and as plain text."""
    source = random.Random(3)
    text = _essay(source, paragraphs)
    plain = "\n\n".join(_paragraph(source) for _ in range(paragraphs))
    for name, words in (("essay.md", text), ("essay.txt", plain)):
        usage = Usage()
        began = time.perf_counter()
        document = import_isolated(words.encode(), name, usage=usage)
        took = time.perf_counter() - began
        yield Figure(
            f"{len(words) / 1_000_000:.1f} MB in {len(document.blocks):,} blocks read as"
            f" {document.format}: {took:.1f} s by the clock (goal {SECONDS_GOAL}),"
            f" {usage.seconds:.1f} s of the processor, {usage.megabytes:.0f} MB"
            f" (goal {MEGABYTES_GOAL}), pandoc’s part with them",
            took <= SECONDS_GOAL and usage.megabytes <= MEGABYTES_GOAL,
        )


def _essay(source: random.Random, paragraphs: int) -> str:
    """Paragraphs with emphasis, a heading to fifty and a note to ten of them."""
    out, notes = ["# A long essay"], []
    for n in range(paragraphs):
        if n % 50 == 0:
            out.append(f"## Part {n // 50 + 1}")
        words = _paragraph(source).replace("gate", "*gate*", 2)
        if n % 10 == 0:
            words += f"[^{n}]"
            notes.append(f"[^{n}]: {_sentence(source)}")
        out.append(words)
    return "\n\n".join(out + notes) + "\n"


def _paragraph(source: random.Random) -> str:
    out: list[str] = []
    while sum(map(len, out)) < CHARACTERS:
        out.append(_sentence(source))
    return " ".join(out)


def _sentence(source: random.Random) -> str:
    words = [source.choice(_WORDS) for _ in range(source.randint(8, 24))]
    return " ".join(words).capitalize() + "."
