"""Releasing columns and holding them back, after what it does was shown."""

import pytest
from django.core.exceptions import PermissionDenied

from gradebook.actions import hold_back_grades, release_grades
from gradebook.models import GradeCategory, GradeColumn, GradeRelease
from overview.participation_actions import begin_scoring
from readings.models import Reading
from seminars.models import Event
from tests.base import markup
from tests.forms import form_on
from tests.gradebook.base import OWN, PAGE, Kept, book_of, column_of, release, table

URL = f"{PAGE}release/"


def press(kept: Kept, query: str) -> str:
    """Open the page, press its button, and return what the page said before."""
    client, page = kept.people.client("alice"), f"{URL}{query}"
    html = markup(client.get(page))
    form = form_on(client, page, URL)
    answer = client.post(URL, form.as_it_stands)
    assert answer.headers["Location"] == PAGE
    return html


def test_one_column(kept: Kept) -> None:
    html = press(kept, f"?column={column_of(kept, 'alpha').key}")
    assert "On margins: Stop at alpha" in html
    assert "2 people have a figure there. 1 person has none." in html
    assert "2 people have a total for the first time." in html
    assert [row[-1] for row in table(kept.people).values()] == ["100.0", "50.0", "–"]
    assert "Stop at alpha" in markup(kept.people.client("carol").get(OWN))


def test_a_category_with_what_it_changes(kept: Kept) -> None:
    release(kept, "open")
    category = GradeCategory.objects.get(name="Checkpoints")
    html = press(kept, f"?category={category.pk}")
    # Carol from 75 to 70.83…; Dan has none before.
    assert "The total of 1 person changes, by −4.2 to −4.2." in html
    assert "1 person has a total for the first time." in html
    assert GradeRelease.objects.standing().count() == 4


def test_what_waits_for_a_mark_is_said_to_stay_back(kept: Kept) -> None:
    told = "1 figure waits for the mark of an answer, and stays back"
    client = kept.people.client("alice")
    assert told in markup(client.get(URL))
    alone = f"{URL}?column={column_of(kept, 'alpha').key}"
    assert "for the mark of an answer" not in markup(client.get(alone))
    press(kept, "")
    assert "for the mark of an answer" not in markup(client.get(f"{URL}?undo=1"))


def test_all_and_taken_back(kept: Kept) -> None:
    press(kept, "")
    assert GradeRelease.objects.standing().count() == 4
    assert table(kept.people)["Carol"][-1] == "70.8"
    assert "All of it is released." in markup(kept.people.client("alice").get(URL))
    html = press(kept, "?undo=1")
    assert "2 people have no total any more." in html
    assert not GradeRelease.objects.standing().exists()
    assert GradeRelease.objects.filter(undone_by=kept.people.alice).count() == 4
    assert "No marks yet" in markup(kept.people.client("carol").get(OWN))
    kinds = Event.objects.filter(kind__startswith="grades.").values_list("kind", "audience")
    assert set(kinds) == {("grades.released", "staff"), ("grades.held_back", "staff")}


def test_participation_is_released_as_its_scores_are(kept: Kept) -> None:
    alpha = kept.readings[0]
    Reading.objects.filter(pk=alpha.pk).update(required_posts=1)
    begin_scoring(by=kept.people.alice)
    press(kept, f"?column=reading-{alpha.pk}")
    progress = markup(kept.people.client("dan").get("/s/seminar/progress/"))
    assert "<b>0 of 1</b>" in progress
    press(kept, f"?column=reading-{alpha.pk}&undo=1")
    assert "<b>0 of 1</b>" not in markup(kept.people.client("dan").get("/s/seminar/progress/"))


def test_released_twice_it_is_released_once(kept: Kept) -> None:
    for act in (release_grades, hold_back_grades):
        for _ in range(2):
            act(columns=book_of(kept).columns, by=kept.people.alice)
    assert GradeRelease.objects.count() == 4
    # Each column has its row once, whoever is first to say something of it.
    assert GradeColumn.objects.count() == 4


def test_who_may_and_what_there_is(kept: Kept) -> None:
    for who, status in (("bob", 403), ("carol", 403), ("mallory", 404)):
        assert kept.people.client(who).get(URL).status_code == status
        assert kept.people.client(who).post(URL).status_code == status
    alice = kept.people.client("alice")
    for query in ("?column=own-987", "?category=987", "?category=x"):
        assert alice.get(f"{URL}{query}").status_code == 404
    for act in (release_grades, hold_back_grades):
        with pytest.raises(PermissionDenied):
            act(columns=book_of(kept).columns, by=kept.people.bob)


def test_each_page_says_what_released_means_there(kept: Kept) -> None:
    """Marks of open answers are released twice: at the question, and in the gradebook."""
    alice = kept.people.client("alice")
    question = f"/s/seminar/marking/{kept.open_question.pk}/release/"
    assert "once its column is released there too" in markup(alice.get(question))
    assert "has released their column too" in markup(alice.get("/s/seminar/marking/"))
    assert "released under Marking first" in markup(alice.get(f"{PAGE}release/"))
    own = markup(kept.people.client("carol").get("/s/seminar/marks/"))
    assert "read at its question before it is released here" in own
