"""Bringing in a list of people: what is read, in every shape in which lists come."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from seminars.models import Roster
from seminars.rosters.roster_file import RosterRow, decode_roster, read_roster
from tests.base import People
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors, words

URL = reverse("roster_create", args=["seminar"])
ROWS = "Nadia Petit,nadia@example.org,Monday\nOmar Ünal,omar@example.org,Thursday\n"


def people_in(text: str) -> list[tuple[str, str, str, str]]:
    return [(row.name, row.email, row.group, row.role) for row in read_roster(text).rows]


NADIA = ("Nadia Petit", "nadia@example.org", "Monday", "")


@pytest.mark.parametrize(
    "text",
    [
        "Nadia Petit,nadia@example.org,Monday",
        "Nadia Petit;nadia@example.org;Monday",
        "Nadia Petit\tnadia@example.org\tMonday",
        "\ufeffNadia Petit,Nadia@Example.org,Monday\r\n",
        "nadia@example.org,Nadia Petit,Monday",
        '"Nadia Petit","nadia@example.org","Monday"',
        "sep=;\nNadia Petit;nadia@example.org;Monday",
        "Name,E-mail,Group\nNadia Petit,nadia@example.org,Monday",
        "Group,Email address,Last name,First name\nMonday,nadia@example.org,Petit,Nadia",
        "Gruppe;E-Mail-Adresse;Nachname;Vorname\nMonday;nadia@example.org;Petit;Nadia",
        "ID,Student,Mail,Section\n17,Nadia Petit,nadia@example.org,Monday",
        "Nadia,Petit,nadia@example.org,Monday",
        ",,\nNadia Petit , nadia@example.org ,Monday,,\n\n",
        "Nadia Petit <nadia@example.org>;Monday",
        "E-mail,Group\nNadia Petit <nadia@example.org>,Monday",
    ],
)
def test_reads_a_list_in_any_shape(text: str) -> None:
    assert people_in(text) == [NADIA]


def test_reads_roles_by_what_people_call_them() -> None:
    text = "Ann,ann@example.org,Monday,TA\nBen,ben@example.org,Monday,Student"
    assert [role for *_, role in people_in(text)] == ["assistant", "participant"]


def test_a_quoted_cell_may_hold_what_parts_the_columns() -> None:
    rows = read_roster('"Petit, Nadia",nadia@example.org,"Monday,\nlate"\nB,b@example.org,M').rows
    assert (rows[0].name, rows[0].group) == ("Petit, Nadia", "Monday, late")
    assert [row.line for row in rows] == [1, 3]


def test_lines_are_counted_as_an_editor_does() -> None:
    rows = read_roster("sep=,\nName,Email\n\nAnn,ann@example.org\nBen,ben@").rows
    assert [row.line for row in rows] == [4, 5]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_reads_what_spreadsheets_write(encoding: str) -> None:
    text = "Name;E-mail\nZoë Müller;zoe@example.org\n"
    data = text.encode(encoding)
    assert people_in(decode_roster(data)) == [("Zoë Müller", "zoe@example.org", "", "")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Ann,", "no address"),
        ("Ann,ann@example", "not a whole address"),
        ("Ann,ann at example.org", "not a whole address"),
        ('=HYPERLINK("x"),ann@example.org', "for a formula"),
        (f"{'n' * 121},ann@example.org", "longer than 120"),
        (f"Ann,ann@example.org,{'g' * 81}", "longer than 80"),
        ("Ann,ann@example.org,Monday,queen", "no role of this name"),
        ("Ann,ann@exam\u202eple.org", "nobody sees"),
    ],
)
def test_a_row_that_is_wrong_says_why(row: str, said: str) -> None:
    rows: list[RosterRow] = read_roster(f"Name,Email,Group,Role\n{row}").rows
    assert said in rows[0].problem


def test_a_file_or_pasted_rows_are_kept_to_be_looked_at(people: People) -> None:
    client = people.client("alice")
    file = SimpleUploadedFile("roster.csv", ROWS.encode("utf-16"))
    answer = send(client, URL, file=file, text="")
    roster = Roster.objects.get()
    assert answer.url == reverse("roster_detail", args=["seminar", roster.pk])
    assert (roster.text, roster.source_name) == (ROWS, "roster.csv")
    assert send(client, URL, text=ROWS).status_code == 302
    assert Roster.objects.latest("pk").source_name == ""
    assert not people.seminar.invitations.exists()


@pytest.mark.parametrize("pasted", ["B,b@example.org", "only words"])
def test_a_chosen_file_replaces_what_was_pasted(people: People, pasted: str) -> None:
    file = SimpleUploadedFile("roster.csv", ROWS.encode())
    answer = send(people.client("alice"), URL, file=file, text=pasted)
    assert answer.status_code == 302
    roster = Roster.objects.get()
    assert (roster.text, roster.source_name) == (ROWS, "roster.csv")


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        (b"", "", "Choose a file, or paste"),
        (b"PK\x03\x04 and more", "", "This is a spreadsheet"),
        (b"\x81\x8d\xff\xfe" * 99, "", "not text"),
        (b"only words\n", "", "no address in these rows"),
        (b"", "only words", "no address in these rows"),
        (b"A,a@example.org\n" * 501, "", "These are 501 rows; bring in 500"),
        (b"x" * (1024 * 1024 + 1), "", "larger than 1 MB"),
    ],
)
def test_what_is_no_list_says_so_and_keeps_the_text(
    people: People, file: bytes, text: str, said: str
) -> None:
    sent: dict[str, object] = {"text": text}
    if file:
        sent["file"] = SimpleUploadedFile("roster.csv", file)
    answer = people.client("alice").post(URL, sent)
    assert answer.status_code == 422
    assert said in words(answer)
    assert text in answer.content.decode()
    assert not Roster.objects.exists()


def test_without_a_mail_server_it_says_so(people: People, settings: object) -> None:
    client = people.client("alice")
    assert "no mail server" not in words(client.get(URL))
    settings.MAIL_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"  # type: ignore[attr-defined]
    assert "no mail server" in words(client.get(URL))


def test_who_may(people: People) -> None:
    assert_for_instructors(people, URL)
    assert_for_instructors(people, URL, "post")
    assert people.client("alice").delete(URL).status_code == 405
