"""Names and words written from right to left, on every page, among words of the interface.

Every name, title and comment of the matrix's world becomes Hebrew; then each page is asked
for, and no Hebrew may stand in a sentence of the interface without being isolated from it.
"""

import re
from collections.abc import Iterator

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse
from lxml.html import HtmlElement

from accounts.models import User
from discussions.common.markdown import render
from discussions.models import Comment, Decision, Report
from documents.visible import isolated
from readings.models import Essay, GuideItem, Passage
from seminars.models import Group, Seminar
from tests.permissions.matrix import MATRIX
from tests.permissions.world import World, make_world

NAME = "דנה (כהן)"
_ISOLATED = re.compile("\u2068[^\u2068\u2069]*\u2069")
_HEBREW = re.compile("[\u05d0-\u05ea]")
_SPOKEN = ("aria-label", "alt", "placeholder", "title")
# What has no direction of ours: a field holds what was written, and turns with it.
_FIELDS = {"textarea", "option", "script", "style", "template"}


def hebrew_world() -> World:
    world = make_world()
    for number, user in enumerate(User.objects.all()):
        User.objects.filter(pk=user.pk).update(name=f"{NAME} {number}")
    for number, group in enumerate(Group.objects.all()):
        Group.objects.filter(pk=group.pk).update(name=f"{NAME} {number}")
    Seminar.objects.update(name=NAME, description=NAME)
    Essay.objects.update(title=NAME, subtitle=NAME, authors=[NAME, NAME])
    Comment.objects.update(body=NAME, html=render(NAME))
    Report.objects.update(detail=NAME)
    Passage.objects.exclude(quote="").update(quote=NAME)
    GuideItem.objects.filter(html__gt="").update(html=render(NAME))
    return world


def loose(page: HtmlElement) -> Iterator[str]:
    """Yield each piece of Hebrew that takes part in the direction of a sentence around it."""
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag in _FIELDS:
            continue
        for name in _SPOKEN:
            value = _ISOLATED.sub("", element.get(name, ""))
            if _HEBREW.search(value):
                yield f"{name}={value}"
        for text, parent in ((element.text, element), (element.tail, element.getparent())):
            if text and _HEBREW.search(_ISOLATED.sub("", text)) and not _has_direction(parent):
                yield f"<{parent.tag}> {' '.join(text.split())}"


def _has_direction(element: HtmlElement) -> bool:
    """Whether a direction is found for these words alone, below the page's own."""
    while element.tag not in {"body", "html"}:
        if element.tag in {"bdi", *_FIELDS} or element.get("dir"):
            return True
        element = element.getparent()
    return False


@pytest.mark.parametrize("role", ["alice", "carol"])
def test_no_name_turns_the_words_around_it(db: None, role: str) -> None:
    world = hebrew_world()
    client = Client()
    user = world.users[role]
    assert user is not None
    client.force_login(User.objects.get(pk=user.pk))
    wrong, seen = set(), 0
    for name, targets in MATRIX.items():
        for target in targets:
            if "file" in target or name in {"import_picture", "annotation_collection"}:
                continue
            answer = client.get(reverse(name, kwargs=world.kwargs[target]))
            kind = answer.headers.get("Content-Type", "")
            if answer.status_code != 200 or not kind.startswith("text/html"):
                continue
            seen += NAME in answer.content.decode()
            page = lxml.html.fromstring(answer.content.decode())
            wrong |= {f"{name}: {one}" for one in loose(page)}
    assert seen > 20
    assert not wrong, "\n".join(sorted(wrong))


def test_decisions_are_told_so_too(db: None) -> None:
    world = hebrew_world()
    client = Client()
    client.force_login(User.objects.get(pk=world.people.alice.user_id))
    assert Decision.objects.exists()
    page = client.get("/s/seminar/desk/log/").content.decode()
    assert isolated(NAME)[:-1] in page
