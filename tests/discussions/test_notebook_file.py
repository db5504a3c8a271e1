"""One's notebook as a file: Markdown, CSV and JSON."""

import csv
import io
import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from markdown_it import MarkdownIt

from discussions.models import Comment
from discussions.notebook.files import COLUMNS
from documents.plain_markdown import shows_words
from readings.models import Anonymity, Essay, Reading
from rendering.markdown import as_html
from seminars.actions import update_membership
from seminars.models import Seminar
from tests.base import PARAGRAPHS, People, make_reading
from tests.discussions.base import WORDS, answer, first_of, hidden, say
from tests.discussions.gates import assert_closed_to_strangers
from tests.security.corpora import corpus

PAGE = "/s/seminar/notebook/"
FORMS = ("markdown", "csv", "json")


def saved(people: People, form: str, query: str = "", who: str = "carol") -> str:
    response = people.client(who).get(f"{PAGE}{form}/{query}")
    assert response.status_code == 200
    assert response.streaming
    return b"".join(response).decode("utf-8")


def table(people: People, query: str = "") -> list[dict[str, str]]:
    text = saved(people, "csv", query)
    assert text.startswith("\ufeff"), "or Excel takes it for another encoding"
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def entries(people: People, query: str = "") -> list[dict[str, Any]]:
    whole = json.loads(saved(people, "json", query))
    assert whole["format"] == "colloquy-notebook"
    assert whole["count"] == len(whole["entries"])
    found: list[dict[str, Any]] = whole["entries"]
    return found


@pytest.fixture
def written(people: People, reading: Reading) -> Comment:
    """A highlight of Carol's, a note, a reply to Dan, and a comment that staff have hidden."""
    say(reading, people.carol, "", block="p3", quote="the margin was")
    say(reading, people.carol, "# Not a title\n\n```\nnever closed", audience="group")
    hidden(first_of(say(reading, people.carol, "Too much.", block="")), people.alice)
    thread = say(reading, people.dan, "Dan’s *words*.", block="p2", quote="method")
    return answer(thread, people.carol, "Mine.")


def test_closed_to_strangers(people: People) -> None:
    assert_closed_to_strangers(people, f"{PAGE}csv/")
    assert people.client("carol").get(f"{PAGE}xlsx/").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_nothing_yet(people: People, form: str) -> None:
    assert saved(people, form)
    assert table(people) == entries(people) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_browser_saves_it_under_a_safe_name(people: People, form: str) -> None:
    Seminar.objects.update(name='../Zwei "Blicke"\r\nX: y / 图')
    response = people.client("carol").get(f"{PAGE}{form}/")
    said = response.headers["Content-Disposition"]
    assert said.startswith("attachment; filename*=utf-8''")
    assert not re.search(r'[\r\n/\\"]', said.partition("''")[2])
    ending = {"markdown": "md"}.get(form, form)
    assert said.endswith(f"notebook.{ending}")
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_row_of_the_table(people: People, reading: Reading, written: Comment) -> None:
    rows = table(people)
    assert list(rows[0]) == list(COLUMNS)
    assert [row["kind"] for row in rows] == ["comment", "reply", "highlight", "comment"]
    note, reply, highlight, gone = rows
    assert note["seminar"] == "Two views"
    assert note["reading"] == "On margins"
    assert note["authors"] == "Ada Reader"
    assert note["section"] == "Where readers stop"
    assert note["paragraph"] == "1"
    assert note["quote"] == WORDS
    assert note["words"] == "# Not a title\n\n```\nnever closed"
    assert (note["audience"], note["group"]) == ("group", "Monday")
    assert reply["answers"] == "Dan: Dan’s words."
    assert reply["link"] == f"http://testserver{reading.get_absolute_url()}#c{written.pk}"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", reply["written"])
    assert reply["edited"] == ""
    assert highlight["words"] == ""
    assert highlight["quote"] == "The margin was"
    assert gone["state"] == "hidden"
    assert gone["paragraph"] == gone["quote"] == ""


def test_json_says_the_same(people: People, written: Comment) -> None:
    rows = [
        {name: "" if value is None else str(value) for name, value in entry.items()}
        for entry in entries(people)
    ]
    assert rows == table(people)
    assert entries(people)[0]["paragraph"] == 1


def test_the_name_under_which_others_see_it(people: People) -> None:
    reading = make_reading(people, anonymity=Anonymity.OPTIONAL)
    thread = say(reading, people.dan, "Dan’s.", anonymous=True)
    mine = answer(thread, people.carol, "Mine.")
    own = say(reading, people.carol, "Mine, too.", anonymous=True)
    (reply, begun) = entries(people)
    assert (reply["alias"], begun["alias"]) == ("", own.alias)
    assert reply["answers"] == f"{thread.alias}: Dan’s."
    assert mine.alias == ""
    assert "Dan:" not in saved(people, "markdown")


def test_a_whole_paragraph_is_quoted_whole(people: People, reading: Reading) -> None:
    reading.revision.blocks.filter(key="p1").update(text="Long words. " * 99)
    say(reading, people.carol, "Of it.", quote="")
    assert entries(people)[0]["quote"] == "Long words. " * 99


@pytest.mark.parametrize("form", FORMS)
def test_as_filtered(people: People, written: Comment, form: str) -> None:
    text = saved(people, form, "?kind=reply&q=mine")
    assert "Mine." in text
    assert "Not a title" not in text
    assert f'/{form}/?kind=reply&amp;q=mine"' in (
        people.client("carol").get(f"{PAGE}?kind=reply&q=mine").content.decode()
    )


@pytest.mark.parametrize("form", FORMS)
def test_nothing_of_what_is_out_of_reach(people: People, reading: Reading, form: str) -> None:
    thread = say(reading, people.bob, "For Monday.", audience="group", quote=WORDS)
    answer(thread, people.carol, "Mine.")
    update_membership(
        membership=people.carol, role="participant", group=people.thursday, by=people.alice
    )
    text = saved(people, form)
    assert "Mine." in text
    assert "For Monday." not in text
    assert WORDS not in text


@pytest.mark.parametrize(
    "body",
    ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＠x", "=cmd|' /C calc'!A0", "  =1", "\t=1"],
)
def test_no_cell_is_a_formula(people: People, reading: Reading, body: str) -> None:
    thread = say(reading, people.carol, "Words.")
    Comment.objects.filter(thread=thread).update(body=body)
    Essay.objects.update(title=body)
    (row,) = table(people)
    assert row["words"] == row["reading"] == f"'{body}"
    assert entries(people)[0]["words"] == body, "as it is kept"


def test_naughty_strings(people: People, reading: Reading, settings: Any) -> None:
    settings.POSTS_PER_MINUTE = 0
    ours = [
        "a\x0bb\x1bc\x9bd",
        "\ufffe\uffff",
        "x\u2028y\u2029z",
        '"quoted", and\n"more"',
        "'",
        "a;b",
    ]
    strings = [
        string
        for string in [*corpus("naughty-strings/blns.json"), *ours]
        if "\0" not in string and shows_words(as_html(string))
    ]
    thread = say(reading, people.carol, "Words.")
    comment = first_of(thread)
    kept = [answer(thread, people.carol, string).body for string in strings]
    assert [one["words"] for one in entries(people)] == [comment.body, *kept]
    rows = table(people)
    assert len(rows) == len(kept) + 1
    for row, string in zip(rows[1:], kept, strict=True):
        cell = row["words"]
        assert not re.match(r"\s*[=+\-@]", cell)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", cell)
        plain = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]", "", string)
        assert cell.removeprefix("'") == plain.removeprefix("'")
    assert len(re.findall("^- ", saved(people, "markdown"), re.M)) == len(rows)


def test_markdown_is_one_item_for_each_entry(people: People, written: Comment) -> None:
    """Whatever was written in one: a title, a fence that nobody closes."""
    say(
        written.thread.reading, people.carol, "- a list\n\n<!-- open", block="p1", quote="A seminar"
    )
    Essay.objects.update(title="# <b>On</b> *margins*")
    text = saved(people, "markdown")
    html = MarkdownIt("commonmark").render(text)
    assert html.startswith("<h1>My notebook</h1>\n<h2># &lt;b&gt;On&lt;/b&gt; *margins*</h2>")
    # Items of the outermost level: those of the comments are within them.
    tokens = MarkdownIt("commonmark").parse(text)
    assert sum(one.type == "list_item_open" and one.level == 1 for one in tokens) == 5
    assert f"A seminar <strong>{WORDS}</strong>" in html
    assert "<h3>Where readers stop</h3>" in html
    assert "Dan: Dan’s words." in html
    assert "Hidden by staff" in html
    assert f'">¶ 1</a> · Comment · Monday · {written.created_at:%-d}' in html
    assert PARAGRAPHS[0].partition(WORDS)[2] in html


def test_words_of_others_are_no_markup(people: People, reading: Reading) -> None:
    reading.revision.blocks.filter(key="p1").update(text="# <img src=x> [a](b) *c* `d` e")
    thread = say(reading, people.dan, "\\# one \\> two \\[x](y)", quote="<img src=x> [a](b)")
    answer(thread, people.carol, "Mine.")
    html = MarkdownIt("commonmark").render(saved(people, "markdown"))
    assert "<img" not in html
    assert "<h1>My notebook</h1>" in html
    assert html.count("<h") == 3
    assert '<a href="b"' not in html
    assert '<a href="y"' not in html


@pytest.mark.parametrize("form", FORMS)
def test_two_hundred_at_a_time(people: People, reading: Reading, form: str) -> None:
    """In a fixed number of queries for each two hundred."""
    counts = []
    thread = say(reading, people.dan)
    for size in (1, 150, 250):
        for _ in range(size):
            answer(thread, people.carol)
        client = people.client("carol")
        with CaptureQueriesContext(connection) as queries:
            text = b"".join(client.get(f"{PAGE}{form}/")).decode()
        counts.append(len(queries))
        assert text.count("An answer.") == thread.comments.filter(author=people.carol).count()
    assert counts[0] == counts[1]
    assert counts[2] < 2.5 * counts[0]


def test_the_page_says_what_a_file_holds(people: People, written: Comment) -> None:
    text = people.client("carol").get(PAGE).content.decode()
    for name, about in COLUMNS.items():
        assert f"<dt><code>{name}</code></dt>" in text
        assert f"<dd>{about}</dd>" in text
