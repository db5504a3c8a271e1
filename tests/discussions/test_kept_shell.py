"""What a post leaves as it was kept: the page around the text, and the other blocks' rows."""

import re
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from readings.models import Essay, Fragment, Reading
from readings.page.shell import forget_shells
from tests.base import People
from tests.discussions.base import answer, say

MEMBERS = ("alice", "bob", "carol", "dan", "grace")
_VARIES = re.compile(
    rb'(csrf-token" content="|csrfmiddlewaretoken" value="|client_key" value=")[^"]*'
)


def templates_of(answer: Any) -> set[str]:
    return {one.name for one in answer.templates}


def test_post_keeps_the_shell_and_a_new_title_does_not(people: People, reading: Reading) -> None:
    thread = say(reading, people.dan)
    page, carol = reading.get_absolute_url(), people.client("carol")
    carol.get(page)
    answer(thread, people.dan)
    assert "readings/reading_detail.html" not in templates_of(carol.get(page))
    Essay.objects.filter(pk=reading.essay_id).update(title="Another name")
    shown = carol.get(page)
    assert "readings/reading_detail.html" in templates_of(shown)
    assert "Another name" in shown.content.decode()


def test_shells_differ_between_classes_of_viewers(people: People, reading: Reading) -> None:
    page = reading.get_absolute_url()
    kept = {key: _VARIES.sub(rb"\1", people.client(key).get(page).content) for key in MEMBERS}
    for key in MEMBERS:
        forget_shells()
        assert _VARIES.sub(rb"\1", people.client(key).get(page).content) == kept[key]


def test_missing_block_loads_its_own_row_alone(people: People, reading: Reading) -> None:
    thread = say(reading, people.dan)
    page, carol = reading.get_absolute_url(), people.client("carol")
    carol.get(page)
    answer(thread, people.dan)
    with CaptureQueriesContext(connection) as queries:
        carol.get(page)
    table = Fragment._meta.db_table
    asked = [q["sql"] for q in queries if q["sql"].startswith("SELECT") and table in q["sql"]]
    assert len(asked) == 1
    assert "block_key" in asked[0].partition("WHERE")[2]
