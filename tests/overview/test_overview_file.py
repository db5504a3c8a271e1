"""The figures as a file for a spreadsheet."""

import csv
import io

import pytest

from accounts.models import User
from tests.base import People, make_reading
from tests.conftest import PEOPLE
from tests.discussions.base import say
from tests.overview.base import OVERVIEW, Busy, make_busy, page, table
from tests.seeds import Seed, fixture_of

seed_busy = fixture_of(Seed(make_busy, PEOPLE))


@pytest.fixture
def busy(seed_make_busy: Busy) -> Busy:
    return seed_make_busy


def saved(people: People, query: str = "", who: str = "alice") -> list[dict[str, str]]:
    response = people.client(who).get(f"{OVERVIEW}csv/{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    text = b"".join(response).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


@pytest.mark.parametrize("query", ["", "?by=reading", "?by=week", "?by=group", "?sort=-posts"])
def test_it_says_what_the_page_says(busy: Busy, query: str) -> None:
    rows = saved(busy.people, query)
    shown = table(page(busy.people, query))
    first = next(iter(rows[0]))
    assert [row["Posts"] for row in rows] == [row["Posts"] for row in shown.values()]
    assert [row[first] for row in rows] == list(shown)


def test_each_number_has_a_cell(busy: Busy) -> None:
    carol = saved(busy.people)[0]
    assert carol["Name"] == "Carol"
    assert (carol["Open readings"], carol["Opened"]) == ("3", "2")
    assert (carol["Readings that require posts or replies"], carol["Required met"]) == ("2", "2")
    assert (carol["Answers marked"], carol["Right, in percent"]) == ("4", "")
    weeks = [int(value) for name, value in carol.items() if name.startswith("Comments in week")]
    assert sum(weeks) == int(carol["Posts"]) + int(carol["Replies"])
    assert carol["Last seen, in UTC"].endswith("Z")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =1"])
def test_no_name_is_taken_for_a_formula(people: People, name: str) -> None:
    say(make_reading(people), people.carol)
    User.objects.filter(pk=people.carol.user_id).update(name=name)
    names = [row["Name"] for row in saved(people)]
    assert f"'{name}" in names
    assert name not in names


def test_assistants_take_away_what_they_see(busy: Busy) -> None:
    names = [row["Name"] for row in saved(busy.people, who="bob")]
    assert names == ["Carol", "Under another name", "All"]


def test_who_may(busy: Busy) -> None:
    people = busy.people
    assert people.client("carol").get(f"{OVERVIEW}csv/").status_code == 403
    assert people.client("mallory").get(f"{OVERVIEW}csv/").status_code == 404
    assert people.client("alice").post(f"{OVERVIEW}csv/").status_code == 405
