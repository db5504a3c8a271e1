"""Five hundred naughty strings through every field: no error 500, and kept is what was sent."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from discussions.models import Comment, Report
from documents.plain_markdown import shows_words
from documents.visible import cleaned_name, has_visible
from quizzes.models import Answer
from readings.models import Guide, GuideItem, Reading
from rendering.markdown import as_html
from seminars.models import Group
from tests.base import PASSWORD, People
from tests.discussions.base import first_of, new_thread_data, say, url
from tests.forms import add_guide
from tests.quizzes.base import add_quiz, as_form, right_answers
from tests.readings.editing import edit
from tests.readings.library import metadata, publish, upload
from tests.security.corpora import corpus
from tests.seminars.helpers import invite

# A few that the list does not hold: NUL, a lone half of a pair as JSON writes it, other line ends.
OURS = ["\0", "a\0b", "\\u0000", "\\ud800", "a\u2028b\u2029c", "\x85", "\ufffe\uffff", "\U0010ffff"]


@pytest.fixture(autouse=True)
def _nobody_is_too_fast(settings: Any) -> None:
    settings.POSTS_PER_MINUTE = 0


@pytest.fixture(scope="module")
def strings() -> list[str]:
    return [*corpus("naughty-strings/blns.json"), *OURS]


def kept(string: str) -> str:
    """What a text field keeps of a string: no white space around it, and LF for CRLF."""
    string = string.replace("\r\n", "\n").replace("\r", "\n")
    # Of controls, the line break, the tab, and NUL, which is refused.
    return "".join(
        c for c in string if c in "\n\t\0" or (not "\0" < c < " " and c != "\x7f")
    ).strip()


def test_comment(people: People, reading: Reading, strings: list[str]) -> None:
    thread = say(reading, people.alice)
    client = people.client("carol")
    for i, string in enumerate(strings):
        if i % 20 == 0:
            client.get("/")  # what was said so far is read, or it would pile up
        answer = client.post(url("comment_create", reading, thread.pk), {"body": string})
        if shows_words(as_html(kept(string))) and "\0" not in string:
            assert answer.status_code == 302, ascii(string)
            assert Comment.objects.latest("pk").body == kept(string)
        else:
            assert answer.status_code == 422, ascii(string)
    for comment in Comment.objects.filter(author=people.carol)[::40]:
        page = client.get(url("comment_revisions", reading, comment.pk))
        assert page.context["form"].initial["body"] == comment.body
    assert client.get(thread.get_absolute_url()).status_code == 200
    assert client.get(url("thread_list", reading)).status_code == 200


def test_thread_and_its_place(people: People, reading: Reading, strings: list[str]) -> None:
    client = people.client("carol")
    fields = ("words", "block", "segments", "sentence", "audience", "kind", "client_key")
    for i, string in enumerate([*strings, *OURS * len(fields)]):
        sent = new_thread_data(body="Words of mine.", **{fields[i % len(fields)]: string})
        answer = client.post(url("thread_list", reading), sent)
        assert answer.status_code in {302, 422}, ascii(string)
        if answer.status_code == 422:
            assert "Words of mine." in answer.content.decode(), "the words are kept"


@pytest.mark.parametrize("field", ["block", "exact"])
@pytest.mark.parametrize("string", ["\0", "\ud800", "p1\0"])
def test_escapes_in_what_a_script_selected(
    people: People, reading: Reading, field: str, string: str
) -> None:
    """JSON can write what no form can: NUL, and half a character."""
    row = {"block": "p1", "start": 2, "end": 9, "exact": "seminar", field: string}
    sent = new_thread_data(segments=json.dumps([row]))
    answer = people.client("carol").post(url("thread_list", reading), sent)
    assert answer.status_code in {302, 422}


def test_query_strings(people: People, reading: Reading, strings: list[str]) -> None:
    client = people.client("alice")
    for string in strings[::16] + OURS:
        for path, name in [
            (url("thread_new", reading), "block"),
            (url("thread_list", reading), "show"),
            (url("thread_list", reading), "comment"),
            ("/s/seminar/desk/log/", "action"),
            ("/s/seminar/desk/log/", "before"),
            ("/s/seminar/readings/", "essay"),
            ("/accounts/login/", "next"),
        ]:
            assert client.get(path, {name: string}).status_code in {200, 302, 404}, (path, string)


@pytest.mark.parametrize("path", ["/accounts/display/", "/accounts/login/"])
def test_where_to_go_next(people: People, strings: list[str], path: str, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    for string in [*strings[::9], *OURS, "nonsense", "home", "people", "../../x"]:
        client = Client() if "login" in path else people.client("carol")
        display = {"text_size": "m", "measure": "wide", "theme": "dark", "typeface": "sans"}
        display |= {"annotations": "all"}
        login = {"login": "carol@example.org", "password": PASSWORD}
        answer = client.post(path, {**display, **login, "next": string})
        assert answer.status_code == 302
        here = "http://testserver" + path
        assert urlsplit(urljoin(here, answer["Location"])).netloc == "testserver"


def test_names(people: People, strings: list[str]) -> None:
    client = people.client("alice")
    for string in strings[::3] + OURS:
        name = cleaned_name(string)
        accepted = 0 < len(name) <= 200 and "\0" not in string
        people.seminar.refresh_from_db()
        seen = people.seminar.edit_version
        sent = {"name": string, "description": string, "version": seen, "default_audience": "group"}
        answer = client.post("/s/seminar/settings/", sent)
        assert answer.status_code == (302 if accepted else 422), ascii(string)
        if answer.status_code == 302:
            people.seminar.refresh_from_db()
            assert people.seminar.name == name
            assert people.seminar.description == string.strip()
        people.monday.refresh_from_db()
        sent = {"name": string, "version": people.monday.edit_version}
        answer = client.post(f"/s/seminar/people/groups/{people.monday.pk}/", sent)
        if answer.status_code == 302:
            assert Group.objects.get(pk=people.monday.pk).name == name
        else:
            assert answer.status_code == 422
    assert client.get("/s/seminar/people/").status_code == 200


def test_signing_up(people: People, strings: list[str], settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    for i, string in enumerate(strings[::20] + OURS):
        client = Client()
        client.get(invite(people, uses=999)[1])
        fields = {"name": string, "email": f"n{i}@example.org", "password1": "tall green kettle 9"}
        answer = client.post("/accounts/signup/", fields)
        assert answer.status_code in {302, 422}
        if answer.status_code == 302:
            assert User.objects.get(email=f"n{i}@example.org").name == cleaned_name(string)
        wrong = {"name": "Nora", "email": string, "password1": string}
        sent = {"login": string, "password": string}
        assert Client().post("/accounts/login/", sent).status_code == 422
        assert client.post("/accounts/signup/", wrong).status_code in {302, 422}


def test_reports_and_notes(people: People, reading: Reading, strings: list[str]) -> None:
    reporter, alice = people.client("dan"), people.client("alice")
    for string in strings[::12] + OURS:
        comment = first_of(say(reading, people.carol))
        sent = {"reason": "spam", "detail": string}
        answer = reporter.post(url("comment_reports", reading, comment.pk), sent)
        refused = "\0" in string or (kept(string) and not has_visible(string))
        assert answer.status_code == (422 if refused else 302)
        if answer.status_code == 302:
            assert Report.objects.latest("pk").detail == kept(string)
        notes = {"reason": "spam", "version": 1, "note_to_member": string, "note_to_staff": string}
        answer = alice.post(url("comment_visibility", reading, comment.pk), notes)
        assert answer.status_code == (422 if refused else 302)
    assert alice.get("/s/seminar/desk/log/").status_code == 200
    assert alice.get("/s/seminar/desk/reviews/").status_code == 200


def sections(strings: list[str]) -> Iterator[str]:
    for string in strings:
        yield f"## Note ¶ 1\n\nBefore.\n\n{string}\n"


def version_of_guide(reading: Reading) -> int:
    return max(
        Guide.objects.filter(reading=reading).values_list("edit_version", flat=True), default=0
    )


def test_guide(people: People, reading: Reading, strings: list[str]) -> None:
    client = people.client("alice")
    path = url("reading_guide", reading)
    head = "---\nguide: 1\ntitle: Naughty\n---\n\n"
    for string in strings[::25] + OURS:
        for text in (
            head + f"## Note ¶ 1\n\n{string}\n",
            head + f'## Note "{string}"\n\nWords.\n',
            f"---\nguide: 1\ntitle: {string}\n---\n\n## Note ¶ 1\n\nWords.\n",
        ):
            file = SimpleUploadedFile("guide.md", text.encode())
            sent = {"file": file, "version": version_of_guide(reading)}
            assert add_guide(client, path, sent).status_code in {302, 422}, ascii(text)
    whole = head + "\n".join(sections([s for s in strings if not s.startswith("#")]))
    file = SimpleUploadedFile("guide.md", whole.encode())
    sent = {"file": file, "version": version_of_guide(reading)}
    assert add_guide(client, path, sent).status_code == 302
    assert GuideItem.objects.notes_of(reading).count() > 0.8 * len(strings)
    assert client.get(reading.get_absolute_url()).status_code == 200


def test_short_answers(people: People, reading: Reading, strings: list[str]) -> None:
    quiz = add_quiz(people, reading)
    question = quiz.questions.get(kind="short_answer")
    client = people.client("carol")
    for string in strings[::10] + OURS:
        sent = as_form({**right_answers(quiz), question.pk: [string]}, client_key=string)
        answer = client.post(url("attempt_create", reading, quiz.pk), sent)
        words = " ".join(string.replace("\0", "").split())
        assert answer.status_code == (302 if has_visible(words) and len(words) <= 300 else 422)
        if words and answer.status_code == 302:
            assert Answer.objects.filter(question=question).latest("pk").response == [words]
    assert client.get(reading.get_absolute_url()).status_code == 200
    results = people.client("alice").get(url("quiz_results", reading))
    assert results.status_code == 200


@pytest.mark.parametrize("name", ["strings.md", "strings.txt"])
def test_essay(people: People, strings: list[str], name: str) -> None:
    client = people.client("alice")
    text = "# Strings\n\n" + "\n\n".join(strings)
    # NUL alone makes a short file look like no text at all, and refused.
    text += "\n\nAn ordinary paragraph of an ordinary essay." * 50
    draft = upload(client, text, name)
    assert client.get(f"/library/import/{draft.pk}/").status_code == 200
    essay = publish(client, draft).essay
    answer = client.post("/s/seminar/readings/", {"essay": essay.pk})
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200


def test_metadata(people: People, strings: list[str]) -> None:
    client = people.client("alice")
    draft = upload(client)
    for string in strings[::12] + OURS:
        fields = ("title", "subtitle", "venue", "issue", "licence", "abstract", "author_note")
        sent = metadata(**dict.fromkeys(fields, string), authors=string)
        answer = edit(client, draft, edit="about", **sent)
        assert answer.status_code in {302, 422}, ascii(string)
        if answer.status_code == 302:
            assert draft.title == cleaned_name(string)


def test_names_of_files(people: People, strings: list[str]) -> None:
    client = people.client("alice")
    for string in [*strings[::40], *OURS, "紙" * 120, "紙" * 300 + ".md", "😀", "😀" * 200]:
        for content in (b"# A title\n\nSome words of an essay.\n", b"\x89PNG\r\n\x1a\n\0\0"):
            file = SimpleUploadedFile("x", content)
            vars(file)["_name"] = (
                string  # as a client may send it: Django's own cutting comes later
            )
            answer = client.post("/library/import/", {"file": file})
            assert answer.status_code in {302, 422}, ascii(string)
            assert client.get("/library/import/").status_code == 200
