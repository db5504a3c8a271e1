"""The table of the gradebook, held against figures that were worked out by hand."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone

from gradebook.actions import give_mark
from overview.participation_actions import begin_scoring, release_scores, set_score
from quizzes.manual_marking import release_marks, set_mark
from quizzes.models import Answer, Attempt, Quiz
from readings.guides import apply_guide
from readings.models import Reading
from readings.setup.extension_actions import give_extension
from tests.base import People, make_reading, markup
from tests.discussions.base import say
from tests.gradebook.base import (
    GUIDE,
    OWN,
    PAGE,
    Kept,
    ago,
    answer_openly,
    column_of,
    hand_in,
    release,
    settle,
    table,
)
from tests.overview.term import TermSize, make_term
from tests.queries import PageQueries


def test_before_it_is_begun(people: People) -> None:
    html = markup(people.client("alice").get(PAGE))
    assert "This seminar has no gradebook yet" in html
    assert "Begin a gradebook" in html
    assert "Begin a gradebook" not in markup(people.client("bob").get(PAGE))


def test_what_is_not_released_is_in_no_total(kept: Kept) -> None:
    # alpha, beta, gamma, their percents: Carol (4 + 1 + 3) / 12, Dan (2 + 2) / 8.
    assert table(kept.people) == {
        "Carol": ["4", "1", "3", "66.7", "7.5", "75.0", "–"],
        "Dan": ["2", "2", "–", "50.0", "–", "–", "–"],
        "Erin": ["–", "–", "–", "–", "–", "–", "–"],
    }


def test_released_the_categories_weigh(kept: Kept) -> None:
    release(kept)
    # Carol: (66.66… × 40 + 75 × 40) / 80 = 70.83…; Dan has the checkpoints alone.
    assert table(kept.people) == {
        "Carol": ["4", "1", "3", "66.7", "7.5", "75.0", "70.8"],
        "Dan": ["2", "2", "–", "50.0", "–", "–", "50.0"],
        "Erin": ["–", "–", "–", "–", "–", "–", "–"],
    }


def test_of_a_category_that_is_released_in_part_the_part_counts(kept: Kept) -> None:
    release(kept, "alpha", "beta")
    # Of Carol four and one, of eight.
    assert table(kept.people)["Carol"] == ["4", "1", "3", "62.5", "7.5", "75.0", "62.5"]


def test_the_lowest_is_left_out_and_stays_to_be_seen(kept: Kept) -> None:
    release(kept)
    settle("Checkpoints", drop_lowest=1, drop_from=3)
    # Carol (4 + 3) / 8 = 87.5; Dan has only two, of which none is left out yet.
    shown = table(kept.people)
    assert shown["Carol"][:4] == ["4", "1, left out", "3", "87.5"]
    assert shown["Dan"][:4] == ["2", "2", "–", "50.0"]


def test_missing_is_zero_where_that_is_settled(kept: Kept) -> None:
    release(kept)
    settle("Checkpoints", missing_is_zero=True)
    settle("Open answers", missing_is_zero=True)
    shown = table(kept.people)
    # Dan (2 + 2 + 0) / 12; his answer waits for a mark, and is no zero. Erin has handed in nothing.
    assert shown["Dan"] == ["2", "2", "0", "33.3", "–", "–", "33.3"]
    assert shown["Erin"] == ["0", "0", "0", "0.0", "0", "0.0", "0.0"]


def test_what_is_not_due_is_no_zero_nor_what_was_due_before_one_came(kept: Kept) -> None:
    settle("Checkpoints", missing_is_zero=True)
    Reading.objects.filter(slug="gamma").update(due_at=ago(days=-1))
    assert table(kept.people)["Erin"][:3] == ["0", "0", "–"]
    type(kept.erin).objects.filter(pk=kept.erin.pk).update(joined_at=ago(days=29.5))
    assert table(kept.people)["Erin"][:3] == ["–", "0", "–"]


def test_more_time_moves_when_it_is_zero(kept: Kept) -> None:
    settle("Checkpoints", missing_is_zero=True)
    give_extension(
        reading=kept.readings[2],
        by=kept.people.alice,
        membership=kept.people.dan,
        due_at=timezone.now() + timedelta(days=1),
    )
    assert table(kept.people)["Dan"][:3] == ["2", "2", "–"]
    assert table(kept.people)["Erin"][:3] == ["0", "0", "0"]


def test_late_counts_and_too_late_does_not(kept: Kept) -> None:
    Reading.objects.filter(slug="gamma").update(late_until=ago(days=20))
    hand_in(kept.quizzes[2], kept.people.dan, "abc", at=ago(days=24))
    hand_in(kept.quizzes[2], kept.erin, "abc", at=ago(days=10))
    shown = table(kept.people)
    assert shown["Dan"][2] == "4"
    assert shown["Erin"][2] == "–"


def test_the_first_try_counts(kept: Kept) -> None:
    hand_in(kept.quizzes[0], kept.people.dan, "abc")
    assert table(kept.people)["Dan"][0] == "2"


@pytest.mark.parametrize(
    ("grade_by", "penalty", "points", "said"),
    [
        ("first", 0, "2", "1 of 3 questions right, first try."),
        ("best", 0, "3", "2 of 3 questions right, best try."),
        ("last", 0, "1", "1 of 3 questions right, last try."),
        ("mean", 0, "2", "Mean of 3 tries."),
        # Of three 90 %, of one 80 %: 2.7, and (2 + 2.7 + 0.8) / 3.
        ("best", 10, "2.7", "2 of 3 questions right, best try, less 10 % for the tries before it."),
        ("mean", 10, "1.83", "Mean of 3 tries."),
    ],
)
def test_another_try_counts_where_the_guide_says_so(
    kept: Kept, grade_by: str, penalty: int, points: str, said: str
) -> None:
    dan = kept.people.dan
    for right in ("ab", "a"):
        hand_in(kept.quizzes[0], dan, right)
    Quiz.objects.update(grade_by=grade_by, penalty=penalty)
    assert table(kept.people)["Dan"][0] == points
    url = f"{PAGE}people/{dan.pk}/{column_of(kept, 'alpha').key}/"
    assert said in markup(kept.people.client("alice").get(url))


def test_the_mean_of_open_answers_counts_once_all_are_released(kept: Kept) -> None:
    Quiz.objects.update(grade_by="mean")
    answer_openly(kept, kept.people.carol, "")
    assert table(kept.people)["Carol"][4] == "–"
    alice, answer = kept.people.alice, Answer.objects.order_by("pk").last()
    assert answer
    set_mark(answer=answer, points=Decimal(9), remark="", by=alice)
    release_marks(question=kept.open_question, by=alice)
    assert table(kept.people)["Carol"][4] == "8.25"


def test_of_drawn_questions_there_are_as_many_points_as_are_drawn(kept: Kept) -> None:
    Quiz.objects.filter(pk=kept.quizzes[0].pk).update(drawn=3)
    assert column_of(kept, "alpha").maximum == 4
    Quiz.objects.filter(pk=kept.quizzes[0].pk).update(drawn=2)
    # Four points in three questions, of which two are asked.
    assert column_of(kept, "alpha").maximum == Fraction(8, 3)


def test_what_was_not_among_ones_questions_is_no_zero(kept: Kept) -> None:
    """It came in after one had answered, or was not drawn."""
    settle("Open answers", missing_is_zero=True)
    assert table(kept.people)["Erin"][4] == "0"
    question = kept.open_question
    Attempt.objects.filter(quiz=question.quiz, membership=kept.people.dan).delete()
    assert table(kept.people)["Dan"][4] == "0"
    attempt = Attempt.objects.get(quiz=question.quiz, membership=kept.people.carol)
    attempt.answers.all().delete()
    assert table(kept.people)["Carol"][4] == "–"


def test_by_hand_it_is_marked_so(kept: Kept) -> None:
    give_mark(
        column=column_of(kept, "beta"),
        membership=kept.people.carol,
        points=Decimal(4),
        is_excused=False,
        reason="Said aloud.",
        comment="",
        by=kept.people.alice,
    )
    assert table(kept.people)["Carol"][:4] == ["4", "4, by hand", "3", "91.7"]


def test_participation_is_released_where_its_scores_are(kept: Kept) -> None:
    people, alpha = kept.people, kept.readings[0]
    Reading.objects.filter(pk=alpha.pk).update(required_posts=2)
    say(alpha, people.carol, "One.")
    assert len(table(people)["Carol"]) == 7
    begin_scoring(by=people.alice)
    assert table(people)["Carol"][-3:] == ["1", "50.0", "–"]
    release_scores(reading=alpha, by=people.alice)
    set_score(reading=alpha, membership=people.dan, done=2, reason="Aloud.", by=people.alice)
    shown = table(people)
    assert shown["Carol"][-3:] == ["1", "50.0", "50.0"]
    assert shown["Dan"][-3:] == ["2, by hand", "100.0", "100.0"]
    assert shown["Erin"][-3:] == ["0", "0.0", "0.0"]


def test_participation_counts_from_when_it_is_due_on(kept: Kept) -> None:
    people, alpha = kept.people, kept.readings[0]
    Reading.objects.filter(pk=alpha.pk).update(required_posts=1, due_at=ago(days=-1))
    begin_scoring(by=people.alice)
    say(alpha, people.carol, "One.")
    assert table(people)["Carol"][-3:] == ["1", "100.0", "–"]
    assert table(people)["Dan"][-3:] == ["–", "–", "–"]


def test_assistants_see_their_own_groups(kept: Kept) -> None:
    assert list(table(kept.people, "bob")) == ["Carol"]
    html = markup(kept.people.client("bob").get(PAGE))
    assert "Dan" not in html.partition("<main")[2]


def test_one_group_alone(kept: Kept) -> None:
    people = kept.people
    assert list(table(people, query=f"?group={people.thursday.pk}")) == ["Dan", "Erin"]
    assert people.client("alice").get(f"{PAGE}?group=987").status_code == 404
    assert people.client("bob").get(f"{PAGE}?group={people.thursday.pk}").status_code == 404


ANEW = """\
---
guide: 1
title: Guide
---

## Checkpoint ¶ 2

Title: Stop at gamma where readers stop here and there, who fills the margin

### Colour?

Points: 8
Answer: black
"""


def test_a_checkpoint_that_is_asked_anew_keeps_what_was_answered(kept: Kept) -> None:
    apply_guide(reading=kept.readings[2], text=ANEW, by=kept.people.alice)
    shown = table(kept.people)
    assert shown["Carol"][2] == "6"  # three of four then, of eight now
    assert shown["Dan"][2] == "–"


def test_what_is_asked_no_more_still_counts_and_is_no_zero(kept: Kept) -> None:
    settle("Checkpoints", missing_is_zero=True)
    nothing = ANEW.partition("## Checkpoint")[0] + "## Note ¶ 1\n\nA note.\n"
    apply_guide(reading=kept.readings[2], text=nothing, by=kept.people.alice)
    shown = table(kept.people)
    assert shown["Carol"][2] == "3"
    assert shown["Dan"][2] == "–"
    apply_guide(reading=kept.readings[1], text=nothing, by=kept.people.alice)
    Attempt.objects.filter(quiz=kept.quizzes[1]).delete()
    assert len(table(kept.people)["Carol"]) == 6


def test_columns_of_readings_that_have_not_opened_are_left_out(kept: Kept) -> None:
    delta = make_reading(kept.people, "delta", opens_at=ago(days=-3))
    apply_guide(reading=delta, text=GUIDE.format(slug="delta"), by=kept.people.alice)
    Reading.objects.filter(slug="gamma").update(opens_at=ago(days=-3), due_at=None)
    assert table(kept.people)["Carol"][:4] == ["4", "1", "3", "66.7"]
    html = markup(kept.people.client("alice").get(PAGE))
    assert "1 column of a reading that has not opened is left out here" in html


def test_who_may(kept: Kept) -> None:
    for who, status in (("carol", 403), ("grace", 403), ("mallory", 404)):
        assert kept.people.client(who).get(PAGE).status_code == status
    assert kept.people.client("alice").post(PAGE).status_code == 405
    assert kept.people.client("alice").get(OWN).status_code == 403


def test_queries_are_the_same_for_few_and_many(kept: Kept) -> None:
    people, client = kept.people, kept.people.client("alice")
    begin_scoring(by=people.alice)

    def queries() -> int:
        client.get(PAGE)
        with PageQueries() as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    make_term(people, TermSize(people=3, readings=1, comments=5))
    few = queries()
    people.seminar.readings.filter(slug="reading-0").update(slug="earlier")
    make_term(people, TermSize(people=40, readings=6, comments=80))
    assert queries() == few
