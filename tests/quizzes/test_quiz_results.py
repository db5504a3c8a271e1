"""What staff see of the answers: counts and shares, the whole seminar's or the own group's."""

import re
from html.parser import HTMLParser

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml.html import HtmlElement

from quizzes.attempts import submit_attempt
from quizzes.models import Question, Quiz
from readings.guides.actions import apply_guide
from readings.models import Reading
from tests.base import People, make_reading
from tests.quizzes.base import (
    OTHER,
    add_members,
    add_quiz,
    assert_for_staff_alone,
    right_answers,
    wrong_answers,
)

URL = "/s/seminar/r/margins/quizzes/results/"


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading)


class _Tables(HTMLParser):
    """The text of every table's body, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.widths: list[str] = []
        self._in_body = self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "tbody":
            self.tables.append([])
            self._in_body = True
        elif self._in_body and tag == "tr":
            self.tables[-1].append([])
        elif self._in_body and tag in {"td", "th"}:
            self.tables[-1][-1].append("")
            self._in_cell = True
        elif tag == "rect" and "bar" in (found.get("class") or "").split():
            self.widths.append(found.get("width") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "tbody":
            self._in_body = False
        elif tag in {"td", "th"}:
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            row = self.tables[-1][-1]
            row[-1] = f"{row[-1]} {data.strip()}".strip()


def tables_in(html: str) -> _Tables:
    parser = _Tables()
    parser.feed(html)
    return parser


def test_counts_each_choice_and_who_is_missing(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    html = people.client("alice").get(URL).content.decode()
    one, several, truth, words = tables_in(html).tables
    assert one == [
        ["At the end.", "", "0", "0 %"],
        ["At different places. Right", "", "1", "100 %"],
    ]
    assert [row[2] for row in several] == ["1", "1", "0"]
    assert truth == [["True Right", "", "1", "100 %"], ["False", "", "0", "0 %"]]
    assert words == [["the margin Right", "", "1", "100 %"]]
    assert "1 of 2 participants answered" in html
    assert "Not answered yet: 1" in html
    missing = html[html.index("Not answered yet") :]
    assert "Dan" in missing
    assert "Carol" not in missing


def test_bars_are_drawn_as_wide_as_their_share(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.dan)
    html = people.client("alice").get(URL).content.decode()
    found = tables_in(html)
    shares = [row[3].replace(" ", "") for table in found.tables for row in table]
    assert found.widths == shares
    assert "50%" in shares
    assert "style=" not in html


def test_first_tries_of_participants_count_alone(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    for staff in (people.alice, people.bob):
        submit_attempt(quiz=quiz, responses=right_answers(quiz), by=staff)
    html = people.client("alice").get(URL).content.decode()
    assert tables_in(html).tables[0] == [
        ["At the end.", "", "1", "100 %"],
        ["At different places. Right", "", "0", "0 %"],
    ]
    assert html.count("0 of 1 right (0 %)") == 4


def test_an_assistant_sees_the_own_group_alone(people: People, quiz: Quiz) -> None:
    words = quiz.questions.get(kind="short_answer")
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    secret = {**right_answers(quiz), words.pk: ["thursday said this"]}
    submit_attempt(quiz=quiz, responses=secret, by=people.dan)
    html = people.client("bob").get(URL).content.decode()
    assert "1 of 1 participant answered" in html
    assert "in your group, Monday" in html
    assert "thursday said this" not in html
    assert "Dan" not in html
    assert "thursday said this" in people.client("alice").get(URL).content.decode()


def test_an_assistant_without_a_group_sees_nobody(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    people.bob.group = None
    people.bob.save(update_fields=["group"])
    html = people.client("bob").get(URL).content.decode()
    assert "You have no group yet" in html
    assert "the margin" not in html
    assert "Carol" not in html


def test_few_answers_are_said_to_be_few(people: People, quiz: Quiz) -> None:
    members = [people.carol, people.dan, *add_members(people, people.monday, 8)]
    for member in members[:9]:
        submit_attempt(quiz=quiz, responses=right_answers(quiz), by=member)
    html = people.client("alice").get(URL).content.decode()
    assert "Fewer than 10 have answered" in html
    assert "say how many chose what, no more." in " ".join(html.split())
    assert "average mark" not in html
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=members[9])
    html = people.client("alice").get(URL).content.decode()
    assert "Fewer than 10" not in html
    assert html.count("(90 %)") == 4
    assert html.count("average mark 90 %") == 1, "only where several may be chosen"


def test_figures_stand_at_each_question_and_at_the_whole(people: People, quiz: Quiz) -> None:
    """Of twelve, four are right throughout; the last question is right for the eight others."""
    members = [people.carol, people.dan, *add_members(people, people.monday, 10)]
    right, wrong = right_answers(quiz), wrong_answers(quiz)
    *_others, last = quiz.questions.all()
    for number, member in enumerate(members):
        is_strong = number < 4
        given = dict(right if is_strong else wrong)
        given[last.pk] = (wrong if is_strong else right)[last.pk]
        submit_attempt(quiz=quiz, responses=given, by=member)
    page = lxml.html.fromstring(people.client("alice").get(URL).content.decode())
    of_quiz, *of_items = page.xpath("//details[@class='figures-of']")
    figures = [_figures(one) for one in of_items]
    assert figures[0]["Facility"] == "33 %"
    assert figures[3]["Facility"] == "67 %"
    assert figures[3]["Discrimination"] == "-100"
    assert figures[3]["Effective weight"] == "–"
    assert "Look at this question" in of_items[3].text_content()
    assert "Look at this question" not in of_items[0].text_content()
    # Three of three go together: 3 · 4 + 1 · 8 of 12 points.
    assert _figures(of_quiz)["Average"] == "1.67 of 4 points"
    assert "From 12 tries" in " ".join(of_quiz.text_content().split())


def test_nine_tries_have_no_figures(people: People, quiz: Quiz) -> None:
    for member in add_members(people, people.monday, 9):
        submit_attempt(quiz=quiz, responses=right_answers(quiz), by=member)
    assert "figures-of" not in people.client("alice").get(URL).content.decode()


def _figures(element: HtmlElement) -> dict[str, str]:
    names, values = (
        [" ".join(one.text_content().split()) for one in element.iter(tag)] for tag in ("dt", "dd")
    )
    return dict(zip(names, values, strict=True))


def test_short_answers_that_count_as_the_same_are_one_row(people: People, quiz: Quiz) -> None:
    words = quiz.questions.get(kind="short_answer")
    given = ["The margin", "the  margin", "THE MARGIN", "the margin", "the spine", "x<b>y"]
    members = add_members(people, people.monday, len(given))
    for member, answer in zip(members, given, strict=True):
        submit_attempt(quiz=quiz, responses={**right_answers(quiz), words.pk: [answer]}, by=member)
    html = people.client("alice").get(URL).content.decode()
    assert tables_in(html).tables[3] == [
        ["the margin Right", "", "4", "67 %"],
        ["the spine", "", "1", "17 %"],
        ["x<b>y", "", "1", "17 %"],
    ]
    assert "x&lt;b&gt;y" in html


def test_rare_short_answers_are_counted_in_one_line(people: People, quiz: Quiz) -> None:
    words = quiz.questions.get(kind="short_answer")
    for number, member in enumerate(add_members(people, people.monday, 13)):
        answers = {**right_answers(quiz), words.pk: [f"guess {number:02}"]}
        submit_attempt(quiz=quiz, responses=answers, by=member)
    html = people.client("alice").get(URL).content.decode()
    assert len(tables_in(html).tables[3]) == 10
    assert "And 3 other answers" in html


def test_links_lead_to_the_text(people: People, quiz: Quiz) -> None:
    html = people.client("alice").get(URL).content.decode()
    page = people.client("alice").get("/s/seminar/r/margins/").content.decode()
    links = set(re.findall(r'href="/s/seminar/r/margins/#([\w-]+)"', html))
    assert {f"quiz-{quiz.pk}", "p1", "p3"} <= links
    for anchor in links:
        assert f'id="{anchor}"' in page, anchor


def test_replaced_checkpoints_keep_their_results(
    people: People, quiz: Quiz, reading: Reading
) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    apply_guide(reading=reading, text=OTHER, by=people.alice)
    html = people.client("alice").get(URL).content.decode()
    assert "Replaced by a later guide" in html
    assert "A library" in html
    assert "Name a colour" in html
    assert "Nobody has answered yet." in html


def test_a_reading_without_checkpoints_says_what_to_do(people: People, reading: Reading) -> None:
    html = people.client("alice").get(URL).content.decode()
    assert "No checkpoints yet" in html
    assert 'href="/s/seminar/r/margins/guide/"' in html
    assert "Add a guide" not in people.client("bob").get(URL).content.decode()


def test_other_readings_are_not_mixed_in(people: People, quiz: Quiz) -> None:
    other = add_quiz(people, make_reading(people, "next-year"))
    submit_attempt(quiz=other, responses=right_answers(other), by=people.carol)
    html = people.client("alice").get(URL).content.decode()
    assert "0 of 2 participants answered" in html


def test_it_is_for_staff_alone(people: People, reading: Reading) -> None:
    assert_for_staff_alone(people, URL)


def test_queries_are_the_same_for_1_and_200_attempts(people: People, quiz: Quiz) -> None:
    client = people.client("alice")

    def count() -> int:
        client.get(URL)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(URL).status_code == 200
        return len(captured)

    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    one = count()
    responses = [right_answers(quiz), wrong_answers(quiz)]
    for number, member in enumerate(add_members(people, people.monday, 199)):
        submit_attempt(quiz=quiz, responses=responses[number % 2], by=member)
    assert count() == one
    assert Question.objects.count() == 4
