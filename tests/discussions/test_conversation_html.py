"""One conversation, by whatever way it comes: the thread's page, a card's body, a post's answer."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from discussions.comments.actions import withdraw
from discussions.models import Comment, Thread
from readings.models import Reading
from tests.base import People, htmx
from tests.discussions.base import answer, first_of, hidden, say, url

MEMBERS = ("alice", "bob", "carol", "dan")
READING_PAGE = "http://testserver/s/seminar/r/margins/"
# What is another on each page, or only on one that htmx put there.
_OF_ONE_PAGE = re.compile(
    r'name="(?:client_key|csrfmiddlewaretoken)" value="[^"]*"|id="reply-\d+-client_key"'
)


def conversation(text: str) -> str:
    """The conversation of a page or of an answer, without what belongs to one page alone."""
    begin = text.index('<div class="conversation"')
    depth = 0
    for tag in re.finditer(r"<(/?)div\b", text[begin:]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return _OF_ONE_PAGE.sub("", text[begin : begin + tag.end()])
    raise AssertionError(text)


@pytest.fixture
def busy(people: People, thread: Thread) -> Thread:
    """With words of all roles, hidden ones and withdrawn ones, four levels deep."""
    first = first_of(thread)
    by_staff = answer(thread, people.bob, "Look at the *third* line.", parent=first)
    third = answer(thread, people.dan, "I did.", parent=by_staff)
    answer(thread, people.alice, "And?", parent=answer(thread, people.carol, parent=third))
    hidden(answer(thread, people.dan, "Nothing to do with it."), people.alice)
    hidden(answer(thread, people.carol, "Neither.", parent=first), people.bob)
    gone = answer(thread, people.dan, "Never mind.")
    answer(thread, people.carol, "Why?", parent=gone)
    withdraw(comment=gone, by=people.dan)
    withdraw(comment=answer(thread, people.carol, "A slip."), by=people.carol)
    return thread


@pytest.mark.parametrize("who", MEMBERS)
def test_answer_to_a_reply_is_what_the_page_shows(people: People, busy: Thread, who: str) -> None:
    client = people.client(who)
    page = url("comment_create", busy.reading, busy.pk)
    posted = htmx(client, "post", page, {"body": f"By {who} & <nobody> else."})
    shown = client.get(busy.get_absolute_url())
    fetched = htmx(client, "get", busy.get_absolute_url())
    found = conversation(posted.content.decode())
    assert found == conversation(shown.content.decode())
    assert found == conversation(fetched.content.decode())
    assert f"By {who} &amp; &lt;nobody&gt; else." in found


@pytest.mark.parametrize("who", MEMBERS)
def test_card_after_a_reply_is_that_of_the_reading_page(
    people: People, busy: Thread, who: str
) -> None:
    client = people.client(who)
    headers = {"HX-Request": "true", "HX-Current-URL": READING_PAGE}
    page = url("comment_create", busy.reading, busy.pk)
    posted = client.post(page, {"body": "Counted."}, headers=headers).content.decode()
    summary = posted.split('> summary" hx-swap="innerHTML">')[1].split("</hx-partial>")[0]
    shown = client.get(busy.reading.get_absolute_url()).content.decode()
    card = shown.split(f'id="t{busy.pk}"')[1].split("<summary>")[1].split("</summary>")[0]
    # A first visit: nothing is new.
    assert summary.strip() == card


def test_first_words_about_a_highlight_make_it_a_thread(people: People, reading: Reading) -> None:
    mark = say(reading, people.carol, "")
    client = people.client("carol")
    assert "Remove highlight" in htmx(client, "get", mark.get_absolute_url()).content.decode()
    page = url("comment_create", reading, mark.pk)
    posted = htmx(client, "post", page, {"body": "Now I know why."}).content.decode()
    assert "Remove highlight" not in posted
    assert conversation(posted) == conversation(
        client.get(mark.get_absolute_url()).content.decode()
    )


def test_words_of_one_are_not_kept_for_another(people: People, reading: Reading) -> None:
    """Threads of one shape, one after the other: each has its own names, words and addresses."""
    threads = [say(reading, people.carol, f"Words {n}.") for n in range(2)]
    for mine, other in (threads, threads[::-1]):
        found = people.client("dan").get(mine.get_absolute_url()).content.decode()
        assert first_of(mine).html in found
        assert first_of(other).html not in found
        assert f"/threads/{mine.pk}/" in found
        assert f"/threads/{other.pk}/" not in found
        assert f'id="c{first_of(other).pk}"' not in found
    assert "slot" not in re.sub(r"data-slot", "", found)
    assert not re.search("[\x02\x03\x1f]", found)


def test_slots_cannot_be_written(people: People, reading: Reading) -> None:
    sent = "Mine \x02who\x03 and \x1f{{ who }} {% csrf_token %}."
    thread = say(reading, people.carol, sent)
    found = people.client("dan").get(thread.get_absolute_url()).content.decode()
    assert "{{ who }} {% csrf_token %}." in found


def test_fixed_number_of_queries_of_a_reply(people: People, thread: Thread) -> None:
    page = url("comment_create", thread.reading, thread.pk)
    client = people.client("dan")
    headers = {"HX-Request": "true", "HX-Current-URL": READING_PAGE}
    counts: list[tuple[int, int]] = []
    for size in (1, 199):
        last: Comment | None = None
        for index in range(size):
            last = answer(thread, people.carol, f"{index}", parent=last if index % 5 else None)
        client.post(page, {"body": "Nothing is worked out anew."})
        with CaptureQueriesContext(connection) as plain:
            client.post(page, {"body": f"By a form, {size}."})
        with CaptureQueriesContext(connection) as in_place:
            client.post(page, {"body": f"In place, {size}."}, headers=headers)
        counts.append((len(plain), len(in_place)))
    assert counts[0] == counts[1]
    # Session, the pace, membership, reading, thread; its lock, the count, the words, the event: and
    # for the answer the comments, the visit and the passage.
    assert counts[0][0] <= 11
    assert counts[0][1] <= counts[0][0] + 3
