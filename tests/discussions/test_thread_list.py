"""All threads of a reading as a page; posting to it starts one."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from discussions.comments.actions import withdraw
from discussions.models import Comment, Tag, Tagging, Thread
from discussions.moderation.thread_actions import lock
from readings.models import Anonymity, Reading, Visit
from tests.base import People, htmx, make_reading, markup
from tests.discussions.base import (
    WORDS,
    answer,
    first_of,
    hidden,
    new_thread_data,
    say,
    url,
)
from tests.discussions.gates import assert_closed_to_strangers


def posted(people: People, reading: Reading, who: str = "carol", **fields: Any) -> Any:
    return people.client(who).post(url("thread_list", reading), new_thread_data(**fields))


def selected(block: str = "p1", exact: str = WORDS, start: int = 10) -> str:
    piece = {"block": block, "start": start, "end": start + len(exact), "exact": exact}
    return json.dumps([piece | {"prefix": "A seminar ", "suffix": ", and"}])


# --- Reading it ------------------------------------------------------------------------------
def test_threads_stand_in_the_order_of_the_text(people: People, reading: Reading) -> None:
    say(reading, people.dan, "About the end.", block="p3", quote="Printers left it wide")
    say(reading, people.dan, "About everything.", block="")
    say(reading, people.carol, "About the start.")
    text = people.client("carol").get(url("thread_list", reading)).content.decode()
    places = [text.index(words) for words in ("the start.", "the end.", "About everything.")]
    assert places == sorted(places)
    assert "Where readers stop" in text
    assert "About the whole essay" in text


def test_filters(people: People, reading: Reading) -> None:
    say(reading, people.carol, "Mine alone.", audience="me")
    say(reading, people.dan, "Anybody know?", kind="question")
    say(reading, people.bob, "For Monday.", audience="group")
    client = people.client("carol")
    expected = {
        "mine": ["Mine alone."],
        "questions": ["Anybody know?"],
        "group": ["Mine alone.", "For Monday."],
        "": ["Mine alone.", "Anybody know?", "For Monday."],
    }
    for show, words in expected.items():
        text = client.get(url("thread_list", reading, query=f"?show={show}")).content.decode()
        everything = expected[""]
        assert [one for one in everything if one in text] == words, show


def listed(people: People, reading: Reading, query: str, who: str = "carol") -> list[str]:
    """The threads that are listed, by the capital they begin with."""
    page = people.client(who).get(url("thread_list", reading, query=query)).content.decode()
    return re.findall(r'class="first">(\w)', page)


def test_narrowed_to_who_began_it_and_to_a_group(people: People, reading: Reading) -> None:
    say(reading, people.dan, "Dan asks.", kind="question")
    say(reading, people.carol, "Carol says.", block="p2", quote="a conversation begins")
    say(reading, people.bob, "Bob to his group.", audience="group", block="")
    expected = {
        "?by=Dan": ["D"],
        "?by=Carol": ["C"],
        "?by=Nobody": [],
        "?group=Monday": ["C", "B"],
        "?group=Thursday": ["D"],
        "?group=Monday&by=Bob": ["B"],
        "?show=questions&by=Dan": ["D"],
        "?show=questions&by=Carol": [],
        "?show=prompts": [],
        "?show=nonsense&order=odd": ["D", "C", "B"],
    }
    for query, begin in expected.items():
        assert listed(people, reading, query) == begin, query
    # What is for Monday is in no list of Dan's, nor is who wrote nothing else.
    assert listed(people, reading, "?group=Monday", "dan") == ["C"]
    page = people.client("dan").get(url("thread_list", reading)).content.decode()
    assert re.findall('<option value="(\\w+)">', page.partition('name="group"')[0]) == [
        "Carol",
        "Dan",
    ]
    narrowed = url("thread_list", reading, query="?by=Dan&order=newest")
    text = people.client("carol").get(narrowed).content.decode()
    assert '<option value="Dan" selected>Dan</option>' in text
    assert 'href="?show=mine&amp;by=Dan&amp;order=newest"' in text


def test_who_is_anonymous_is_in_no_list_of_names_and_no_group(people: People) -> None:
    reading = make_reading(people, "anonymous", anonymity=Anonymity.OPTIONAL)
    thread = say(reading, people.carol, "Nobody says.", anonymous=True)
    for who in ("alice", "dan"):
        for query in ("?by=Carol", f"?by={thread.alias}", "?group=Monday"):
            assert listed(people, reading, query, who) == [], (who, query)
        page = people.client(who).get(url("thread_list", reading)).content.decode()
        assert "Carol" not in page
        assert thread.alias in page
    assert listed(people, reading, "?show=mine") == ["N"]


def test_by_tag(people: People, reading: Reading) -> None:
    say(reading, people.dan, "Bare.")
    assert 'name="tag"' not in markup(people.client("carol").get(url("thread_list", reading)))
    tag = Tag.objects.create(seminar=people.seminar, name="history")
    thread = say(reading, people.dan, "Tagged.", block="p2", quote="a conversation begins")
    Tagging.objects.create(seminar=people.seminar, thread=thread, tag=tag, created_by=people.alice)
    assert listed(people, reading, "?tag=history") == ["T"]
    assert listed(people, reading, "?tag=nothing") == []
    assert listed(people, reading, "") == ["B", "T"]


def test_in_another_order(people: People, reading: Reading) -> None:
    say(reading, people.dan, "Amid the text.", block="p2", quote="a conversation begins")
    busy = say(reading, people.carol, "Busy.", block="p3", quote="Printers left it wide")
    say(reading, people.dan, "Coming first in the text.")
    answer(busy, people.dan)
    assert listed(people, reading, "") == ["C", "A", "B"]
    assert listed(people, reading, "?order=newest") == ["C", "B", "A"]
    assert listed(people, reading, "?order=active") == ["B", "A", "C"]
    assert listed(people, reading, "?order=newest&by=Dan") == ["C", "A"]


def test_hidden_words_are_under_nobodys_name(people: People, reading: Reading) -> None:
    hidden(first_of(say(reading, people.dan, "Unkind.")), people.alice)
    for who in ("alice", "carol"):
        page = people.client(who).get(url("thread_list", reading)).content.decode()
        assert "Dan" not in page, who
        assert listed(people, reading, "?by=Dan", who) == []
    assert listed(people, reading, "?by=Dan", "dan") == ["U"]


def test_new_threads_are_those_with_words_of_others(people: People, reading: Reading) -> None:
    mine = say(reading, people.carol, "Mine.")
    say(reading, people.dan, "His.")
    Visit.objects.create(
        seminar=people.seminar,
        reading=reading,
        membership=people.carol,
        begun_at=timezone.now() - timedelta(hours=1),
    )
    client = people.client("carol")
    text = client.get(url("thread_list", reading, query="?show=new")).content.decode()
    assert "His." in text
    assert "Mine." not in text
    answer(mine, people.dan)
    text = client.get(url("thread_list", reading, query="?show=new")).content.decode()
    assert "Mine." in text


def test_empty(people: People, reading: Reading) -> None:
    page = people.client("grace").get(url("thread_list", reading))
    assert "No comments yet" in page.content.decode()
    page = people.client("carol").get(url("thread_list", reading, query="?show=mine"))
    assert "No threads of this kind." in page.content.decode()


def test_tells_where_a_comment_is(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, audience="group")
    comment = first_of(thread)
    asked = url("thread_list", reading, query=f"?comment={comment.pk}")
    assert people.client("bob").get(asked).json()["thread"] == thread.pk
    assert people.client("dan").get(asked).status_code == 404
    nonsense = url("thread_list", reading, query="?comment=x")
    assert people.client("bob").get(nonsense).status_code == 404


def test_withdrawn_thread_can_be_put_back_from_here(people: People, reading: Reading) -> None:
    comment = first_of(say(reading, people.carol))
    withdraw(comment=comment, by=people.carol)
    asked = url("thread_list", reading, query=f"?withdrawn={comment.pk}")
    assert "Undo" in people.client("carol").get(asked).content.decode()
    assert people.client("dan").get(asked).status_code == 404


def test_fixed_number_of_queries(people: People, reading: Reading) -> None:
    client = people.client("carol")
    counts = []
    for size in (1, 200):
        for index in range(size):
            say(reading, people.dan if index % 2 else people.carol, f"Thread {index}.")
        client.get(url("thread_list", reading))
        with CaptureQueriesContext(connection) as queries:
            client.get(url("thread_list", reading))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_gates(people: People, reading: Reading) -> None:
    page = url("thread_list", reading)
    assert_closed_to_strangers(people, page)
    assert_closed_to_strangers(people, page, new_thread_data())
    assert posted(people, reading, "grace").status_code == 403
    assert people.client("carol").put(page).status_code == 405
    assert not Thread.objects.exists()


# --- Starting a thread -----------------------------------------------------------------------
def test_post_starts_a_thread_and_leads_to_it(people: People, reading: Reading) -> None:
    audience = f"group:{people.monday.pk}"
    response = posted(people, reading, segments=selected(), kind="question", audience=audience)
    thread = Thread.objects.get()
    assert response.url == f"{reading.get_absolute_url()}#t{thread.pk}"
    assert thread.passage is not None
    assert (thread.passage.quote, thread.kind, thread.group) == (WORDS, "question", people.monday)
    assert first_of(thread).body == "From a form."


def test_words_go_to_no_group_that_was_not_seen_when_they_were_written(
    people: People, reading: Reading
) -> None:
    seen = f"group:{people.monday.pk}"
    people.carol.group = people.thursday
    people.carol.save()
    response = posted(people, reading, audience=seen)
    assert response.status_code == 422
    page = markup(response)
    assert "choose again who may read them" in page
    assert "From a form." in page
    assert f'<option value="group:{people.thursday.pk}">' in page
    assert posted(people, reading, audience="group").status_code == 422
    assert not Thread.objects.exists()


def test_words_over_the_limit_are_counted_and_kept(people: People, reading: Reading) -> None:
    words = "a" * 10_312
    response = posted(people, reading, body=words)
    assert response.status_code == 422
    page = markup(response)
    assert words in page
    assert "This has 10312 characters, and 10000 are the most." in page
    assert "maxlength" not in page[page.index("<textarea") :].partition(">")[0]


def test_without_segments_it_is_about_the_paragraph_or_all(
    people: People, reading: Reading
) -> None:
    posted(people, reading)
    posted(people, reading, block="")
    whole_block, whole_reading = Thread.objects.order_by("pk")
    assert whole_block.passage is not None
    assert whole_block.passage.is_whole_block
    assert whole_reading.passage is None


def test_double_submit_posts_once(people: People, reading: Reading) -> None:
    data = new_thread_data()
    client = people.client("carol")
    answers = [client.post(url("thread_list", reading), data) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Thread.objects.count() == 1


def test_nonsense_for_a_key_does_not_stop_the_words(people: People, reading: Reading) -> None:
    assert posted(people, reading, client_key="not a key").status_code == 302
    assert Thread.objects.get().client_key is None


def test_highlight_from_the_toolbar(people: People, reading: Reading) -> None:
    client = people.client("carol")
    data = new_thread_data(
        segments=selected(), kind="highlight", body="", audience="private", client_key=""
    )
    response = htmx(client, "post", url("thread_list", reading), data)
    thread = Thread.objects.get()
    assert thread.is_highlight
    assert thread.audience == "me"
    assert response.status_code == 200
    assert f'data-threads="{thread.pk}"' in response.content.decode()


def test_fragment_has_the_blocks_that_changed(people: People, reading: Reading) -> None:
    pieces = [*json.loads(selected()), *json.loads(selected("p2", "Where two readers", 0))]
    data = new_thread_data(segments=json.dumps(pieces))
    response = htmx(people.client("carol"), "post", url("thread_list", reading), data)
    text = response.content.decode()
    thread = Thread.objects.get()
    assert '<hx-partial hx-target="#b-p1" hx-swap="outerMorph">' in text
    assert '<hx-partial hx-target="#b-p2" hx-swap="outerMorph">' in text
    assert "#b-p3" not in text
    assert f'id="t{thread.pk}"' in text
    events = json.loads(response.headers["HX-Trigger"])
    assert events == {"announce": "Comment posted", "thread-posted": {"thread": thread.pk}}


def test_fragment_of_the_whole_reading(people: People, reading: Reading) -> None:
    data = new_thread_data(block="")
    response = htmx(people.client("carol"), "post", url("thread_list", reading), data)
    assert '<hx-partial hx-target="#b-end"' in response.content.decode()
    assert "From a form." in response.content.decode()


def test_words_are_found_on_the_server(people: People, reading: Reading) -> None:
    posted(people, reading, segments="", words="no  method is OLDER".lower(), block="p2")
    assert Thread.objects.get().passage.quote == "no method is older"  # type: ignore[union-attr]


def test_sentences_from_the_first_to_the_last(people: People, reading: Reading) -> None:
    posted(people, reading, segments="", sentence=["0-29", "30-98"], block="p3")
    quote = Thread.objects.get().passage.quote  # type: ignore[union-attr]
    assert quote.startswith("The margin was made for this. Printers")


BAD = [
    {"body": ""},
    {"body": "x" * 10_001},
    {"body": "nul \x00 byte"},
    {"audience": "everybody"},
    {"kind": "guide"},
    {"segments": "not json"},
    {"segments": '[{"block": "p1", "start": 1e999, "end": 3, "exact": "x"}]'},
    {"segments": '[{"block": "p1", "start": 9, "end": 3, "exact": "x"}]'},
    {"segments": selected("p9")},
    {"segments": selected(exact="other words altogether")},
    {"segments": "", "words": "not in the paragraph"},
    {"segments": "", "sentence": ["a-b"]},
    {"kind": "highlight", "segments": "[]", "body": ""},
    {"kind": "highlight", "segments": selected()},  # words were written: they are not thrown away
    {"kind": "question", "segments": selected(), "body": ""},
]


@pytest.mark.parametrize("fields", BAD)
def test_bad_input_keeps_the_text(people: People, reading: Reading, fields: dict[str, Any]) -> None:
    response = posted(people, reading, **({"body": "Keep <these> words."} | fields))
    assert response.status_code == 422
    text = response.content.decode()
    if "body" not in fields:
        assert "Keep &lt;these&gt; words." in text
    assert "error" in text
    assert not Thread.objects.exists()


def test_bad_input_comes_back_in_the_form_that_was_sent(people: People, reading: Reading) -> None:
    client = people.client("carol")
    bad = new_thread_data(segments=selected(exact="nowhere to be found"), body="Kept.")
    answered = htmx(client, "post", url("thread_list", reading), bad)
    assert answered.status_code == 422
    assert answered.content.decode().lstrip().startswith(("{#", "<draft-form"))
    assert "Kept." in answered.content.decode()
    assert "<html" not in answered.content.decode()
    answered = htmx(client, "post", url("thread_list", reading), bad | {"picker": "1"})
    assert answered.status_code == 422
    assert 'id="picker"' in answered.content.decode()


def test_unknown_block_of_a_plain_form_is_404(people: People, reading: Reading) -> None:
    assert posted(people, reading, block="p99", segments="[]").status_code in {404, 422}
    assert not Thread.objects.exists()


def test_hidden_and_locked_show_on_the_list(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    lock(thread=thread, by=people.alice)
    assert "Locked" in people.client("dan").get(url("thread_list", reading)).content.decode()
    assert Comment.objects.count() == 1
