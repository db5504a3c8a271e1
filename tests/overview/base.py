"""A small seminar in which everything happens that the figures have to tell apart."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from lxml import html

from discussions.comments.actions import withdraw
from discussions.models import Comment, Thread
from quizzes.attempts import submit_attempt
from readings.models import Anonymity, Essay, Reading, Visit
from readings.page.visits import save_place
from readings.setup.actions import change_settings
from seminars.models import Membership
from tests.base import People, make_reading, make_user
from tests.discussions.base import answer, first_of, hidden, say
from tests.quizzes.base import add_quiz, right_answers, wrong_answers

OVERVIEW = "/s/seminar/desk/overview/"


@dataclass
class Busy:
    """Two readings for all, one for Monday, one that has not opened; and who is there."""

    people: People
    first: Reading
    second: Reading
    monday: Reading
    later: Reading
    erin: Membership
    left: Membership


def member(people: People, key: str, **fields: Any) -> Membership:
    return Membership.objects.create(seminar=people.seminar, user=make_user(key), **fields)


def ago(**time: float) -> datetime:
    return timezone.now() - timedelta(**time)


def at(moment: datetime, *rows: Thread | Comment) -> None:
    """Let words have been said then."""
    for row in rows:
        comments = Comment.objects.filter(thread=row) if isinstance(row, Thread) else None
        if comments is None:
            comments = Comment.objects.filter(pk=row.pk)
        comments.update(created_at=moment, published_at=moment)


def make_busy(people: People) -> Busy:
    first = make_reading(
        people, "first", due_at=ago(days=8), late_until=ago(days=2), required_posts=1
    )
    second = make_reading(
        people, "second", due_at=ago(days=-5), required_posts=1, required_replies=1
    )
    monday = make_reading(people, "monday")
    later = make_reading(people, "later")
    erin = member(people, "erin")
    left = member(people, "left", group=people.monday)
    busy = Busy(people, first, second, monday, later, erin, left)
    everybody = [people.carol, people.dan, erin, left]
    Membership.objects.filter(pk__in=[one.pk for one in everybody]).update(joined_at=ago(days=40))
    _talk(busy)
    _visits(busy)
    _answers(busy)
    for number, one in enumerate((first, second, monday, later), start=1):
        Essay.objects.filter(pk=one.essay_id).update(title=f"Text {number}")
        one.refresh_from_db()
    alice = people.alice
    change_settings(reading=monday, by=alice, groups=[people.monday])
    change_settings(reading=later, by=alice, opens_at=ago(days=-3))
    Membership.objects.filter(pk=left.pk).update(removed_at=timezone.now(), removed_by=alice)
    return busy


def _talk(busy: Busy) -> None:
    people, first, second = busy.people, busy.first, busy.second
    carol, dan, alice = people.carol, people.dan, people.alice
    long_ago = say(first, carol, "In time.")
    at(ago(days=15), long_ago)
    late = say(first, dan, "Late.", block="p2", quote="a conversation")
    at(ago(days=5), late)
    too_late = say(first, busy.erin, "Too late to count.", block="p3", quote="Printers left it")
    at(ago(days=1), too_late)
    at(ago(days=14), answer(long_ago, dan), answer(long_ago, carol, "To myself."))
    answer(long_ago, alice, "Staff's words count nowhere.")
    answer(long_ago, busy.left, "Nor do those of who has left.")
    say(first, carol, "A note to myself.", audience="me")
    say(first, carol, "To my group.", audience="group", block="p2", quote="a conversation")
    say(first, carol, "To staff.", audience="staff", block="")
    hidden(first_of(say(first, dan, "Hidden.", block="p2", quote="a conversation")), alice)
    gone = say(first, dan, "Withdrawn.", block="p2", quote="a conversation")
    answer(gone, carol, "Its answer stays.")
    withdraw(comment=first_of(gone), by=dan)
    say(first, dan, "", block="p1", quote="reads one text")  # a highlight
    question = say(second, dan, "Who says so?", kind="question")
    answer(question, carol)
    say(second, carol, "And who else?", kind="question", block="p3", quote="Printers left it")
    say(busy.monday, carol, "Among us.")
    say(busy.later, dan, "Before it was to be opened.")
    Reading.objects.filter(pk=second.pk).update(anonymity=Anonymity.OPTIONAL)
    second.refresh_from_db()
    say(second, dan, "Anonymous to all.", anonymous=True)
    say(second, carol, "Anonymous to mine.", audience="group", anonymous=True, block="p2", quote="")
    say(second, alice, "To one.", audience=f"member:{dan.pk}", block="")


def _visits(busy: Busy) -> None:
    people = busy.people
    for person, reading, block, progress, begun, seen in (
        (people.carol, busy.first, "p3", 100, ago(days=16), ago(hours=3)),
        (people.carol, busy.second, "p2", 60, ago(days=3), ago(hours=2)),
        (people.dan, busy.first, "p3", 100, ago(days=9), ago(days=9)),
        (people.dan, busy.monday, "p1", 20, ago(days=9), ago(days=9)),
        (busy.left, busy.first, "p3", 100, ago(days=9), ago(days=9)),
    ):
        save_place(reading=reading, by=person, block=block, progress=progress)
        visits = Visit.objects.filter(reading=reading, membership=person)
        visits.update(begun_at=begun, seen_at=seen)


def _answers(busy: Busy) -> None:
    people = busy.people
    quiz = add_quiz(people, busy.first)
    for person, given in (
        (people.carol, right_answers(quiz)),
        (people.carol, wrong_answers(quiz)),  # a second try counts nowhere
        (people.dan, wrong_answers(quiz)),
        (people.alice, right_answers(quiz)),
        (busy.left, right_answers(quiz)),
    ):
        submit_attempt(quiz=quiz, responses=given, by=person)


# --- What the page says --------------------------------------------------------------------------
def page(people: People, query: str = "", who: str = "alice") -> Any:
    """The page as a tree of elements."""
    response = people.client(who).get(f"{OVERVIEW}{query}")
    assert response.status_code == 200
    return html.fromstring(response.content)


def words_of(element: Any) -> str:
    text = re.sub(r"[\u2066-\u2069]", "", element.text_content())
    return " ".join(text.split())


def table(tree: Any) -> dict[str, dict[str, str]]:
    """The table of figures: by the name of each row, its cells by the name of their column."""
    found = {}
    for row in tree.xpath("//table[@class='figures']//tr[th[@scope='row']]"):
        cells = {
            words_of(_labelled(cell)): words_of(cell) for cell in row.xpath("./td[@data-label]")
        }
        name = re.sub(r" (quiet|new)\b.*", "", words_of(row.xpath("./th")[0]))
        found[name] = cells
    return found


def _labelled(cell: Any) -> Any:
    return html.fragment_fromstring(f"<b>{cell.get('data-label')}</b>")


@pytest.fixture
def busy(people: People) -> Busy:
    return make_busy(people)
