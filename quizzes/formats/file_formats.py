"""The formats in which questions come and go: which there are, and which one a file is."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.formats import (
    aiken,
    gift_writer,
    markdown_file,
    moodle_writer,
    qti2_writer,
    qti12_writer,
)
from quizzes.formats.aiken import read_aiken
from quizzes.formats.exchange import ReadFile
from quizzes.formats.gift_reader import read_gift
from quizzes.formats.guide_questions import CheckpointSpec
from quizzes.formats.holdings import Holdings
from quizzes.formats.markdown_file import read_markdown_file
from quizzes.formats.moodle_reader import read_moodle
from quizzes.formats.qti_reader import read_qti_package, read_qti_xml
from quizzes.formats.xml_trees import parse_xml
from quizzes.questions import Message, refuse

MAX_BYTES = 20 * 1024 * 1024

_XML = re.compile(
    rb"\s*<(?:\?xml|!DOCTYPE|!--|quiz\b|questestinterop\b|(?:\w+:)?assessment(?:Item|Test)|qti-|manifest\b)"
)
_AIKEN = re.compile(r"^\s*ANSWER\s*:", re.MULTILINE)
_MARKDOWN = re.compile(r"^(?:### |Title *:)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One format that questions are written in."""

    key: str
    name: str
    fits: Message  # for which program
    extension: str
    media_type: str
    holdings: Holdings
    write: Callable[[Sequence[CheckpointSpec]], bytes]


def _encoded(write: Callable[[Sequence[CheckpointSpec]], str]) -> Callable[..., bytes]:
    def written(checkpoints: Sequence[CheckpointSpec]) -> bytes:
        return write(checkpoints).encode("utf-8", "replace")

    return written


FORMATS = {
    one.key: one
    for one in (
        FileFormat(
            "moodle",
            "Moodle XML",
            gettext_lazy("For Moodle’s question bank. It holds the most."),
            "xml",
            "application/xml",
            moodle_writer.HOLDS,
            moodle_writer.write_moodle,
        ),
        FileFormat(
            "gift",
            "GIFT",
            gettext_lazy("Plain text, for Moodle and many other programs."),
            "gift",
            "text/plain; charset=utf-8",
            gift_writer.HOLDS,
            _encoded(gift_writer.write_gift),
        ),
        FileFormat(
            "qti12",
            "QTI 1.2",
            gettext_lazy("For Canvas and its like: a zip file, as Canvas’s quizzes import it."),
            "zip",
            "application/zip",
            qti12_writer.HOLDS,
            qti12_writer.write_qti12,
        ),
        FileFormat(
            "qti22",
            "QTI 2.2",
            gettext_lazy("A zip file for programs that keep to the standard."),
            "zip",
            "application/zip",
            qti2_writer.HOLDS,
            qti2_writer.write_qti22,
        ),
        FileFormat(
            "qti30",
            "QTI 3.0",
            gettext_lazy("The same in the standard’s newest version."),
            "zip",
            "application/zip",
            qti2_writer.HOLDS,
            qti2_writer.write_qti30,
        ),
        FileFormat(
            "aiken",
            "Aiken",
            gettext_lazy("Plain text with one right choice, and nothing else."),
            "txt",
            "text/plain; charset=utf-8",
            aiken.HOLDS,
            _encoded(aiken.write_aiken),
        ),
        FileFormat(
            "markdown",
            "Markdown",
            gettext_lazy("For another guide of Colloquy. It holds everything."),
            "md",
            "text/markdown; charset=utf-8",
            markdown_file.HOLDS,
            _encoded(markdown_file.write_markdown),
        ),
    )
}


def read_questions(data: bytes, filename: str) -> ReadFile:
    """Read the questions of a file in any of the formats; raise GuideRefused."""
    title = PurePath(filename.replace("\\", "/")).stem.strip() or _("Questions")
    if len(data) > MAX_BYTES:
        refuse(1, _("this file is larger than %(most)d MB.") % {"most": MAX_BYTES >> 20})
    if _XML.match(data.removeprefix(b"\xef\xbb\xbf")) or _is_wide_xml(data):
        return _xml(data, title)
    if data.startswith(b"PK"):
        return read_qti_package(data, title)
    text = _text(data)
    if text.startswith(("---\n", "---\r")) or _is_markdown(text, filename):
        return read_markdown_file(text, title)
    if _AIKEN.search(text):
        return read_aiken(text, title)
    if not {"{", "}"} & set(text):
        message = _(
            "this is none of the formats that can be read: it has no “{ }” as GIFT, no “ANSWER:”"
            " as Aiken, no “### ” as a guide, and is no XML."
        )
        refuse(1, message)
    return read_gift(text, title)


def _is_wide_xml(data: bytes) -> bool:
    return data[:4] in {b"\xff\xfe<\x00", b"\xfe\xff\x00<"}


def _xml(data: bytes, title: str) -> ReadFile:
    root = parse_xml(data)
    if root.tag in {"manifest", "assessmentTest", "qti-assessment-test"}:
        refuse(1, _("this is one file of a package. Choose the zip file as a whole."))
    if root.tag in {"questestinterop", "assessmentItem"} or root.tag.startswith("qti-"):
        return read_qti_xml(root, title)
    return read_moodle(root, title)


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16"):
        if encoding == "utf-16" and data[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
            break
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return refuse(1, _("this is not text in UTF-8. Save it as UTF-8."))


def _is_markdown(text: str, filename: str) -> bool:
    named = PurePath(filename).suffix.lower() in {".md", ".markdown"}
    return bool(_MARKDOWN.search(text)) and (named or "### " in text)
