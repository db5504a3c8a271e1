"""Packages of QTI: a zip file with a manifest, looked through before anything in it is opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from lxml import etree

from documents.containers import Container
from documents.refusal import ImportRefused
from quizzes.formats.xml_trees import Element, parse_xml, put, written
from quizzes.questions import refuse
from readings.guides import GuideRefused, Problem

MAX_FILES = 1500  # with XML in them
MAX_BYTES = 40 * 1024 * 1024  # of XML, unpacked
_MADE = (1980, 1, 1, 0, 0, 0)  # the same questions are the same file


@dataclass(frozen=True, slots=True)
class PackedXml:
    """One XML file of a package."""

    name: str
    root: Element


def read_package(data: bytes) -> list[PackedXml]:
    """The XML files of a package by their names; raise GuideRefused where it is none."""
    try:
        container = Container(data)
        names = [name for name in container.names if name.lower().endswith((".xml", ".qti"))]
        if len(names) > MAX_FILES:
            refuse(1, _("this package has more than %(most)d files.") % {"most": MAX_FILES})
        found, size = [], 0
        for name in sorted(names):
            content = container.read(name)
            size += len(content)
            if size > MAX_BYTES:
                message = _("unpacked, its files have more than %(most)d MB.")
                refuse(1, message % {"most": MAX_BYTES >> 20})
            found.append(PackedXml(name, _parsed(name, content)))
    except ImportRefused as refused:
        message = _("this package is damaged, locked, or made to do harm (%(code)s).")
        refuse(1, message % {"code": refused.code})
    return found


def _parsed(name: str, content: bytes) -> Element:
    try:
        return parse_xml(content)
    except GuideRefused as refused:
        raise GuideRefused(in_file(name, refused.problems)) from None


def in_file(name: str, problems: Sequence[Problem]) -> list[Problem]:
    """Name the file of a package in which something is wrong."""
    message = _("in “%(file)s”: %(what)s")
    return [
        Problem(one.line, message % {"file": name[-80:], "what": one.message}) for one in problems
    ]


# --- Writing -------------------------------------------------------------------------------------
def identifier_of(*words: object) -> str:
    """An identifier that is the same for the same words, as programs of this kind make them."""
    return f"g{uuid5(NAMESPACE_URL, repr(words)).hex}"


def packed(files: dict[str, bytes]) -> bytes:
    """Write a zip file."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            info = ZipInfo(name, _MADE)
            info.compress_type = ZIP_DEFLATED
            made.writestr(info, content)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Resource:
    """One file that a manifest names, and the files that it needs."""

    identifier: str
    kind: str
    href: str
    needs: tuple[str, ...] = ()


def manifest(resources: Sequence[Resource], *, schema: str, version: str, namespace: str) -> bytes:
    root = etree.Element("manifest", identifier=identifier_of(*(one.href for one in resources)))
    metadata = put(root, "metadata")
    put(metadata, "schema", schema)
    put(metadata, "schemaversion", version)
    put(root, "organizations")
    listed = put(root, "resources")
    for one in resources:
        made = put(listed, "resource", identifier=one.identifier, type=one.kind, href=one.href)
        put(made, "file", href=one.href)
        for needed in one.needs:
            put(made, "dependency", identifierref=needed)
    return with_namespace(written(root), namespace)


def with_namespace(xml: bytes, namespace: str) -> bytes:
    """Put all elements of a file into one namespace: they have none of their own."""
    head, mark, rest = xml.partition(b"?>")
    tag = rest.index(b"<") + 1
    end = min(at for at in (rest.find(sign, tag) for sign in (b" ", b">", b"/")) if at > 0)
    return head + mark + rest[:end] + f' xmlns="{namespace}"'.encode() + rest[end:]
