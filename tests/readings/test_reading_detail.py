"""The reading page, as the members of a seminar see it."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from discussions.threads.actions import start_thread
from readings.models import Block, Reading, Visit
from readings.passages.segments import Segment
from seminars.models import Membership
from tests.base import PARAGRAPHS, People, make_people, make_reading, markup


def page_of(client: Client, reading: Reading) -> str:
    response = client.get(reading.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


class Words(HTMLParser):
    """The text under each [data-text] without [data-skip], by the block's key."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.key = ""
        self.inside: list[tuple[str, bool]] = []  # tag, whether its words count
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if "data-block" in names:
            self.key = names["data-block"] or ""
        if self.inside:
            if tag not in {"br", "img"}:
                self.inside.append((tag, self.inside[-1][1] and "data-skip" not in names))
        elif "data-text" in names:
            self.inside.append((tag, True))
            self.found[self.key] = ""

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        if self.inside:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside[-1][1]:
            self.found[self.key] += data


def say(reading: Reading, by: Membership, words: str, body: str = "A thought.") -> None:
    """Start a thread for the whole seminar on these words of the first paragraph that has them."""
    block = Block.objects.get(revision=reading.revision, kind="paragraph", text__contains=words)
    start = block.text.index(words)
    segment = Segment(block.key, start, start + len(words), words)
    start_thread(
        reading=reading, segments=[segment], audience="seminar", kind="comment", body=body, by=by
    )


def test_shows_title_byline_numbers_and_permalinks(people: People, reading: Reading) -> None:
    page = markup(people.client("carol").get(reading.get_absolute_url()))
    assert "<title>On margins · Two views · Colloquy</title>" in page
    assert re.search(r"<h1>On margins</h1>", page)
    assert "Ada Reader" in page
    for number in (1, 2, 3):
        assert f'id="p{number}" href="#p{number}" aria-label="Paragraph {number}"' in page
    assert re.search(r"<h2[^>]*>Where readers stop</h2>", page)


def test_words_of_each_block_are_its_text_to_the_letter(people: People, reading: Reading) -> None:
    say(reading, people.carol, "one text together")
    say(reading, people.dan, "text together, and each")
    words = Words(page_of(people.client("carol"), reading)).found
    for block in Block.objects.filter(revision=reading.revision).exclude(level=1):
        assert words[block.key] == block.text


@pytest.mark.parametrize(
    ("kind", "text", "html", "shown"),
    [
        ("blockquote", "Said so.", "<em>Said</em> so.", "<blockquote><p data-text><em>Said"),
        ("pullquote", "Said so.", "Said so.", "<p data-text>Said so."),
        ("verse", "One\nTwo", "One\nTwo", "<div data-text>One\nTwo</div>"),
        ("code", "a < b", "a &lt; b", ">a &lt; b</pre>"),
        ("table", "a b", "<table><tbody><tr><td>a</td> <td>b</td></tr></tbody></table>", "<td>a"),
        ("figure", "A map", "A map", "<figcaption data-text>A map</figcaption>"),
        ("rule", "", "", "<hr>"),
        ("boilerplate", "Printed by.", "Printed by.", 'aria-label="Printed with the essay"'),
    ],
)
def test_each_kind_of_block_has_its_element(
    people: People, reading: Reading, kind: str, text: str, html: str, shown: str
) -> None:
    Block.objects.create(
        revision=reading.revision, position=50, key="k50", kind=kind, text=text, html=html
    )
    page = page_of(people.client("carol"), reading)
    assert shown in page
    if text:
        assert Words(page).found["k50"] == text
    if kind == "figure":
        assert "A picture stood here" in page


def test_items_of_a_list_stand_in_one_list_with_their_markers(
    people: People, reading: Reading
) -> None:
    for position, (marker, level) in enumerate([("1.", 1), ("•", 2), ("2.", 1)], start=50):
        Block.objects.create(
            revision=reading.revision,
            position=position,
            key=f"k{position}",
            kind="list_item",
            level=level,
            marker=marker,
            text="Item",
            html="Item",
        )
    page = page_of(people.client("carol"), reading)
    assert page.count('role="list"') == 1
    assert page.count('role="listitem"') == 3
    assert 'data-marker="•" aria-level="2"' in page


def test_note_leads_to_the_list_and_back(people: People, reading: Reading) -> None:
    page = page_of(people.client("carol"), reading)
    assert 'id="ref-1" href="#note-1"' in page
    assert 'id="note-1"' in page
    assert 'href="#ref-1" role="doc-backlink"' in page
    assert "<em>A</em> note." in page


def test_second_reference_to_a_note_has_its_own_way_back(people: People, reading: Reading) -> None:
    Block.objects.filter(key="p2").update(note_refs=[{"number": "1", "offset": 3}])
    page = page_of(people.client("carol"), reading)
    assert 'id="ref-1-2" href="#note-1"' in page
    assert 'href="#ref-1-2"' in page


def test_empty_reading_invites_to_begin(people: People, reading: Reading) -> None:
    page = markup(people.client("carol").get(reading.get_absolute_url()))
    assert "No comments yet. Start with the paragraph that stopped you." in page
    say(reading, people.dan, "one text together")
    assert "No comments yet." not in page_of(people.client("carol"), reading)


def test_marks_and_counts_of_threads(people: People, reading: Reading) -> None:
    say(reading, people.dan, "one text together")
    page = page_of(people.client("carol"), reading)
    assert re.search(r"<mark [^>]*>one text together</mark>", page)
    assert "Comment on paragraph 1, 1 thread" in page
    assert "A thought." in page
    assert "Your comment, in a new thread here" in page


def test_guest_reads_and_writes_nothing(people: People, reading: Reading) -> None:
    say(reading, people.dan, "one text together")
    page = page_of(people.client("grace"), reading)
    assert PARAGRAPHS[1][:20] in page
    assert "<comment-composer" not in page
    assert "threads/new/" not in page
    assert 'value="highlight"' not in page
    assert "Comment on paragraph" not in page


def test_language_and_direction_of_the_essay(people: People, reading: Reading) -> None:
    reading.essay.language, reading.essay.direction = "ar", "rtl"
    reading.essay.save(update_fields=["language", "direction"])
    page = page_of(people.client("carol"), reading)
    assert re.search(r'<article [^>]*lang="ar" dir="rtl"', page)


def test_continue_where_the_last_visit_stopped(people: People, reading: Reading) -> None:
    client = people.client("carol")
    assert "Continue at" not in page_of(client, reading)
    client.post(f"{reading.get_absolute_url()}place/", {"block": "p2", "progress": "60"})
    page = page_of(client, reading)
    assert '<a href="#p2">Continue at ¶ 2</a>' in page
    assert "60%" in page
    assert "Continue at" not in page_of(people.client("dan"), reading)


def test_what_is_new_stays_new_for_the_whole_visit(people: People, reading: Reading) -> None:
    client = people.client("carol")
    page_of(client, reading)
    came = timezone.now() - timedelta(hours=3)
    Visit.objects.update(seen_at=came, shown_at=came)
    say(reading, people.dan, "one text together")
    for _ in range(2):
        assert "1 unread" in page_of(client, reading)
    visit = Visit.objects.get(membership=people.carol)
    assert visit.new_since == came


def test_short_break_begins_no_new_visit(people: People, reading: Reading) -> None:
    client = people.client("carol")
    page_of(client, reading)
    before = Visit.objects.get()
    ago = timezone.now() - timedelta(minutes=29)
    Visit.objects.update(seen_at=ago, shown_at=ago)
    page_of(client, reading)
    after = Visit.objects.get()
    assert after.new_since == before.new_since
    assert after.seen_at > timezone.now() - timedelta(minutes=1)


def test_card_of_a_block_that_is_gone_stands_at_the_end(people: People, reading: Reading) -> None:
    say(reading, people.dan, "one text together", body="Lost and found.")
    reading.passages.update(block_key="gone")
    page = page_of(people.client("carol"), reading)
    assert page.index("Lost and found.") > page.index(PARAGRAPHS[2][:20])


def test_who_may_read(people: People, reading: Reading) -> None:
    url = reading.get_absolute_url()
    for key in ("alice", "bob", "carol", "dan", "grace"):
        assert people.client(key).get(url).status_code == 200
    assert people.client("mallory").get(url).status_code == 404
    assert Client().get(url).status_code == 302
    assert people.client("carol").post(url).status_code == 405


def test_what_is_not_open_is_not_there(people: People, reading: Reading) -> None:
    Reading.objects.filter(pk=reading.pk).update(
        opens_at=timezone.now() + timedelta(days=1), open_to_guests=False
    )
    url = reading.get_absolute_url()
    assert people.client("carol").get(url).status_code == 404
    assert people.client("bob").get(url).status_code == 200
    Reading.objects.filter(pk=reading.pk).update(opens_at=None)
    assert people.client("carol").get(url).status_code == 200
    assert people.client("grace").get(url).status_code == 404


def test_another_seminars_reading_is_not_there(people: People, reading: Reading) -> None:
    other = make_people("other")
    theirs = make_reading(other, slug="theirs")
    assert people.client("alice").get(theirs.get_absolute_url()).status_code == 404
    assert people.client("alice").get("/s/seminar/r/theirs/").status_code == 404


def test_queries_grow_neither_with_the_text_nor_with_the_talk(people: People) -> None:
    small = make_reading(people, slug="small", paragraphs=["Only one."])
    large = make_reading(people, slug="large", paragraphs=[f"Paragraph {i}." for i in range(200)])
    say(small, people.dan, "Only one")
    for number in range(200):
        say(large, (people.carol, people.dan)[number % 2], f"Paragraph {number}.")
    client = people.client("carol")

    def queries(reading: Reading) -> int:
        page_of(client, reading)  # the first visit writes
        with CaptureQueriesContext(connection) as captured:
            page_of(client, reading)
        return len(captured)

    # Who asks; where they stand; and what the number at the bell depends on.
    assert queries(large) == queries(small) == 2
