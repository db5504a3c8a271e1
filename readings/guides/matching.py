"""The guides of the instance: each attaches itself when the essay which it names is read.

The folders are those of the setting GUIDE_DIRS, so that this app need not know who fills them.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings

from readings.guides.guide_file import GuideRefused, ParsedGuide, parse_guide

# A shorter title that only begins like the essay's own is too weak a sign.
MIN_WORDS = 4


def find_guide(title: str, authors: Sequence[str]) -> Path | None:
    """Return the guide for this essay, or None.

    Its `essay:` is the title, whatever the capitals and the punctuation; or the
    beginning of it, where the authors are the same, because readers differ on
    where a title ends and a subtitle begins.
    """
    title_words = _words(title)
    for path, guide in _guides():
        wanted = _words(guide.essay)
        if wanted and wanted == title_words:
            return path
        begins = title_words[: len(wanted)] == wanted and len(wanted) >= MIN_WORDS
        if begins and _names(authors) & _names(guide.authors):
            return path
    return None


def _guides() -> Iterator[tuple[Path, ParsedGuide]]:
    """Every guide that can be read; one that cannot is no reason to refuse an essay."""
    for folder in settings.GUIDE_DIRS:
        for path in sorted(Path(folder).glob("*.md")):
            try:
                yield path, parse_guide(path.read_text(encoding="utf-8"))
            except (GuideRefused, OSError, UnicodeDecodeError):
                continue


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _names(authors: Sequence[str]) -> set[tuple[str, ...]]:
    """Names as sets of words: “Wang Yiwei” and “Yiwei Wang” are one person."""
    return {tuple(sorted(_words(name))) for name in authors}
