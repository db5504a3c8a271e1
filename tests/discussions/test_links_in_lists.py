"""Links wherever threads are listed: each says what it joins, to whom both ends are open."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from discussions.notifications import write_news_mails
from readings.models import Reading
from tests.base import People, markup
from tests.discussions.base import WORDS, answer, say, url
from tests.discussions.links import (
    FAR_TITLE,
    FAR_WORDS,
    NARROWED,
    link,
    make_far_reading,
    narrow,
)

SENTENCE = "On margins ¶ 1 answers Good fences ¶ 2"
SECRET = "Zanzibar"


@pytest.fixture
def far(people: People) -> Reading:
    return make_far_reading(people)


Channel = Callable[[People, Reading, str], str]


def thread_list(people: People, reading: Reading, who: str) -> str:
    return markup(people.client(who).get(url("thread_list", reading)))


def links_alone(people: People, reading: Reading, who: str) -> str:
    return markup(people.client(who).get(url("thread_list", reading, query="?show=links")))


def printed(people: People, reading: Reading, who: str) -> str:
    return markup(people.client(who).get(url("reading_print", reading)))


def printed_file(people: People, reading: Reading, who: str) -> str:
    return markup(people.client(who).get(url("reading_print", reading, query="?file=1")))


def found(people: People, reading: Reading, who: str, query: str = "spice", **more: str) -> str:
    asked = {"q": query, "reading": more.pop("where", ""), **more}
    page = people.client(who).get(reverse("search", args=[people.seminar.slug]), asked)
    return markup(page).replace("<mark>", "").replace("</mark>", "")


def news(people: People, reading: Reading, who: str) -> str:
    return markup(people.client(who).get("/news/"))


def mailed(people: People, reading: Reading, who: str) -> str:
    mail.outbox.clear()
    write_news_mails(timezone.now() + timedelta(minutes=6))
    return "".join(f"{one.subject} {one.body}" for one in mail.outbox if who in one.to[0])


def annotations(people: People, reading: Reading, who: str) -> str:
    page = url("annotation_collection", reading, query="?page=all")
    return json.dumps(people.client(who).get(page).json(), ensure_ascii=False)


def notebook(people: People, reading: Reading, who: str, query: str = "") -> str:
    page = reverse("notebook", args=[people.seminar.slug])
    return markup(people.client(who).get(page + query))


def notebook_file(people: People, who: str, form: str) -> str:
    response: Any = people.client(who).get(f"/s/{people.seminar.slug}/notebook/{form}/")
    return b"".join(response).decode()


CHANNELS: dict[str, Channel] = {
    "the list of threads": thread_list,
    "its links alone": links_alone,
    "on paper": printed,
    "the file for paper": printed_file,
    "search": found,
    "news": news,
    "mails": mailed,
    "annotations": annotations,
    "the notebook": notebook,
}


# --- Who may not see an end ------------------------------------------------------------------
@pytest.mark.parametrize("how", NARROWED)
@pytest.mark.parametrize("at_far_end", [True, False])
def test_no_list_tells_of_a_link_of_which_an_end_is_closed(
    people: People, reading: Reading, far: Reading, how: str, *, at_far_end: bool
) -> None:
    thread = link(
        reading,
        far,
        people.carol,
        f"{SECRET} of spice, @Dan.",
        block="p2",
        quote="",
        kind="contradicts",
    )
    answer(thread, people.bob, f"{SECRET} of more spice, @Dan.")
    closed, open_one = (far, reading) if at_far_end else (reading, far)
    who = narrow(people, closed, how)
    told = {name: look(people, open_one, who) for name, look in CHANNELS.items()}
    for name, text in told.items():
        assert SECRET not in text, name
        assert "contradicts" not in text, name
        assert f"threads/{thread.pk}/" not in text, name
    assert ">Links" not in told["the list of threads"]
    assert ">Links" not in told["search"]


def test_each_list_tells_of_it_to_whom_both_are_open(
    people: People, reading: Reading, far: Reading
) -> None:
    """Or the test above sees nothing."""
    link(reading, far, people.carol, f"{SECRET} of spice, @Dan.", block="p2", quote="")
    looks = {name: look for name, look in CHANNELS.items() if name != "the notebook"}
    for name, look in looks.items():
        assert SECRET in look(people, reading, "dan"), name
        assert name == "mails" or SECRET in look(people, far, "dan"), name


# --- What each says --------------------------------------------------------------------------
def test_list_of_threads_has_a_link_at_both_ends(
    people: People, reading: Reading, far: Reading
) -> None:
    thread = link(reading, far, people.carol)
    say(far, people.dan, "No link.", quote="")
    say(reading, people.dan, "No link.")
    near_list, far_list = (links_alone(people, one, "dan") for one in (reading, far))
    for text in (near_list, far_list):
        assert "No link." not in text
        assert WORDS in text
        assert FAR_WORDS in text
        assert thread.get_absolute_url() in text
    assert "answers" in near_list
    assert "is answered by" in far_list
    assert f"#t{thread.pk}" in near_list
    assert f"#l{thread.pk}" in far_list


def test_links_are_offered_where_there_are_any(
    people: People, reading: Reading, far: Reading
) -> None:
    say(reading, people.carol)
    assert "?show=links" not in thread_list(people, reading, "dan")
    link(reading, far, people.carol)
    for one in (reading, far):
        assert "?show=links" in thread_list(people, one, "dan")


def test_ones_own_private_link_stands_in_both_lists(
    people: People, reading: Reading, far: Reading
) -> None:
    link(reading, far, people.carol, audience="me")
    for one in (reading, far):
        assert FAR_WORDS in thread_list(people, one, "carol")
        assert FAR_WORDS not in links_alone(people, one, "dan")


def test_paper_has_both_ends_without_a_word_said(
    people: People, reading: Reading, far: Reading
) -> None:
    link(reading, far, people.carol)
    near_page, far_page = (printed(people, one, "dan") for one in (reading, far))
    assert SENTENCE in near_page
    assert SENTENCE in far_page
    assert f"<q>{FAR_WORDS}</q>" in near_page
    assert f"<q>{WORDS}</q>" in far_page
    assert "Carol" in near_page
    assert SENTENCE in printed_file(people, reading, "dan")


def test_search_finds_links_by_their_kind(people: People, reading: Reading, far: Reading) -> None:
    link(reading, far, people.carol, f"{SECRET} of a link.")
    say(reading, people.carol, f"{SECRET} of a comment.")
    page = found(people, reading, "dan", SECRET, kind="link")
    assert SENTENCE in page
    assert FAR_WORDS in page
    assert "of a comment" not in page
    for one in (reading, far):
        assert SENTENCE in found(people, one, "dan", SECRET, where=one.slug)


def test_news_and_mails_say_what_is_linked(people: People, reading: Reading, far: Reading) -> None:
    link(reading, far, people.carol, "What do you say, @Dan?")
    assert SENTENCE in news(people, reading, "dan")
    assert SENTENCE in mailed(people, reading, "dan")


# --- The notebook ----------------------------------------------------------------------------
def test_notebook_has_ones_links_with_both_ends(
    people: People, reading: Reading, far: Reading
) -> None:
    link(reading, far, people.carol)
    link(reading, far, people.carol, "Words.", audience="me")
    say(reading, people.carol, "No link.")
    page = notebook(people, reading, "carol", "?kind=link")
    assert page.count(SENTENCE) == 2
    assert page.count(FAR_WORDS) == 2
    assert "No link." not in page
    assert notebook(people, reading, "carol", "?q=walls").count(SENTENCE) == 2


def test_notebook_files_have_both_ends(people: People, reading: Reading, far: Reading) -> None:
    link(reading, far, people.carol, "Words.")
    text = notebook_file(people, "carol", "markdown")
    assert f"  {SENTENCE}\n\n  > {FAR_WORDS}\n" in text
    (row,) = csv.DictReader(io.StringIO(notebook_file(people, "carol", "csv").lstrip("\ufeff")))
    (entry,) = json.loads(notebook_file(people, "carol", "json"))["entries"]
    assert entry["other_paragraph"] == 2
    for record in (row, entry):
        assert record["kind"] == "link"
        assert record["quote"] == WORDS
        assert record["relation"] == "answers"
        assert record["other_reading"] == FAR_TITLE
        assert record["other_quote"] == FAR_WORDS


@pytest.mark.parametrize("how", ["for another group", "not yet open"])
def test_notebook_keeps_ones_words_and_not_the_closed_text(
    people: People, reading: Reading, far: Reading, how: str
) -> None:
    link(reading, far, people.dan, "My words.", audience="seminar")
    narrow(people, far, how)
    page = notebook(people, reading, "dan")
    assert "My words." in page
    assert "One of the two texts that it joins is closed to you now." in page
    files = [notebook_file(people, "dan", form) for form in ("markdown", "csv", "json")]
    for text in (page, *files):
        assert FAR_TITLE not in text
        assert FAR_WORDS not in text


def test_what_a_member_wrote_has_their_links(
    people: People, reading: Reading, far: Reading
) -> None:
    link(reading, far, people.carol, "Words.")
    page = reverse("member_words", args=[people.seminar.slug, people.carol.pk])
    assert SENTENCE in markup(people.client("alice").get(page))


# --- What it costs ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", ["the list of threads", "on paper", "search", "news", "the notebook"]
)
def test_a_fixed_number_of_queries_and_none_without_links(
    people: People, reading: Reading, far: Reading, name: str
) -> None:
    look, counts = CHANNELS[name], []
    thread = say(reading, people.carol, f"{SECRET} of spice, @Dan.")
    for size in (1, 1, 12):
        for _ in range(size):
            answer(thread, people.carol, f"{SECRET} of spice, @Dan.")
            say(reading, people.dan, "Mine.")
        counts.append(_counted(look, people, reading))
    without = counts[-1]
    counts = []
    for size in (1, 1, 12):
        for _ in range(size):
            link(reading, far, people.carol, f"{SECRET} of spice, @Dan.")
            link(reading, far, people.dan, "Mine.")
        counts.append(_counted(look, people, reading))
    assert counts[-1] == counts[-2]
    assert counts[-1] <= without + 12


def _counted(look: Channel, people: People, reading: Reading) -> int:
    with CaptureQueriesContext(connection) as queries:
        look(people, reading, "dan")
    return len(queries)
