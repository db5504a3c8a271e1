"""XML of other programs, read without entities, without the network and within limits."""

import re
from typing import Any, NoReturn

from django.utils.translation import gettext as _
from lxml import etree

from quizzes.questions import refuse

# lxml's elements, whose own types know too little to help here.
Element = Any

MAX_BYTES = 20 * 1024 * 1024  # a question bank with its pictures
MAX_ELEMENTS = 200_000
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse_xml(data: bytes) -> Element:
    """Return the root, without namespaces; raise GuideRefused with the line of what is wrong."""
    if len(data) > MAX_BYTES:
        refuse(1, _("this file is larger than %(most)d MB.") % {"most": MAX_BYTES >> 20})
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        _not_well_formed(error)
    except ValueError:
        refuse(1, _("this is no XML."))
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(dtd.iterentities()):
        refuse(1, _("it declares entities, which can be used to read other files."))
    return _without_namespaces(root)


def _not_well_formed(error: etree.XMLSyntaxError) -> NoReturn:
    line = error.position[0] if error.position else 1
    message = _("this is no well-formed XML: %(what)s")
    refuse(max(line, 1), message % {"what": str(error.msg).partition(", line ")[0][:200]})


def _without_namespaces(root: Element) -> Element:
    for count, element in enumerate(root.iter()):
        if count > MAX_ELEMENTS:
            message = _("this file has more than %(most)d elements.") % {"most": MAX_ELEMENTS}
            refuse(element.sourceline or 1, message)
        if not isinstance(element.tag, str):
            # An entity that nothing declares: what it stands for is unknown.
            refuse(element.getparent().sourceline or 1, _("it has an entity of its own in it."))
        element.tag = etree.QName(element).localname
    return root


def text_in(element: Element | None) -> str:
    """All words of an element, with those of the elements in it."""
    return "" if element is None else "".join(element.itertext())


def text_at(element: Element, path: str, default: str = "") -> str:
    """The words of the first element at a path, without the white space around."""
    found = element.find(path)
    return default if found is None else text_in(found).strip()


def line_of(element: Element) -> int:
    return int(element.sourceline or 1)


def put(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Add an element with words in it, and return it."""
    made = etree.SubElement(parent, tag, attributes)
    if text:
        made.text = allowed(text)
    return made


def put_html(parent: Element, tag: str, html: str, **attributes: str) -> Element:
    """Add an element whose words are HTML, as a CDATA section where that is easier to read."""
    made = etree.SubElement(parent, tag, attributes)
    if html:
        made.text = (
            etree.CDATA(allowed(html)) if "<" in html and "]]>" not in html else allowed(html)
        )
    return made


def allowed(text: str) -> str:
    """Words without the characters that XML has not."""
    return _NOT_XML.sub("\ufffd", text)


def written(root: Element, doctype: str = "") -> bytes:
    etree.indent(root)
    made: bytes = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", pretty_print=True, doctype=doctype or None
    )
    return made
