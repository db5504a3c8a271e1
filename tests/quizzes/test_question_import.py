"""Questions of a file, shown and then put into the draft: nobody is asked yet."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from quizzes.models import Quiz
from readings.guides import parse_guide
from readings.models import GuideDraft, Reading
from tests.base import People
from tests.forms import form_on, forms_of
from tests.queries import PageQueries
from tests.quizzes.base import add_quiz
from tests.quizzes.question_files import AIKEN, GIFT, MOODLE
from tests.readings.guide_drafts import publish

URL = "/s/seminar/r/margins/guide/questions/import/"


def choose(client: Client, name: str, data: bytes | str, **more: str) -> str:
    """Choose a file on the page; return the page that answers."""
    sent = data.encode() if isinstance(data, str) else data
    form = form_on(client, URL).as_it_stands | {key: [value] for key, value in more.items()}
    return client.post(URL, form | {"file": SimpleUploadedFile(name, sent)}).content.decode()


def confirm(client: Client, page: str, **more: str) -> Any:
    form = next(
        one for one in forms_of(page.encode(), URL, "alice") if "questions" in one.as_it_stands
    )
    return client.post(URL, form.as_it_stands | {key: [value] for key, value in more.items()})


@pytest.mark.parametrize(
    ("name", "data", "count"),
    [("a.gift", GIFT, 12), ("a.txt", AIKEN, 2), ("a.xml", MOODLE, 10)],
)
def test_a_file_is_shown_and_then_in_the_draft(
    people: People, reading: Reading, name: str, data: str, count: int
) -> None:
    client = people.client("alice")
    page = choose(client, name, data)
    assert f"{count} questions, read as" in page
    assert not GuideDraft.objects.exists()
    answer = confirm(client, page, paragraph="2")
    assert answer.status_code == 302
    assert answer["Location"] == "/s/seminar/r/margins/guide/draft/#i1"
    [item] = parse_guide(GuideDraft.objects.get().text).items
    assert (item.kind, item.anchor.number) == ("checkpoint", 2)
    assert not Quiz.objects.exists()
    publish(client)
    assert Quiz.objects.get().questions.count() == count


def test_it_says_what_each_becomes_and_what_is_left(people: People, reading: Reading) -> None:
    page = choose(people.client("alice"), "a.xml", MOODLE)
    for words in ("<b>Where do readers <strong>stop</strong>?</b>", "a picture", "One choice"):
        assert words in page
    assert "alert(1)" not in page


def test_what_there_was_stays_and_other_drafts_go_on(people: People, reading: Reading) -> None:
    add_quiz(people, reading)
    client = people.client("alice")
    confirm(client, choose(client, "a.txt", AIKEN))
    kinds = [one.kind for one in parse_guide(GuideDraft.objects.get().text).items]
    assert kinds == ["context", "checkpoint", "prompt", "checkpoint"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.gift", "Fine? {T}\n\nWhat? {=a", "Line 3: "),
        ("a.xml", "<quiz>\n<question></quiz>", "Line 2: "),
        ("a.docx", b"\x00\x01\x02", "this is none of the formats"),
        ("a.txt", b"\xff\xfeQ\x00", "this is none of the formats"),
        ("a.txt", b"\xc3(", "not text in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_line_and_reason(
    people: People, reading: Reading, name: str, data: bytes | str, said: str
) -> None:
    client = people.client("alice")
    sent = data.encode() if isinstance(data, str) else data
    form = form_on(client, URL).as_it_stands | {"file": SimpleUploadedFile(name, sent)}
    answer = client.post(URL, form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Nothing was imported." in page
    assert said in page
    assert not GuideDraft.objects.exists()


def test_what_no_guide_holds_is_left_out_by_who_has_seen_it(
    people: People, reading: Reading
) -> None:
    client = people.client("alice")
    page = choose(client, "a.gift", "Fine? {T}\n\nSame? {=a ~a}")
    assert "Line 3: two choices" in page
    assert "Leave those out, and put the others into the draft" in page
    assert confirm(client, page).status_code == 302
    text = GuideDraft.objects.get().text
    assert "Fine?" in text
    assert "Same?" not in text


def test_where_nothing_can_come_in_there_is_nothing_to_confirm(
    people: People, reading: Reading
) -> None:
    page = choose(people.client("alice"), "a.gift", "Same? {=a ~a}")
    assert "Line 1: two choices" in page
    assert "into the draft</button>" not in page


def test_a_paragraph_that_there_is_not_keeps_what_was_read(
    people: People, reading: Reading
) -> None:
    client = people.client("alice")
    answer = confirm(client, choose(client, "a.txt", AIKEN), paragraph="99")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The text has no ¶ 99" in page
    assert "Where do readers stop?" in page
    assert not GuideDraft.objects.exists()
    assert confirm(client, page, paragraph="1").status_code == 302


def test_nothing_chosen_is_told(people: People, reading: Reading) -> None:
    client = people.client("alice")
    answer = client.post(URL, form_on(client, URL).as_it_stands)
    assert answer.status_code == 422
    assert "Choose a file." in answer.content.decode()


def test_words_that_were_tampered_with_are_refused(people: People, reading: Reading) -> None:
    client = people.client("alice")
    for words in ("nonsense", "---\nguide: 1\ntitle: T\n---\n\n## Checkpoint ¶ 1\n\nno question\n"):
        answer = client.post(URL, {"questions": words, "paragraph": "1"})
        assert answer.status_code == 422
    assert not GuideDraft.objects.exists()


def test_queries_do_not_grow_with_the_questions(people: People, reading: Reading) -> None:
    client = people.client("alice")
    counts = []
    for many in (1, 60):
        file = "\n\n".join(f"Is it {number}? {{T}}" for number in range(many))
        form = form_on(client, URL).as_it_stands
        with PageQueries() as captured:
            client.post(URL, form | {"file": SimpleUploadedFile("a.gift", file.encode())})
        counts.append(len(captured))
    assert counts[0] == counts[1]
