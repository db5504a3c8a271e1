"""Guides: what an instructor adds to a reading, as one Markdown file.

This module reads and writes the file and touches no database;
`guide_actions.apply_guide` lays it over a reading. The file is a YAML head between
two lines of `---`, then one `## Kind ¶ 4 "quoted words"` section for each item.
What stands in a checkpoint is for the app of its kind: see `register_reader`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import yaml

VERSION = "1"
MAX_CHARACTERS = 500_000  # a hundred times a long guide; more is some other file
MAX_ITEMS = 1000  # laying writes rows for each, and nobody else writes meanwhile
MAX_TITLE = 300  # as long as the columns that keep titles
HEAD_KEYS = ("guide", "title", "essay", "authors", "by")
NOTE_KINDS = ("note", "context", "term", "person", "translation")
KINDS = (*NOTE_KINDS, "prompt", "checkpoint")
KIND_NAMES = ", ".join(kind.capitalize() for kind in KINDS)

_ANCHOR = re.compile(r'(?:¶ *(?P<number>[0-9]{1,6}))?(?:\s*["“](?P<quote>.+)["”])?')
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a guide file, at which line (from 1), and what to do about it."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.message}"


class GuideRefused(ValueError):
    """The file is not a guide; nothing of it was laid. `problems` are in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where an item belongs: a paragraph number, quoted words, or both."""

    number: int | None
    quote: str

    def __str__(self) -> str:
        number = f"¶ {self.number}" if self.number is not None else ""
        return " ".join(filter(None, [number, f'"{self.quote}"' if self.quote else ""]))


@dataclass(frozen=True, slots=True)
class GuideItem:
    """One `## …` section of a guide file."""

    kind: str  # note, context, term, person, translation, prompt, checkpoint
    anchor: Anchor
    body: str  # Markdown below the heading
    heading: str  # as written, for messages
    line: int  # of the heading, from 1
    body_line: int = 0  # of the first line of the body


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide as its file says it; an empty `essay` fits any."""

    title: str
    essay: str
    authors: tuple[str, ...]
    by: str
    items: tuple[GuideItem, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the answer to one question of a checkpoint can be read, as the guide names it."""

    anchor: Anchor | None
    heading: str
    line: int


# Reads the body of an item and returns one Source for each of its questions; raises GuideRefused.
Reader = Callable[[GuideItem], Sequence[Source]]
_readers: dict[str, Reader] = {}


def register_reader(kind: str, reader: Reader) -> None:
    """Let another app read the bodies of its kind of item before anything is written."""
    _readers[kind] = reader


def sources_of(item: GuideItem) -> tuple[Source, ...]:
    """Return the sources of an item's questions; raise GuideRefused where they are malformed."""
    reader = _readers.get(item.kind)
    return tuple(reader(item)) if reader else ()


# --- Reading -------------------------------------------------------------------------------------
def parse_guide(text: str) -> Guide:
    """Read a guide file; raise GuideRefused with every problem that it has."""
    lines = split_lines(text)
    head, first = _parse_head(lines)
    problems: list[Problem] = []
    items = tuple(_parse_items(lines, first, problems))
    if not items and not problems:
        problems.append(Problem(len(lines), f"the guide is empty. Add sections: {KIND_NAMES}."))
    if len(items) > MAX_ITEMS:
        problems.append(
            Problem(items[MAX_ITEMS].line, f"a guide has at most {MAX_ITEMS} sections.")
        )
    if problems:
        raise GuideRefused(problems)
    return Guide(
        title=str(head["title"]),
        essay=str(head.get("essay", "")),
        authors=tuple(head.get("authors", ())),
        by=str(head.get("by", "")),
        items=items,
    )


def split_lines(text: str) -> list[str]:
    """Return the lines of a file, whatever system it was written on; raise GuideRefused."""
    if len(text) > MAX_CHARACTERS:
        raise GuideRefused([Problem(1, f"the file has more than {MAX_CHARACTERS:,} characters.")])
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise GuideRefused([Problem(1, "this is not text in UTF-8. Save it as UTF-8.")])
    # A database may refuse NUL; Markdown puts the replacement character there.
    text = text.removeprefix("\ufeff").replace("\0", "\ufffd")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _parse_head(lines: Sequence[str]) -> tuple[dict[str, str | list[str]], int]:
    """Return the head, and the index of the first line below it."""
    if lines[0].rstrip() != "---":
        raise GuideRefused(
            [Problem(1, "begin with a head: “---”, “guide: 1”, “title: …”, “essay: …”, “---”.")]
        )
    end = next((i for i, line in enumerate(lines) if i and line.rstrip() == "---"), None)
    if end is None:
        raise GuideRefused([Problem(1, "the head has no end. Close it with a line of “---”.")])
    try:
        # BaseLoader makes strings, lists and mappings and nothing else: `title: 1984` is a title.
        head = yaml.load("\n".join(lines[1:end]), Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = min(mark.line + 2, end + 1) if mark else 2
        message = "the head is not YAML. Put quotation marks around a value with “:” or “#” in it."
        raise GuideRefused([Problem(line, message)]) from None
    except RecursionError:
        raise GuideRefused([Problem(2, "the head is nested too deep to be one.")]) from None
    problems = list(_problems_of_head(head))
    if problems:
        raise GuideRefused(problems)
    return {key: _squashed(value) for key, value in head.items()}, end + 1


def _problems_of_head(head: object) -> Iterable[Problem]:
    if not isinstance(head, dict):
        yield Problem(2, "the head has no “key: value” lines. Begin with “guide: 1”.")
        return
    for key, value in head.items():
        if key not in HEAD_KEYS:
            yield Problem(2, f"“{key}” is no part of the head. Known are {', '.join(HEAD_KEYS)}.")
        elif key == "authors":
            if not isinstance(value, list) or not all(_is_line(name) for name in value):
                yield Problem(2, "write the authors as a list: “authors: [A. Name, B. Name]”.")
        elif not _is_line(value):
            yield Problem(2, f"“{key}” must be words on one line of at most {MAX_TITLE} letters.")
    if head.get("guide") != VERSION:
        yield Problem(2, f"say which format this is: “guide: {VERSION}”.")
    if not str(head.get("title", "")).strip():
        yield Problem(2, "give the guide a title: “title: …”.")


def _is_line(value: object) -> bool:
    # YAML's escapes can write characters that no database or page takes.
    if not isinstance(value, str) or len(value) > MAX_TITLE:
        return False
    return not any(character < " " or "\ud800" <= character <= "\udfff" for character in value)


def _squashed(value: str | list[str]) -> str | list[str]:
    if isinstance(value, list):
        return [" ".join(name.split()) for name in value]
    return " ".join(value.split())


def _parse_items(lines: Sequence[str], first: int, problems: list[Problem]) -> Iterable[GuideItem]:
    inside = fenced(lines, first, problems)
    starts = [i for i in range(first, len(lines)) if lines[i].startswith("## ") and i not in inside]
    for i in range(first, starts[0] if starts else len(lines)):
        if lines[i].strip():
            message = f"text before the first section. Begin it with “## ” and one of {KIND_NAMES}."
            problems.append(Problem(i + 1, message))
            break
    for start, end in pairwise([*starts, len(lines)]):
        try:
            yield _parse_item(lines, start, end)
        except GuideRefused as refused:
            problems += refused.problems


def fenced(lines: Sequence[str], first: int, problems: list[Problem]) -> set[int]:
    """Return the indices of lines in code fences, where a “##” is no heading."""
    inside: set[int] = set()
    opener, opened = "", 0
    for i in range(first, len(lines)):
        found = FENCE.fullmatch(lines[i])
        if opener:
            inside.add(i)
            if found and found[1].startswith(opener) and not found[2].strip():
                opener = ""
        elif found and not (found[1][0] == "`" and "`" in found[2]):
            inside.add(i)
            opener, opened = found[1], i
    if opener:
        problems.append(Problem(opened + 1, f"this code block has no end. Close it with {opener}."))
    return inside


def _parse_item(lines: Sequence[str], start: int, end: int) -> GuideItem:
    heading = " ".join(lines[start][3:].split())
    word, _, rest = heading.partition(" ")
    kind = word.lower()
    if kind not in KINDS:
        message = f"“{word}” is no kind of section. Use one of {KIND_NAMES}."
        raise GuideRefused([Problem(start + 1, message)])
    anchor = parse_anchor(rest, start + 1)
    begin = start + 1
    while begin < end and not lines[begin].strip():
        begin += 1
    while end > begin and not lines[end - 1].strip():
        end -= 1
    if begin == end:
        message = f"this {kind} is empty. Write below its heading what it says."
        raise GuideRefused([Problem(start + 1, message)])
    body = "\n".join(lines[begin:end])
    return GuideItem(kind, anchor, body, heading, start + 1, begin + 1)


def parse_anchor(written: str, line: int) -> Anchor:
    """Read `¶ 4 "quoted words"`, `¶ 4` or `"quoted words"`; raise GuideRefused."""
    written = " ".join(written.split())
    found = _ANCHOR.fullmatch(written)
    if not written or not found:
        message = f'say where it belongs, like ¶ 4 "quoted words", not “{written[:60]}”.'
        raise GuideRefused([Problem(line, message)])
    quote = (found["quote"] or "").strip()
    number = int(found["number"]) if found["number"] else None
    if found["quote"] is not None and not quote:
        raise GuideRefused([Problem(line, "there are no words between the quotation marks.")])
    return Anchor(number, quote)


# --- Writing -------------------------------------------------------------------------------------
def format_guide(guide: Guide) -> str:
    """Write a guide as a file that reads back as the same guide."""
    head: dict[str, object] = {"guide": int(VERSION), "title": guide.title}
    if guide.essay:
        head["essay"] = guide.essay
    if guide.authors:
        head["authors"] = list(guide.authors)
    if guide.by:
        head["by"] = guide.by
    # A head of one key per line, never folded: folding would need indentation to read back.
    yaml_head = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=MAX_CHARACTERS)
    parts = [f"---\n{yaml_head}---\n"]
    parts += [
        f"\n## {item.kind.capitalize()} {item.anchor}\n\n{item.body}\n" for item in guide.items
    ]
    return "".join(parts)
