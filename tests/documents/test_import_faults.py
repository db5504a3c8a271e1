"""Small public files that were once read wrongly, each with what a reader sees in it.

They are not part of the project: set COLLOQUY_CORPORA to the folder that holds `import-faults`.
What each of them is about is also tested without it, where its format is.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from documents import import_document

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("COLLOQUY_CORPORA", ROOT.parent / "shared" / "corpora"))
FAULTS = CORPUS / "import-faults"

FORD = (
    "The ford is older than the bridge, and nobody remembers who first crossed there; "
    "the stones say nothing of it"
)
BRIDGE = (
    "A bridge is a promise made to both banks at once, and is kept by neither of them for long."
)
OLDER = "Before any bridge there was a ford, and the ford was older than the village."
REGISTER = "The ford is older than the bridge, as the parish register says,"

# By file: the blocks as kind and text, and each note with the place that refers to it.
EXPECTED: dict[str, tuple[list[tuple[str, str]], list[tuple[str, str]]]] = {
    "c.org": (
        [("heading", "On Fords"), ("paragraph", "The ford is older [mill1859] than the bridge.")],
        [],
    ),
    "c.xml": (
        [
            ("heading", "On Fords"),
            ("paragraph", "The ford is older 1 than the bridge."),
            ("heading", "References"),
            ("paragraph", "Mill. On Liberty. 1859."),
        ],
        [],
    ),
    "cite0.tex": ([("paragraph", "The ford is older [mill1859] than the bridge.")], []),
    "crop.pdf": (
        [
            (
                "paragraph",
                "On the day after the flood four men were sent to the ford to see whether it could "
                "still be crossed. Until then nobody had asked what the ford was for or who had "
                "made it, and the answer that came back surprised the whole town. The river had "
                "found another bed and the old stones lay dry in the sun.",
            )
        ],
        [],
    ),
    "dropcap.html": (
        [("heading", "On Fords"), ("paragraph", f"{FORD}."), ("paragraph", BRIDGE)],
        [],
    ),
    "empty.html": (
        [("heading", "On Fords"), ("paragraph", f"{FORD} at all."), ("paragraph", BRIDGE)],
        [],
    ),
    "guide_toc.epub": (
        [
            ("heading", "On Bridges"),
            ("heading", "I. The Ford"),
            ("paragraph", OLDER),
            ("paragraph", "Nobody remembers who first crossed there."),
            ("heading", "II. The Span"),
            ("paragraph", "A bridge is a promise made to both banks at once."),
        ],
        [],
    ),
    "gut.txt": (
        [
            ("heading", "On Fords."),
            ("heading", "CHAPTER I. THE STONES."),
            (
                "paragraph",
                f"{REGISTER} and nobody remembers who first crossed there; the stones say nothing "
                "of it at all.",
            ),
            ("paragraph", BRIDGE),
            ("heading", "CHAPTER II. THE CLERK."),
            (
                "paragraph",
                "The clerk kept the register in a box under the stairs, where the damp was, and "
                "wrote in it only on Sundays.",
            ),
            ("boilerplate", "The Project Gutenberg EBook of On Fords, by Maud Tiller"),
            ("boilerplate", "*** START OF THIS PROJECT GUTENBERG EBOOK ON FORDS ***"),
            ("boilerplate", "*** END OF THIS PROJECT GUTENBERG EBOOK ON FORDS ***"),
        ],
        [
            (REGISTER, "Register, p. 3."),
            ("for long.", "Ibid., p. 4."),
            ("on Sundays.", "Register, p. 9."),
        ],
    ),
    "hgroup_roles.epub": (
        [("heading", "On Bridges"), ("heading", "I Of the Ford"), ("paragraph", OLDER)],
        [],
    ),
    "kicker.html": (
        [
            ("heading", "Why the ford was moved"),
            (
                "paragraph",
                "On the day after the flood four men were sent to the ford to see whether it could "
                "still be crossed. Until then nobody had asked what it was for.",
            ),
            (
                "paragraph",
                "The river had found another bed, and the old stones lay dry in the sun for a "
                "whole summer before anyone spoke of a bridge.",
            ),
        ],
        [],
    ),
    "linknotes.html": (
        [
            ("heading", "On Fords"),
            (
                "paragraph",
                "The ford is older than the bridge. Nobody remembers who first crossed there, and "
                "the stones say nothing of it.",
            ),
            ("paragraph", BRIDGE),
        ],
        [
            ("than the bridge.", "So the parish register of 1641. The register itself is lost."),
            ("for long.", "Compare the charter."),
        ],
    ),
    "nbh.rtf": (
        [
            ("paragraph", "The ford is a well\u2011known place."),
            ("paragraph", "Café non breaking —dash and more\u2011words after café."),
        ],
        [],
    ),
    "sup.pdf": (
        [
            ("heading", "On Fords and Bridges"),
            (
                "paragraph",
                f"{REGISTER} and nobody remembers who first crossed there. Moreover the clerk "
                "looked for it in the encyclopedia as a book beside the usual newspapers of the "
                "day.",
            ),
            (
                "paragraph",
                "In addition to the bridge three further crossings were offered, namely the weir, "
                "the ferry and the stepping stones, which had served so well last year.",
            ),
        ],
        [("the encyclopedia", "http://www.encyclopedia.example")],
    ),
}
IBID = (
    [
        ("heading", "On Fords"),
        ("paragraph", "First claim. Second claim. Third claim. Fourth claim."),
    ],
    [
        ("First claim.", "Mill, p. 3."),
        ("Second claim.", "Ibid."),
        ("Third claim.", "Lee, p. 9."),
        ("Fourth claim.", "Ibid."),
    ],
)
EXPECTED |= {"ibid.md": IBID, "ibid.docx": IBID}
AUTHORS = {
    "gut.txt": ("Maud Tiller",),
    "hgroup_roles.epub": ("Maud Tiller",),
    "kicker.html": ("Maud Tiller",),
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_file_is_read_as_a_reader_sees_it(name: str) -> None:
    path = FAULTS / name
    if not path.exists():
        pytest.skip(f"{name} is not here; set COLLOQUY_CORPORA to the folder that holds its folder")
    document = import_document(path.read_bytes(), name)
    blocks, notes = EXPECTED[name]
    assert [(one.kind, one.text.replace("\u00a0", " ")) for one in document.blocks] == blocks
    words = {one.number: one.text for one in document.notes}
    refs = [
        (block.text[: ref.offset], words.pop(ref.number))
        for block in document.blocks
        for ref in block.note_refs
    ]
    assert len(refs) == len(notes)
    for (before, found), (ends, expected) in zip(refs, notes, strict=True):
        assert before.endswith(ends)
        assert found == expected
    assert words == {}
    assert document.metadata.authors == AUTHORS.get(name, ())


def test_every_file_of_the_corpus_is_expected() -> None:
    if not FAULTS.exists():
        pytest.skip("the corpus is not here")
    assert {path.name for path in FAULTS.iterdir()} <= set(EXPECTED)
