"""Scores for participation as a file for a spreadsheet."""

import csv
import io

from accounts.models import User
from overview.participation_actions import set_score
from tests.base import People
from tests.overview.base import make_busy
from tests.overview.scores import PAGE, begin


def saved(people: People, who: str = "alice") -> list[dict[str, str]]:
    response = people.client(who).get(f"{PAGE}csv/")
    assert response.status_code == 200
    text = b"".join(response).decode()
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_each_number_has_a_cell(people: People) -> None:
    busy = make_busy(people)
    begin(people)
    set_score(
        reading=busy.second, membership=people.dan, done=2, reason="=Said aloud", by=people.alice
    )
    rows = saved(people)
    assert [row["Name"] for row in rows] == ["Carol", "Dan", "Erin"]
    dan = rows[1]
    assert dan["E-mail address"] == "dan@example.org"
    assert (dan["Text 1: done"], dan["Text 1: asked"], dan["Text 1: late"]) == ("1", "1", "1")
    assert dan["Text 2: done"] == "2"
    assert dan["Text 2: set by hand, because"] == "'=Said aloud"
    assert (dan["All: done"], dan["All: asked"]) == ("3", "3")
    assert [row["Name"] for row in saved(people, "bob")] == ["Carol"]


def test_names_are_no_formulas(people: People) -> None:
    make_busy(people)
    begin(people)
    User.objects.filter(pk=people.carol.user_id).update(name="@Carol")
    assert "'@Carol" in [row["Name"] for row in saved(people)]


def test_who_may(people: People) -> None:
    assert people.client("carol").get(f"{PAGE}csv/").status_code == 403
    assert people.client("mallory").get(f"{PAGE}csv/").status_code == 404
