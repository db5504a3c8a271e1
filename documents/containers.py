"""Zip files, in which DOCX, ODT and EPUB come: looked through before anything opens them.

A container that passes holds a bounded number of entries, of a bounded size,
with names of their own and nothing hidden between them.
"""

from __future__ import annotations

import re
import stat
import zlib
from collections.abc import Mapping
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from documents.messages import Message
from documents.messages import gettext_lazy as _
from documents.refusal import ImportRefused

# A book of many chapters and pictures has some hundreds.
MAX_ENTRIES = 4000
# Unpacked, all together: an upload is 20 MB, and pictures do not shrink.
MAX_UNPACKED = 200 * 1024 * 1024
# One part that is text: an essay of 5 MB is 40 MB of Word's XML.
MAX_PART = 80 * 1024 * 1024
# Word's XML shrinks by 30 at most in what people write; above this size no more is believed.
MAX_RATIO = 150
_RATIO_COUNTS_FROM = 2 * 1024 * 1024
_PIECE = 1 << 16

_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1
_ENTITY = re.compile(rb"<!ENTITY\s")
_AGAIN = _("Open the file in the program that made it, save it again, and try that one.")


class Container:
    """A zip file that has been looked through. Nothing in it is opened further than asked."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        try:
            self._zip = ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except (BadZipFile, ValueError, NotImplementedError, OSError, OverflowError) as error:
            raise _damaged() from error
        _check_list(infos)
        _check_places(infos, len(data))
        self.names = [info.filename for info in infos if not info.is_dir()]
        self._infos = {info.filename: info for info in infos if not info.is_dir()}
        _check_sizes(self._zip, list(self._infos.values()))

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def read(self, name: str) -> bytes:
        """The bytes of an entry; raises KeyError where there is none."""
        info = self._infos[name]
        try:
            return self._zip.read(info)
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise _damaged() from error

    def find(self, name: str) -> bytes | None:
        return self.read(name) if name in self._infos else None

    def with_parts(self, parts: Mapping[str, bytes]) -> bytes:
        """The whole file again, with another content for some of its parts."""
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as new:
            for one in self.names:
                new.writestr(one, parts[one] if one in parts else self.read(one))
        return out.getvalue()

    def markup(self, name: str) -> bytes:
        """The bytes of an XML entry, which may declare no entities of its own."""
        data = self.read(name)
        if len(data) > MAX_PART:
            raise _bomb()
        if _ENTITY.search(data):
            raise ImportRefused(
                "unsafe_markup",
                _("This file declares entities in its XML, which can be used to read other files."),
                _AGAIN,
            )
        return data


def _check_list(infos: list[ZipInfo]) -> None:
    if len(infos) > MAX_ENTRIES:
        raise _bomb()
    seen: set[str] = set()
    for info in infos:
        name = info.filename
        if info.flag_bits & _ENCRYPTED:
            raise ImportRefused(
                "encrypted",
                _("This file is locked with a password."),
                _("Open it, save it without a password, and try that one."),
            )
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name:
            raise _unsafe(_("a part that would be written outside its own folder"))
        if stat.S_ISLNK(info.external_attr >> 16):
            raise _unsafe(_("a link to another file"))
        if name.casefold() in seen:
            raise _unsafe(_("two parts of the same name"))
        seen.add(name.casefold())
        if not info.is_dir() and info.compress_type not in {_STORED, _DEFLATED}:
            raise _unsafe(_("a part packed in a way that is not used in documents"))


def _check_places(infos: list[ZipInfo], size: int) -> None:
    """No part may stand in another: that is how a small file unpacks to a vast one."""
    places = sorted((i.header_offset, i.header_offset + 30 + i.compress_size) for i in infos)
    if any(end > size for _, end in places):
        raise _damaged()
    if any(end > start for (_, end), (start, _) in pairwise(places)):
        raise _unsafe(_("parts that overlap"))


def _check_sizes(archive: ZipFile, infos: list[ZipInfo]) -> None:
    """The sizes as they are, not as the file says: each part is unpacked and counted."""
    total = 0
    for info in infos:
        size = _unpacked(archive, info, MAX_UNPACKED - total)
        total += size
        packed = max(info.compress_size, 1)
        if total > MAX_UNPACKED or (size > _RATIO_COUNTS_FROM and size > packed * MAX_RATIO):
            raise _bomb()
        if size != info.file_size:
            raise _damaged()


def _unpacked(archive: ZipFile, info: ZipInfo, most: int) -> int:
    """How many bytes a part unpacks to, counted no further than `most`."""
    file = archive.fp
    assert file is not None  # noqa: S101 - open until the archive is closed
    file.seek(info.header_offset)
    head = file.read(30)
    if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
        raise _damaged()
    file.seek(int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"), 1)
    packed = file.read(info.compress_size)
    if info.compress_type == _STORED:
        return len(packed)
    opened = zlib.decompressobj(-zlib.MAX_WBITS)
    size = 0
    try:
        while packed and not opened.eof and size <= most:
            size += len(opened.decompress(packed, _PIECE))
            packed = opened.unconsumed_tail
        while not opened.eof and size <= most and (rest := opened.decompress(b"", _PIECE)):
            size += len(rest)
    except zlib.error as error:
        raise _damaged() from error
    return size


def _bomb() -> ImportRefused:
    return ImportRefused(
        "bomb",
        _("Unpacked, this file would be far larger than any essay."),
        _("Save the text without its pictures and attachments, or split it."),
    )


def _unsafe(what: Message) -> ImportRefused:
    return ImportRefused(
        "unsafe_container", _("This file holds %(what)s, as no document does.", what=what), _AGAIN
    )


def _damaged() -> ImportRefused:
    return ImportRefused("damaged", _("This file is cut short or damaged."), _AGAIN)
