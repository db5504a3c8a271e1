"""QTI of any version: a package, or one of its files alone."""

from collections.abc import Sequence
from pathlib import PurePath

from django.utils.translation import gettext as _

from quizzes.formats.exchange import Collected, ReadFile
from quizzes.formats.packages import PackedXml, in_file, read_package
from quizzes.formats.qti2_reader import path_in, read_item
from quizzes.formats.qti12_reader import read_assessments
from quizzes.formats.qti_names import as_version_2
from quizzes.formats.xml_trees import Element, line_of
from quizzes.questions import refuse
from readings.guides import GuideRefused

QTI12, QTI22, QTI30 = "QTI 1.2", "QTI 2.2", "QTI 3.0"
_ITEM, _TEST = "assessmentItem", "assessmentTest"


def read_qti_xml(root: Element, title: str) -> ReadFile:
    """Read a file that is in no package."""
    found = Collected(title)
    if root.tag == "questestinterop":
        read_assessments(root, found, title)
        return found.read(QTI12)
    version = QTI30 if root.tag.startswith("qti-") else QTI22
    if as_version_2(root).tag != _ITEM:
        message = _("it begins with <%(tag)s>, in which there is no question.")
        refuse(line_of(root), message % {"tag": root.tag[:40]})
    try:
        found.add(read_item(root))
    except GuideRefused as refused:
        found.refused += refused.problems
    return found.read(version)


def read_qti_package(data: bytes, title: str) -> ReadFile:
    """Read a package; raise GuideRefused where it is none, or has no questions in it."""
    files = read_package(data)
    version = QTI30 if any(one.root.tag.startswith("qti-") for one in files) else QTI22
    found = Collected(title)
    assessments = [one for one in files if one.root.tag == "questestinterop"]
    for one in assessments:
        before = len(found.refused)
        read_assessments(one.root, found, title)
        found.refused[before:] = in_file(one.name, found.refused[before:])
    if not assessments:
        _read_items(files, found, title)
    return found.read(QTI12 if assessments else version)


def _read_items(files: Sequence[PackedXml], found: Collected, title: str) -> None:
    """Items in the order of the tests that name them, and then those that no test names."""
    for one in files:
        as_version_2(one.root)
    items = {one.name: one for one in files if one.root.tag == _ITEM}
    named = list[tuple[str, PackedXml | None]]()
    for test in files:
        if test.root.tag == _TEST:
            name = test.root.get("title") or PurePath(test.name).stem
            refs = [ref.get("href", "") for ref in test.root.iter("assessmentItemRef")]
            named += [(name, items.pop(path_in(test.name, ref), None)) for ref in refs]
    named += [(title, left) for left in items.values()]
    for name, item in named:
        if item is None:
            continue
        found.title = name
        try:
            found.add(read_item(item.root))
        except GuideRefused as refused:
            found.refused += in_file(item.name, refused.problems)
