"""Two readings side by side, and the links between them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree

from discussions.models import LinkKind, Thread
from readings.models import Reading
from readings.passages.segments import Segment
from readings.setup import general_discussion_of
from tests.base import PARAGRAPHS, People, htmx, make_reading
from tests.discussions.base import answer, first_of, hidden, say
from tests.discussions.links import FAR_PARAGRAPHS, NARROWED, make_far_reading, narrow
from tests.discussions.links import link as far_link
from tests.discussions.pairs import FAR_WORDS, NEAR_WORDS, link, make_pair
from tests.readings.revised import REVISED, revise

Two = tuple[Reading, Reading]


@pytest.fixture
def two(people: People) -> Two:
    return make_pair(people)


def pair_url(first: Reading, second: Reading) -> str:
    return reverse("reading_pair", args=[first.seminar.slug, first.slug, second.slug])


def page_of(people: People, two: Two, who: str = "carol") -> Any:
    response = people.client(who).get(pair_url(*two))
    assert response.status_code == 200
    return etree.HTML(response.content.decode())


def pane(page: Any, side: str) -> Any:
    return page.find(f".//section[@data-side='{side}']")


def words(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())


def ends(page: Any, side: str) -> list[str]:
    return [words(one) for one in pane(page, side).findall(".//div[@class='end']")]


def test_both_texts_whole_each_with_its_numbers_contents_and_notes(
    people: People, two: Two
) -> None:
    page = page_of(people, two)
    assert [words(one) for one in page.findall(".//h1")] == ["On margins", "Against margins"]
    for side in ("first", "second"):
        text = pane(page, side)
        blocks = text.findall(".//div[@data-kind='paragraph']/p[@data-text]")
        assert [words(one).removesuffix("1") for one in blocks] == PARAGRAPHS
        assert text.find(f".//a[@id='{side}-p3']").get("href") == f"#{side}-p3"
        assert text.find(f".//nav//a[@href='#{side}-b-h1']").text == "Where readers stop"
        reference = text.find(f".//a[@id='{side}-ref-1']")
        note = page.find(f".//li[@id='{reference.get('href')[1:]}']")
        assert "A note." in words(note)
        assert note.find(".//a[@role='doc-backlink']").get("href") == f"#{side}-ref-1"
    ids = [one.get("id") for one in page.iterfind(".//*[@id]")]
    assert len(ids) == len(set(ids))


def test_the_order_in_the_address_is_that_of_the_page(people: People, two: Two) -> None:
    page = page_of(people, (two[1], two[0]))
    assert [words(one) for one in page.findall(".//h1")] == ["Against margins", "On margins"]


def test_each_end_is_told_at_the_other(people: People, two: Two) -> None:
    thread = link(*two, people.dan, code="contradicts", body="So it does not hold.")
    page = page_of(people, two)
    assert ends(page, "first") == [f"contradicts Against margins ¶ 31{FAR_WORDS}"]
    assert ends(page, "second") == [f"is contradicted by On margins ¶ 11{NEAR_WORDS}"]
    for side, anchor in (("first", "second-p3"), ("second", "first-p1")):
        told = pane(page, side).find(".//div[@class='end']")
        assert told.find("a[@class='end-way']").get("href") == f"#{anchor}"
        assert page.find(f".//*[@id='{anchor}']") is not None
        where = reverse("thread_detail", args=["seminar", "margins", thread.pk])
        assert told.find("a[@class='count']").get("href") == where
        marked = [one.text for one in pane(page, side).findall(".//mark")]
        assert marked == [NEAR_WORDS if side == "first" else FAR_WORDS]
    # And it is the same link from the other side.
    turned = page_of(people, (two[1], two[0]))
    assert ends(turned, "second") == ends(page, "first")


def test_a_link_without_direction_reads_alike_from_both(people: People, two: Two) -> None:
    link(*two, people.dan, code="same_word")
    page = page_of(people, two)
    assert ends(page, "first")[0].startswith("uses the same word as Against margins ¶ 3")
    assert ends(page, "second")[0].startswith("uses the same word as On margins ¶ 1")
    assert page.find(".//div[@class='pair-link']").get("data-target") == ""


def test_the_label_between_names_both_ends_and_what_is_said(people: People, two: Two) -> None:
    people.client("carol").get(pair_url(*two))  # she was here before it was made
    thread = link(*two, people.dan, body="So it is.")
    answer(thread, people.bob)
    label = page_of(people, two).find(f".//div[@id='l{thread.pk}']/button")
    assert words(label) == "On margins ¶ 1 answers Against margins ¶ 3 2 2 comments, 2 unread"
    assert label.find("span[@class='dot']") is not None


def test_words_of_ones_own_link_are_marked_as_such(people: People, two: Two) -> None:
    link(*two, people.carol)
    for who, own in (("carol", 1), ("dan", 0)):
        page = page_of(people, two, who)
        assert len(page.findall(".//mark[@data-own]")) == 2 * own
        assert len(page.findall(".//div[@class='pair-link'][@data-own]")) == own


def test_a_whole_paragraph_as_an_end_has_no_words(people: People, two: Two) -> None:
    link(*two, people.dan, ends=(Segment("p2"), Segment("p3", quote=FAR_WORDS)))
    page = page_of(people, two)
    assert ends(page, "second") == ["is answered by On margins ¶ 20"]
    assert pane(page, "first").find(".//mark") is None


def test_an_end_that_lost_its_words_says_so_at_both(people: People, two: Two) -> None:
    words_of = (Segment("p1", quote=NEAR_WORDS), Segment("p2", quote="no method is older"))
    thread = link(*two, people.dan, ends=words_of)
    revise(two[1], REVISED)
    page = page_of(people, two)
    assert "Words gone from Against margins" in ends(page, "first")[0]
    struck = [words(one) for one in page.findall(".//div[@class='end']//del")]
    assert struck == ["no method is older"] * 2
    assert page.find(f".//div[@id='l{thread.pk}']").get("data-lost") is not None


def test_threads_are_counted_and_lead_to_the_reading(people: People, two: Two) -> None:
    say(two[0], people.dan, block="p2", quote="")
    talk = pane(page_of(people, two), "first").find(".//a[@class='talk']")
    assert talk.get("href") == f"{two[0].get_absolute_url()}#p2"
    assert talk.get("aria-label") == "paragraph 2, 1 thread"


@pytest.mark.parametrize("who", ["alice", "carol", "dan"])
def test_they_are_counted_as_the_readings_own_pages_count_them(
    people: People, two: Two, who: str
) -> None:
    for audience, by in (("me", people.carol), ("group", people.dan), ("seminar", people.bob)):
        say(two[0], by, audience=audience, block="p1")
        say(two[0], by, "", audience=audience, block="p3", quote="Printers left")  # a highlight
    say(two[0], people.dan, block="p2", quote="")
    hidden(first_of(say(two[0], people.dan, block="p3", quote="")), by=people.alice)
    link(*two, people.dan, body="Words.")
    link(two[1], two[0], people.dan, body="Words.")
    client = people.client(who)
    for side, reading in (("first", two[0]), ("second", two[1])):
        own = etree.HTML(client.get(reading.get_absolute_url()).content.decode())
        counted = {
            block.get("data-block"): block.findtext(".//a[@class='handle']/span[@class='count']")
            for block in own.iterfind(".//div[@data-block]")
            if block.get("data-block")  # the end of the page is none of the text
        }
        shown = {
            block.get("data-block"): block.findtext("a[@class='talk']/span")
            for block in pane(page_of(people, two, who), side).iterfind(".//div[@data-block]")
        }
        assert shown == counted


def test_without_links_it_says_so(people: People, two: Two) -> None:
    page = page_of(people, two)
    assert "No links between these two texts yet." in words(page.find(".//p[@class='no-links']"))


# --- Who sees what --------------------------------------------------------------------------------
@pytest.mark.parametrize("audience", ["me", "group", "staff"])
def test_a_narrower_link_is_not_there_for_others(people: People, two: Two, audience: str) -> None:
    thread = link(*two, people.carol, audience=audience, body="Only some.")
    own = page_of(people, two)
    assert len(own.findall(".//div[@class='end']//span[@class='tag']")) == 2
    shown = etree.tostring(page_of(people, two, "dan")).decode()
    assert f'"l{thread.pk}"' not in shown
    assert f'#l{thread.pk}"' not in shown
    assert "1 link" not in shown
    assert "<mark" not in shown


@pytest.mark.parametrize("who", ["anonymous", "mallory"])
def test_strangers(people: People, two: Two, who: str) -> None:
    client = Client() if who == "anonymous" else people.client(who)
    response = client.get(pair_url(*two))
    assert response.status_code == (302 if who == "anonymous" else 404)


def test_both_must_be_open(people: People) -> None:
    two = make_pair(people, open_to_guests=False)
    for pair in (two, two[::-1]):
        assert people.client("grace").get(pair_url(*pair)).status_code == 404
        assert people.client("carol").get(pair_url(*pair)).status_code == 200


def test_no_reading_beside_itself_nor_the_general_discussion(people: People, two: Two) -> None:
    general = general_discussion_of(by=people.carol)
    client = people.client("carol")
    for pair in ((two[0], two[0]), (two[0], general), (general, two[0])):
        assert client.get(pair_url(*pair)).status_code == 404


def test_only_get(people: People, two: Two) -> None:
    assert people.client("carol").post(pair_url(*two)).status_code == 405
    assert htmx(people.client("carol"), "get", pair_url(*two)).status_code == 200


@pytest.mark.parametrize("end", [0, 1], ids=["near", "far"])
@pytest.mark.parametrize("how", NARROWED)
def test_who_may_not_see_one_end_sees_no_link(people: People, how: str, end: int) -> None:
    """Nor from what this process has kept: everybody has seen it before."""
    two = make_reading(people), make_far_reading(people)
    thread = far_link(*two, people.carol, "Between two.", block="p2", quote="Where two readers")
    client = people.client(NARROWED[how][1])
    for pair in (two, two[::-1]):
        assert f'id="l{thread.pk}"' in client.get(pair_url(*pair)).content.decode()
    who = narrow(people, two[end], how)
    for pair in (two, two[::-1]):
        response = people.client(who).get(pair_url(*pair))
        shown = response.content.decode()
        assert f'id="l{thread.pk}"' not in shown
        assert "1 link" not in shown
        assert "<mark" not in shown
        assert response.status_code == (200 if how.startswith(("behind", "not before")) else 404)
        if how == "behind a gate":
            assert (PARAGRAPHS, FAR_PARAGRAPHS)[end][1] not in shown
            assert "More behind the checkpoint" in shown
    assert f'id="l{thread.pk}"' in people.client("alice").get(pair_url(*two)).content.decode()


def test_what_changes_at_one_end_shows_at_once(people: People, two: Two) -> None:
    thread = link(*two, people.dan, body="So it is.")
    page_of(people, two)
    answer(thread, people.bob)
    assert "2 comments" in words(page_of(people, two).find(f".//div[@id='l{thread.pk}']"))
    kind = thread.link_kind
    assert kind
    LinkKind.objects.filter(pk=kind.pk).update(own_name="meets", code="")
    assert "meets" in ends(page_of(people, two), "first")[0]


# --- What it costs --------------------------------------------------------------------------------
def queries(client: Any, *urls: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for url in urls:
            assert client.get(url).status_code == 200
    return len(asked)


def test_after_a_change_it_costs_no_more_than_the_two_pages(people: People, two: Two) -> None:
    client = people.client("carol")
    pages = [one.get_absolute_url() for one in two]
    link(*two, people.dan)
    queries(client, *pages, pair_url(*two))
    counted = []
    for number in (1, 39):
        for _ in range(number):
            link(*two, people.dan, body="Words.")
        pair = queries(client, pair_url(*two))
        both = queries(client, *pages)
        assert pair <= both
        counted.append(pair)
    assert counted[0] == counted[1]


def test_one_link_or_forty_cost_no_more_than_the_two_pages(people: People, two: Two) -> None:
    client = people.client("carol")
    pages = [one.get_absolute_url() for one in two]
    counted = []
    for number in (1, 39):
        for _ in range(number):
            link(*two, people.dan, body="Words.")
        queries(client, *pages, pair_url(*two))  # what is kept is kept
        counted.append(queries(client, pair_url(*two)))
        assert (
            len(page_of(people, two).findall(".//div[@class='pair-link']"))
            == Thread.objects.count()
        )
    assert counted[0] == counted[1]
    assert counted[1] <= queries(client, *pages)
