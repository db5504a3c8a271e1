"""Essays made at random, of everything that an essay can hold."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from documents.document import BULLET, Document, DocumentBlock, DocumentNote, Metadata, NoteRef
from documents.numbering import numbered
from documents.rich import InlineMark, Rich
from documents.sanitise import sanitised

# Letters of several scripts, and every sign that means something in Markdown, HTML or YAML.
SIGNS = "ab éß中ع1 2.*_[]()!#<>&|~^`{}$\\-+=:;%'\"@/“’—?, "


def _squashed(text: str) -> str:
    return " ".join(text.split())


def _says_something(text: str) -> bool:
    # A line of signs alone is a rule to the importer, whatever it was.
    return any(sign.isalnum() for sign in text)


words = st.one_of(
    st.text(SIGNS, min_size=1, max_size=40).map(_squashed).filter(_says_something),
    st.sampled_from(
        [
            "1. No list item",
            "- nor this",
            "# no heading",
            "> no quotation",
            "[^1]: no note",
            "--- no rule ---",
            "| no | table |",
            "<b>no HTML</b> &amp; no entity",
            "```no code```",
            "=== no title",
            ": no definition",
            "![no](picture)",
            "1986. A great year",
            "~~~ no fence",
            "::: no div",
            "a^b^ and c~d~ and ^[no note]",
        ]
    ),
)
_TAGS: list[tuple[str, tuple[tuple[str, str], ...]]] = [
    ("em", ()),
    ("strong", ()),
    ("code", ()),
    ("sub", ()),
    ("q", ()),
    ("cite", ()),
    ("abbr", (("title", 'A "title" & more'),)),
    ("span", (("lang", "fr"),)),
    ("a", (("href", "https://example.org/a_(b)?c=1&amp=2"),)),
]


@st.composite
def rich(draw: Any, notes: int = 0) -> Rich:
    """Words with at most three marks, one inside the other or apart, and references."""
    text = draw(words)
    marks = []
    low, high = 0, len(text)
    for tag, attrs in draw(st.lists(st.sampled_from(_TAGS), max_size=3, unique_by=lambda t: t[0])):
        start = draw(st.integers(low, high - 1)) if high > low else low
        end = draw(st.integers(start + 1, high)) if high > start else start
        # A paragraph that is nothing but code is code.
        if end > start and (tag != "code" or (start, end) != (0, len(text))):
            marks.append(InlineMark(start, end, tag, attrs))
            low, high = draw(st.sampled_from([(start, end), (end, len(text))]))
    refs = [
        NoteRef(str(number), draw(st.integers(1, len(text))))
        for number in (draw(st.lists(st.integers(1, notes), max_size=2)) if notes else [])
    ]
    return Rich(text, tuple(marks), tuple(sorted(refs, key=lambda ref: ref.offset)))


def _of(kind: str, words: Rich, level: int | None = None, marker: str = "") -> DocumentBlock:
    return DocumentBlock(
        kind, level, None, words.text, sanitised(words.html()), words.refs, marker=marker
    )


def _prose(notes: int) -> st.SearchStrategy[list[DocumentBlock]]:
    kinds = st.sampled_from(["paragraph", "blockquote", "pullquote", "boilerplate"])
    return st.builds(lambda kind, one: [_of(kind, one)], kinds, rich(notes))


def _heading(notes: int) -> st.SearchStrategy[list[DocumentBlock]]:
    return st.builds(lambda one, level: [_of("heading", one, level)], rich(notes), st.just(2))


@st.composite
def _list(draw: Any, notes: int) -> list[DocumentBlock]:
    """Items down to the third level, counted or not; a list's numbers rise by one."""
    items: list[DocumentBlock] = []
    markers: list[str] = []
    for _ in range(draw(st.integers(1, 5))):
        level = draw(st.integers(1, min(len(markers) + 2, 3)))
        markers += [""] * (level - len(markers))
        del markers[level:]
        above = markers[level - 1]
        counted = draw(st.booleans())
        marker = f"{draw(st.integers(1, 30))}." if counted else BULLET
        if above[:1].isdigit() and counted and draw(st.booleans()):
            marker = f"{int(above[:-1]) + 1}."
        markers[level - 1] = marker
        items.append(_of("list_item", draw(rich(notes)), level, marker))
        if draw(st.integers(0, 3)) == 0:
            items.append(_of("list_item", draw(rich(notes)), level, ""))
    return items


@st.composite
def _verse(draw: Any) -> list[DocumentBlock]:
    lines = draw(st.lists(words, min_size=2, max_size=5))
    text = "\n".join(lines)
    breaks = tuple(InlineMark(at, at, "br") for at, sign in enumerate(text) if sign == "\n")
    return [_of("verse", Rich(text, breaks))]


def _code() -> st.SearchStrategy[list[DocumentBlock]]:
    lines = st.lists(st.text(SIGNS + "  ", max_size=30), min_size=1, max_size=4).map(
        lambda found: "\n".join(found).strip("\n")
    )
    return lines.filter(lambda text: bool(text.strip())).map(lambda text: [_of("code", Rich(text))])


@st.composite
def _table(draw: Any, notes: int) -> list[DocumentBlock]:
    """A head and one to three rows, as the importer writes them: a space between cells."""
    width = draw(st.integers(1, 3))
    text, html, refs = "", "<table>", []
    for row in range(draw(st.integers(2, 4))):
        tag, cell = ("thead", "th") if row == 0 else ("tbody", "td")
        html += f"<{tag}><tr>" if row < 2 else "<tr>"
        for column in range(width):
            gap = "" if not text else "\n" if column == 0 else " "
            one = draw(rich(notes))
            refs += [NoteRef(ref.number, ref.offset + len(text + gap)) for ref in one.refs]
            text += gap + one.text
            html += f"{gap}<{cell}>{one.html()}</{cell}>"
        html += "</tr></thead>" if row == 0 else "</tr>"
    html += "</tbody></table>"
    return [DocumentBlock("table", None, None, text, sanitised(html, table=True), tuple(refs))]


def _rule() -> st.SearchStrategy[list[DocumentBlock]]:
    return st.just([DocumentBlock("rule", None, None, "", "")])


def _numbered_by_reference(blocks: list[DocumentBlock], notes: list[DocumentNote]) -> Document:
    """Number the notes as they are referred to, as an importer does; the others are left out."""
    numbers: dict[str, str] = {}
    for block in blocks:
        for ref in block.note_refs:
            numbers.setdefault(ref.number, str(len(numbers) + 1))
    by_number = {note.number: note for note in notes}
    kept = [by_number[old] for old in numbers]
    renumbered = [
        replace(
            block,
            note_refs=tuple(NoteRef(numbers[ref.number], ref.offset) for ref in block.note_refs),
        )
        for block in blocks
    ]
    return Document(
        format="markdown",
        metadata=Metadata(title="A title of it", language="en"),
        blocks=numbered(renumbered),
        notes=tuple(DocumentNote(str(n), note.text, note.html) for n, note in enumerate(kept, 1)),
    )


@st.composite
def documents(draw: Any) -> Document:
    """A whole essay."""
    texts = draw(st.lists(rich(), max_size=4, unique_by=lambda one: one.text))
    notes = [
        DocumentNote(str(n), one.text, sanitised(one.html())) for n, one in enumerate(texts, 1)
    ]
    some = len(notes)
    parts = st.one_of(
        _prose(some), _heading(some), _list(some), _verse(), _code(), _table(some), _rule()
    )
    blocks = [_of("heading", Rich("A title of it"), 1)]
    for part in draw(st.lists(parts, min_size=1, max_size=7)):
        blocks += part
    return _numbered_by_reference(blocks, notes)
