"""The settings of a gradebook: one form, shown before it is done, and never over another's."""

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from gradebook.models import Gradebook, GradeCategory, GradeColumn
from gradebook.scheme import Scheme
from gradebook.settings_actions import change_gradebook
from gradebook.settings_changes import settings_change
from seminars.models import Event
from tests.base import markup
from tests.forms import SiteForm, form_on, forms_of
from tests.gradebook.base import (
    PAGE,
    Kept,
    add_column,
    book_of,
    column_of,
    release,
    table,
)
from tests.gradebook.test_grade_detail import given
from tests.queries import PageQueries

URL = f"{PAGE}settings/"


def opened(kept: Kept) -> SiteForm:
    return form_on(kept.people.client("alice"), URL)


def category(name: str) -> str:
    return f"category-{GradeCategory.objects.get(name=name).pk}"


def look(kept: Kept, fields: dict[str, Any], form: SiteForm | None = None) -> Any:
    """Send the form with these fields changed; nothing is kept yet."""
    sent = (form or opened(kept)).as_it_stands
    for name, value in fields.items():
        if value is None:
            sent.pop(name, None)
        else:
            sent[name] = [str(value)]
    return kept.people.client("alice").post(URL, sent)


def keep(kept: Kept, fields: dict[str, Any]) -> str:
    """Send it, read what it changes, and press the button; return what was read."""
    answer = look(kept, fields)
    assert answer.status_code == 200
    html = markup(answer)
    found = re.search(r'name="confirmed" value="(\w+)"', html)
    assert found, html
    form = next(one for one in forms_of(answer.content, URL, "") if one.button)
    done = kept.people.client("alice").post(URL, form.as_it_stands)
    assert (done.status_code, done.headers.get("Location")) == (302, PAGE)
    return html


def test_what_it_changes_is_shown_and_then_done(kept: Kept) -> None:
    release(kept)
    beta = column_of(kept, "beta").key
    fields = {
        f"{category('Checkpoints')}-weight": 30,
        f"{category('Checkpoints')}-drop": 1,
        f"{category('Open answers')}-missing": "on",
        f"column-{beta}-counts": None,
        f"column-{column_of(kept, 'gamma').key}-maximum": "10",
    }
    before = table(kept.people)
    html = markup(look(kept, fields))
    for words in (
        "Checkpoints: weight 30, and not 40",
        "Checkpoints: lowest left out: 1 once 3 are in",
        "Open answers: what is missing is zero once it is due",
        "On margins: Stop at beta: it counts no more",
        "On margins: Stop at gamma: of 10 points",
    ):
        assert words in html
    # Carol: alpha 4 and gamma 7.5 of 14, 82.14… × 30 and 75 × 40; before 70.83…
    assert "The total of 1 person changes, by +7.2 to +7.2." in html
    # Erin has not answered openly: zero, of 40 alone.
    assert "1 person has a total for the first time." in html
    assert table(kept.people) == before
    keep(kept, fields)
    after = table(kept.people)
    assert after["Carol"] == ["4", "1", "7.5", "82.1", "7.5", "75.0", "78.1"]
    assert Gradebook.objects.get().edit_version == 2
    event = Event.objects.get(kind="gradebook.changed")
    assert event.audience == "staff"


def test_nothing_changed_is_nothing_done(kept: Kept) -> None:
    answer = look(kept, {})
    assert answer.status_code == 302
    assert Gradebook.objects.get().edit_version == 1
    assert not GradeColumn.objects.exists()


def test_a_column_and_a_category_of_ones_own(kept: Kept) -> None:
    html = keep(kept, {"category-new-name": "Talks", "category-new-weight": "10"})
    assert "Talks: a new category, weight 10" in html
    html = keep(
        kept,
        {
            "column-new-title": "Presentation",
            "column-new-maximum": "20",
            "column-new-category": GradeCategory.objects.get(name="Talks").pk,
        },
    )
    assert "Presentation: a new column, of 20" in html
    given(kept, kept.people.carol, "Presentation", "15")
    assert table(kept.people)["Carol"][-3:] == ["15, by hand", "75.0", "–"]


def test_a_column_is_taken_away_with_its_marks_kept_and_put_back(kept: Kept) -> None:
    column = add_column(kept, "Talk")
    given(kept, kept.people.carol, "Talk", "8")
    release(kept)
    html = keep(kept, {f"column-{column.key}-gone": "on"})
    assert "Talk: taken away; its marks are kept" in html
    assert "The total of 1 person changes" in html
    assert table(kept.people)["Carol"][3] == "66.7"
    html = keep(kept, {f"column-{column.key}-gone": None})
    assert "Talk: put back" in html
    # Eight of twelve and eight of ten.
    assert table(kept.people)["Carol"][3:5] == ["8, by hand", "72.7"]


def test_a_category_is_taken_away_and_its_columns_are_in_no_total(kept: Kept) -> None:
    html = keep(kept, {f"{category('Open answers')}-gone": "on"})
    assert "Open answers: taken away" in html
    page = markup(kept.people.client("alice").get(PAGE))
    assert "1 column is in no category, and so in no total." in page
    assert table(kept.people)["Carol"] == ["4", "1", "3", "66.7", "7.5", "–"]


def test_weights_within_a_category(kept: Kept) -> None:
    keep(
        kept,
        {
            f"column-{column_of(kept, 'alpha').key}-weight": "1",
            f"column-{column_of(kept, 'beta').key}-weight": "2",
            f"column-{column_of(kept, 'gamma').key}-weight": "0",
        },
    )
    # Carol (1 + 2 × 1/4) / 3.
    assert table(kept.people)["Carol"][3] == "50.0"
    assert "Columns as they weigh" in markup(kept.people.client("alice").get(PAGE))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("weight", "", "This field is required."),
        ("weight", "-1", "greater than or equal to 0"),
        ("weight", "many", "Enter a number."),
        ("drop", "4", "As many as are left out have to be in; one always stays."),
        ("name", "\u200b", "Readers would see nothing of this."),
        ("takes", "open", "Another category takes these already."),
    ],
)
def test_what_is_wrong_is_said_with_all_kept(kept: Kept, field: str, value: str, said: str) -> None:
    prefix = category("Checkpoints")
    more = {"column-new-title": "Presentation", "column-new-maximum": "20"}
    if field == "takes":
        prefix = category("Participation")
    answer = look(kept, {f"{prefix}-{field}": value} | more)
    assert answer.status_code == 422
    html = markup(answer)
    assert said in html
    assert 'value="Presentation"' in html
    assert Gradebook.objects.get().edit_version == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"category-new-name": "Talks"}, "Say how much it weighs."),
        ({"column-new-title": "Talk"}, "Say of how many points."),
    ],
)
def test_of_something_new_the_rest_is_asked(kept: Kept, given: dict[str, str], said: str) -> None:
    answer = look(kept, given)
    assert answer.status_code == 422
    assert said in markup(answer)


def test_of_two_at_once_the_second_sees_both(kept: Kept) -> None:
    form = opened(kept)
    weight = f"{category('Checkpoints')}-weight"
    keep(kept, {weight: "30", "column-new-title": "Talk", "column-new-maximum": "5"})
    answer = look(kept, {weight: "50"}, form)
    assert answer.status_code == 409
    html = markup(answer)
    assert re.search(rf'name="{weight}" value="50"', html)
    assert "<blockquote>30</blockquote>" in html
    assert 'value="Talk"' in html  # what came in meanwhile
    assert GradeCategory.objects.get(name="Checkpoints").weight == 30
    again = next(one for one in forms_of(answer.content, URL, "") if one.action == URL)
    confirmed = kept.people.client("alice").post(URL, again.as_it_stands)
    assert confirmed.status_code == 200
    assert "Checkpoints: weight 50, and not 30" in markup(confirmed)


def test_what_was_shown_is_what_is_done(kept: Kept) -> None:
    """A digest of something else does nothing: it is shown anew."""
    weight = f"{category('Checkpoints')}-weight"
    html = markup(look(kept, {weight: "30"}))
    found = re.search(r'name="confirmed" value="(\w+)"', html)
    assert found
    answer = look(kept, {weight: "31", "confirmed": found[1]})
    assert answer.status_code == 200
    assert GradeCategory.objects.get(name="Checkpoints").weight == 40


def test_new_checkpoints_go_where_their_kind_does(kept: Kept) -> None:
    keep(
        kept,
        {
            f"{category('Checkpoints')}-takes": "open",
            f"{category('Open answers')}-takes": "checkpoint",
        },
    )
    book = book_of(kept)
    # What was there stays where it was.
    assert [one.source.kind for one in book.columns] == [*["checkpoint"] * 3, "open"]
    names = [(one.name, one.takes) for one in book.categories]
    assert names[:2] == [("Checkpoints", "open"), ("Open answers", "checkpoint")]


def test_who_may(kept: Kept) -> None:
    for who, status in (("bob", 403), ("carol", 403), ("mallory", 404)):
        assert kept.people.client(who).get(URL).status_code == status
        assert kept.people.client(who).post(URL).status_code == status
    book = book_of(kept)
    change = settings_change(book, book.loaded.sources, Scheme([], book.scheme.settings))
    with pytest.raises(PermissionDenied):
        change_gradebook(
            gradebook=book.gradebook,
            change=change,
            sources=list(book.loaded.sources),
            by=kept.people.bob,
            version=1,
            confirmed=change.digest,
        )


def test_queries_are_the_same_for_few_and_many_columns(kept: Kept) -> None:
    client = kept.people.client("alice")

    def queries() -> int:
        client.get(URL)
        with PageQueries() as captured:
            assert client.get(URL).status_code == 200
        return len(captured)

    few = queries()
    for number in range(20):
        add_column(kept, f"Talk {number}")
    assert queries() == few


def test_weights_that_come_to_another_sum_than_100_are_explained(kept: Kept) -> None:
    client = kept.people.client("alice")
    assert "need not come to 100" not in markup(client.get(URL))
    html = markup(look(kept, {f"{category('Participation')}-weight": 60}))
    assert "The weights come to 140 together. They need not come to 100" in html
    assert "that is Checkpoints 28.6 %, Open answers 28.6 %, Participation 42.9 %." in html
    GradeCategory.objects.update(weight=0)
    assert "No category weighs anything, so that there is no total." in markup(client.get(URL))
