"""The page of a reading's guide: what is on the text, what found no place, adding another."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml.html import fromstring

from quizzes.models import Quiz
from quizzes.questions import TYPES
from readings.guides.guide_file import parse_guide
from readings.models import Block, Essay, Guide, GuideItem, Reading
from tests.base import People
from tests.forms import add_guide, confirmed, form_on, forms_of
from tests.quizzes.base import GUIDE

URL = "/s/seminar/r/margins/guide/"


def file(text: str | bytes, name: str = "guide.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def resend(client: Client, text: str) -> None:
    """Change the guide's words in the form of its page, and confirm what that does."""
    sent = form_on(client, URL).as_it_stands | {"text": [text]}
    assert add_guide(client, URL, sent).status_code == 302


def test_says_that_there_is_none(people: People, reading: Reading) -> None:
    html = people.client("alice").get(URL).content.decode()
    assert "No guide yet" in html
    assert "?file" not in html
    assert "Write or paste it here." in html
    assert "add it again" not in html


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("On margins", "One text together"),
        ("# 7: “on” 'margins'", "“Quoted” from the first"),
        ("m" * 300, "A"),
    ],
)
def test_an_example_can_be_begun_with_and_is_a_guide_as_it_stands(
    people: People, reading: Reading, title: str, words: str
) -> None:
    Essay.objects.update(title=title)
    first = Block.objects.filter(revision=reading.revision, number=1)
    first.update(text=words, html=words)
    client = people.client("alice")
    page = fromstring(client.get(URL).content.decode())
    example = page.findtext(".//pre")
    assert example
    kinds = [item.kind for item in parse_guide(example).items]
    assert kinds == ["note", "prompt", "checkpoint", "link"]
    form = fromstring(client.get(f"{URL}?example=1").content.decode())
    assert form.findtext(".//textarea").strip() == example.strip()
    assert add_guide(client, URL, {"text": example}).status_code == 302
    html = client.get(URL).content.decode()
    assert f"1 note, 1 prompt, and 1 checkpoint with {len(TYPES)} questions" in html
    assert "waits for “Title of another essay”" in html
    assert "How the file is written" in html
    types = [str(one.kind) for one in TYPES]
    assert [one.kind for one in Quiz.objects.get().questions.all()] == types


def test_a_file_is_added(people: People, reading: Reading) -> None:
    client = people.client("alice")
    response = add_guide(client, URL, {"file": file(GUIDE)})
    assert response.status_code == 302
    assert response["Location"] == URL
    html = client.get(URL).content.decode()
    assert "Change it here and add it again." in html
    assert "“Guide to margins” has been added to the text." in html
    assert "1 note, 1 prompt, and 1 checkpoint with 4 questions" in html
    assert "Everything in it has found its place." in html
    page = client.get("/s/seminar/r/margins/").content.decode()
    assert "<em>of readers</em>" in page
    assert "Where do readers stop?" in page


def test_a_guide_written_in_the_page_is_added(people: People, reading: Reading) -> None:
    response = add_guide(people.client("alice"), URL, {"text": GUIDE.replace("\n", "\r\n")})
    assert response.status_code == 302
    assert Quiz.objects.count() == 1


def test_the_file_can_be_taken_away_and_added_again(people: People, reading: Reading) -> None:
    client = people.client("alice")
    add_guide(client, URL, {"file": file(GUIDE)})
    response = client.get(URL, {"file": "1"})
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert 'filename="margins-guide.md"' in response["Content-Disposition"]
    assert parse_guide(response.content.decode()) == parse_guide(GUIDE)
    quiz = Quiz.objects.get()
    add_guide(client, URL, {"file": file(response.content)})
    assert Quiz.objects.get().pk == quiz.pk


def test_what_found_no_place_is_listed_with_line_and_reason(
    people: People, reading: Reading
) -> None:
    client = people.client("alice")
    add_guide(
        client, URL, {"file": file(GUIDE.replace('¶ 1 "another place"', '¶ 9 "another place"'))}
    )
    html = client.get(URL).content.decode()
    assert "What found no place" in html
    assert "The text has no ¶ 9; its last paragraph is ¶ 3." in html
    assert '<td class="num-col">7</td>' in html
    assert "0 notes, 1 prompt, and 1 checkpoint with 4 questions" in html


def test_a_malformed_file_is_refused_with_its_lines_and_kept(
    people: People, reading: Reading
) -> None:
    client = people.client("alice")
    add_guide(client, URL, {"file": file(GUIDE)})
    broken = GUIDE.replace("## Prompt ¶ 2", "## Question ¶ 2") + "\n### Also this\n"
    response = client.post(URL, {"file": file(broken)})
    html = response.content.decode()
    assert response.status_code == 422
    line = broken.split("\n").index("## Question ¶ 2") + 1
    assert f"Line {line}: “Question” is no kind of section." in html
    assert "## Question ¶ 2" in html  # the file's words stand in the field, to be put right
    assert GuideItem.objects.notes_of(reading).count() == 1
    assert "1 note, 1 prompt" in html  # what was there is there still


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Choose a file, or write the guide below."),
        ({"text": "   "}, "Choose a file, or write the guide below."),
        ({"text": "Just words."}, "begin with a head"),
        ({"text": GUIDE.replace("On margins", "On footnotes")}, "this guide is for “On footnotes”"),
        ({"file": b"\xff\xfe\x00binary"}, "not text in UTF-8"),
        ({"file": b"\x00" * 10}, "begin with a head"),
        ({"file": b"x" * 2_000_001}, "too long"),
        ({"file": b""}, "empty"),
    ],
)
def test_bad_input_is_told_in_place(
    people: People, reading: Reading, data: dict[str, str | bytes], message: str
) -> None:
    fields = {
        name: file(value) if isinstance(value, bytes) else value for name, value in data.items()
    }
    response = people.client("alice").post(URL, fields)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not GuideItem.objects.exists()


def test_the_text_is_kept_when_it_is_refused(people: People, reading: Reading) -> None:
    html = people.client("alice").post(URL, {"text": "My <b>long</b> guide"}).content.decode()
    assert "My &lt;b&gt;long&lt;/b&gt; guide" in html


def test_anonymous_is_sent_to_sign_in(reading: Reading) -> None:
    response = Client().get(URL)
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


@pytest.mark.parametrize(
    ("key", "status"), [("bob", 403), ("carol", 403), ("grace", 403), ("mallory", 404)]
)
def test_only_instructors_see_and_add_guides(
    people: People, reading: Reading, key: str, status: int
) -> None:
    client = people.client(key)
    assert client.get(URL).status_code == status
    assert client.get(URL, {"file": "1"}).status_code == status
    assert client.post(URL, {"text": GUIDE}).status_code == status
    assert not GuideItem.objects.exists()


def test_wrong_method(people: People, reading: Reading) -> None:
    assert people.client("alice").delete(URL).status_code == 405


def test_queries_do_not_grow_with_the_guide(people: People, reading: Reading) -> None:
    client = people.client("alice")

    def count() -> int:
        client.get(URL)  # takes the last message away
        with CaptureQueriesContext(connection) as captured:
            assert client.get(URL).status_code == 200
        return len(captured)

    resend(client, GUIDE)
    one = count()
    many = "".join(f"\n## Note ¶ {n % 3 + 1}\nNote {n}.\n" for n in range(199))
    resend(client, GUIDE + many)
    assert GuideItem.objects.notes_of(reading).count() == 200
    assert count() == one


def test_guide_notes_cost_the_reading_page_no_more_queries(
    people: People, reading: Reading
) -> None:
    client = people.client("carol")

    def count() -> int:
        client.get("/s/seminar/r/margins/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/s/seminar/r/margins/").status_code == 200
        return len(captured)

    add_guide(people.client("alice"), URL, {"text": GUIDE})
    one = count()
    many = "".join(f"\n## Note ¶ {n % 3 + 1}\nNote {n}.\n" for n in range(199))
    add_guide(people.client("alice"), URL, {"text": GUIDE + many})
    assert count() == one


def test_a_prompt_that_nobody_would_see_is_refused_with_its_line(
    people: People, reading: Reading
) -> None:
    text = "---\nguide: 1\ntitle: T\n---\n\n## Prompt ¶ 1\n\n#\n"
    answer = people.client("alice").post(URL, {"text": text})
    assert answer.status_code == 422
    assert "Line 8" in answer.content.decode()
    assert not reading.threads.exists()


def test_what_it_does_is_shown_before_it_is_done(people: People, reading: Reading) -> None:
    client = people.client("alice")
    add_guide(client, URL, {"text": GUIDE})
    before = list(GuideItem.objects.values())
    text = GUIDE.replace("Said *of readers*.", "Said *of all readers*.").replace(
        "2\n\nIs no", "3\n\nIs no"
    )
    text = text.partition("## Checkpoint")[0] + "## Note ¶ 1\n\nNew here.\n\n## Note ¶ 9\n\nLost.\n"
    answer = client.post(URL, form_on(client, URL).as_it_stands | {"text": [text]})
    assert answer.status_code == 200
    page = fromstring(answer.content.decode())
    shown = page.xpath("//section[@id='preview']")[0]
    words = [" ".join(one.text_content().split()) for one in shown.xpath(".//h4")]
    assert words == [
        "Added (1)",
        "Changed (1)",
        "Moved (1)",
        "Taken off (1)",
        "Finds no place (1)",
    ]
    assert "all" in "".join(one.text_content() for one in shown.xpath(".//ins"))
    assert "The text has no ¶ 9" in shown.text_content()
    assert list(GuideItem.objects.values()) == before
    assert (
        "New here." not in people.client("carol").get(reading.get_absolute_url()).content.decode()
    )
    assert confirmed(client, URL, answer).status_code == 302
    page_of_member = people.client("carol").get(reading.get_absolute_url()).content.decode()
    assert "New here." in page_of_member
    assert "Said <em>of all readers</em>" in page_of_member


def test_another_text_than_the_one_shown_is_shown_first(people: People, reading: Reading) -> None:
    client = people.client("alice")
    answer = client.post(URL, {"text": GUIDE})
    form = next(one for one in forms_of(answer.content, URL, "") if one.button)
    sent = form.as_it_stands | {"text": [GUIDE.replace("Is no method", "Is one method")]}
    assert client.post(URL, sent).status_code == 200
    assert not GuideItem.objects.exists()


def test_nothing_new_is_said(people: People, reading: Reading) -> None:
    client = people.client("alice")
    add_guide(client, URL, {"text": GUIDE})
    answer = client.post(URL, form_on(client, URL).as_it_stands)
    assert "Everything in it is on the text already" in answer.content.decode()


def test_two_who_add_a_guide_at_once(people: People, reading: Reading) -> None:
    client = people.client("alice")
    first = client.post(URL, {"text": GUIDE})
    add_guide(client, URL, {"text": GUIDE.replace("Is no method", "Is one method")})
    late = confirmed(client, URL, first)
    assert late.status_code == 409
    assert "Is no method" in late.content.decode()
    assert "Is one method" in late.content.decode()
    assert "Is one method" in Guide.objects.get().source


def test_the_example_is_a_file_too(people: People, reading: Reading) -> None:
    client = people.client("alice")
    response = client.get(URL, {"example": "file"})
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert parse_guide(response.content.decode()).essay == "On margins"
