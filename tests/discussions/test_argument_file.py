"""The argument as a file: the links of the page, for a spreadsheet and for programs."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from discussions.links.argument_files import COLUMNS
from discussions.models import LinkKind
from readings.models import Reading
from tests.base import People
from tests.discussions.gates import assert_closed_to_strangers
from tests.discussions.links import FAR_WORDS, link, make_far_reading
from tests.readings.revised import revise


def address(form: str) -> str:
    return reverse("argument_file", args=["seminar", form])


@pytest.fixture
def far(people: People) -> Reading:
    return make_far_reading(people)


def table(client: Client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(address("csv") + query)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def document(client: Client, query: str = "") -> dict[str, Any]:
    answer = client.get(address("json") + query)
    assert answer.headers["Content-Type"] == "application/json"
    found: dict[str, Any] = json.loads(b"".join(answer))
    return found


def test_a_row_is_a_link_and_reads_from_where_it_begins(
    people: People, reading: Reading, far: Reading
) -> None:
    made = link(far, reading, people.carol, "So.", block="p2", quote=FAR_WORDS, far_quote="")
    (row,) = table(people.client("dan"))
    assert list(row) == list(COLUMNS)
    assert (row["number"], row["from"], row["kind"], row["to"]) == (
        *("1", "Good fences", "answers", "On margins"),
    )
    assert (row["from_paragraph"], row["from_words"], row["from_state"]) == (
        *("2", FAR_WORDS, "exact"),
    )
    assert (row["to_paragraph"], row["to_words"]) == ("2", "")
    assert (row["by"], row["audience"], row["comments"]) == ("Carol", "", "1")
    assert row["link"].startswith("http://testserver/s/seminar/")
    assert row["link"].endswith(f"#l{made.pk}")


def test_json_says_the_same(people: People, reading: Reading, far: Reading) -> None:
    link(reading, far, people.carol)
    client = people.client("dan")
    found = document(client)
    assert (found["format"], found["version"], found["count"]) == ("colloquy-argument", 1, 1)
    (row,) = table(client)
    assert {name: str(value) for name, value in found["links"][0].items()} == row
    assert found["links"][0]["number"] == 1


def test_an_argument_without_links_is_a_file_of_none(people: People, reading: Reading) -> None:
    client = people.client("dan")
    assert table(client) == []
    assert document(client)["links"] == []


def test_it_is_narrowed_as_the_page_is(people: People, reading: Reading, far: Reading) -> None:
    link(reading, far, people.carol, kind="supports")
    link(reading, far, people.dan, block="p2", quote="two readers")
    client = people.client("dan")
    assert [row["number"] for row in table(client, "?whose=mine")] == ["2"]
    assert [row["number"] for row in table(client, "?by=kind")] == ["2", "1"]
    assert document(client, "?whose=mine")["count"] == 1
    assert client.get(address("csv") + "?reading=none").status_code == 404


def test_a_lost_end_is_told(people: People, reading: Reading, far: Reading) -> None:
    link(reading, far, people.carol, block="p2", quote="a conversation begins")
    revise(reading, ["Nothing of it is left.", "Another text stands here."])
    (row,) = table(people.client("dan"))
    assert (row["from_state"], row["from_words"]) == ("gone", "a conversation begins")
    assert row["to_state"] == "exact"


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(1)"])
def test_no_cell_is_a_formula(people: People, reading: Reading, far: Reading, title: str) -> None:
    made = link(reading, far, people.carol)
    LinkKind.objects.filter(threads=made).update(own_name=title, code="")
    far.essay.title = title
    far.essay.save(update_fields=["title"])
    client = people.client("dan")
    (row,) = table(client)
    assert (row["to"], row["kind"]) == (f"'{title}", f"'{title}")
    assert document(client)["links"][0]["to"] == title, "programs get it as it is"


def test_names_have_no_marks_of_direction(people: People, reading: Reading, far: Reading) -> None:
    link(reading, far, people.carol)
    user = people.carol.user
    user.name = "\u05e2\u05d3\u05d4"  # Hebrew: on a page it is kept apart from what stands beside
    user.save(update_fields=["name"])
    (row,) = table(people.client("dan"))
    assert row["by"] == user.name


def test_no_other_form_is_there(people: People, reading: Reading) -> None:
    assert people.client("dan").get(address("markdown")).status_code == 404


def test_strangers_find_nothing(people: People, reading: Reading, far: Reading) -> None:
    link(reading, far, people.carol)
    assert_closed_to_strangers(people, address("csv"))
