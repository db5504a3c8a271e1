"""My marks: each figure explained, and nothing that is not released in any answer."""

import re
from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from gradebook.actions import hold_back_grades
from gradebook.models import GradeColumn
from quizzes.models import Answer
from readings.models import Reading
from tests.base import markup
from tests.gradebook.base import (
    OWN,
    PAGE,
    Kept,
    add_column,
    book_of,
    column_of,
    release,
    settle,
)
from tests.gradebook.test_grade_detail import given
from tests.overview.term import TermSize, make_term
from tests.queries import PageQueries
from tests.views import routes

CANARY = "Canary-of-the-marker"
POINTS = "8.37"  # nothing else comes to it


def test_each_figure_is_explained_with_the_way_to_its_place(kept: Kept) -> None:
    release(kept)
    html = markup(kept.people.client("carol").get(OWN))
    assert f'href="/s/seminar/r/gamma/#quiz-{kept.quizzes[2].pk}"' in html
    assert "On margins: Stop at gamma" in html
    assert "3 of 4" in html
    assert "2 of 3 questions right, first try." in html
    # The total, step by step: 66.66… × 40 and 75 × 40, of 80.
    for words in ("Checkpoints: 66.7 × 40", "26.67", "Open answers: 75.0 × 40", "30.00", "56.67"):
        assert words in html
    assert re.search(r"Total so far</th>\s*<td[^>]*>70.8 %", html)
    assert "Sum of what counts" in html
    assert "8 of 12" in html
    for name in ("Dan", "Erin", "/desk/gradebook/"):
        assert name not in html.partition("<main")[2]


def test_the_lowest_that_is_left_out_stays_to_be_seen(kept: Kept) -> None:
    release(kept)
    settle("Checkpoints", drop_lowest=1)
    html = markup(kept.people.client("carol").get(OWN))
    assert "<s>1 of 4</s>" in html
    assert "It is left out as one of the lowest of its category." in html
    assert "7 of 8" in html


def test_by_hand_it_says_who_why_and_what_it_was(kept: Kept) -> None:
    given(kept, kept.people.carol, "beta", "4", reason="Aloud.", comment="Well argued.")
    release(kept)
    html = markup(kept.people.client("carol").get(OWN))
    assert "Set by Alice. Worked out it is 1 of 4. Aloud." in html
    assert "Well argued." in html
    assert "Well argued." not in markup(kept.people.client("dan").get(OWN))


def test_what_is_released_in_part_says_so(kept: Kept) -> None:
    release(kept, "alpha")
    html = markup(kept.people.client("carol").get(OWN))
    assert "Stop at alpha" in html
    assert "Stop at beta" not in html.partition("<main")[2]
    assert "3 columns are not released, and count neither for nor against." in html
    assert "100.0 %" in html


def test_of_what_one_has_not_come_to_the_title_is_not_told(kept: Kept) -> None:
    release(kept)
    html = markup(kept.people.client("dan").get(OWN))
    assert "Stop at gamma" not in html
    assert "On margins: After ¶ 2" in html
    settle("Checkpoints", missing_is_zero=True)
    html = markup(kept.people.client("dan").get(OWN))
    assert "Stop at gamma" not in html
    assert "Nothing was handed in by when it was due: zero." in html


def test_a_reading_that_is_not_open_to_one_is_not_named(kept: Kept) -> None:
    """Also where its column is released with all others; what one has done in it is one's own."""
    release(kept)
    dan = kept.people.client("dan")
    Reading.objects.filter(slug="gamma").update(opens_at=timezone.now() + timedelta(days=1))
    html = markup(dan.get(OWN))
    assert "After ¶ 2" not in html
    assert "/gamma/" not in html
    assert "/r/gamma/" in markup(kept.people.client("carol").get(OWN))


def test_a_question_that_one_was_not_asked_is_not_told(kept: Kept) -> None:
    release(kept)
    question = kept.open_question
    Answer.objects.filter(question=question, attempt__membership=kept.people.carol).delete()
    html = markup(kept.people.client("carol").get(OWN))
    assert "What would you write" not in html
    assert "On margins: After ¶ 3" in html
    assert "It is not asked of this person: it counts neither way." in html


def test_before_anything_is_released(kept: Kept) -> None:
    assert "No marks yet" in markup(kept.people.client("carol").get(OWN))
    assert 'href="/s/seminar/marks/"' in markup(kept.people.client("carol").get(OWN))
    assert 'href="/s/seminar/marks/"' in markup(
        kept.people.client("carol").get("/s/seminar/progress/")
    )


def addresses(kept: Kept, pk: int) -> list[str]:
    """Every address that names a seminar, a reading and a member, or less than that."""
    known = {
        "seminar": "seminar",
        "reading": "alpha",
        "pk": pk,
        "column": column_of(kept, "Talk").key,
        "form": "csv",
        "answer": 1,
        "key": 1,
    }
    found = []
    for route in routes():
        names = set(re.findall(r"<(?:\w+:)?(\w+)>", route.path))
        try:
            found.append(reverse(route.name, kwargs={one: known[one] for one in names}))
        except (KeyError, NoReverseMatch):
            continue
    return [one for one in found if "logout" not in one]


@pytest.mark.parametrize("who", ["carol", "dan", "grace"])
def test_what_is_not_released_is_in_no_answer(kept: Kept, who: str) -> None:
    add_column(kept, f"Talk-{CANARY}")
    GradeColumn.objects.filter(title__startswith="Talk").update(title="Talk")
    carol = kept.people.carol
    said = {"reason": f"Reason {CANARY}", "comment": f"Comment {CANARY}"}
    given(kept, carol, "Talk", POINTS, **said)
    given(kept, carol, "beta", POINTS, **said)
    release(kept, "alpha", "gamma")
    client = kept.people.client(who)
    asked = addresses(kept, carol.pk)
    assert len(asked) > 80
    for address in asked:
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.get(address, headers=headers)
            body = b"".join(answer) if answer.streaming else answer.content
            said_there = body.decode("utf-8", "replace") + repr(answer.headers)
            assert CANARY not in said_there, address
            assert POINTS not in said_there, address
    # Carol: 4 and 3 of 8. With what is held back it would be another total.
    if who == "carol":
        assert "87.5 %" in markup(client.get(OWN))
    release(kept, "Talk", "beta")
    html = client.get(OWN).content.decode()
    assert (CANARY in html) == (who == "carol")
    columns = [column_of(kept, "Talk"), column_of(kept, "beta")]
    hold_back_grades(columns=columns, by=kept.people.alice)
    assert CANARY not in client.get(OWN).content.decode()


def test_staff_and_the_person_have_the_same_total(kept: Kept) -> None:
    release(kept, "alpha", "gamma", "open")
    mine = book_of(kept, kept.people.carol, kept.people.carol).rows[0]
    theirs = next(one for one in book_of(kept).rows if one.member == kept.people.carol)
    assert mine.total == theirs.total is not None


def test_queries_are_the_same_for_few_and_many(kept: Kept) -> None:
    people, client = kept.people, kept.people.client("carol")
    release(kept)

    def queries() -> int:
        client.get(OWN)
        with PageQueries() as captured:
            assert client.get(OWN).status_code == 200
        return len(captured)

    few = queries()
    make_term(people, TermSize(people=20, readings=5, comments=10))
    release(kept)
    assert queries() == few


def test_who_may(kept: Kept) -> None:
    for who, status in (("alice", 403), ("bob", 403), ("grace", 403), ("mallory", 404)):
        assert kept.people.client(who).get(OWN).status_code == status
    assert kept.people.client("carol").post(OWN).status_code == 405
    assert kept.people.client("carol").get(PAGE).status_code == 403
