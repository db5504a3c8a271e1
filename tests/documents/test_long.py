"""Long essays: as right as short ones, and within what is promised of time and memory."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import import_document
from documents.isolated import Usage, import_isolated
from documents.readers.pandoc.chunks import chunks
from documents.readers.pandoc.placeholders import Placeholders
from tests.documents.containers import changed, part, written

SEED = 20221205
WORDS = """
    the gate is a fence that has changed its mind and everyone who passes through it in the
    morning is grateful for what remains of a quiet road between old houses
""".split()  # noqa: SIM905 - read as words
SECONDS, MEGABYTES = 10.0, 500


def sentence(rng: random.Random) -> str:
    words = [rng.choice(WORDS) for _ in range(rng.randint(8, 24))]
    return " ".join(words).capitalize() + "."


def paragraph(rng: random.Random, size: int = 1660) -> str:
    out: list[str] = []
    while sum(map(len, out)) < size:
        out.append(sentence(rng))
    return " ".join(out)


def five_megabytes() -> str:
    """3,000 paragraphs with emphasis and links, 60 headings, 300 notes."""
    rng = random.Random(SEED)  # noqa: S311 - not for secrets
    out, notes = ["# A long essay"], []
    for n in range(3000):
        if n % 50 == 0:
            out.append(f"## Part {n // 50 + 1}")
        words = paragraph(rng)
        words = words.replace("gate", "*gate*", 2).replace("mind", "[mind](https://a.example)", 1)
        if n % 10 == 0:
            words += f"[^{n}]"
            notes.append(f"[^{n}]: {sentence(rng)}")
        out.append(words)
    return "\n\n".join(out + notes) + "\n"


def test_five_megabytes_of_markdown() -> None:
    text, usage = five_megabytes(), Usage()
    assert len(text) > 5_000_000
    document = import_isolated(text.encode(), "essay.md", usage=usage)
    kinds = [block.kind for block in document.blocks]
    assert (kinds.count("paragraph"), kinds.count("heading")) == (3000, 61)
    assert len(document.notes) == 300
    first = next(block for block in document.blocks if block.kind == "paragraph")
    assert "<em>gate</em>" in first.html
    assert 'href="https://a.example"' in first.html
    assert [ref.number for ref in first.note_refs] == ["1"]
    assert usage.seconds < SECONDS
    assert 0 < usage.megabytes < MEGABYTES


def test_five_megabytes_of_text() -> None:
    rng, usage = random.Random(SEED), Usage()  # noqa: S311 - not for secrets
    text = "\n\n".join(["A long essay", *(paragraph(rng) for _ in range(3000))])
    document = import_isolated(text.encode(), "essay.txt", usage=usage)
    assert len(document.blocks) == 3001
    assert usage.seconds < SECONDS
    assert 0 < usage.megabytes < MEGABYTES


def test_five_megabytes_in_one_line() -> None:
    rng = random.Random(SEED)  # noqa: S311 - not for secrets
    usage = Usage()
    text = " ".join(paragraph(rng) for _ in range(3000))
    document = import_isolated(text.encode(), "essay.txt", usage=usage)
    assert [block.text for block in document.blocks] == [text]
    assert usage.seconds < SECONDS


# What Markdown is made of, so that pieces are cut at every kind of place.
PARTS = st.sampled_from(
    [
        "A paragraph of plain words that goes on for long enough to be worth a sign, and ends.",
        "It has *emphasis that goes on for long enough to be worth a sign too* and **more** of it.",
        "A [link whose words go on for long enough to be worth a sign][a] and [another one][B c].",
        "Two lines of a paragraph that is wrapped by hand, and\ngoes on for long in its second.",
        "A note.[^1] And `a span of code that goes on for long enough to be a run of words`.",
        "> A quotation that goes on for long enough to be worth a sign, were it not quoted so.",
        "- An item of a list that goes on for long enough to be worth a sign, were it plain.",
        "    Code that is indented and goes on for long enough to be worth a sign in prose.",
        "```\nA fence with words that go on for long\n\nA paragraph in it of many words.\n```",
        "## A heading of words that go on for long enough to be worth a sign in a paragraph",
        "A heading of the other kind, which goes on for long enough to be worth a sign\n----",
        "Term of a definition\n:   What it means, which goes on for long enough to be a sign.",
        "A line with two spaces at its end, and long enough  \nto be broken there, as a verse is.",
        "<div>\nwords in a tag, which go on for long enough to be worth a sign elsewhere\n</div>",
        "A line about 3 * 4 and snake_case_names and 5 < 6, long enough to be worth a sign & more.",
        "1. One item that is numbered and long enough to be worth a sign.\n\n   It goes on here.",
        "***",
        "| a | b |\n|---|---|\n| words of a cell that go on for long | c |",
        "Ça va : « des mots assez longs pour être remplacés par un signe, même ainsi », dit-on.",
    ]
)
DEFINED = (
    "[^1]: A note that goes on for long enough to be worth a sign, and names [a link][a].\n\n"
    "    It has a second paragraph, which is indented.\n\n"
    "[a]: https://a.example 'A title'\n[b  C]: https://b.example\n"
)


@settings(deadline=None, max_examples=40)
@given(st.lists(PARTS, min_size=8, max_size=30))
def test_pieces_and_signs_mean_what_the_whole_means(parts: list[str]) -> None:
    """One essay, read as it is and read as a long one is."""
    text = "# Title of it\n\n" + "\n\n".join(parts) + "\n\n" + DEFINED
    whole = import_document(text.encode(), "essay.md")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("documents.readers.markup.markdown.LONG", 0)
        patch.setattr("documents.readers.pandoc.chunks.SIZE", 300)
        assert import_document(text.encode(), "essay.md") == whole


PAGE = st.sampled_from(
    [
        "<p>Words of a paragraph that goes on for long enough to be worth a sign, and ends.</p>",
        "<p>Words <em>that are stressed for long enough to be worth a sign</em> &amp; more.",
        "<pre>Words of code that go on for long enough to be worth a sign\n  and indented</pre>",
        '<p><a href="https://a.example" title="words that go on long enough to be worth a sign">'
        "a link whose words go on for long enough to be worth a sign</a> and its end</p>",
        "<ul><li>an item that goes on for long enough to be worth a sign, and so on</li></ul>",
        "<h2>A heading of words that go on for long enough to be worth a sign</h2>",
    ]
)


@settings(deadline=None, max_examples=20)
@given(st.lists(PAGE, min_size=4, max_size=12))
def test_signs_in_a_page_mean_what_its_words_mean(parts: list[str]) -> None:
    page = f"<!doctype html><title>T</title><article><h1>T</h1>{''.join(parts)}</article>".encode()
    whole = import_document(page, "essay.html")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("documents.readers.pandoc.placeholders.LONG", 0)
        assert import_document(page, "essay.html") == whole


def test_five_megabytes_of_a_web_page() -> None:
    rng, usage = random.Random(SEED), Usage()  # noqa: S311 - not for secrets
    body = "".join(
        f"<p>{paragraph(rng).replace('gate', '<em>gate</em>', 1)}</p>\n" for _ in range(3000)
    )
    page = f"<!doctype html><title>Long</title><article><h1>Long</h1>{body}</article>"
    document = import_isolated(page.encode(), "essay.html", usage=usage)
    assert sum(block.kind == "paragraph" for block in document.blocks) == 3000
    assert usage.seconds < SECONDS
    assert 0 < usage.megabytes < MEGABYTES


def test_long_text_is_cut_and_nothing_of_it_is_lost() -> None:
    """Or the test above would compare a whole with itself."""
    text = five_megabytes()
    short = Placeholders().insert(text)
    assert len(short) < len(text) / 4
    pieces = list(chunks(text))
    assert len(pieces) > 5
    assert max(map(len, pieces)) < 700_000
    for n in range(0, 3000, 10):
        assert sum(f"[^{n}]: " in piece for piece in pieces) == 1


def test_signs_come_back_as_the_words() -> None:
    words = "A paragraph with “quotation marks” and letters, like é and 港, goes on for long."
    placeholders = Placeholders()
    short = placeholders.insert(words)
    assert short != words
    assert placeholders.restored(short).encode().decode("unicode_escape") == words


FONT = (
    '<w:rFonts w:ascii="Garamond" w:hAnsi="Garamond" w:cs="Times New Roman"/>'
    '<w:color w:val="333333"/><w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-GB"/>'
)


def set_as_word_sets_it(xml: str) -> str:
    """Runs cut where they were typed on another day, each with its font, size and language."""
    run = re.compile(r"<w:r>(?:<w:rPr>(?P<looks>.*?)</w:rPr>)?(?P<inner>.*?)</w:r>", re.DOTALL)
    words = re.compile(r'<w:t xml:space="preserve">([^<]* )([^< ]* [^<]*)</w:t>')

    def dressed(found: re.Match[str]) -> str:
        start = f'<w:r w:rsidRPr="00A41{len(found[0]) % 10}B7"><w:rPr>{found["looks"] or ""}{FONT}'
        cut = f'</w:t></w:r><w:proofErr w:type="spellStart"/>{start}</w:rPr><w:t>'
        inner = words.sub(rf'<w:t xml:space="preserve">\1{cut}\2</w:t>', found["inner"])
        return f"{start}</w:rPr>{inner}</w:r>"

    spaced = '<w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/>'
    xml = run.sub(dressed, xml).replace("<w:pPr>", spaced)
    return xml.replace("<w:p>", '<w:p w:rsidR="00B712C4" w:rsidRDefault="00B712C4">')


WHOLE = f"""
# A heading of words that go on for long enough to be worth a sign in a paragraph

Words of a paragraph that goes on for *long enough, and stressed, to be worth a sign* twice. It has
a note,[^1] `a span of code that is long enough to be worth a sign`, and [a link that is long
enough to be worth a sign](https://a.example). It is {"long and " * 40} ends.

> A quotation that goes on for long enough to be worth a sign, were it not quoted so.

1. An item of a list that goes on for long enough to be worth a sign, and so on.
2. Another one, **which is strong for long enough to be worth a sign**, and ends.

| one | two |
|-----|-----|
| words of a cell that go on for long enough to be worth a sign | c |

    code = that goes on for long enough to be worth a sign if it were not code

[^1]: A note that goes on for long enough to be worth a sign, and names *something* as well.
"""


def test_a_long_word_file_means_what_a_short_one_means(monkeypatch: pytest.MonkeyPatch) -> None:
    data = written(WHOLE, "docx")
    names = ("word/document.xml", "word/footnotes.xml")
    dressed = changed(data, {name: set_as_word_sets_it(part(data, name)) for name in names})
    plain = import_document(data, "essay.docx")
    monkeypatch.setattr("documents.readers.office.docx_parts.LONG", 0)
    assert import_document(dressed, "essay.docx") == plain
    assert import_document(data, "essay.docx") == plain


def test_letters_that_are_our_signs_stay_in_a_long_word_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("documents.readers.office.docx_parts.LONG", 0)
    words = "A paragraph with \ue0000\ue001 and \ue00077\ue001 that goes on for long enough to end."
    data = written(words, "docx")
    assert [block.text for block in import_document(data, "essay.docx").blocks] == [words]


def test_five_megabytes_of_word() -> None:
    rng, usage = random.Random(SEED), Usage()  # noqa: S311 - not for secrets
    essay = [paragraph(rng) for _ in range(3000)]
    data = written("Words.", "docx")
    main = part(data, "word/document.xml")
    start, end = main.index("<w:body>") + len("<w:body>"), main.index("</w:body>")
    stressed = "<w:r><w:rPr><w:i/><w:iCs/></w:rPr><w:t>gate</w:t></w:r>"
    open_run, close_run = '<w:r><w:t xml:space="preserve">', "</w:t></w:r>"
    runs = [one.replace("gate", f"{close_run}{stressed}{open_run}", 2) for one in essay]
    body = "".join(f"<w:p><w:pPr></w:pPr>{open_run}{one}{close_run}</w:p>" for one in runs)
    whole = main[:start] + set_as_word_sets_it(body) + main[end:]
    data = changed(data, {"word/document.xml": whole})
    document = import_isolated(data, "essay.docx", usage=usage)
    assert [block.text for block in document.blocks] == essay
    assert "<em>gate</em>" in document.blocks[0].html
    assert usage.seconds < SECONDS
    assert 0 < usage.megabytes < MEGABYTES


def test_five_megabytes_of_latex() -> None:
    rng, usage = random.Random(SEED), Usage()  # noqa: S311 - not for secrets
    essay = [paragraph(rng).replace(".", " -- so.", 1) for _ in range(3000)]
    text = "\\documentclass{article}\n\\begin{document}\n\n" + "\n\n".join(essay)
    document = import_isolated(f"{text}\n\n\\end{{document}}\n".encode(), "essay.tex", usage=usage)
    assert [block.text for block in document.blocks] == [one.replace("--", "–") for one in essay]
    assert usage.seconds < SECONDS
    assert 0 < usage.megabytes < MEGABYTES
