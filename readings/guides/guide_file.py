"""Guides: what an instructor adds to a reading, as one Markdown file.

This module reads and writes the file and touches no database;
`readings.guides.apply_guide` adds it to a reading. The file is a YAML head between
two lines of `---`, then one `## Kind ¶ 4 "quoted words"` section for each item.
What stands in a checkpoint is for the app of its kind: see `register_reader`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import yaml
from django.utils.translation import gettext as _

from readings.guides.prose import shows_nothing
from readings.models import GuideItemKind

VERSION = "1"
MAX_CHARACTERS = 500_000  # a hundred times a long guide; more is some other file
MAX_ITEMS = 1000  # adding it writes rows for each, and nobody else writes meanwhile
MAX_TITLE = 300  # as long as the columns that keep titles
HEAD_KEYS = ("guide", "title", "essay", "authors", "by")
KINDS = tuple(GuideItemKind.values)
# As the file writes them, in every language.
KIND_NAMES = ", ".join(kind.capitalize() for kind in KINDS)

LINK = GuideItemKind.LINK.value

QUOTES = '"“”'
_ARROW = re.compile(r"\s*(?:→|->)\s*")
_ANCHOR = re.compile(r'(?:¶ *(?P<number>[0-9]{1,6}))?(?:\s*["“](?P<quote>.+)["”])?')
# A line of the head that says something in words.
_WORDS_KEY = re.compile(r"(?P<key>title|essay|by): +(?P<value>[^|>].*)")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a guide file, at which line (from 1), and what to do about it."""

    line: int
    message: str

    def __str__(self) -> str:
        return _("Line %(line)d: %(message)s") % {"line": self.line, "message": self.message}


class GuideRefused(ValueError):
    """The file is not a guide; nothing of it was added. `problems` are in the order of the file."""

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
class ParsedItem:
    """One `## …` section of a guide file."""

    kind: str  # note, context, term, person, translation, prompt, checkpoint, link
    anchor: Anchor
    body: str  # Markdown below the heading; of a link, first where it leads (link_items.py)
    heading: str  # as written, for messages
    line: int  # of the heading, from 1
    body_line: int = 0  # of the first line of the body


@dataclass(frozen=True, slots=True)
class ParsedGuide:
    """A guide as its file says it; an empty `essay` fits any."""

    title: str
    essay: str
    authors: tuple[str, ...]
    by: str
    items: tuple[ParsedItem, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the answer to one question of a checkpoint can be read, as the guide names it.

    With `is_key`, a place that is itself right: those come after the questions' own.
    """

    anchor: Anchor | None
    heading: str
    line: int
    is_key: bool = False


# Reads the body of an item and returns one Source for each of its questions, then those of what is
# right in the text; raises GuideRefused.
Reader = Callable[[ParsedItem], Sequence[Source]]
_readers: dict[str, Reader] = {}


def register_reader(kind: str, reader: Reader) -> None:
    """Let another app read the bodies of its kind of item before anything is written."""
    _readers[kind] = reader


def sources_of(item: ParsedItem) -> tuple[Source, ...]:
    """Return the sources of an item's questions; raise GuideRefused where they are malformed."""
    reader = _readers.get(item.kind)
    return tuple(reader(item)) if reader else ()


# --- Reading -------------------------------------------------------------------------------------
def parse_guide(text: str, *, may_be_empty: bool = False) -> ParsedGuide:
    """Read a guide file; raise GuideRefused with every problem that it has."""
    lines = split_lines(text)
    head, first = _parse_head(lines)
    problems: list[Problem] = []
    items = tuple(_parse_items(lines, first, problems))
    if not items and not problems and not may_be_empty:
        message = _("the guide is empty. Add sections: %(kinds)s.") % {"kinds": KIND_NAMES}
        problems.append(Problem(len(lines), message))
    if len(items) > MAX_ITEMS:
        message = _("a guide has at most %(most)d sections.") % {"most": MAX_ITEMS}
        problems.append(Problem(items[MAX_ITEMS].line, message))
    if problems:
        raise GuideRefused(problems)
    return ParsedGuide(
        title=str(head["title"]),
        essay=str(head.get("essay", "")),
        authors=tuple(head.get("authors", ())),
        by=str(head.get("by", "")),
        items=items,
    )


def split_lines(text: str) -> list[str]:
    """Return the lines of a file, whatever system it was written on; raise GuideRefused."""
    if len(text) > MAX_CHARACTERS:
        message = _("the file has more than %(most)s characters.")
        raise GuideRefused([Problem(1, message % {"most": f"{MAX_CHARACTERS:,}"})])
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise GuideRefused([Problem(1, _("this is not text in UTF-8. Save it as UTF-8."))])
    # A database may refuse NUL; Markdown puts the replacement character there.
    text = text.removeprefix("\ufeff").replace("\0", "\ufffd")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _parse_head(lines: Sequence[str]) -> tuple[dict[str, str | list[str]], int]:
    """Return the head, and the index of the first line below it."""
    if lines[0].rstrip() != "---":
        message = _("begin with a head: “---”, “guide: 1”, “title: …”, “essay: …”, “---”.")
        raise GuideRefused([Problem(1, message)])
    end = next((i for i, line in enumerate(lines) if i and line.rstrip() == "---"), None)
    if end is None:
        message = _("the head has no end. Close it with a line of “---”.")
        raise GuideRefused([Problem(1, message)])
    try:
        written = "\n".join(map(_as_written, lines[1:end], lines[2 : end + 1]))
        # BaseLoader makes strings, lists and mappings and nothing else: `title: 1984` is a title.
        head = yaml.load(written, Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = min(mark.line + 2, end + 1) if mark else 2
        message = _(
            "the head is not YAML. Put quotation marks around a value with “:” or “#” in it."
        )
        raise GuideRefused([Problem(line, message)]) from None
    except RecursionError:
        raise GuideRefused([Problem(2, _("the head is nested too deep to be one."))]) from None
    problems = list(_problems_of_head(head))
    if problems:
        raise GuideRefused(problems)
    return {key: _squashed(value) for key, value in head.items()}, end + 1


def _as_written(line: str, following: str) -> str:
    """Let a title be the words that stand there: `:`, `#` and quotation marks break no head."""
    found = _WORDS_KEY.fullmatch(line.rstrip())
    if not found or following[:1] in {" ", "\t"}:  # what goes on in the next line is YAML's
        return line
    value = found["value"]
    try:
        read = yaml.load(value, Loader=yaml.BaseLoader)  # noqa: S506 - as the whole head
    except (yaml.YAMLError, RecursionError):
        read = None
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    if isinstance(read, list) or (isinstance(read, str) and (is_quoted or " #" not in value)):
        return line
    return f"{found['key']}: '" + value.replace("'", "''") + "'"


def _problems_of_head(head: object) -> Iterable[Problem]:
    if not isinstance(head, dict):
        yield Problem(2, _("the head has no “key: value” lines. Begin with “guide: 1”."))
        return
    for key, value in head.items():
        if key not in HEAD_KEYS:
            message = _("“%(key)s” is no part of the head. Known are %(keys)s.")
            yield Problem(2, message % {"key": key, "keys": ", ".join(HEAD_KEYS)})
        elif key == "authors":
            if not isinstance(value, list) or not all(_is_line(name) for name in value):
                message = _("write the authors as a list: “authors: [A. Name, B. Name]”.")
                yield Problem(2, message)
        elif not _is_line(value):
            message = _("“%(key)s” must be words on one line of at most %(most)d letters.")
            yield Problem(2, message % {"key": key, "most": MAX_TITLE})
    if head.get("guide") != VERSION:
        message = _("say which format this is: “guide: %(version)s”.")
        yield Problem(2, message % {"version": VERSION})
    if not str(head.get("title", "")).strip():
        yield Problem(2, _("give the guide a title: “title: …”."))


def _is_line(value: object) -> bool:
    # YAML's escapes can write characters that no database or page takes.
    if not isinstance(value, str) or len(value) > MAX_TITLE:
        return False
    return not any(character < " " or "\ud800" <= character <= "\udfff" for character in value)


def _squashed(value: str | list[str]) -> str | list[str]:
    if isinstance(value, list):
        return [" ".join(name.split()) for name in value]
    return " ".join(value.split())


def _parse_items(lines: Sequence[str], first: int, problems: list[Problem]) -> Iterable[ParsedItem]:
    inside = fenced(lines, first, problems)
    starts = [i for i in range(first, len(lines)) if lines[i].startswith("## ") and i not in inside]
    for i in range(first, starts[0] if starts else len(lines)):
        if lines[i].strip():
            message = _("text before the first section. Begin it with “## ” and one of %(kinds)s.")
            problems.append(Problem(i + 1, message % {"kinds": KIND_NAMES}))
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
        message = _("this code block has no end. Close it with %(fence)s.")
        problems.append(Problem(opened + 1, message % {"fence": opener}))
    return inside


def _parse_item(lines: Sequence[str], start: int, end: int) -> ParsedItem:
    heading = " ".join(lines[start][3:].split())
    word, rest = (*heading.split(" ", 1), "")[:2]
    kind = word.lower()
    if kind not in KINDS:
        message = _("“%(word)s” is no kind of section. Use one of %(kinds)s.")
        message %= {"word": word, "kinds": KIND_NAMES}
        raise GuideRefused([Problem(start + 1, message)])
    rest, leads = _split_link(rest, start + 1) if kind == LINK else (rest, "")
    anchor = parse_anchor(rest, start + 1)
    begin = start + 1
    while begin < end and not lines[begin].strip():
        begin += 1
    while end > begin and not lines[end - 1].strip():
        end -= 1
    if kind == LINK:  # it says something itself, and so needs no words
        body = "\n".join([leads, *lines[begin:end]])
        return ParsedItem(kind, anchor, body, heading, start + 1, begin)
    if begin == end:
        message = _("this %(kind)s is empty. Write below its heading what it says.")
        message %= {"kind": kind}
        raise GuideRefused([Problem(start + 1, message)])
    body = "\n".join(lines[begin:end])
    if shows_nothing(body):
        message = _("readers would see nothing of this %(kind)s. Write below its heading in words.")
        raise GuideRefused([Problem(begin + 1, message % {"kind": kind})])
    return ParsedItem(kind, anchor, body, heading, start + 1, begin + 1)


def _split_link(written: str, line: int) -> tuple[str, str]:
    """Return where a link begins, and where it leads with the arrow before it."""
    for arrow in _ARROW.finditer(written):
        near, far = written[: arrow.start()], written[arrow.end() :]
        if near and far[:1] in {*QUOTES} and _ANCHOR.fullmatch(near):
            return near, f"→ {far}"
    message = _('say where it begins and where it leads, like ¶ 4 → "Title of an essay" ¶ 9.')
    raise GuideRefused([Problem(line, message)])


def parse_anchor(written: str, line: int) -> Anchor:
    """Read `¶ 4 "quoted words"`, `¶ 4` or `"quoted words"`; raise GuideRefused."""
    written = " ".join(written.split())
    found = _ANCHOR.fullmatch(written)
    if not written or not found:
        message = _('say where it belongs, like ¶ 4 "quoted words", not “%(written)s”.')
        message %= {"written": written[:60]}
        raise GuideRefused([Problem(line, message)])
    quote = (found["quote"] or "").strip()
    number = int(found["number"]) if found["number"] else None
    if found["quote"] is not None and not quote:
        raise GuideRefused([Problem(line, _("there are no words between the quotation marks."))])
    return Anchor(number, quote)


# --- Writing -------------------------------------------------------------------------------------
def format_guide(guide: ParsedGuide) -> str:
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
    return "".join([*parts, *map(_format_item, guide.items)])


def _format_item(item: ParsedItem) -> str:
    heading, body = f"{item.kind.capitalize()} {item.anchor}", item.body
    if item.kind == LINK:
        leads, _newline, body = body.partition("\n")
        heading = f"{heading} {leads}"
    return f"\n## {heading}\n" + (f"\n{body}\n" if body else "")
