"""The file itself, in each format."""

import pytest

from quizzes.formats import FORMATS, read_questions
from readings.models import Reading
from tests.base import People
from tests.quizzes.base import ALL_TYPES, add_quiz

URL = "/s/seminar/r/margins/guide/questions/file/"


@pytest.mark.parametrize("key", FORMATS)
def test_the_file_reads_back(people: People, reading: Reading, key: str) -> None:
    add_quiz(people, reading, ALL_TYPES)
    answer = people.client("alice").get(f"{URL}?format={key}")
    extension = FORMATS[key].extension
    assert answer["Content-Disposition"] == f'attachment; filename="margins-questions.{extension}"'
    assert answer["Content-Type"] == FORMATS[key].media_type
    read = read_questions(answer.content, f"a.{extension}")
    assert read.format_name == FORMATS[key].name
    assert not read.refused


def test_who_may_have_it(people: People, reading: Reading) -> None:
    add_quiz(people, reading)
    for key, status in (("bob", 403), ("carol", 403), ("mallory", 404), ("alice", 200)):
        assert people.client(key).get(URL).status_code == status
    assert people.client("alice").post(URL).status_code == 405


def test_where_nothing_is_held_there_is_no_file(people: People, reading: Reading) -> None:
    assert people.client("alice").get(URL).status_code == 404
