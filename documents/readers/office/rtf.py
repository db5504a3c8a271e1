"""RTF as a parsed document.

pandoc's own reader of it loses notes, styles and quotations, so this one makes
the tree itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from documents.encoding import visible_text
from documents.messages import gettext_lazy as _
from documents.parsed import ParsedDocument
from documents.pictures import PictureBox
from documents.readers.office.left_out import comments_left_out, formulas_left_out
from documents.readers.office.properties import believed
from documents.readers.office.rtf_paragraphs import (
    FORMS,
    LOOKS,
    CharacterStyle,
    Paragraphs,
    ParagraphStyle,
    TextFlow,
    append,
)
from documents.readers.office.rtf_tokens import LETTERS, codec_of, codec_of_page, tokens
from documents.readers.pandoc import builders as nodes
from documents.readers.pandoc.tree import TreeReader
from documents.refusal import ImportRefused

_DEEPEST = 500
_SKIPPED = {
    "colortbl", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr",
    "footerf", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "xe", "tc", "rxe", "nonshppict",
    "pntext", "atnid", "annotation", "atnauthor", "atrfstart", "atrfend", "listtable",
    "listoverridetable", "objdata", "filetbl", "revtbl", "sp", "themedata", "datafield",
    "comment", "bkmkstart", "bkmkend",
}  # fmt: skip
# Of the groups that may be passed over (\*), those that hold something of the text.
_READ = {"footnote", "shppict", "shpinst", "fldinst", "listtext", "pn", "picprop", "shptxt"}
# The first word of a group → what its letters are.
_PLACES = {"fonttbl": "fonts", "stylesheet": "styles", "info": "info"} | {
    word: word for word in ("fldinst", "fldrslt", "listtext", "pict", "picprop", "sn", "sv", "pn")
}
_ADDRESS = re.compile(r'HYPERLINK\s+(?:\\l\s+)?"([^"]*)"')
_TYPEWRITER = re.compile(r"courier|mono|consolas|menlo|typewriter", re.IGNORECASE)


def read_rtf(data: bytes) -> ParsedDocument:
    """Blocks, notes and pictures of an RTF document."""
    reader = _Rtf()
    reader.read(data)
    if reader.typed * 2 > reader.letters:
        # The whole text is typed in Courier: that makes it no code.
        reader = _Rtf(typewriters=False)
        reader.read(data)
    if reader.depth > 0 and not reader.flow.blocks:
        raise ImportRefused(
            "damaged",
            _("This file is cut short or damaged."),
            _("Open it in the program that made it, save it again, and try that one."),
        )
    box = PictureBox(reader.pictures.get)
    parsed = TreeReader("rtf", box).read({"meta": {}, "blocks": reader.flow.blocks})
    return replace(
        parsed,
        properties=believed(reader.info.get("title", ""), reader.info.get("author", "")),
        warnings=(
            *parsed.warnings,
            *comments_left_out(data.count(b"{\\*\\annotation")),
            *formulas_left_out(data),
        ),
    )


class _Rtf(Paragraphs):
    def __init__(self, *, typewriters: bool = True) -> None:
        self.sees_typewriters = typewriters
        super().__init__()
        self.stack: list[tuple[CharacterStyle, ParagraphStyle]] = []
        self.flows: list[tuple[int, str, TextFlow]] = []
        self.fonts: dict[int, str] = {}
        self.info: dict[str, str] = {}
        self.pictures: dict[str, bytes] = {}
        # Fonts like Courier, and how many letters are in them, of how many.
        self.typewriters: set[int] = set()
        self.typed = self.letters = 0
        self.page = "cp1252"
        self.skip = self.depth = self.newly = 0
        self.starred = False
        self.bytes = bytearray()
        self.high = 0
        self.number = 0
        self.words = ""
        self.address = ""
        self.hex: list[str] = []
        self.raw = b""
        self.alternative = ""
        self.property = ""

    def read(self, data: bytes) -> None:
        for token in tokens(data):
            self._take(*token)
        self._flush()
        self._end_paragraph()
        self._end_table()

    def _take(self, kind: str, what: str, number: int | None) -> None:
        if kind != "byte" and self.bytes:
            self._flush()
        if kind == "open":
            self._open()
            return
        if kind == "symbol":
            self.starred = self.starred or what == "*"
            return
        if kind == "close":
            self._close()
        elif kind == "word":
            self._word(what, number)
        elif kind == "byte":
            self._byte(what)
        elif kind == "letters":
            self._letters(what)
        elif kind == "sign":
            self._sign(what)
        else:
            self.raw = what.encode("latin-1")
        self.newly = 0

    # Groups

    def _open(self) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ImportRefused(
                "too_complex",
                _("This file has hundreds of groups inside each other."),
                _("Open it in Word or LibreOffice, save it as .docx, and try that one."),
            )
        self.stack.append((self.look, self.form))
        self.newly, self.starred = self.depth, False

    def _close(self) -> None:
        self.number = 0
        place = self.look.place
        outer = self.stack[-1][0].place if self.stack else ""
        if place != outer:
            self._leave(place)
        if self.flows and self.flows[-1][0] == self.depth:
            self._end_flow()
        if self.stack:
            self.look, form = self.stack.pop()
            if place and place != self.look.place:
                # How a note, or a list of styles, sets its paragraphs is its own.
                self.form = form
        self.depth -= 1
        self.starred = False

    def _leave(self, place: str) -> None:
        """What is known at the end of a group that is no text."""
        words, self.words = self.words, ""
        if place in {"title", "author"}:
            self.info[place] = " ".join(words.split())
        elif place == "style":
            self._name_style(words.strip().rstrip(";"))
        elif place in {"fldinst", "fldrslt"}:
            match = _ADDRESS.search(words) if place == "fldinst" else None
            self.address = match.group(1) if match else ""
        elif place in {"listtext", "pn"}:
            self.flow.marker = words or self.flow.marker
        elif place == "pict":
            self._picture()
        elif place == "sn":
            self.property = words.strip()
        elif place == "sv" and self.property in {"wzDescription", "pibAlt"}:
            self.alternative = " ".join(words.split())

    def _name_style(self, name: str) -> None:
        self.styles[self.form.style] = name
        if self.form.outline is not None:
            self.outlines[self.form.style] = self.form.outline

    def _begin_flow(self, kind: str) -> None:
        self.flows.append((self.depth, kind, self.flow))
        self.flow = TextFlow()
        self.form = ParagraphStyle()
        self.look = replace(CharacterStyle(), font=self.look.font, uc=self.look.uc, place=kind)

    def _end_flow(self) -> None:
        self._end_paragraph()
        self._end_table()
        _, kind, outer = self.flows.pop()
        inner, self.flow = self.flow, outer
        if not inner.blocks:
            return
        if kind == "footnote":
            outer.inlines.append(nodes.note(inner.blocks))
        else:
            outer.blocks += inner.blocks

    # Words

    def _word(self, word: str, number: int | None) -> None:
        first = self.newly == self.depth
        if first and self._destination(word, number):
            return
        if self.look.place in {"skip", "pict"}:
            return
        if word == "u" and number is not None:
            self._unicode(number)
        elif word in LETTERS and self.number:
            # It stands for the letter before it, where that cannot be shown.
            self.number -= 1
        elif word in LETTERS:
            self._say(LETTERS[word])
        elif word in _PARTS:
            _PARTS[word](self)
        elif word in FORMS:
            self.form = FORMS[word](self.form, number)
        elif word in LOOKS:
            self.look = LOOKS[word](self.look, number)
        else:
            self._encoding(word, number)

    def _encoding(self, word: str, number: int | None) -> None:
        if word == "ansicpg":
            self.page = codec_of_page(number)
        elif word == "fcharset" and self.look.place == "font":
            self.fonts[self.look.font] = codec_of(number)
        elif word == "mac":
            self.page = "mac_roman"

    def _destination(self, word: str, number: int | None) -> bool:
        """A group's first word may say what the group is; whether it has."""
        place = self.look.place
        if place == "skip":
            return True
        if word in {"footnote", "shptxt"}:
            self._begin_flow(word)
        elif self._is_skipped(word):
            self._to("skip")
        elif place in {"fonts", "styles", "info"}:
            return self._entry(place, word, number)
        elif word in _PLACES:
            self._to(_PLACES[word])
            if word == "pict":
                self.hex, self.raw = [], b""
            else:
                self.words = ""
        else:
            return False
        return True

    def _is_skipped(self, word: str) -> bool:
        if word == "sp" and self.look.place == "picprop":
            return False
        return word in _SKIPPED or (self.starred and word not in _READ)

    def _entry(self, place: str, word: str, number: int | None) -> bool:
        """A group within the lists of fonts, styles and properties."""
        if place == "fonts":
            if word == "f":
                self.look = replace(self.look, place="font", font=number or 0)
            return word == "f"
        if place == "info":
            self._to(word if word in {"title", "author"} else "skip")
            return True
        self._to("skip" if word in {"cs", "ds", "ts"} else "style")
        self.form = ParagraphStyle(style=(number or 0) if word == "s" else 0)
        return word == "s"

    def _to(self, place: str) -> None:
        self.look = replace(self.look, place=place)

    # Letters

    def _letters(self, letters: str) -> None:
        if self.look.place == "pict":
            self.hex.append(letters)
            return
        if self.number:
            skipped = min(self.number, len(letters))
            letters, self.number = letters[skipped:], self.number - skipped
        if letters:
            self._say(letters if letters.isascii() else self._decoded(letters.encode("latin-1")))

    def _sign(self, sign: str) -> None:
        """A letter that is written as a control symbol, whatever the file's encoding."""
        if self.number:
            self.number -= 1
        elif self.look.place == "pict":
            self.hex.append(sign)
        else:
            self._say(sign)

    def _byte(self, digits: str) -> None:
        if self.number:
            self.number -= 1
        elif self.look.place not in {"pict", "skip"}:
            self.bytes.append(int(digits, 16))

    def _flush(self) -> None:
        data = bytes(self.bytes)
        self.bytes.clear()
        if data:
            self._say(self._decoded(data))

    def _decoded(self, data: bytes) -> str:
        codec = self.fonts.get(self.look.font, self.page)
        return data.decode(self.page if codec == "cp1252" else codec, "replace")

    def _unicode(self, number: int) -> None:
        code = number + 65536 if number < 0 else number
        self.number = self.look.uc
        if 0xD800 <= code < 0xDC00:
            self.high = code
        elif 0xDC00 <= code < 0xE000:
            if self.high:
                self._say(chr(0x10000 + ((self.high - 0xD800) << 10) + code - 0xDC00))
            self.high = 0
        elif 0 < code < 0x110000:
            self._say(chr(code))

    def _say(self, text: str) -> None:
        place = self.look.place
        if place == "font" and self.sees_typewriters and _TYPEWRITER.search(text):
            self.typewriters.add(self.look.font)
        if place in {"skip", "pict", "fonts", "styles", "font", "info", "picprop"}:
            return
        if place in {"title", "author", "style", "fldinst", "listtext", "pn", "sn", "sv"}:
            self.words += text
            return
        if self.look.hidden:
            return
        self.letters += len(text)
        if self.look.font in self.typewriters:
            self.typed += len(text)
            append(self.flow.inlines, nodes.code(visible_text(text)))
            return
        made = [nodes.words(visible_text(text))]
        if self.look.raised:
            made = nodes.wrapped(self.look.raised, made)
        look = self.look
        if look.other_italic if look.leftwards else look.italic:
            made = nodes.wrapped("Emph", made)
        if look.other_bold if look.leftwards else look.bold:
            made = nodes.wrapped("Strong", made)
        if self.address and place == "fldrslt":
            made = [nodes.link(made, self.address)]
        append(self.flow.inlines, made[0])

    def _picture(self) -> None:
        digits = re.sub(r"[^0-9a-fA-F]", "", "".join(self.hex))
        data = self.raw or bytes.fromhex(digits[: len(digits) // 2 * 2])
        name = f"picture {sha256(data).hexdigest()[:8]}"
        if data:
            self.pictures[name] = data
            self.flow.inlines.append(nodes.image(name, self.alternative))
        self.alternative, self.raw, self.hex = "", b"", []


_PARTS: dict[str, Callable[[_Rtf], None]] = {
    "par": _Rtf.end_paragraph,
    "sect": _Rtf.end_paragraph,
    "page": _Rtf.end_paragraph,
    "line": _Rtf.line,
    "cell": _Rtf.end_cell,
    "nestcell": _Rtf.end_cell,
    "row": _Rtf.end_row,
    "nestrow": _Rtf.end_row,
    "trowd": _Rtf.begin_row,
    "cellx": _Rtf.cell_edge,
    "clmrg": lambda rtf: rtf.merge("h"),
    "clvmrg": lambda rtf: rtf.merge("v"),
}
