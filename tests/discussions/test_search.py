"""Search: what stands where, to whom, and how many there are of it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from discussions.comments.actions import edit_comment, withdraw
from discussions.moderation.actions import restore
from readings.guides import apply_guide
from readings.models import Reading
from tests.base import People, make_people, make_reading, markup
from tests.discussions.base import answer, first_of, hidden, say
from tests.discussions.gates import assert_closed_to_strangers

GUIDE = """---
guide: 1
title: Guide
---

## Note ¶ 2

A lantern for the second paragraph.

## Checkpoint ¶ 3

Title: Stop

### Which lantern?

- (x) This.
- ( ) That.
"""


def page_of(people: People, query: str = "", who: str = "carol", **more: Any) -> Any:
    url = reverse("search", args=[people.seminar.slug])
    return people.client(who).get(url, {"q": query, **more})


def found(people: People, query: str, who: str = "carol", **more: Any) -> str:
    response = page_of(people, query, who, **more)
    assert response.status_code == 200
    return re.sub(r"</?mark[^>]*>", "", markup(response))


def count_of(text: str, name: str) -> int:
    """The number beside a part or a filter of this name; 0 where it is not offered."""
    said = re.search(rf'>{name}(?:</span>)? <span class="c">(\d+)</span>', text)
    return int(said[1]) if said else 0


# --- What is found ------------------------------------------------------------------------------
def test_words_of_the_text_lead_to_their_paragraph(people: People, reading: Reading) -> None:
    page = markup(page_of(people, "doubts"))
    assert (
        'Printers left it wide, and readers filled it with their <mark class="hit">doubts' in page
    )
    assert f'href="{reading.get_absolute_url()}?words=doubts#p3"' in page
    assert "in the text, 1 place" in page
    assert count_of(page, "Everything") == count_of(page, "In the text") == 1
    assert count_of(page, "In threads") == 0


def test_notes_of_the_essay(people: People, reading: Reading) -> None:
    page = found(people, '"a note"')
    assert "Note 1" in page
    assert f'href="{reading.get_absolute_url()}#note-1"' in page


def test_notes_of_the_guide_but_no_questions(people: People, reading: Reading) -> None:
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    page = found(people, "lantern", "grace")
    assert "A lantern for the second paragraph." in page
    assert "in the guide, 1 note" in page
    assert "Which lantern" not in page
    assert re.search(rf'href="{reading.get_absolute_url()}#g\d+"', page)
    # Taken off the guide, it is found no more.
    apply_guide(reading=reading, text=GUIDE.replace("lantern for", "torch for"), by=people.alice)
    assert "Nothing found" in found(people, "lantern")
    assert "A torch for" in found(people, "torch")


def test_comments_stand_below_the_words_that_they_are_about(
    people: People, reading: Reading
) -> None:
    thread = say(reading, people.dan, "A lighthouse, **bold** & <b>bright</b>.")
    page = markup(page_of(people, "bright"))
    assert '<q class="words">reads one text together</q>' in page
    assert 'A lighthouse, bold &amp; &lt;b&gt;<mark class="hit">bright</mark>&lt;/b&gt;.' in page
    assert f"{reading.get_absolute_url()}#c{first_of(thread).pk}" in page
    assert "¶ 1" in page


@pytest.mark.parametrize(
    "typed", ["合作", "中国 nato", "作", "ISTANBUL", "straße", "협력", "ร่วมมือ"]
)
def test_any_language(people: People, reading: Reading, typed: str) -> None:
    say(reading, people.dan, "NATO与中国合作; İstanbul’da STRASSE 협력은 ความร่วมมือ")
    assert count_of(found(people, typed), "In threads") == 1


def test_an_edited_comment_is_found_by_its_new_words_alone(
    people: People, reading: Reading
) -> None:
    comment = first_of(say(reading, people.carol, "About lighthouses."))
    edit_comment(comment=comment, body="About harbours.", version=1, by=people.carol)
    assert "Nothing found" in found(people, "lighthouses")
    assert "About harbours." in found(people, "harbours")


# --- Who may find it ---------------------------------------------------------------------------
AUDIENCES = {
    "me": {"carol"},
    "group": {"alice", "bob", "carol"},
    "seminar": {"alice", "bob", "carol", "dan", "grace"},
    "staff": {"alice", "bob", "carol"},
}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_who_may_not_see_a_thread_does_not_find_or_count_it(
    people: People, reading: Reading, audience: str
) -> None:
    say(reading, people.carol, "A lighthouse.", audience=audience)
    for who in ("alice", "bob", "carol", "dan", "grace"):
        page = found(people, "lighthouse", who)
        sees = who in AUDIENCES[audience]
        assert ("A lighthouse." in page) is sees, who
        assert count_of(page, "In threads") == sees, who
        assert ("Monday" in page) is sees, who


def test_hidden_words_are_their_authors(people: People, reading: Reading) -> None:
    comment = first_of(say(reading, people.dan, "A lighthouse."))
    hidden(comment, people.alice)
    for who in ("alice", "bob", "carol", "grace"):
        assert "Nothing found" in found(people, "lighthouse", who), who
    assert "Hidden by staff" in found(people, "lighthouse", "dan")
    restore(comment=comment, by=people.alice, version=comment.version)
    assert "A lighthouse." in found(people, "lighthouse")


def test_withdrawn_words_are_nobodys(people: People, reading: Reading) -> None:
    thread = say(reading, people.dan, "A harbour.")
    comment = answer(thread, people.carol, "A lighthouse.")
    withdraw(comment=comment, by=people.carol)
    for who in ("alice", "carol", "dan"):
        assert "Nothing found" in found(people, "lighthouse", who), who
    withdraw(comment=first_of(thread), by=people.dan)
    assert "Nothing found" in found(people, "harbour", "dan")


@pytest.mark.parametrize(
    ("fields", "seen_by"),
    [
        ({"open_to_guests": False}, {"alice", "carol"}),
        ({"opens_at": timezone.now() + timedelta(days=1)}, {"alice"}),
        ({"removed_at": timezone.now()}, set()),
    ],
)
def test_readings_that_are_not_open(
    people: People, fields: dict[str, Any], seen_by: set[str]
) -> None:
    closed = make_reading(people, "closed", ["A lighthouse stands here."])
    apply_guide(
        reading=closed, text=GUIDE.split("## Checkpoint")[0].replace("¶ 2", "¶ 1"), by=people.alice
    )
    say(closed, people.alice, "My lighthouse.", block="p1", quote="stands here")
    Reading.objects.filter(pk=closed.pk).update(**fields)
    for who in ("alice", "carol", "grace"):
        for typed in ("lighthouse", "lantern"):
            page = found(people, typed, who)
            assert ("Nothing found" not in page) is (who in seen_by), (who, typed)
        assert ("On margins" in page) is (who in seen_by), who
        narrowed = page_of(people, "lighthouse", who, reading="closed").status_code
        assert narrowed == (200 if who in seen_by else 404), who


def test_other_seminars_are_not_searched(people: People, reading: Reading) -> None:
    others = make_people("elsewhere")
    theirs = make_reading(others, "theirs", ["A lighthouse."])
    say(theirs, others.carol, "Another lighthouse.", block="p1", quote="A lighthouse")
    assert "Nothing found" in found(people, "lighthouse")


def test_gates(people: People, reading: Reading) -> None:
    url = reverse("search", args=[people.seminar.slug])
    assert_closed_to_strangers(people, url)
    assert people.client("carol").post(url).status_code == 405


# --- Filters and order --------------------------------------------------------------------------
@pytest.fixture
def talk(people: People, reading: Reading) -> Reading:
    question = say(
        reading, people.dan, "Which lighthouse?", kind="question", block="p3", quote="this"
    )
    answer(question, people.alice, "The northern lighthouse.")
    answer(question, people.carol, "No lighthouse at all.")
    say(reading, people.carol, "Lighthouse alone.", audience="group")
    say(reading, people.bob, "The lighthouse keeper.", block="")
    return reading


ALL = [
    "Lighthouse alone.",
    "Which lighthouse?",
    "The northern lighthouse.",
    "No lighthouse at all.",
    "The lighthouse keeper.",
]


def said(page: str) -> list[str]:
    places = {words: page.find(f">{words}<") for words in ALL}
    return sorted((one for one in ALL if places[one] != -1), key=lambda one: places[one])


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({}, ALL),
        ({"kind": "question"}, ALL[1:4]),
        ({"kind": "answered"}, ALL[1:4]),
        ({"kind": "unanswered"}, []),
        ({"kind": "comment"}, [ALL[0], ALL[4]]),
        ({"whose": "mine"}, [ALL[0], ALL[3]]),
        ({"whose": "staff"}, [ALL[2], ALL[4]]),
        ({"whose": "staff", "kind": "question"}, [ALL[2]]),
        ({"order": "newest"}, [ALL[4], ALL[0], ALL[3], ALL[2], ALL[1]]),
        ({"order": "active"}, [ALL[1], ALL[2], ALL[3], ALL[0], ALL[4]]),
    ],
)
def test_filters(people: People, talk: Reading, filters: dict[str, str], left: list[str]) -> None:
    page = found(people, "lighthouse", **{"in": "threads", **filters})
    assert said(page) == left
    assert count_of(page, "In threads") == len(left)


def test_by_person_and_group(people: People, talk: Reading) -> None:
    page = found(people, "lighthouse", by="Alice")
    assert said(page) == ["The northern lighthouse."]
    assert '<option value="Alice" selected>Alice (1)' in page
    group = f"group-{people.monday.pk}"
    assert said(found(people, "lighthouse", whose=group)) == [ALL[0], ALL[3], ALL[4]]
    # A filter of comments leaves the text out.
    assert "Everything" in page
    assert 'aria-current="page">In threads' in page


def test_numbers_are_those_of_each_filter_with_the_others_as_they_are(
    people: People, talk: Reading
) -> None:
    page = found(people, "lighthouse")
    expected = {"Comments": 2, "Questions": 3, "Mine": 2, "Staff": 2, "Monday": 3, "On margins": 5}
    assert {name: count_of(page, name) for name in expected} == expected
    page = found(people, "lighthouse", kind="question")
    expected = {"Comments": 2, "Questions": 3, "Mine": 1, "Staff": 1, "Monday": 1, "Thursday": 1}
    assert {name: count_of(page, name) for name in expected} == expected
    assert "– remove this filter" in page
    # Dan is in the other group: what is for Monday is in no number of his.
    page = found(people, "lighthouse", "dan")
    expected = {"Comments": 1, "Monday": 2, "In threads": 4}
    assert {name: count_of(page, name) for name in expected} == expected


def test_narrowed_to_a_reading(people: People, reading: Reading) -> None:
    other = make_reading(people, "other", ["Doubts, doubts."])
    page = found(people, "doubts")
    assert (reading.get_absolute_url() in page, other.get_absolute_url() in page) == (True, True)
    page = found(people, "doubts", reading="other")
    assert f"{reading.get_absolute_url()}?" not in page
    assert "Doubts, doubts." in page
    assert page_of(people, "doubts", reading="nowhere").status_code == 404


def test_pages_go_on_after_the_last_thing(people: People, reading: Reading) -> None:
    thread = say(reading, people.dan, "Lighthouse number 0.")
    for number in range(1, 45):
        answer(thread, people.dan, f"Lighthouse number {number}.")
    seen: list[str] = []
    address = "?q=lighthouse&in=threads"
    url = reverse("search", args=[people.seminar.slug])
    for _ in range(3):
        page = re.sub(r"</?mark[^>]*>", "", markup(people.client("carol").get(url + address)))
        seen += re.findall(r"Lighthouse number (\d+)\.", page)
        more = re.search(r'<a class="btn" href="([^"]*)">More</a>', page)
        address = more[1].replace("&amp;", "&") if more else ""
    assert seen == [str(number) for number in range(45)]
    assert address == ""
    first = found(people, "lighthouse")
    assert "40 more in threads" in first


def test_too_many_are_cut_and_told(
    people: People, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("discussions.search.comment_matches.MOST", 2)
    thread = say(reading, people.dan, "Lighthouse one.")
    answer(thread, people.dan, "Lighthouse two.")
    assert "another word tells them apart" not in found(people, "lighthouse")
    answer(thread, people.dan, "Lighthouse three.")
    page = found(people, "lighthouse")
    assert "another word tells them apart" in page
    assert "Lighthouse one." not in page


# --- Nothing ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Search what you may read"),
        ("   ", "Search what you may read"),
        ("?!…", "No word to search for"),
        ("a", "That is too short"),
        ("x" * 201, "That is too long"),
        ("nowhere", "Nothing found"),
    ],
)
def test_nothing_is_told_with_what_can_be_done(
    people: People, reading: Reading, typed: str, told: str
) -> None:
    page = found(people, typed)
    assert told in page
    assert f'value="{typed.strip()}"' in page


def test_nothing_with_filters_leads_back_to_everything(people: People, talk: Reading) -> None:
    page = found(people, "lighthouse", kind="resolved")
    assert "Not with these filters." in page
    assert '<a class="btn" href="?q=lighthouse">Search everything</a>' in page


@pytest.mark.parametrize(
    "query",
    [
        "in=nowhere",
        "order=odd",
        "by=x",
        "by=99999999999999999999",
        "after=0",
        "kind=%00",
        "whose=a",
    ],
)
def test_an_address_may_say_anything(people: People, talk: Reading, query: str) -> None:
    url = reverse("search", args=[people.seminar.slug])
    response = people.client("carol").get(f"{url}?q=lighthouse&{query}")
    assert response.status_code == 200


def test_fixed_number_of_queries(people: People, reading: Reading) -> None:
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    client, url = people.client("carol"), reverse("search", args=[people.seminar.slug])
    counts = []
    for size in (1, 200):
        for number in range(size):
            by = (people.alice, people.bob, people.dan)[number % 3]
            say(reading, by, f"A lantern, readers, {number}.", block=f"p{1 + number % 3}", quote="")
        if size > 1:
            make_reading(people, "more", [f"A lantern for readers {n}." for n in range(60)])
        client.get(url, {"q": "readers"})
        with CaptureQueriesContext(connection) as queries:
            client.get(url, {"q": "readers"})
        counts.append(len(queries))
    assert counts[0] == counts[1]
