"""Linking words of one reading with words of another."""

import json
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from discussions.links import link_kinds
from discussions.models import LinkKind, Thread
from discussions.moderation.member_actions import mute
from readings.models import Anonymity, Reading, ReadingGroup, Revision
from readings.setup.actions import change_settings
from seminars.models import PostsHeld, Seminar
from tests.base import People, htmx, make_reading, markup
from tests.discussions.base import WORDS, say, url
from tests.discussions.gates import assert_closed_to_strangers
from tests.readings.revised import REVISED, revise


@pytest.fixture
def far(people: People) -> Reading:
    return make_reading(people, slug="fences")


def kind(people: People, code: str = "answers") -> LinkKind:
    link_kinds(people.seminar)
    return LinkKind.objects.get(seminar=people.seminar, code=code)


def link_data(people: People, far: Reading, **fields: Any) -> dict[str, Any]:
    """What the form sends for words of the first paragraph and the whole second one."""
    data = {
        "block": "p1",
        "words": WORDS,
        "far": far.slug,
        "far_block": "p2",
        "link_kind": kind(people).pk,
        "audience": "seminar",
        "client_key": str(uuid.uuid4()),
    }
    return data | fields


def sent(people: People, near: Reading, far: Reading, who: str = "carol", **fields: Any) -> Any:
    return people.client(who).post(url("link_new", near), link_data(people, far, **fields))


# --- Made ------------------------------------------------------------------------------------
def test_words_of_two_readings_are_linked(people: People, reading: Reading, far: Reading) -> None:
    response = sent(people, reading, far, body="It does answer.", far_words="a conversation begins")
    link = Thread.objects.get()
    assert response.status_code == 302
    assert response.headers["Location"] == f"{url('reading_pair', reading, far.slug)}#l{link.pk}"
    assert (link.kind, link.reading, link.far_reading) == ("link", reading, far)
    assert (link.link_kind, link.comment_count) == (kind(people), 1)
    assert link.passage is not None
    assert link.far_passage is not None
    assert (link.passage.quote, link.far_passage.quote) == (WORDS, "a conversation begins")


def test_it_needs_no_comment_and_may_be_about_paragraphs(
    people: People, reading: Reading, far: Reading
) -> None:
    assert sent(people, reading, far, words="").status_code == 302
    link = Thread.objects.get()
    assert link.comment_count == 0
    assert link.passage is not None
    assert (link.passage.block_key, link.passage.start) == ("p1", None)


def test_sentences_are_ticked_at_both_ends(people: People, reading: Reading, far: Reading) -> None:
    response = sent(
        people, reading, far, words="", block="p3", sentence=["0-29"], far_sentence=["0-10"]
    )
    assert response.status_code == 302
    link = Thread.objects.get()
    assert link.passage is not None
    assert link.far_passage is not None
    assert (link.passage.end, link.far_passage.end) == (29, 10)


def test_a_selection_of_each_page_is_taken(people: People, reading: Reading, far: Reading) -> None:
    piece = {"block": "p1", "start": 10, "end": 10 + len(WORDS), "exact": WORDS}
    chosen = json.dumps([piece])
    fields = {"segments": chosen, "far_segments": chosen, "words": "", "far_block": ""}
    assert sent(people, reading, far, **fields).status_code == 302
    assert {one.quote for one in Thread.objects.get().passages()} == {WORDS}


def test_to_a_script_it_says_that_there_is_one(
    people: People, reading: Reading, far: Reading
) -> None:
    data = link_data(people, far)
    answer = htmx(people.client("carol"), "post", url("link_new", reading), data)
    link = Thread.objects.get()
    assert answer.status_code == 200
    told = json.loads(answer.headers["HX-Trigger"])
    assert told["link-made"] == {"link": link.pk}
    again = htmx(people.client("carol"), "post", url("link_new", reading), data)
    assert again.headers["HX-Trigger"] == answer.headers["HX-Trigger"]
    assert Thread.objects.count() == 1


def test_anonymous_where_either_text_asks_for_it(people: People, reading: Reading) -> None:
    far = make_reading(people, slug="masked", anonymity=Anonymity.REQUIRED)
    page = people.client("carol").get(
        url("link_new", reading, query="?far=masked&block=p1&far_block=p2")
    )
    assert "Classmates see another name" in markup(page)
    sent(people, reading, far)
    assert Thread.objects.get().alias


# --- Step by step ----------------------------------------------------------------------------
def test_the_other_text_its_paragraph_and_its_words_are_chosen_in_turn(
    people: People, reading: Reading, far: Reading
) -> None:
    make_reading(people, slug="third")
    client = people.client("carol")
    page = markup(client.get(url("link_new", reading, query=f"?block=p1&words={WORDS}")))
    assert f'value="{WORDS}"' in page
    assert '<option value="fences">' in page
    assert '<option value="third">' in page
    assert "Make the link" not in page
    step = {"act": "show", "block": "p1", "words": WORDS, "far": "fences"}
    page = markup(client.post(url("link_new", reading), step))
    assert re.search(r'<option value="p2">¶ 2 · [A-Z]', page)
    assert "Make the link" not in page
    page = markup(client.post(url("link_new", reading), step | {"far_block": "p3"}))
    assert '<input type="checkbox" name="far_sentence" value="0-29">' in page
    assert "Make the link" in page
    assert f'value="{WORDS}"' in page
    assert re.search(r'name="link_kind" value="\d+" required>\s*contradicts', page)
    kept = step | {"act": "far", "far_block": "p3", "body": "So far.", "link_kind": kind(people).pk}
    page = markup(client.post(url("link_new", reading), kept))
    assert ">So far.</textarea>" in page
    assert f'name="link_kind" value="{kind(people).pk}"' in page
    assert '<option value="p2">' in page
    assert not Thread.objects.exists()


def test_the_only_other_text_is_chosen_already(
    people: People, reading: Reading, far: Reading
) -> None:
    page = markup(people.client("carol").get(url("link_new", reading, query="?block=p1")))
    assert '<input type="hidden" name="far" value="fences">' in page
    assert 'name="far_block"' in page


def test_without_another_text_there_is_nothing_to_link(people: People, reading: Reading) -> None:
    page = markup(people.client("carol").get(url("link_new", reading)))
    assert "a link needs two" in page


def test_who_reads_it_is_said(people: People, reading: Reading, far: Reading) -> None:
    ReadingGroup.objects.create(reading=far, group=people.monday)
    page = markup(
        people.client("carol").get(
            url("link_new", reading, query="?far=fences&block=p1&far_block=p2")
        )
    )
    assert "all who may read both texts" in page
    assert "is for some groups only" in page


def test_as_many_queries_for_many_texts(people: People, reading: Reading, far: Reading) -> None:
    client = people.client("carol")
    page = url("link_new", reading, query="?block=p1")
    client.get(page)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(page + "&far=fences")
        counts.append(len(queries))
        for more in range(3):
            closed = timezone.now() - timedelta(days=1)
            make_reading(people, slug=f"more-{number}-{more}", closes_at=closed)
    assert counts[0] == counts[1]


# --- Refused, with the words kept --------------------------------------------------------------
def test_a_hidden_text_is_refused_as_one_that_is_not_there(
    people: People, reading: Reading, far: Reading
) -> None:
    ReadingGroup.objects.create(reading=far, group=people.monday)
    gone = make_reading(people, slug="gone")
    gone.removed_at = timezone.now()
    gone.save(update_fields=["removed_at"])
    later = make_reading(people, slug="later", opens_at=timezone.now() + timedelta(days=1))
    answers = set()
    for slug in (far.slug, gone.slug, later.slug, "nowhere", reading.slug, ""):
        for headers in ({}, {"HX-Request": "true"}):
            other = {"far": slug, "far_words": "Words of it.", "client_key": ""}
            data = link_data(people, far, body="My words.") | other
            answer = people.client("dan").post(url("link_new", reading), data, headers=headers)
            text = markup(answer)
            assert answer.status_code == 422
            assert "My words." in text
            assert 'name="far_words" value="Words of it."' in text
            errors = re.findall(r'class="error"[^>]*>([^<]+)', text)
            answers.add((bool(headers), *errors, *re.findall(r'<option value="(\w*)', text)))
    assert len(answers) == 2
    page = markup(people.client("dan").get(url("link_new", reading)))
    assert "fences" not in page
    assert not Thread.objects.exists()


def test_a_closed_text_says_why(people: People, reading: Reading) -> None:
    closed = make_reading(people, slug="shut", closes_at=timezone.now() - timedelta(days=1))
    page = markup(people.client("carol").get(url("link_new", reading)))
    assert 'value="shut"' not in page
    answer = sent(people, reading, closed, body="My words.")
    assert answer.status_code == 422
    assert "This reading was closed on" in markup(answer)
    assert "My words." in markup(answer)
    assert people.client("carol").get(url("link_new", closed)).status_code == 403
    assert sent(people, closed, reading).status_code == 403
    assert sent(people, reading, closed, who="alice").status_code == 302


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"link_kind": ""}, "Choose how the one stands to the other."),
        ({"link_kind": "999999"}, "no such kind of link any more"),
        ({"far_words": "nowhere in it"}, "These words are not in this paragraph"),
        ({"words": "nowhere in it"}, "These words are not in this paragraph"),
        ({"words": "w" * 5001}, "at most 5000 characters"),
        ({"body": "w" * 10_001, "far_words": ""}, "10000 are the most"),
        ({"far_segments": "[nonsense"}, "could not be read"),
        ({"far_block": ""}, "Choose the paragraph, and its words."),
        ({"block": "p99"}, "no longer in the text"),
        ({"audience": "group:999"}, "Who may read it is not what it was"),
    ],
)
def test_what_is_wrong_is_said_in_its_place(
    people: People, reading: Reading, far: Reading, fields: dict[str, str], said: str
) -> None:
    data = {"body": "My words.", "far_words": "a conversation begins"} | fields
    answer = sent(people, reading, far, **data)
    text = markup(answer)
    assert answer.status_code == 422
    assert said in text
    assert data["body"] in text
    assert not Thread.objects.exists()


def test_a_kind_that_was_removed_is_refused(people: People, reading: Reading, far: Reading) -> None:
    gone = kind(people)
    LinkKind.objects.filter(pk=gone.pk).update(removed_at=timezone.now())
    answer = sent(people, reading, far, link_kind=gone.pk)
    assert answer.status_code == 422


def test_a_text_that_was_revised_meanwhile_is_named(
    people: People, reading: Reading, far: Reading
) -> None:
    other = make_reading(people, slug="other")
    seen: dict[str, Any] = {"seen": reading.revision_id, "far_seen": far.revision_id}
    revise(far, REVISED)
    wanted: dict[str, Any] = {"words": WORDS, "far_words": "a conversation begins"}
    answer = sent(people, reading, far, **seen, **wanted, body="My words.")
    text = markup(answer)
    assert answer.status_code == 422
    assert "was revised meanwhile, and these words have changed" in text
    assert "My words." in text
    assert f'value="{WORDS}"' in text
    # From the other end, and with words that are there as they were.
    old = Revision.objects.filter(essay=far.essay).order_by("pk").first()
    assert old
    seen = {"seen": old.pk, "far_seen": other.revision_id}
    answer = sent(people, far, other, **seen, block="p2", words="a conversation begins")
    assert answer.status_code == 422
    assert "was revised meanwhile, and these words have changed" in markup(answer)
    there: dict[str, Any] = {"block": "p1", "words": WORDS, "far_words": ""}
    assert sent(people, far, other, **seen, **there).status_code == 302


# --- As any words ------------------------------------------------------------------------------
def test_a_comment_that_waits_for_staff(people: People, reading: Reading, far: Reading) -> None:
    Seminar.objects.update(posts_held=PostsHeld.ALL)
    page = people.client("carol").get(
        url("link_new", reading, query="?far=fences&block=p1&far_block=p2")
    )
    assert "wait" in markup(page)
    data = link_data(people, far, body="My words.")
    answer = people.client("carol").post(url("link_new", reading), data, follow=True)
    assert "Your comment waits for staff." in markup(answer)
    held = Thread.objects.get()
    assert held.is_held
    assert not Thread.objects.visible_to(people.dan).exists()


def test_who_is_muted_or_too_fast_keeps_the_words(
    people: People, reading: Reading, far: Reading, settings: Any
) -> None:
    settings.POSTS_PER_MINUTE = 1
    assert sent(people, reading, far).status_code == 302
    fast = sent(people, reading, far, body="My words.")
    assert fast.status_code == 429
    assert "My words." in markup(fast)
    mute(member=people.dan, by=people.alice, hours=3)
    muted = sent(people, reading, far, who="dan", body="My words.")
    assert muted.status_code == 403
    assert "Staff have muted you until" in markup(muted)
    assert "My words." in markup(muted)
    assert people.client("dan").get(url("link_new", reading)).status_code == 403


def test_after_it_one_may_read_what_others_wrote(
    people: People, reading: Reading, far: Reading
) -> None:
    change_settings(reading=reading, by=people.alice, peek_after=1)
    say(reading, people.dan, "What Dan said.")
    client = people.client("carol")
    assert "What Dan said." not in markup(client.get(reading.get_absolute_url()))
    data = link_data(people, far, body="Mine first.")
    answer = client.post(url("link_new", reading), data, follow=True)
    assert "You can read now what others wrote here." in markup(answer)
    assert "What Dan said." in markup(client.get(reading.get_absolute_url()))


def test_whom_words_name_and_do_not_reach(people: People, reading: Reading, far: Reading) -> None:
    ReadingGroup.objects.create(reading=far, group=people.monday)
    fields = {"body": "Look, @Dan."}
    warned = sent(people, reading, far, **fields)
    assert warned.status_code == 422
    assert "Dan does not see this thread" in markup(warned)
    again = sent(people, reading, far, **fields, warned=str(people.dan.pk))
    assert again.status_code == 302


def test_gates(people: People, reading: Reading, far: Reading) -> None:
    page = url("link_new", reading, query="?block=p1")
    assert_closed_to_strangers(people, page)
    assert_closed_to_strangers(people, url("link_new", reading), link_data(people, far))
    assert people.client("grace").get(page).status_code == 403
    assert sent(people, reading, far, who="grace").status_code == 403
    assert people.client("carol").put(page).status_code == 405
    assert people.client("carol").get(page).status_code == 200
