"""The page on which questions leave: what a format cannot hold stands above the download."""

import pytest
from lxml import html

from readings.guides import apply_guide
from readings.models import Reading
from tests.base import People
from tests.queries import PageQueries
from tests.quizzes.base import ALL_TYPES, GUIDE, add_quiz, assert_for_staff_alone

URL = "/s/seminar/r/margins/guide/questions/"
TWO = GUIDE + "\n## Checkpoint ¶ 3\n\nTitle: Another\n\n### Is it so?\n\nAnswer: true\n"


def test_it_is_for_instructors_alone(people: People, reading: Reading) -> None:
    assert_for_staff_alone(people, URL)
    assert people.client("bob").get(URL).status_code == 403


def test_what_the_format_cannot_hold_is_listed(people: People, reading: Reading) -> None:
    add_quiz(people, reading, ALL_TYPES)
    client = people.client("alice")
    page = client.get(f"{URL}?format=gift").content.decode()
    for words in (
        "its unit",
        "how many words it may have",
        "the format has no “Words in the text”",
    ):
        assert words in page
    assert "The file has 8 questions." in page
    page = client.get(f"{URL}?format=markdown").content.decode()
    assert "The format holds everything." in page


def test_how_a_checkpoint_behaves_is_listed_as_the_guide_has_it(
    people: People, reading: Reading
) -> None:
    title = "Title: What the margin is for\n"
    add_quiz(people, reading, GUIDE.replace(title, f"{title}Tries: 2\nGate: soft\n"))
    page = people.client("alice").get(f"{URL}?format=moodle").content.decode()
    assert "how it behaves: Tries: 2 · Gate: soft" in page
    assert "question 0" not in page


def test_without_a_choice_it_is_moodles(people: People, reading: Reading) -> None:
    add_quiz(people, reading, ALL_TYPES)
    for query in ("", "?format=nonsense", "?checkpoint=99", "?checkpoint=x"):
        assert (
            '<h2 id="held-h">Moodle XML</h2>'
            in people.client("alice").get(URL + query).content.decode()
        )


def test_checkpoints_are_chosen(people: People, reading: Reading) -> None:
    apply_guide(reading=reading, text=TWO, by=people.alice)
    page = people.client("alice").get(f"{URL}?checkpoint=2").content.decode()
    assert "The file has 1 question." in page
    assert "The file has 5 questions." in people.client("alice").get(URL).content.decode()


def test_what_is_ticked_when_it_is_downloaded_is_in_the_file(
    people: People, reading: Reading
) -> None:
    """Also where nobody has looked at what the format holds of it."""
    apply_guide(reading=reading, text=TWO, by=people.alice)
    client = people.client("alice")
    form = html.fromstring(client.get(URL).content).xpath("//form[@id='export-form']")[0]
    [button] = form.getroottree().xpath("//button[@form='export-form']")
    sent = {**dict(form.form_values()), "checkpoint": "2"}
    file = client.get(button.get("formaction"), sent).content.decode()
    assert "Is it so?" in file
    assert "Where do readers stop?" not in file
    del sent["checkpoint"]
    answer = client.get(button.get("formaction"), sent, follow=True)
    assert "Tick the checkpoints that you want to export." in answer.content.decode()


def test_a_guide_without_questions_says_so(people: People, reading: Reading) -> None:
    assert "No questions yet" in people.client("alice").get(URL).content.decode()


@pytest.mark.parametrize("text", [GUIDE, ALL_TYPES])
def test_queries_do_not_grow_with_the_questions(
    people: People, reading: Reading, text: str
) -> None:
    add_quiz(people, reading, text)
    client = people.client("alice")
    client.get(URL)
    with PageQueries() as captured:
        client.get(URL)
    assert len(captured) == QUERIES


QUERIES = 8
