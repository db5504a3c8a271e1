"""Links that a guide carries: from words of its own essay to words of another one.

In the file the heading says both, `## Link ¶ 9 "words" → "Essay title" ¶ 14 "words"`; below it may
stand how the first end stands to the other, `Kind: answers`, and the first words of the
conversation. Where the link leads is the first line of the item's body, in whatever keeps it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from readings.guides.guide_file import (
    MAX_TITLE,
    QUOTES,
    Anchor,
    GuideRefused,
    ParsedItem,
    Problem,
    Source,
    parse_anchor,
)

# As the file writes it, in every language.
KIND_WORD = "Kind:"

_KIND = re.compile(rf"\s*{KIND_WORD}(?P<kind>[^\n]*)(?:\n|\Z)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LinkItem:
    """What a link of a guide says: where it leads, how it stands to that, and its first words.

    `kind` is as the file has it, "" for the seminar's first.
    """

    essay: str
    anchor: Anchor
    kind: str = ""
    words: str = ""

    @property
    def leads(self) -> str:
        return f'"{self.essay}" {self.anchor}'

    @property
    def body(self) -> str:
        """As an item keeps it."""
        lines = [f"→ {self.leads}"]
        if self.kind:
            lines.append(f"{KIND_WORD} {self.kind}")
        if self.words:
            lines += ["", self.words] if self.kind else [self.words]
        return "\n".join(lines)


def read_link(item: ParsedItem) -> Sequence[Source]:
    """Say that a link leads nowhere that can be looked for, before anything is written."""
    link_of(item.body, item.line)
    return ()


def link_of(body: str, line: int = 1) -> LinkItem:
    """Read the body of a link; raise GuideRefused, with `line` as that of its heading."""
    leads, _newline, rest = body.partition("\n")
    essay, anchor = _read_leads(" ".join(leads.removeprefix("→").split()), line)
    found = _KIND.match(rest)
    kind = " ".join(found["kind"].split()) if found else ""
    return LinkItem(essay, anchor, kind, (rest[found.end() :] if found else rest).strip())


def _read_leads(written: str, line: int) -> tuple[str, Anchor]:
    """Read `"Title" ¶ 14 "words"`; a title may have quotation marks in it."""
    for end in _ends_of_title(written):
        essay = written[1:end].strip()
        if not essay or len(essay) > MAX_TITLE:
            break
        try:
            return essay, parse_anchor(written[end + 1 :], line)
        except GuideRefused:
            continue
    message = _('say where it leads, like "Title of an essay" ¶ 9 "quoted words".')
    raise GuideRefused([Problem(line, message)])


def _ends_of_title(written: str) -> Iterable[int]:
    if written[:1] and written[0] in QUOTES:
        yield from (i for i, one in enumerate(written) if i and one in QUOTES)
