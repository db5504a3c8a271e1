"""A rubric: written in the guide, marked by level, told to the author with the mark alone."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from quizzes.formats.guide_questions import format_checkpoint, parse_checkpoint
from quizzes.manual_marking.actions import release_marks, set_mark
from quizzes.models import AnswerMark, EarlierMark, Quiz
from quizzes.questions.rubrics import most_points, rubric_of
from readings.guides import GuideRefused
from readings.models import Reading
from tests.base import People, markup
from tests.quizzes.base import add_quiz
from tests.quizzes.marking import ASKED, PAGE, address, hand_in

RUBRIC = """\
Rubric: Says what the test asks: Canary-nothing (0) | Half of it (1) | Both halves (2)
Rubric: Gives a reason: Not yet (0) | Canary-reason (2)
"""
WITH_RUBRIC = ASKED.replace("Points: 4\n", f"Points: 4\n{RUBRIC}")


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading, WITH_RUBRIC)


def test_the_guide_s_file_has_it_and_keeps_it(quiz: Quiz) -> None:
    rubric = rubric_of(quiz.questions.get().settings)
    assert [(one.name, one.most) for one in rubric] == [
        ("Says what the test asks", 2),
        ("Gives a reason", 2),
    ]
    assert most_points(rubric) == 4


def test_marked_by_level_the_points_add_up(people: People, quiz: Quiz) -> None:
    answer = hand_in(quiz, people.carol)
    page = markup(people.client("alice").get(address(answer)))
    assert "Says what the test asks" in page
    assert 'name="points"' not in page
    sent = {
        "criterion_0": "Half of it",
        "criterion_1": "Canary-reason",
        "remark": "So.",
        "version": "0",
    }
    people.client("alice").post(address(answer), sent)
    mark = AnswerMark.objects.get()
    assert mark.points == 3
    assert [(one["words"], one["points"], one["most"]) for one in mark.levels] == [
        ("Half of it", 1, 2),
        ("Canary-reason", 2, 2),
    ]


def test_each_criterion_wants_a_level(people: People, quiz: Quiz) -> None:
    answer = hand_in(quiz, people.carol)
    sent = {
        "criterion_0": "Half of it",
        "criterion_1": "Of no kind",
        "remark": "Kept.",
        "version": "0",
    }
    response = people.client("alice").post(address(answer), sent)
    assert response.status_code == 422
    assert "Kept." in markup(response)
    del sent["criterion_1"]
    response = people.client("alice").post(address(answer), sent)
    assert "Choose a level." in markup(response)
    assert not AnswerMark.objects.exists()


def test_an_earlier_remark_leaves_the_levels_that_were_chosen(people: People, quiz: Quiz) -> None:
    first, second = hand_in(quiz, people.carol), hand_in(quiz, people.dan)
    set_mark(answer=first, points=Decimal(0), remark="Which half?", by=people.alice)
    sent = {"criterion_0": "Half of it", "remark": "", "version": "0", "insert": "0"}
    page = html.fromstring(people.client("alice").post(address(second), sent).content)
    assert page.xpath("//input[@checked and starts-with(@name, 'criterion')]/@value") == [
        "Half of it"
    ]
    assert "Which half?" in page.xpath("//textarea[@name='remark']")[0].text
    assert AnswerMark.objects.count() == 1


def test_its_author_reads_the_levels_with_the_released_mark_and_not_before(
    people: People, quiz: Quiz
) -> None:
    carol = people.client("carol")
    assert "Canary" not in markup(carol.get(PAGE))
    answer = hand_in(quiz, people.carol)
    sent = {
        "criterion_0": "Half of it",
        "criterion_1": "Canary-reason",
        "remark": "",
        "version": "0",
    }
    people.client("alice").post(address(answer), sent)
    assert "Canary" not in markup(carol.get(PAGE))
    release_marks(question=answer.question, by=people.alice)
    page = markup(carol.get(PAGE))
    assert "3 of 4 points" in page
    assert "Canary-reason" in page
    assert "Canary-nothing" not in page
    assert "Canary" not in markup(people.client("dan").get(PAGE))


def test_what_stood_before_a_change_is_kept_with_its_levels(people: People, quiz: Quiz) -> None:
    answer = hand_in(quiz, people.carol)
    alice = people.client("alice")
    sent = {"criterion_0": "Half of it", "criterion_1": "Not yet", "remark": "", "version": "0"}
    alice.post(address(answer), sent)
    release_marks(question=answer.question, by=people.alice)
    alice.post(address(answer), sent | {"criterion_1": "Canary-reason", "version": "1"})
    assert AnswerMark.objects.get().points == 3
    assert EarlierMark.objects.get().levels[1]["words"] == "Not yet"


def test_the_same_sent_again_is_no_change(people: People, quiz: Quiz) -> None:
    answer = hand_in(quiz, people.carol)
    levels = [{"criterion": "One", "words": "Yes", "points": 1, "most": 1}]
    for _ in range(2):
        set_mark(answer=answer, points=Decimal(1), remark="", levels=levels, by=people.alice)
    assert AnswerMark.objects.get().edit_version == 1


def criteria(number: int) -> str:
    return "\n".join(f"Rubric: A{at}: No (0) | Yes (1)" for at in range(number))


def levels(number: int) -> str:
    return f"Rubric: A: {' | '.join(f'L{at} ({at})' for at in range(number))}"


def named(name: str) -> str:
    return f"Rubric: {name}: No (0) | Yes (1)"


@pytest.mark.parametrize(
    ("rubric", "points"),
    [
        (criteria(12), "Points: 12\n"),
        (levels(9), "Points: 8\n"),
        (named("n" * 120), "Points: 1\n"),
        (named("A"), ""),  # one point is what a question has without saying so
    ],
)
def test_as_much_as_there_may_be_is_taken(rubric: str, points: str) -> None:
    (question,) = parse_checkpoint(f"### Why?\n\nOpen:\n{points}{rubric}\n").questions
    assert most_points(rubric_of(question.settings)) == question.points


def test_more_points_than_one_are_to_be_written_down() -> None:
    with pytest.raises(GuideRefused, match="write “Points: 3”"):
        parse_checkpoint("### Why?\n\nOpen:\nRubric: A: No (0) | Yes (3)\n")


@pytest.mark.parametrize(
    ("rubric", "said"),
    [
        ("Rubric: Gives a reason", "write what is judged"),
        ("Rubric: Gives a reason: Yes (4)", "write what is judged"),
        ("Rubric: Reason: Not yet (0) | Yes", "write what is judged"),
        ("Rubric: Reason: Not yet (0) | Yes (0)", "one of the levels of a criterion gives points"),
        ("Rubric: Reason: Yes (0) | Yes (4)", "each with other words"),
        ("Rubric: Reason: No (0) | Yes (3)", "add up to 3: write “Points: 3”"),
        ("Rubric: A: No (0) | Yes (2)\nRubric: A: No (0) | Yes (2)", "have the same name"),
        (criteria(13), "at most 12 criteria"),
        (levels(10), "at most 9 levels"),
        (named("n" * 121), "at most 120 characters"),
        (f"Rubric: A: No (0) | {'l' * 121} (4)", "at most 120 characters"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(rubric: str, said: str) -> None:
    with pytest.raises(GuideRefused) as refused:
        parse_checkpoint(f"### Why?\n\nOpen:\nPoints: 4\n{rubric}\n")
    (problem,) = refused.value.problems
    assert said in problem.message
    assert problem.line in {4, 5}, "of its points or the rubric"


def test_it_belongs_to_open_questions_alone() -> None:
    with pytest.raises(GuideRefused, match="belongs to a question with “Open:”"):
        parse_checkpoint("### Why?\n\nAnswer: so\nRubric: A: No (0) | Yes (1)\n")


WORDS = st.text(
    st.characters(categories=["L", "N", "P", "S"], exclude_characters=":\\"),
    min_size=1,
    max_size=20,
)


@given(
    st.lists(
        st.tuples(
            WORDS,
            st.lists(
                st.tuples(WORDS, st.integers(1, 9)),
                min_size=2,
                max_size=4,
                unique_by=lambda one: one[0],
            ),
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda one: one[0],
    )
)
def test_written_and_read_it_is_the_same(criteria: list[tuple[str, list[tuple[str, int]]]]) -> None:
    rubric = [{"name": name, "levels": [list(one) for one in levels]} for name, levels in criteria]
    most = most_points(rubric_of({"rubric": rubric}))
    lines = "\n".join(
        f"Rubric: {name}: "
        + " | ".join(f"{words.replace('|', chr(92) + '|')} ({points})" for words, points in levels)
        for name, levels in criteria
    )
    read = parse_checkpoint(f"### Why?\n\nOpen:\nPoints: {most}\n{lines}\n")
    assert read.questions[0].settings["rubric"] == rubric
    assert parse_checkpoint(format_checkpoint(read)).content == read.content
