"""What the pages tell one member, read off them as they were sent."""

import re
from dataclasses import dataclass, field

from django.db import transaction
from django.test import Client
from lxml import html

from readings.models import Reading
from scripts.term.recount import Recount
from seminars.models import Membership, Seminar

NAMES = {
    "Read to the end": "reading",
    "Posts": "posts",
    "Replies to others": "replies",
}
Asked = list[tuple[str, int, int, int]]


@dataclass
class PageFigures:
    """What is new and owed to one member: readings by slug, threads by key."""

    readings: set[str] = field(default_factory=set)
    new: int = 0  # threads, at the seminar on the home page
    new_at_home: dict[str, int] = field(default_factory=dict)
    new_in_seminar: dict[str, int] = field(default_factory=dict)
    listed: dict[str, dict[int, int]] = field(default_factory=dict)  # in the list of threads
    on_page: dict[str, set[int]] = field(default_factory=dict)
    owed: dict[str, Asked] = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)
    progress: dict[str, str] = field(default_factory=dict)


def told_by_recount(recount: Recount, member: int) -> PageFigures:
    """Return what the pages have to tell."""
    told = PageFigures()
    for reading in recount.readings.values():
        if not recount.opens_to(member, reading.id):
            continue
        slug, new = reading.slug, recount.new_to(member, reading.id)
        told.readings.add(slug)
        told.new += len(new)
        told.new_at_home[slug] = told.new_in_seminar[slug] = len(new)
        told.progress[slug] = _progress_words(recount, member, reading.id)
        if (member, reading.id) in recount.visits:
            told.listed[slug], told.on_page[slug] = new, set(new)
        if recount.members[member].role != "participant":
            continue
        asked = recount.asked_of(member, reading.id)
        if len(asked) > 1:
            told.asked[slug] = asked
        if recount.owes(member, reading.id):
            told.owed[slug] = asked
    return told


def _progress_words(recount: Recount, member: int, reading: int) -> str:
    visit = recount.visits.get((member, reading))
    if visit is None:
        return "Not begun"
    if visit.progress >= 100:
        return "Read to the end"
    return f"{visit.progress} % read" if visit.progress else "Just begun"


def told_by_pages(client: Client, member: Membership) -> PageFigures:
    """Ask for all pages that tell something, and leave no trace: to read a page is a visit."""
    told = PageFigures()
    with transaction.atomic():
        _read_home(told, _page(client, "/"), member.seminar)
        if member.removed_at:
            answer = client.get(member.seminar.get_absolute_url())
            assert answer.status_code == 404, "a seminar opens to who has left it"  # noqa: S101
            transaction.set_rollback(True)
            return told
        _read_seminar(told, _page(client, f"/s/{member.seminar.slug}/"))
        begun = Reading.objects.filter(visits__membership=member, slug__in=told.readings)
        for reading in begun.select_related("seminar"):
            address = reading.get_absolute_url()
            listed = _page(client, f"{address}threads/?show=new")
            told.listed[reading.slug] = _threads_listed(listed)
            told.on_page[reading.slug] = _threads_on_page(_page(client, address))
        transaction.set_rollback(True)
    return told


def _page(client: Client, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, f"{path} answered {answer.status_code}"  # noqa: S101
    return html.fromstring(answer.content.decode())


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _number(elements: list[html.HtmlElement]) -> int:
    found = re.search(r"\d+", _words(elements[0])) if elements else None
    return int(found[0]) if found else 0


def _slug(element: html.HtmlElement) -> str:
    """The reading's, of the first link to one."""
    address = element.xpath(".//a/@href[contains(., '/r/')]")[0]
    return str(address.split("/r/")[1].split("/")[0])


def _asked(element: html.HtmlElement) -> Asked:
    lines = []
    for line in element.xpath(".//ul[@class='owed']/li"):
        said = _words(line)
        kind = next(kind for name, kind in NAMES.items() if said.startswith(name))
        numbers = re.search(r"(\d+) of (\d+)(?:, (\d+) late)?$", said)
        if kind == "reading":
            lines.append((kind, int("data-met" in line.attrib), 1, 0))
        else:
            assert numbers, said  # noqa: S101
            lines.append((kind, int(numbers[1]), int(numbers[2]), int(numbers[3] or 0)))
    return lines


def _read_home(told: PageFigures, page: html.HtmlElement, seminar: Seminar) -> None:
    title = f".//h2/a[@href='/s/{seminar.slug}/']"
    for row in page.xpath(f"//li[@class='row-item'][{title}]"):
        told.new = _number(row.xpath("./div/p/span[@class='fresh']"))
        for line in row.xpath(".//ul[@class='due']/li"):
            told.readings.add(_slug(line))
            told.new_at_home[_slug(line)] = _number(line.xpath("./span[@class='fresh']"))
    for line in page.xpath("//section[@class='still-owed']/ul/li"):
        told.owed[_slug(line)] = _asked(line)


def _read_seminar(told: PageFigures, page: html.HtmlElement) -> None:
    for row in page.xpath("//ol[@class='rows']/li"):
        slug = _slug(row)
        told.new_in_seminar[slug] = _number(row.xpath(".//span[@class='fresh']"))
        said = re.search(r"\d+ % read|Just begun|Not begun|Read to the end", _words(row))
        told.progress[slug] = said[0] if said else ""
        if asked := _asked(row):
            told.asked[slug] = asked


def _threads_listed(page: html.HtmlElement) -> dict[int, int]:
    rows = page.xpath("//li[contains(@class, 'thread-row')]")
    return {
        int(row.xpath(".//b[@class='who']/a/@href")[0].rstrip("/").rsplit("/", 1)[1]): _number(
            row.xpath(".//small[@data-new]")
        )
        for row in rows
    }


def _threads_on_page(page: html.HtmlElement) -> set[int]:
    cards = page.xpath("//details[@data-unread]/@id")
    waiting = " ".join(page.xpath("//a[@data-unread]/@data-unread"))
    return {int(one[1:]) for one in cards} | set(map(int, waiting.split()))
