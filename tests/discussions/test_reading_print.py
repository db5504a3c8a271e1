"""A reading on paper, with the threads that a member may see."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from discussions.comments.actions import withdraw
from discussions.threads.actions import start_thread
from readings.guides import apply_guide
from readings.models import Block, GuideItem, Passage, Reading
from readings.passages.segments import Segment
from tests.base import PARAGRAPHS, People
from tests.discussions.base import WORDS, answer, first_of, hidden, say, url
from tests.discussions.gates import assert_closed_to_strangers


def printed(people: People, reading: Reading, who: str = "carol", query: str = "") -> str:
    response = people.client(who).get(url("reading_print", reading, query=query))
    assert response.status_code == 200
    page: str = response.content.decode()
    return page


def sheet(page: str) -> Any:
    """The part that goes on paper."""
    return etree.HTML(page).find(".//article")


def words(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())


def guide_note(reading: Reading, body: str = "A guide’s word.") -> GuideItem:
    text = f'---\nguide: 1\ntitle: T\n---\n## Context ¶ 2 "no method is older"\n\n{body}\n'
    return apply_guide(reading=reading, text=text, by=reading.created_by).placed[0].item


def test_text_with_its_numbers_and_notes(people: People, reading: Reading) -> None:
    paper = sheet(printed(people, reading))
    assert [words(one) for one in paper.findall(".//h1")] == ["On margins"]
    rows = paper.findall("div[@class='row paragraph']")
    assert [words(row) for row in rows] == [
        f"Paragraph {n}{text}{'1' if n == 1 else ''}" for n, text in enumerate(PARAGRAPHS, 1)
    ]
    assert "A note." in words(paper.find(".//section[@class='notes']"))


def test_number_in_the_text_is_that_of_the_thread_below(people: People, reading: Reading) -> None:
    say(reading, people.dan, "On the third.", block="p3", quote="Printers left it wide")
    thread = say(reading, people.carol, "On the **first**.")
    answer(thread, people.bob, "An answer.")
    paper = sheet(printed(people, reading))
    first, third = paper.findall(".//section[@id]")[:2]
    assert [words(one) for one in paper.findall(".//sup[@class='sign']")] == ["[1]", "[2]"]
    assert words(paper.find(".//mark[@class='mark-own']")) == WORDS
    assert words(paper.find(".//mark[@class='mark-theirs']")) == "Printers left it wide"
    assert [first.get("id"), third.get("id")] == ["e1", "e2"]
    assert f"[1] Thread {WORDS}" in words(first)
    assert first.find(".//strong").text == "first"
    assert "BobAssistant" in words(first).replace(" ", "")
    assert "An answer." in words(first.find(".//div[@class='replies']") or first)
    # Below the paragraph that it is about.
    assert WORDS in words(first.getparent().getparent())


def test_marks_that_overlap_and_one_over_two_paragraphs(people: People, reading: Reading) -> None:
    say(reading, people.dan, "One.", quote="A seminar reads one text")
    say(reading, people.dan, "Two.", quote="one text together")
    start_thread(
        reading=reading,
        segments=[Segment("p1", quote="another place."), Segment("p2", quote="Where two")],
        audience="seminar",
        kind="comment",
        body="Three.",
        by=people.dan,
    )
    paper = sheet(printed(people, reading))
    marks = [words(one) for one in paper.findall(".//mark")]
    assert marks == ["A seminar reads", "one text", "together", "another place.", "Where two"]
    assert [words(one) for one in paper.findall(".//sup[@class='sign']")] == [
        "[1]",
        "[2]",
        "[3]",
        "[3]",
    ]


def test_highlight_is_marked_and_has_no_number(people: People, reading: Reading) -> None:
    say(reading, people.carol, "")
    paper = sheet(printed(people, reading))
    assert words(paper.find(".//mark")) == WORDS
    assert paper.find(".//sup[@class='sign']") is None


def test_whole_reading_and_words_whose_block_is_gone_stand_at_the_end(
    people: People, reading: Reading
) -> None:
    say(reading, people.dan, "About all of it.", block="")
    say(reading, people.dan, "About the third.", block="p3", quote="")
    Passage.objects.filter(block_key="p3").update(block_key="gone")
    page = sheet(printed(people, reading))
    about_all = words(page.find("section[@aria-labelledby='whole-h']"))
    gone = words(page.find("section[@aria-labelledby='gone-h']"))
    assert "About all of it." in about_all
    assert "About the third." not in about_all
    assert "About the third." in gone
    assert "About all of it." not in gone


def test_options(people: People, reading: Reading) -> None:
    say(reading, people.carol, "Mine alone.", audience="me")
    say(reading, people.bob, "From Monday.", audience="group")
    say(reading, people.dan, "From Thursday to all.")
    guide_note(reading)
    expected = {
        "": {"Mine alone.", "From Monday.", "From Thursday to all."},
        "?show=all": {"Mine alone.", "From Monday.", "From Thursday to all."},
        "?show=group": {"Mine alone.", "From Monday."},
        "?show=mine": {"Mine alone."},
        "?show=none": set(),
        "?show=nonsense": {"Mine alone.", "From Monday.", "From Thursday to all."},
    }
    for query, shown in expected.items():
        page = printed(people, reading, query=query)
        assert {one for one in expected[""] if one in page} == shown, query
        assert "A guide’s word." in page
    assert "A guide’s word." not in printed(people, reading, query="?guide=no")
    assert '<option value="mine" selected>' in printed(people, reading, query="?show=mine")


def test_guide_note_has_a_number_like_a_thread(people: People, reading: Reading) -> None:
    guide_note(reading)
    say(reading, people.carol)
    paper = sheet(printed(people, reading))
    assert "[2] Guide · Context no method is older" in words(paper.find(".//section[@id='e2']"))


# --- Who sees what ---------------------------------------------------------------------------
def test_each_sees_what_the_page_would_show(people: People, reading: Reading) -> None:
    say(reading, people.carol, "Zanzibar me.", audience="me")
    say(reading, people.carol, "Zanzibar group.", audience="group")
    say(reading, people.dan, "Zanzibar staff.", audience="staff")
    say(reading, people.dan, "Zanzibar all.")
    seen = {
        "carol": {"me", "group", "all"},
        "dan": {"staff", "all"},
        "bob": {"group", "staff", "all"},
        "alice": {"group", "staff", "all"},
        "grace": {"all"},
    }
    for who, kinds in seen.items():
        for query in ("", "?file=1"):
            page = printed(people, reading, who, query)
            found = {one for one in ("me", "group", "staff", "all") if f"Zanzibar {one}." in page}
            assert found == kinds, (who, query)
    # Nor are the marks of what is not seen: their number would tell.
    assert len(sheet(printed(people, reading, "grace")).findall(".//sup[@class='sign']")) == 1


@pytest.mark.parametrize("query", ["", "?file=1"])
def test_hidden_words_are_for_their_author_alone(
    people: People, reading: Reading, query: str
) -> None:
    thread = say(reading, people.carol, "Stays.")
    hidden(answer(thread, people.dan, "Zanzibar."), people.alice)
    for who in ("alice", "bob", "carol", "grace"):
        page = printed(people, reading, who, query)
        assert "Zanzibar" not in page, who
        assert "Hidden by staff: Off the topic" in page
        assert "known to us" not in page
        assert "<b>Dan</b>" not in page
    assert "Zanzibar" in printed(people, reading, "dan", query)


def test_withdrawn_words_are_for_nobody(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "Stays.")
    gone = answer(thread, people.dan, "Zanzibar.")
    answer(thread, people.bob, "Below.", parent=gone)
    leaf = answer(thread, people.dan, "Zanzibar leaf.")
    alone = say(reading, people.dan, "Zanzibar thread.")
    for comment in (gone, leaf, first_of(alone)):
        withdraw(comment=comment, by=people.dan)
    for who in ("alice", "dan", "carol"):
        page = printed(people, reading, who)
        assert "Zanzibar" not in page
        assert page.count("Withdrawn by its author.") == 1
        assert "Below." in page


# --- The file --------------------------------------------------------------------------------
def test_file_has_everything_in_it_and_nothing_of_the_site(
    people: People, reading: Reading
) -> None:
    say(reading, people.carol, "A remark with <b>tags</b>.")
    response = people.client("carol").get(url("reading_print", reading, query="?file=1"))
    assert response["Content-Disposition"] == 'attachment; filename="On margins with threads.html"'
    assert response["Cache-Control"] == "private, no-store"
    page = response.content.decode()
    for absent in ("<script", "<link", 'href="/', 'src="', "csrf", "<form"):
        assert absent not in page
    assert "@page" in page
    on_site = sheet(printed(people, reading))
    assert words(sheet(page)) == words(on_site)


def test_ids_are_unique_and_links_lead_somewhere(people: People, reading: Reading) -> None:
    say(reading, people.carol)
    tree = etree.HTML(printed(people, reading, query="?file=1"))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {one[1:] for one in tree.xpath("//a/@href") if one.startswith("#")} <= set(ids)


def test_list_items_stand_in_a_list_with_their_talk(people: People, reading: Reading) -> None:
    Block.objects.filter(key__in=["p1", "p2"]).update(kind="list_item", level=1, marker="•")
    say(reading, people.carol, "In an item.")
    paper = sheet(printed(people, reading))
    (items,) = paper.findall("div[@role='list']")
    assert [one.get("role") for one in items] == ["listitem", "listitem"]
    assert "In an item." in words(items[0])


# --- The page --------------------------------------------------------------------------------
def test_fixed_number_of_queries(people: People, reading: Reading) -> None:
    client = people.client("carol")
    guide_note(reading)
    counts = []
    for size in (1, 200):
        for index in range(size):
            answer(say(reading, people.dan, f"Thread {index}."), people.carol)
        with CaptureQueriesContext(connection) as queries:
            client.get(url("reading_print", reading))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_gates(people: People, reading: Reading) -> None:
    page = url("reading_print", reading)
    assert_closed_to_strangers(people, page)
    assert people.client("carol").post(page).status_code == 405
