"""Marks from a file: shown before they are given, and then all or none."""

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from gradebook.import_actions import MarksNotConfirmed, bring_in_marks
from gradebook.mark_file import read_marks
from gradebook.models import GivenMark, GradeColumn
from overview.participation_actions import begin_scoring
from readings.models import Reading
from tests.base import markup
from tests.forms import forms_of
from tests.gradebook.base import PAGE, Kept, add_column, table
from tests.gradebook.test_grade_detail import given

URL = f"{PAGE}marks/"
ROWS = "Email address,Talk\ncarol@example.org,8\ndan@example.org,\nerin@example.org,EX\n"


def look(kept: Kept, text: str = ROWS, **more: Any) -> Any:
    return kept.people.client("alice").post(URL, {"text": text} | more)


def confirm(kept: Kept, answer: Any) -> Any:
    form = next(one for one in forms_of(answer.content, URL, "") if one.button)
    return kept.people.client("alice").post(URL, form.as_it_stands)


@pytest.fixture
def talk(kept: Kept) -> Kept:
    add_column(kept, "Talk")
    return kept


def test_shown_first_and_then_done(talk: Kept) -> None:
    answer = look(talk)
    html = markup(answer)
    assert "Bring in 2 marks" in html
    assert re.search(r"Carol</th>\s*<td[^>]*>Talk</td>\s*<td[^>]*>–</td>\s*<td[^>]*><b>8</b>", html)
    assert "counts neither way" in html
    assert not GivenMark.objects.exists()
    done = confirm(talk, answer)
    assert done.headers["Location"] == PAGE
    shown = table(talk.people)
    assert shown["Carol"][3] == "8, by hand"
    assert shown["Erin"][3] == "–, by hand"
    rows = GivenMark.objects.order_by("membership__user__name")
    assert [(one.points, one.is_excused, one.reason) for one in rows] == [
        (8, False, "From pasted rows"),
        (None, True, "From pasted rows"),
    ]
    again = markup(look(talk))
    assert "This changes nothing" in again
    assert "2 marks stay as they are." in again


def test_a_file_over_what_is_worked_out_with_its_name_as_the_reason(kept: Kept) -> None:
    given(kept, kept.people.carol, "beta", "2", comment="A word.")
    text = (
        "Student,ID,SIS User ID,SIS Login ID,Section,On margins: Stop at beta (¶ 2)\n"
        "    Points Possible,,,,,4\nDan,,,dan,Thursday,3\nCarol,,,CAROL@example.org,Monday,4\n"
    )
    file = SimpleUploadedFile("term.csv", text.encode("utf-8-sig"))
    answer = kept.people.client("alice").post(URL, {"file": file})
    assert "Bring in 2 marks" in markup(answer)
    confirm(kept, answer)
    shown = table(kept.people)
    assert (shown["Carol"][1], shown["Dan"][1]) == ("4, by hand", "3, by hand")
    mark = GivenMark.objects.standing().get(membership=kept.people.carol)
    assert (mark.reason, mark.comment) == ("From the file term.csv", "A word.")


def test_what_is_not_found_is_listed_and_left_out(talk: Kept) -> None:
    Reading.objects.filter(slug="alpha").update(required_posts=1)
    begin_scoring(by=talk.people.alice)
    answer = look(
        talk,
        "Email,Talk,Essay,Participation: On margins\nnobody@example.org,3,4,1\n"
        "bob@example.org,3,,\n"
        "carol@example.org,5,9,1\n",
    )
    html = markup(answer)
    assert "nobody@example.org" in html
    assert "bob@example.org" in html
    assert "(line 3)" in html
    assert "<bdi>Essay</bdi>" in html
    assert "Left out, as participation is set by hand on its own page:" in html
    assert "Bring in 1 mark" in html
    confirm(talk, answer)
    assert GivenMark.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Email,Talk\ncarol@example.org,5\ndan@example.org,many\n",
            "Line 3, Talk: “many” is no mark.",
        ),
        ("Email,Talk\ncarol@example.org,5\ncarol@example.org,6\n", "the same person as in line 2"),
        ("Email,Talk,Talk (123)\ncarol@example.org,5,6\n", "“Talk” stands there twice."),
        ("Email,Talk\ncarol@example.org,-5\n", "Line 2, Talk: “-5” is no mark."),
    ],
)
def test_what_is_wrong_lets_nothing_be_done(talk: Kept, text: str, said: str) -> None:
    answer = look(talk, text)
    assert answer.status_code == 422
    html = markup(answer)
    assert said in html
    assert "carol@example.org" in html  # the rows stand in the form
    assert 'name="confirmed" value="' not in html
    assert not GivenMark.objects.exists()


WRONG = ROWS.replace(",8", ",many")


@pytest.mark.parametrize("first", [ROWS, WRONG, 'Email,Talk\ncarol@example.org,"x'])
def test_a_file_chosen_again_replaces_what_stands_there(talk: Kept, first: str) -> None:
    """After a look, or an error, the rows of the file stand in the form and are sent along."""
    client = talk.people.client("alice")
    shown = client.post(URL, {"file": SimpleUploadedFile("first.csv", first.encode())})
    form = next(one for one in forms_of(shown.content, URL, "") if one.has_file)
    corrected = SimpleUploadedFile("second.csv", ROWS.replace("8", "9").encode())
    answer = client.post(URL, form.as_it_stands | {"file": corrected})
    assert answer.status_code == 200
    confirm(talk, answer)
    mark = GivenMark.objects.standing().get(membership=talk.people.carol)
    assert mark.points == 9
    assert mark.reason == "From the file second.csv"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": ""}, "Choose a file, or paste the rows below."),
        ({"text": "Nadia 7"}, "There is no column of addresses in the first row"),
        ({"file": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n\x00\x01")}, "CSV"),
    ],
)
def test_what_is_no_file_of_marks(talk: Kept, sent: dict[str, Any], said: str) -> None:
    answer = talk.people.client("alice").post(URL, sent)
    assert answer.status_code == 422
    assert said in markup(answer)


def test_percents_and_decimal_commas(talk: Kept) -> None:
    answer = look(talk, "Email;Talk (Percentage)\ncarol@example.org;85\ndan@example.org;33,33 %\n")
    confirm(talk, answer)
    shown = table(talk.people)
    assert (shown["Carol"][3], shown["Dan"][3]) == ("8.5, by hand", "3.33, by hand")


def test_what_was_shown_is_what_is_done(talk: Kept) -> None:
    """Where something has changed meanwhile, it is shown anew and nothing is done."""
    answer = look(talk)
    given(talk, talk.people.carol, "Talk", "2")
    again = confirm(talk, answer)
    assert again.status_code == 200
    assert re.search(r"<td[^>]*>2</td>\s*<td[^>]*><b>8</b>", markup(again))
    assert GivenMark.objects.standing().get().points == 2
    assert confirm(talk, again).status_code == 302
    assert GivenMark.objects.standing().get(membership=talk.people.carol).points == 8


def test_our_own_file_changes_nothing(talk: Kept) -> None:
    """Figures that are rounded in the file are no others for that."""
    GradeColumn.objects.create(
        seminar=talk.people.seminar,
        kind="checkpoint",
        item=talk.quizzes[2].item,
        maximum=7,
        category=None,
    )
    for form in ("canvas", "moodle"):
        file = talk.people.client("alice").get(f"{PAGE}csv/?held=1&for={form}")
        answer = look(talk, b"".join(file).decode().removeprefix("\ufeff"))
        html = markup(answer)
        assert "This changes nothing" in html
        assert "Not found" not in html
        assert "No column of this title" not in html


def test_who_may(talk: Kept) -> None:
    for who, status in (("bob", 403), ("carol", 403), ("mallory", 404)):
        assert talk.people.client(who).get(URL).status_code == status
        assert talk.people.client(who).post(URL, {"text": ROWS}).status_code == status
    file = read_marks(ROWS)
    with pytest.raises(PermissionDenied):
        bring_in_marks(file=file, source_name="", by=talk.people.bob, confirmed="")
    with pytest.raises(MarksNotConfirmed):
        bring_in_marks(file=file, source_name="", by=talk.people.alice, confirmed="")
