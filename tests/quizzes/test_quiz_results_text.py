"""What staff see beside the text: each question at the paragraph that answers it."""

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml.html import HtmlElement

from quizzes.attempts import submit_attempt
from quizzes.models import Quiz
from readings.guides.actions import apply_guide
from readings.models import Reading
from tests.base import People
from tests.quizzes.base import (
    GUIDE,
    OTHER,
    add_members,
    add_quiz,
    assert_for_staff_alone,
    right_answers,
    wrong_answers,
)

URL = "/s/seminar/r/margins/quizzes/results/text/"


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading)


def page_of(people: People, key: str = "alice") -> HtmlElement:
    response = people.client(key).get(URL)
    assert response.status_code == 200
    return lxml.html.fromstring(response.content.decode())


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def beside(page: HtmlElement, number: int) -> list[str]:
    """The headings of the questions that stand beside this paragraph."""
    found = page.xpath(f"//div[@class='row paragraph'][.//*[@id='p{number}']]")
    assert len(found) == 1, number
    return [words(one) for one in found[0].xpath("./div[@class='beside']//h3")]


def placed(page: HtmlElement, number: int) -> HtmlElement:
    return next(one for one in page.iter("article") if one.get("id", "").endswith(f"-{number}"))


def test_each_question_stands_where_its_answer_is(people: People, quiz: Quiz) -> None:
    page = page_of(people)
    assert beside(page, 1) == ["Where do readers stop?"]
    assert beside(page, 3) == ["Printers left the margin wide."]
    # Those of which the guide names no place stand with their checkpoint, and say so.
    assert beside(page, 2) == ["Which of these does the text name?", "What was left wide?"]
    assert "the guide names no place" in words(placed(page, 2))
    assert "the guide names no place" not in words(placed(page, 1))
    assert [words(one) for one in page.xpath("//mark")] == ["stops at another place"]
    (stop,) = page.xpath("//p[@class='stop']")
    assert "Checkpoint 1: What the margin is for 0 of 2 participants answered" in words(stop)
    assert stop.getparent().xpath(".//*[@id='p2']")


def test_the_list_leads_to_each_question(people: People, quiz: Quiz) -> None:
    page = page_of(people)
    links = page.xpath("//nav[@class='placed-list']//a/@href")
    assert len(links) == 4
    for link in links:
        assert page.get_element_by_id(link.removeprefix("#")).tag == "article"


def test_links_lead_to_the_question_and_the_answers(people: People, quiz: Quiz) -> None:
    client = people.client("alice")
    for link in placed(page_of(people), 1).xpath(".//p[@class='ways']/a/@href"):
        address, _, anchor = link.partition("#")
        assert f'id="{anchor}"' in client.get(address).content.decode(), link


def test_few_answers_are_said_to_be_few(people: People, quiz: Quiz) -> None:
    members = list(add_members(people, people.monday, 10))
    for member in members[:9]:
        submit_attempt(quiz=quiz, responses=right_answers(quiz), by=member)
    told = words(placed(page_of(people), 1))
    assert "9 of 9 right" in told
    assert "Fewer than 10: too few for figures." in told
    assert "%" not in told
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=members[9])
    told = words(placed(page_of(people), 1))
    assert "9 of 10 right · facility 90 %" in told
    assert "Fewer than 10" not in told


def test_each_wrong_choice_has_its_share_as_a_bar_and_in_a_table(
    people: People, quiz: Quiz
) -> None:
    for number, member in enumerate(add_members(people, people.monday, 10)):
        given = wrong_answers(quiz) if number < 3 else right_answers(quiz)
        submit_attempt(quiz=quiz, responses=given, by=member)
    page = page_of(people)
    rows = placed(page, 1).xpath(".//tbody/tr")
    told = [[words(cell) for cell in row if words(cell)] for row in rows]
    assert told == [
        ["At the end.", "3", "30 %"],
        ["At different places. Right", "7", "70 %"],
    ]
    bars = placed(page, 1).xpath(".//*[local-name()='rect'][contains(@class, 'bar')]/@width")
    assert bars == ["30%", "70%"]
    assert not page.xpath("//main//@style")


def test_an_assistant_sees_the_own_group_alone(people: People, quiz: Quiz) -> None:
    question = quiz.questions.get(kind="short_answer")
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    secret = {**right_answers(quiz), question.pk: ["thursday said this"]}
    submit_attempt(quiz=quiz, responses=secret, by=people.dan)
    told = words(page_of(people, "bob"))
    assert "1 participant in your group, Monday" in told
    assert "1 of 1 right" in told
    assert "thursday said this" not in told
    assert "thursday said this" in words(page_of(people))


def test_an_assistant_without_a_group_sees_nobody(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    people.bob.group = None
    people.bob.save(update_fields=["group"])
    page = page_of(people, "bob")
    assert "You have no group yet" in words(page)
    assert not page.xpath("//article")


def test_nobody_is_named(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.dan)
    (main,) = page_of(people).xpath("//main")
    assert "Dan" not in words(main)


def test_a_question_about_the_title_stands_above_the_text(people: People, reading: Reading) -> None:
    add_quiz(
        people, reading, GUIDE.replace('See: ¶ 1 "stops at another place"', 'See: "On margins"')
    )
    page = page_of(people)
    assert beside(page, 1) == []
    assert len(page.xpath("//main//article")) == 4


def test_replaced_questions_are_left_out(people: People, quiz: Quiz, reading: Reading) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    apply_guide(reading=reading, text=OTHER, by=people.alice)
    told = words(page_of(people))
    assert "Name a colour that this page has." in told
    assert "Where do readers stop?" not in told


def test_a_guide_without_checkpoints_says_what_came_before(
    people: People, quiz: Quiz, reading: Reading
) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    apply_guide(reading=reading, text=GUIDE.partition("## Checkpoint")[0], by=people.alice)
    page = page_of(people)
    assert "No question is asked in this text now." in words(page)
    assert page.xpath("//*[@id='p1']")


def test_a_reading_without_checkpoints_says_what_to_do(people: People, reading: Reading) -> None:
    assert "No checkpoints yet" in words(page_of(people))


def test_the_results_lead_here(people: People, quiz: Quiz) -> None:
    html = people.client("bob").get("/s/seminar/r/margins/quizzes/results/").content.decode()
    assert f'href="{URL}"' in html


def test_it_is_for_staff_alone(people: People, reading: Reading) -> None:
    assert_for_staff_alone(people, URL)


def test_queries_are_the_same_for_1_and_100_attempts(people: People, quiz: Quiz) -> None:
    client = people.client("alice")

    def count() -> int:
        client.get(URL)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(URL).status_code == 200
        return len(captured)

    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    one = count()
    for member in add_members(people, people.monday, 99):
        submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=member)
    assert count() == one


def test_queries_are_the_same_for_1_and_many_questions(people: People, reading: Reading) -> None:
    client = people.client("alice")

    def count(text: str) -> int:
        apply_guide(reading=reading, text=text, by=people.alice)
        client.get(URL)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(URL).status_code == 200
        return len(captured)

    asked = [f"\n### Question {n}?\n\nAnswer: {n}\nSee: ¶ 3\n" for n in range(30)]
    assert count(OTHER + asked[0]) == count(OTHER + "".join(asked))
