"""The gradebook as a file, in Canvas's and Moodle's forms."""

import csv
import io

from accounts.models import User
from gradebook.models import GradeColumn
from tests.gradebook.base import PAGE, Kept, add_column, release
from tests.gradebook.test_grade_detail import given

URL = f"{PAGE}csv/"


def saved(kept: Kept, query: str = "", who: str = "alice") -> list[list[str]]:
    response = kept.people.client(who).get(f"{URL}{query}")
    assert response.status_code == 200
    text = b"".join(response).decode()
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def test_as_canvas_has_it(kept: Kept) -> None:
    add_column(kept, "Talk", maximum=20)
    given(kept, kept.people.carol, "Talk", "12.5")
    given(kept, kept.people.dan, "Talk", None, is_excused=True)
    release(kept, "alpha", "open", "Talk")
    head, possible, carol, dan, erin = saved(kept)
    assert head == [
        *("Student", "ID", "SIS User ID", "SIS Login ID", "Section"),
        "On margins: Stop at alpha (¶ 2)",
        "Talk",
        "On margins: What would you write in it? (¶ 3)",
    ]
    assert possible == ["    Points Possible", "", "", "", "", "4", "20", "10"]
    assert carol == ["Carol", "", "", "carol@example.org", "Monday", "4", "12.5", "7.5"]
    assert dan == ["Dan", "", "", "dan@example.org", "Thursday", "2", "EX", ""]
    assert erin == ["Erin", "", "", "erin@example.org", "Thursday", "", "", ""]


def test_what_is_not_released_is_left_out_unless_it_is_asked_for(kept: Kept) -> None:
    assert saved(kept)[0][5:] == []
    assert len(saved(kept, "?held=1")[0]) == 9


def test_as_moodle_has_it(kept: Kept) -> None:
    User.objects.filter(pk=kept.people.carol.user_id).update(name="Carol Anne Day")
    given(kept, kept.people.carol, "alpha", "3", comment="=Well argued")
    release(kept, "alpha", "beta")
    head, carol, dan, _erin = saved(kept, "?for=moodle")
    assert head == [
        *("First name", "Last name", "ID number", "Email address"),
        "On margins: Stop at alpha (¶ 2) (Real)",
        "On margins: Stop at alpha (¶ 2) (Feedback)",
        "On margins: Stop at beta (¶ 2) (Real)",
        "Course total (Percentage)",
    ]
    assert carol == [
        *("Carol Anne", "Day", "", "carol@example.org"),
        *("3", "'=Well argued", "1", "50.0"),
    ]
    assert dan[:2] == ["Dan", ""]


def test_names_and_titles_are_no_formulas(kept: Kept) -> None:
    User.objects.filter(pk=kept.people.carol.user_id).update(name="@Carol")
    User.objects.filter(pk=kept.people.dan.user_id).update(name="-Dan")
    add_column(kept, "=Talk")
    rows = saved(kept, "?held=1")
    assert {row[0] for row in rows[2:]} == {"'@Carol", "'-Dan", "Erin"}
    assert "'=Talk" in rows[0]


def test_two_of_one_name_are_told_apart(kept: Kept) -> None:
    add_column(kept, "Talk")
    GradeColumn.objects.create(
        seminar=kept.people.seminar, kind="by_hand", title="Talk", maximum=5, category=None
    )
    head = saved(kept, "?held=1")[0]
    assert "Talk" in head
    assert "Talk [2]" in head


def test_assistants_have_their_own_groups(kept: Kept) -> None:
    assert [row[0] for row in saved(kept, who="bob")[2:]] == ["Carol"]


def test_who_may(kept: Kept) -> None:
    for who, status in (("carol", 403), ("grace", 403), ("mallory", 404)):
        assert kept.people.client(who).get(URL).status_code == status
    assert kept.people.client("alice").get(f"{URL}?for=other").status_code == 404
    assert kept.people.client("alice").post(URL).status_code == 405
