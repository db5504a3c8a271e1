"""Reading a guide's file: what it says, and what is wrong with it, by line."""

import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.questions import TYPES
from readings.guides.guide_file import (
    KINDS,
    LINK,
    MAX_CHARACTERS,
    Anchor,
    GuideRefused,
    ParsedGuide,
    ParsedItem,
    Problem,
    format_guide,
    parse_anchor,
    parse_guide,
    sources_of,
)
from readings.guides.link_items import LinkItem
from readings.models import NOTE_KINDS

HEAD = "---\nguide: 1\ntitle: Guide to margins\n---\n"


def test_reads_head_and_items() -> None:
    guide = parse_guide(
        "---\n"
        "guide: 1\n"
        "title: Guide to “On margins”\n"
        'essay: "On margins: a defence"\n'
        "authors: [Ada Reader, Bo Writer]\n"
        "by: Dr. Osei\n"
        "---\n"
        "\n"
        '## Context ¶ 2 "the same words"\n'
        "\n"
        "Said in 1999.\n"
        "\n"
        "Twice.\n"
        "\n"
        "## Prompt ¶ 3\n"
        "Why?\n"
    )
    assert guide.title == "Guide to “On margins”"
    assert guide.essay == "On margins: a defence"
    assert guide.authors == ("Ada Reader", "Bo Writer")
    assert guide.by == "Dr. Osei"
    context, prompt = guide.items
    assert (context.kind, context.anchor) == ("context", Anchor(2, "the same words"))
    assert context.body == "Said in 1999.\n\nTwice."
    assert (context.line, context.body_line) == (9, 11)
    assert (prompt.kind, prompt.anchor, prompt.body) == ("prompt", Anchor(3, ""), "Why?")


@pytest.mark.parametrize(
    ("written", "anchor"),
    [
        ("¶ 4", Anchor(4, "")),
        ("¶4 “curly words”", Anchor(4, "curly words")),
        ('"in the whole text"', Anchor(None, "in the whole text")),
        ('¶ 12 "he said "yes" to it"', Anchor(12, 'he said "yes" to it')),
        ('¶ 12 "he said “yes”"', Anchor(12, "he said “yes”")),
        ('¶ 1   "two   spaces"', Anchor(1, "two spaces")),
    ],
)
def test_reads_anchors(written: str, anchor: Anchor) -> None:
    assert parse_anchor(written, 1) == anchor


@pytest.mark.parametrize("written", ["", "4", "¶", '""', '" "', "¶ 4 words", '¶ 4 "open', "¶ ٤"])
def test_refuses_what_is_no_anchor(written: str) -> None:
    with pytest.raises(GuideRefused) as refused:
        parse_anchor(written, 7)
    assert refused.value.problems[0].line == 7


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "begin with a head"),
        ("## Note ¶ 1\nNo head.", 1, "begin with a head"),
        ("---\nguide: 1\ntitle: T", 1, "no end"),
        ("---\nguide: 1\ntitle: T\na: b: c\n---\n", 4, "not YAML"),
        ("---\njust words\n---\n", 2, "key: value"),
        ("---\nguide: 2\ntitle: T\n---\n", 2, "guide: 1"),
        ("---\nguide: 1\n---\n", 2, "title"),
        ("---\nguide: 1\ntitle: ' '\n---\n", 2, "title"),
        ("---\nguide: 1\ntitle: [T]\n---\n", 2, "one line"),
        ("---\nguide: 1\ntitle: T\nautor: X\n---\n", 2, "autor"),
        ("---\nguide: 1\ntitle: T\nauthors: Ada\n---\n", 2, "as a list"),
        (f"---\nguide: 1\ntitle: T\nauthors: {'[' * 5000}\n---\n", 2, ""),
        ('---\nguide: 1\ntitle: "\\uD800"\n---\n', 2, "one line"),
        (HEAD, 5, "empty"),
        (HEAD + "A stray line.\n## Note ¶ 1\nx\n", 5, "before the first section"),
        (HEAD + "## Remark ¶ 1\nx\n", 5, "no kind of section"),
        (HEAD + "## Note\nx\n", 5, "say where"),
        (HEAD + "## Note ¶ 1\n\n## Prompt ¶ 1\nx\n", 5, "empty"),
        (HEAD + "## Note ¶ 1\n```\nopen\n", 6, "no end"),
        (HEAD + "## Note ¶ 1\n&nbsp;\n> \n", 6, "see nothing of this note"),
        ("x" * (MAX_CHARACTERS + 1), 1, "more than"),
    ],
)
def test_refuses_a_malformed_file_with_the_line(text: str, line: int, words: str) -> None:
    with pytest.raises(GuideRefused) as refused:
        parse_guide(text)
    problem = refused.value.problems[0]
    assert problem.line == line
    assert words in problem.message


def test_tells_every_problem_at_once_in_order() -> None:
    with pytest.raises(GuideRefused) as refused:
        parse_guide(HEAD + "## Note\nx\n## Prompt ¶ 1\n\n## Aside ¶ 2\ny\n")
    assert [problem.line for problem in refused.value.problems] == [5, 7, 9]
    assert str(refused.value).startswith("Line 5: ")


def test_the_example_for_instructors_can_be_added() -> None:
    """What docs/instructors.md shows is what the product reads, its questions too."""
    page = (django_settings.BASE_DIR / "docs" / "instructors.md").read_text(encoding="utf-8")
    guide = parse_guide(re.findall(r"```\n(---\n.*?)```", page, re.DOTALL)[0])
    kinds = [item.kind for item in guide.items]
    assert kinds == ["context", "prompt", "prompt", "link", "checkpoint"]
    of_questions = [one for one in sources_of(guide.items[-1]) if not one.is_key]
    assert len(of_questions) == len(TYPES)  # one of each type


@pytest.mark.parametrize(
    "path",
    sorted((django_settings.BASE_DIR / "demo" / "guides").glob("*.md")),
    ids=lambda p: p.stem,
)
def test_our_own_guides_can_be_added(path: Path) -> None:
    guide = parse_guide(path.read_text(encoding="utf-8"))
    kinds = [item.kind for item in guide.items]
    assert sum(kind in NOTE_KINDS for kind in kinds) >= 8
    assert kinds.count("prompt") >= 4
    assert sum(len(sources_of(item)) for item in guide.items) >= 8


def test_headings_in_code_are_words() -> None:
    guide = parse_guide(HEAD + "## Note ¶ 1\n```\n## Note ¶ 9\n```\nafter\n")
    assert [item.body for item in guide.items] == ["```\n## Note ¶ 9\n```\nafter"]


def test_any_system_may_have_written_the_file() -> None:
    text = HEAD + "## Note ¶ 1\nx\n"
    assert parse_guide("\ufeff" + text.replace("\n", "\r\n")) == parse_guide(text)


def bare(guide: ParsedGuide) -> tuple[object, ...]:
    """A guide without what depends on how its file is set out."""
    items = [(item.kind, item.anchor, item.body) for item in guide.items]
    return (guide.title, guide.essay, guide.authors, guide.by, items)


lines = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff"),
    min_size=1,
    max_size=40,
).map(lambda text: " ".join(text.split()))
line = lines.filter(bool)
quotes = line.map(lambda text: text.strip()).filter(bool)
anchors = st.one_of(
    st.builds(Anchor, st.integers(0, 999_999), st.one_of(st.just(""), quotes)),
    st.builds(Anchor, st.none(), quotes),
)
bodies = st.lists(line.filter(lambda text: text[0] not in "#`~"), min_size=1, max_size=4).map(
    "\n".join
)
kinds = st.sampled_from([one for one in KINDS if one != LINK])
others = st.builds(ParsedItem, kinds, anchors, bodies, st.just(""), st.just(0), st.just(0))
# In the heading of a link only the quotation marks say where its words end.
titles = quotes.filter(lambda text: not set(text) & set('"“”'))
near = st.builds(Anchor, st.integers(0, 999_999), st.one_of(st.just(""), titles))
bodies_of_links = st.builds(
    LinkItem, titles, anchors, st.one_of(st.just(""), titles), st.one_of(st.just(""), bodies)
).map(lambda link: link.body)
links = st.builds(
    ParsedItem, st.just(LINK), near, bodies_of_links, st.just(""), st.just(0), st.just(0)
)
items = st.one_of(others, links)
guides = st.builds(
    ParsedGuide,
    title=line,
    essay=lines,
    authors=st.lists(line, max_size=3).map(tuple),
    by=lines,
    items=st.lists(items, min_size=1, max_size=4).map(tuple),
)


@settings(deadline=None)
@given(guides)
def test_a_written_guide_reads_back_the_same(guide: ParsedGuide) -> None:
    assert bare(parse_guide(format_guide(guide))) == bare(guide)


pieces = st.sampled_from(
    [
        "---\n",
        "guide: 1\n",
        "title: T\n",
        "authors: [A]\n",
        "&a [*a]\n",
        "? [x]\n",
        "## Note ¶ 1\n",
        '## Checkpoint ¶ 2 "words"\n',
        "### Q?\n",
        "- (x) a\n",
        "- [ ] b\n",
        "  > f\n",
        "Answer: true\n",
        "```\n",
        "~~~~\n",
        "body\n",
        "\n",
        "\0",
        "\ud800",
        "\u2028",
        "\r",
    ]
)


files = st.lists(pieces).map("".join)


def read(text: str) -> ParsedGuide | tuple[Problem, ...]:
    try:
        return parse_guide(text)
    except GuideRefused as refused:
        return refused.problems


@settings(deadline=None)
@given(st.one_of(st.text(), files, files.map(HEAD.__add__)))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but GuideRefused ever comes out of the parser, and what is read can be written."""
    found = read(text)
    if isinstance(found, ParsedGuide):
        assert bare(parse_guide(format_guide(found))) == bare(found)
    else:
        assert found
        assert all(problem.line >= 1 for problem in found)


@pytest.mark.parametrize(
    "title",
    [
        "On margins: a guide",
        "Guide # 2 of 3",
        '"On margins", read twice',
        "'On margins' again",
        "“Margins” – 'one' \"two\": three # four",
        "It's: all",
        "*Margins*: a & b",
        "1984",
        "@margins",
        "50 % : half",
    ],
)
def test_a_title_is_the_words_that_stand_there(title: str) -> None:
    text = f"---\nguide: 1\ntitle: {title}\nessay: {title}\n---\n\n## Note ¶ 1\n\nA.\n"
    guide = parse_guide(text)
    assert (guide.title, guide.essay) == (title, title)
    assert parse_guide(format_guide(guide)).title == title
