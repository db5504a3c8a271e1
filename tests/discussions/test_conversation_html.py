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


def last_seq_in(text: str) -> str:
    found = re.search(r'name="last_seq"[^>]* value="(\d+)"', text)
    assert found
    return found[1]


@pytest.mark.parametrize("who", MEMBERS)
def test_reply_to_all_that_is_shown_comes_alone(people: People, busy: Thread, who: str) -> None:
    """The page as it was, with the answer put into its places, is the page as it is now."""
    client = people.client(who)
    headers = {"HX-Request": "true", "HX-Current-URL": READING_PAGE}
    page = url("comment_create", busy.reading, busy.pk)
    whole = client.post(page, {"body": "Before."}, headers=headers).content.decode()
    was, seen = conversation(whole), last_seq_in(whole)
    posted = client.post(page, {"body": "Alone & <new>.", "last_seq": seen}, headers=headers)
    put = dict(
        re.findall(r'hx-target="([^"]+)" hx-swap="\w+">(.*?)</hx-partial>', posted.text, re.S)
    )
    added, seq, line = (
        put[f"#{place}"]
        for place in (
            f"conversation-{busy.pk} > draft-form",
            f"last-seq-{busy.pk}",
            f"t{busy.pk} > summary",
        )
    )
    assert len(posted.content) < len(whole) / 3
    before, form, after = was.rpartition("<draft-form")
    # Where there is a form, its number counts: the script takes the larger of the two.
    before = before.replace(f'data-last="{seen}"', f'data-last="{int(seen) + 1}"')
    after = re.sub(r'<input type="hidden" name="last_seq"[^>]*>', seq.strip(), after)
    now = conversation(client.get(busy.get_absolute_url()).content.decode())
    put_together = _OF_ONE_PAGE.sub("", f"{before}{added}{form}{after}")
    assert "".join(put_together.split()) == "".join(now.split())
    assert last_seq_in(now) == str(int(seen) + 1)
    shown = client.get(busy.reading.get_absolute_url()).content.decode()
    card = shown.split(f'id="t{busy.pk}"')[1].split("<summary>")[1].split("</summary>")[0]
    assert line.strip() == card


@pytest.mark.parametrize("sent", ["", "x", "0", "-1", "1", "9" * 5000, None])
def test_reply_brings_what_others_said_meanwhile(
    people: People, thread: Thread, sent: str | None
) -> None:
    """And so it does for who does not say what their page shows."""
    answer(thread, people.carol, "Said meanwhile.")
    page = url("comment_create", thread.reading, thread.pk)
    data = {"body": "Mine."} | ({} if sent is None else {"last_seq": sent})
    posted = htmx(people.client("dan"), "post", page, data).content.decode()
    assert "Said meanwhile." in conversation(posted)


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
    counts: list[tuple[int, int, int]] = []
    for size in (1, 199):
        last: Comment | None = None
        for index in range(size):
            last = answer(thread, people.carol, f"{index}", parent=last if index % 5 else None)
        client.post(page, {"body": "Nothing is worked out anew."})
        with CaptureQueriesContext(connection) as plain:
            client.post(page, {"body": f"By a form, {size}."})
        with CaptureQueriesContext(connection) as in_place:
            whole = client.post(page, {"body": f"In place, {size}."}, headers=headers)
        data = {"body": f"Alone, {size}.", "last_seq": last_seq_in(whole.content.decode())}
        with CaptureQueriesContext(connection) as alone:
            client.post(page, data, headers=headers)
        counts.append((len(plain), len(in_place), len(alone)))
    assert (counts[1][0], counts[1][2]) == (counts[0][0], counts[0][2])
    # Of a long thread its outline comes before the comments that are shown.
    assert counts[1][1] in {counts[0][1], counts[0][1] + 1}
    # Session, the pace, membership, reading, thread; its lock, the count, the words, the event, who
    # watches it now: and for the answer the comments, what was done to them and to the thread
    # (read, watched, pinned, tagged, reacted to, endorsed), the visit and the passage.
    assert counts[0][0] <= 12
    assert counts[0][1] <= counts[0][0] + 9
    # The reply alone asks for its card instead: the thread as it is, how it begins, and by whom.
    assert counts[0][2] <= counts[0][0] + 7
