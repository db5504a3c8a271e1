"""A notebook as a file to take away: Markdown to read, CSV for a spreadsheet, JSON for programs.

A file is written piece by piece as it is sent: a notebook of years is never in memory as a whole.
What each column is, a page says in the same words (COLUMNS).
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.notebook.entries import NotebookEntry, load_entries
from discussions.notebook.filters import NotebookFilter
from discussions.notebook.index import EntryIndex, EntryRow, build_index
from discussions.notebook.sources import NotebookSource
from documents.block_names import paragraph_label
from documents.csv_cells import CONTROLS, csv_lines, utc
from documents.writers import escaped, safe_start
from readings.essays import file_name

CHUNK = 200  # entries that are loaded at once
JSON_VERSION = 1

# What an entry is in a CSV file, and under the same names in JSON.
COLUMNS = {
    "kind": gettext_lazy("highlight, note, comment, question, link or reply"),
    "seminar": gettext_lazy("the seminar’s name"),
    "reading": gettext_lazy("the essay’s title"),
    "authors": gettext_lazy("who wrote the essay"),
    "section": gettext_lazy("the heading above the place"),
    "paragraph": gettext_lazy("the number of the paragraph, ¶"),
    "quote": gettext_lazy("the words of the essay that you marked"),
    "relation": gettext_lazy("of a link: how those words stand to the words of another essay"),
    "other_reading": gettext_lazy("that other essay’s title"),
    "other_paragraph": gettext_lazy("the number of the paragraph there"),
    "other_quote": gettext_lazy("the words there"),
    "words": gettext_lazy("what you wrote, in Markdown as you typed it"),
    "alias": gettext_lazy("the name under which others see it, where it is not yours"),
    "audience": gettext_lazy(
        "who may read it: me, group, seminar, staff, or member (one, and staff)"
    ),
    "group": gettext_lazy("which group, where it is for one"),
    "state": gettext_lazy("published, hidden by staff, or withdrawn by you"),
    "written": gettext_lazy("when, in UTC"),
    "edited": gettext_lazy("when you changed it last, in UTC"),
    "answers": gettext_lazy("the beginning of what a reply answers to, and whose it is"),
    "link": gettext_lazy("where it stands"),
}

Absolute = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class NotebookFile:
    """A file as it is sent: what to call it, what it is, and its pieces."""

    name: str
    media_type: str
    pieces: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class NotebookFileForm:
    """One form that a notebook can be taken away in."""

    suffix: str
    media_type: str
    write: "Callable[[FileContents], Iterator[str]]"


@dataclass(frozen=True, slots=True)
class FileContents:
    """What a file is written from: the entries that the filter lets through.

    `absolute` makes an address of this site whole, as request.build_absolute_uri does.
    """

    source: NotebookSource
    index: EntryIndex
    rows: Sequence[EntryRow]
    absolute: Absolute

    def entries(self) -> Iterator[NotebookEntry]:
        for start in range(0, len(self.rows), CHUNK):
            rows = self.rows[start : start + CHUNK]
            yield from load_entries(rows, self.source, self.index.readings, shortened=False)


def notebook_file_of(
    source: NotebookSource, asked: NotebookFilter, form: str, *, absolute: Absolute
) -> NotebookFile:
    """Return the entries that the filter lets through in one of FORMS."""
    chosen = FORMS[form]
    index = build_index(source, with_words=bool(asked.search))
    contents = FileContents(source, index, asked.rows(index), absolute)
    seminars = {one.seminar for one in source.viewers}
    about = f"{seminars.pop().name} " if len(seminars) == 1 else ""
    return NotebookFile(
        name=f"{file_name(f'{about}notebook')}{chosen.suffix}",
        media_type=chosen.media_type,
        # A lone surrogate, which no UTF-8 file can hold, becomes a question mark.
        pieces=(piece.encode("utf-8", "replace") for piece in chosen.write(contents)),
    )


# --- CSV and JSON --------------------------------------------------------------------------------
def record_of(entry: NotebookEntry, absolute: Absolute) -> dict[str, Any]:
    """Return an entry under the names of COLUMNS: texts, a number or None, times as datetimes."""
    comment, thread, quoted, link = entry.comment, entry.thread, entry.quoted, entry.link
    reading = thread.reading
    answered = entry.answered
    return {
        "kind": entry.row.kind.value,
        "seminar": reading.seminar.name,
        "reading": reading.title,
        "authors": reading.essay.byline,
        "section": quoted.section,
        "paragraph": quoted.number,
        "quote": quoted.passage,
        "relation": link.kind.name if link else "",
        "other_reading": link.far.reading.title if link else "",
        "other_paragraph": link.far.number if link else None,
        "other_quote": link.far.words if link else "",
        "words": comment.body if comment else "",
        "alias": (comment or thread).alias,
        "audience": thread.audience,
        "group": thread.group.name if thread.group else "",
        "state": comment.state if comment else "published",
        "written": entry.at,
        "edited": comment.edited_at if comment else None,
        "answers": f"{answered.who}: {answered.first}" if answered else "",
        "link": absolute(entry.permalink),
    }


def to_csv(contents: FileContents) -> Iterator[str]:
    """Write the entries below their columns, as documents.csv_cells does."""
    records = (record_of(entry, contents.absolute) for entry in contents.entries())
    yield from csv_lines(
        chain([COLUMNS], ([record[name] for name in COLUMNS] for record in records))
    )


def to_json(contents: FileContents) -> Iterator[str]:
    """Write one object: what it is, and the entries, one to a line; every word as it is kept."""
    head = {
        "format": "colloquy-notebook",
        "version": JSON_VERSION,
        "exported": utc(timezone.now()),
        "count": len(contents.rows),
    }
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "entries": ['
    separator = "\n"
    for entry in contents.entries():
        record = record_of(entry, contents.absolute)
        shown = {
            name: utc(value) if isinstance(value, datetime) else value
            for name, value in record.items()
        }
        yield separator + json.dumps(shown, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


# --- Markdown ------------------------------------------------------------------------------------
def to_markdown(contents: FileContents) -> Iterator[str]:
    """Write a text to be read: readings and headings, and below them each entry as a list item.

    What was written stands as it was typed: in an item nothing of it, be it a heading or a
    fence that is never closed, reaches what follows.
    """
    yield f"# {_('My notebook')}\n"
    several = len(contents.source.viewers) > 1
    reading, section = 0, ""
    for entry in contents.entries():
        if entry.row.reading != reading:
            reading, section = entry.row.reading, ""
            yield from _reading_head(entry, with_seminar=several)
        if entry.quoted.section != section:
            section = entry.quoted.section
            yield f"\n### {_line(section)}\n" if section else ""
        yield "".join(f"{line}\n" for line in ["", *_item(entry, contents.absolute)])


def _reading_head(entry: NotebookEntry, *, with_seminar: bool) -> Iterator[str]:
    reading = entry.thread.reading
    yield f"\n## {_line(reading.title)}\n"
    about = [reading.essay.byline, reading.seminar.name if with_seminar else ""]
    if any(about):
        yield f"\n{_line(' · '.join(filter(None, about)))}\n"


def _item(entry: NotebookEntry, absolute: Absolute) -> Iterator[str]:
    label = paragraph_label(entry.quoted.number) or entry.kind
    about = [
        f"[{_line(label)}](<{absolute(entry.permalink)}>)",
        *([] if label == entry.kind else [entry.kind]),
        _line(entry.audience),
        date_format(timezone.localtime(entry.at), "j F Y"),
    ]
    if entry.comment and not entry.comment.is_published:
        about.append(str(entry.comment.get_state_display()))
    yield f"- {' · '.join(about)}"
    yield from _quotation(entry)
    if entry.link:
        yield from ("", f"  {safe_start(_line(entry.link.sentence))}")
        if words := _line(entry.link.far.words):
            yield from ("", f"  > {safe_start(words)}")
    if entry.answered:
        who, first = entry.answered.who, entry.answered.first
        yield from ("", f"  > {safe_start(_line(who))}: {_line(first)}")
    if entry.comment:
        words = CONTROLS.sub("", entry.comment.body.replace("\r\n", "\n")).strip("\n")
        yield ""
        yield from (f"  {line}".rstrip() for line in words.split("\n"))


def _quotation(entry: NotebookEntry) -> Iterator[str]:
    """The words of the essay, those that were marked in bold, and the rest of their sentence."""
    quoted = entry.quoted
    words = _flat(quoted.words)
    bold = words.replace(words.strip(), f"**{words.strip()}**") if words.strip() else ""
    whole = f"{_flat(quoted.before)}{bold}{_flat(quoted.after)}".strip()
    if whole:
        yield from ("", f"  > {safe_start(whole)}")


def _line(text: str) -> str:
    return _flat(text).strip()


def _flat(text: str) -> str:
    """A text of others as it stands in a line of Markdown: nothing of it is markup."""
    return escaped(re.sub(r"\s+", " ", CONTROLS.sub(" ", text)))


FORMS = {
    "markdown": NotebookFileForm(".md", "text/markdown; charset=utf-8", to_markdown),
    "csv": NotebookFileForm(".csv", "text/csv; charset=utf-8", to_csv),
    "json": NotebookFileForm(".json", "application/json", to_json),
}


def form_names() -> dict[str, str]:
    """What each of FORMS is called."""
    return {"markdown": _("Markdown"), "csv": _("CSV"), "json": _("JSON")}


def columns() -> Iterable[tuple[str, str]]:
    """The columns of a file and what is in each, for the page that offers it."""
    return [(name, str(about)) for name, about in COLUMNS.items()]
