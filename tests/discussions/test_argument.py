"""The argument so far: the links of a seminar as tables and as a map, for whoever looks."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from discussions.models import Thread
from readings.models import Reading
from seminars.models import PostsHeld
from seminars.personal_mutes import mute_for_self
from tests.base import People, make_reading
from tests.discussions.base import answer, first_of, hidden
from tests.discussions.gates import assert_closed_to_strangers
from tests.discussions.links import (
    FAR_END,
    FAR_PARAGRAPHS,
    FAR_TITLE,
    NARROWED,
    link,
    make_far_reading,
    narrow,
)
from tests.discussions.reads import been
from tests.readings.revised import revise
from tests.seminars.helpers import queries, words

URL = reverse("argument", args=["seminar"])


@pytest.fixture
def far(people: People) -> Reading:
    return make_far_reading(people)


def rows(client: Client, query: str = "") -> list[str]:
    """The rows of the tables, each as one line of words."""
    page = client.get(URL + query).content.decode()
    found = re.findall(r'<tr id="l\d+".*?</tr>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def drawing(client: Client, query: str = "") -> str:
    page = client.get(URL + query).content.decode()
    return page[page.index('<svg class="argument-map"') : page.index("</figure>")]


# --- The table -----------------------------------------------------------------------------------
def test_rows_say_both_ends_how_they_stand_and_whose_they_are(
    people: People, reading: Reading, far: Reading
) -> None:
    made = link(reading, far, people.carol, "They meet.")
    answer(made, people.dan)
    client = people.client("dan")
    assert rows(client) == [
        "Link 1 On margins ¶ 1 in On margins reads one text together"
        " From On margins to Good fences: answers"
        " Good fences ¶ 2 in Good fences asks what it walls in Carol 2 comments"
    ]
    page = client.get(URL).content.decode()
    assert "Where <cite>On margins</cite> and <cite>Good fences</cite> meet:" in page
    assert "1 link, made by 1 reader, with 2 comments." in page
    assert f'href="{reading.get_absolute_url()}#p1"' in page
    assert f'href="{far.get_absolute_url()}#p2"' in page
    assert reverse("thread_detail", args=["seminar", "margins", made.pk]) in page


def test_the_counts_are_those_of_many(people: People, reading: Reading, far: Reading) -> None:
    for by in (people.carol, people.dan, people.carol):
        link(reading, far, by)
    assert "3 links, made by 2 readers, without a comment yet." in words(
        people.client("bob").get(URL)
    )


def test_a_link_that_comes_from_the_other_text_points_back(
    people: People, reading: Reading, far: Reading
) -> None:
    link(far, reading, people.carol, block="p3", quote=FAR_END, far_block="p1", far_quote="")
    (row,) = rows(people.client("dan"))
    assert "From Good fences to On margins: answers" in row
    assert row.index("¶ 1") < row.index("¶ 3"), "the texts keep their columns"
    assert "The whole paragraph" in row


def test_what_reads_alike_from_both_ends_has_no_arrow(
    people: People, reading: Reading, far: Reading
) -> None:
    link(reading, far, people.carol, kind="same_word")
    client = people.client("dan")
    assert "From" not in rows(client)[0]
    assert 'class="head"' not in drawing(client)


def test_they_stand_by_place_or_by_kind(people: People, reading: Reading, far: Reading) -> None:
    link(reading, far, people.carol, block="p3", quote="The margin", kind="answers")
    link(reading, far, people.carol, block="p1", kind="supports")
    link(reading, far, people.carol, block="p2", quote="two readers", kind="answers")
    client = people.client("dan")
    assert [row[:7] for row in rows(client)] == ["Link 1 ", "Link 2 ", "Link 3 "]
    assert ["¶ 1" in row for row in rows(client)] == [True, False, False]
    by_kind = rows(client, "?by=kind")
    assert [row[:6] for row in by_kind] == ["Link 2", "Link 3", "Link 1"], "numbers stay"
    assert rows(client, "?by=nothing") == rows(client)


def test_they_are_narrowed_by_kind_and_to_ones_own(
    people: People, reading: Reading, far: Reading
) -> None:
    link(reading, far, people.carol, kind="answers")
    mine = link(reading, far, people.dan, kind="supports")
    client = people.client("dan")
    assert len(rows(client)) == 2
    assert [row[:6] for row in rows(client, "?whose=mine")] == ["Link 2"]
    assert len(rows(client, f"?kind={mine.link_kind_id}")) == 1
    assert "1 of 2 links" in words(client.get(URL + "?whose=mine"))
    assert "None of these links." in words(client.get(f"{URL}?kind=999"))
    assert len(rows(client, "?kind=nonsense")) == 2


def test_what_is_new_has_a_dot_and_an_audience_its_tag(
    people: People, reading: Reading, far: Reading
) -> None:
    been(reading, people.bob)
    link(reading, far, people.carol, "For us.", audience="group")
    link(reading, far, people.bob, "Mine.", audience="me")
    first, second = rows(people.client("bob"))
    assert "Unread. 1 comment Monday" in first
    assert "Unread" not in second
    assert "Only you" in second


def test_a_lost_end_is_told(people: People, reading: Reading, far: Reading) -> None:
    link(reading, far, people.carol, block="p2", quote="a conversation begins")
    revise(reading, ["Nothing of it is left.", "Another text stands here."])
    client = people.client("dan")
    page = client.get(URL).content.decode()
    assert "<del>a conversation begins</del>" in page
    assert "Its words are gone" in rows(client)[0]
    assert 'class="lost"' in drawing(client)


# --- Pairs ---------------------------------------------------------------------------------------
@pytest.fixture
def third(people: People, reading: Reading, far: Reading) -> Reading:
    """A third reading; two links lead to it, one between the first two, and one more beside."""
    made = make_reading(people, slug="third", paragraphs=FAR_PARAGRAPHS)
    made.essay.title = "A third"
    made.essay.save(update_fields=["title"])
    for _time in range(2):
        link(reading, made, people.carol)
    link(reading, far, people.carol)
    return made


def test_the_pair_with_most_links_comes_first(people: People, third: Reading) -> None:
    client = people.client("dan")
    assert len(rows(client)) == 2
    assert "Where On margins and A third meet: 2 links" in words(client.get(URL))
    for query in ("?reading=margins&other=fences", "?pair=margins+fences"):
        assert len(rows(client, query)) == 1
    assert len(rows(client, "?reading=fences&other=margins")) == 1


def test_all_pairs_are_tables(people: People, third: Reading) -> None:
    client = people.client("dan")
    page = client.get(f"{URL}?pair=all").content.decode()
    assert page.count('<table class="ties"') == 2
    assert "argument-map" not in page
    assert "meet: 3 links, made by 1 reader" in page
    assert [row[:6] for row in rows(client, "?pair=all")] == ["Link 1", "Link 1", "Link 2"]
    assert len(rows(client, "?reading=margins")) == 3
    assert len(rows(client, "?reading=fences")) == 1


def test_two_readings_without_a_link_say_how_to_make_one(people: People, third: Reading) -> None:
    page = words(people.client("dan").get(f"{URL}?reading=fences&other=third"))
    assert "No link between Good fences and A third yet" in page
    assert "side by side" in page


@pytest.mark.parametrize("query", ["?reading=none", "?reading=margins&other=none"])
def test_a_pair_that_is_not_there_is_not_found(people: People, third: Reading, query: str) -> None:
    assert people.client("dan").get(URL + query).status_code == 404


# --- Nothing yet ---------------------------------------------------------------------------------
def test_before_there_is_a_link_the_page_says_what_one_is(
    people: People, reading: Reading, far: Reading
) -> None:
    page = words(people.client("carol").get(URL))
    assert "No links yet" in page
    assert "A link joins a passage of one reading with a passage of another" in page
    assert "side by side" in page
    assert "side by side" not in words(people.client("grace").get(URL)), "guests write nothing"


def test_one_reading_is_not_enough(people: People, reading: Reading) -> None:
    assert "It takes two readings" in words(people.client("carol").get(URL))


# --- Who sees it ---------------------------------------------------------------------------------
def test_strangers_find_nothing(people: People, reading: Reading, far: Reading) -> None:
    link(reading, far, people.carol)
    assert_closed_to_strangers(people, URL)


@pytest.mark.parametrize("how", NARROWED)
@pytest.mark.parametrize("near_is_closed", [False, True])
def test_who_may_not_see_one_end_finds_no_trace(
    people: People, reading: Reading, far: Reading, how: str, *, near_is_closed: bool
) -> None:
    """No row, no line, no gap in the numbers, no count: in the page, in files, in the seminar."""
    third = make_reading(people, slug="third", paragraphs=["A third text."])
    shown = link(reading, third, people.alice, block="p1", far_block="p1", far_quote="")
    ends = (far, reading) if near_is_closed else (reading, far)
    closed = link(*ends, people.carol, "Zanzibar.", **_places(near_is_closed=near_is_closed))
    who = narrow(people, far, how)
    client = people.client(who)
    for query in ("", "?pair=all", "?reading=margins"):
        page = client.get(URL + query).content.decode()
        assert f'id="l{shown.pk}"' in page
        _tells_nothing_of(closed, page)
        assert "1 link, made by 1 reader" in page
        for form in ("csv", "json"):
            file = client.get(reverse("argument_file", args=["seminar", form]) + query)
            _tells_nothing_of(closed, b"".join(file).decode())
    seminar = client.get(reverse("seminar_detail", args=["seminar"]))
    assert "1 link between passages" in words(seminar)
    assert len(rows(people.client("alice"), "?pair=all")) == 2, "the test would find nothing"


def _places(*, near_is_closed: bool) -> dict[str, Any]:
    far_end = {"block": "p3", "quote": FAR_END}
    near_end = {"far_block": "p2", "far_quote": "two readers"}
    if near_is_closed:
        return far_end | near_end
    return {"block": "p2", "quote": "two readers", "far_block": "p3", "far_quote": FAR_END}


def _tells_nothing_of(closed: Thread, said: str) -> None:
    for trace in (f'"l{closed.pk}"', f"#l{closed.pk}", f"threads/{closed.pk}/", FAR_END):
        assert trace not in said
    assert "data-link" not in said or f'data-link="{closed.pk}"' not in said


def test_two_aliases_are_not_told_to_be_one_person(
    people: People, reading: Reading, far: Reading
) -> None:
    Reading.objects.filter(pk=reading.pk).update(anonymity="required")
    reading.refresh_from_db()
    for _time in range(2):
        link(reading, far, people.carol)
    assert "2 links, made by 2 readers" in words(people.client("dan").get(URL))


def test_names_are_those_that_the_viewer_is_to_know(
    people: People, reading: Reading, far: Reading
) -> None:
    mute_for_self(member=people.carol, by=people.dan)
    link(reading, far, people.carol, "Folded.")
    gone = link(reading, far, people.bob, "Out of place.", block="p2", quote="two readers")
    hidden(first_of(gone), people.alice)
    muted, withheld = rows(people.client("dan"))
    assert "Somebody you muted 1 comment" in muted
    assert "Carol" not in muted
    assert "Hidden comment 0 comments" in withheld
    assert "Bob" not in withheld


def test_what_waits_for_staff_is_told_to_whoever_wrote_it_and_to_them(
    people: People, reading: Reading, far: Reading
) -> None:
    people.seminar.posts_held = PostsHeld.ALL
    people.seminar.save(update_fields=["posts_held"])
    people.carol.seminar.refresh_from_db()
    link(reading, far, people.carol, "Is it so?")
    assert "Waits for staff" in rows(people.client("carol"))[0]
    assert "Waits for staff" in rows(people.client("alice"))[0]
    assert "No links yet" in words(people.client("dan").get(URL))


# --- What it costs -------------------------------------------------------------------------------
def test_queries_do_not_grow(people: People, reading: Reading, far: Reading) -> None:
    link(reading, far, people.carol, "One.")
    client = people.client("dan")
    one = queries(client, URL)
    for number in range(39):
        by = (people.carol, people.bob, people.alice)[number % 3]
        link(reading, far, by, "More.", kind="supports" if number % 2 else "answers")
    assert queries(client, URL) == one
    assert queries(client, f"{URL}?pair=all") <= one


# --- The way in ----------------------------------------------------------------------------------
def test_the_seminar_leads_there_once_there_are_two_readings(
    people: People, reading: Reading
) -> None:
    client = people.client("dan")
    seminar = reverse("seminar_detail", args=["seminar"])
    assert URL not in client.get(seminar).content.decode()
    far = make_far_reading(people)
    assert URL in client.get(seminar).content.decode()
    assert "Where the readings meet" in words(client.get(seminar))
    link(reading, far, people.carol)
    assert "1 link between passages of two readings" in words(client.get(seminar))


def test_the_file_is_asked_for_what_the_page_shows(people: People, third: Reading) -> None:
    page = people.client("dan").get(f"{URL}?by=kind&whose=mine").content.decode()
    address = reverse("argument_file", args=["seminar", "csv"])
    assert f'href="{address}?reading=margins&amp;other=third&amp;whose=mine&amp;by=kind"' in page
    assert FAR_TITLE in page
