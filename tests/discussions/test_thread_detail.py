"""One thread: a page, or what its card opens to."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from discussions.comments.actions import withdraw
from discussions.models import Comment, Thread
from discussions.moderation.thread_actions import lock
from readings.models import Block, Reading, Visit
from tests.base import People, htmx
from tests.discussions.base import answer, first_of, hidden, say, url
from tests.discussions.gates import assert_closed_to_strangers


def page_of(people: People, who: str, thread: Thread, query: str = "") -> str:
    page = url("thread_detail", thread.reading, thread.pk, query=query)
    return str(people.client(who).get(page).content.decode())


def test_comments_stand_below_what_they_answer(people: People, thread: Thread) -> None:
    one = answer(thread, people.dan, "First answer.")
    answer(thread, people.dan, "Second answer.")
    answer(thread, people.alice, "To the first.", parent=one)
    text = page_of(people, "carol", thread)
    places = [text.index(words) for words in ("First answer", "To the first", "Second answer")]
    assert places == sorted(places)
    assert "<em>together</em>" in text
    assert '<span class="tag">Instructor</span>' in text
    assert "A seminar <mark>reads one text together</mark>, and each reader" in text
    assert 'href="/s/seminar/r/margins/#p1">¶ 1</a>' in text


def test_words_whose_paragraph_is_gone_are_quoted(people: People, thread: Thread) -> None:
    Block.objects.filter(text__startswith="A seminar").delete()
    text = page_of(people, "carol", thread)
    assert ">reads one text together</blockquote>" in text


def test_deep_threads_are_continued(people: People, thread: Thread) -> None:
    comment = first_of(thread)
    for level in range(1, 6):
        comment = answer(thread, people.dan, f"Level {level}.", parent=comment)
    text = page_of(people, "carol", thread)
    assert "Level 2." in text
    assert "Level 3." not in text
    assert "Continue this thread (3 more)" in text
    third = Comment.objects.get(body="Level 2.")
    rest = page_of(people, "carol", thread, query=f"?from={third.pk}")
    order = [f"Level {level}." for level in range(1, 5)]  # what it answers stands above it
    assert [rest.index(words) for words in order] == sorted(rest.index(words) for words in order)
    assert "Level 4." in rest
    assert "The whole thread" in rest


def test_one_place_at_most_takes_the_focus(people: People, thread: Thread) -> None:
    comment = first_of(thread)
    for level in range(1, 5):
        comment = answer(thread, people.dan, f"Level {level}.", parent=comment)
    dan, third = people.client("dan"), Comment.objects.get(body="Level 2.")
    page = url("thread_detail", thread.reading, thread.pk)
    for query, focused in (("", 0), ("?whole", 1), (f"?from={third.pk}", 1)):
        text = htmx(dan, "get", page + query).content.decode()
        assert text.count("data-focus") == focused, query
    post = url("comment_create", thread.reading, thread.pk)
    words = {"body": "Deeper.", "parent": comment.pk, "client_key": str(uuid4())}
    text = htmx(dan, "post", post, words).content.decode()
    assert "The whole thread" in text
    assert text.count("data-focus") == 1
    assert f'id="c{Comment.objects.get(body="Deeper.").pk}"' in text.split("data-focus")[0][-200:]
    assert "The whole thread" not in text.split("data-focus")[1]


def test_fragment_is_the_conversation_alone(people: People, thread: Thread) -> None:
    page = url("thread_detail", thread.reading, thread.pk)
    text = htmx(people.client("dan"), "get", page).content.decode()
    assert "<html" not in text
    assert text.lstrip().startswith(f'<div class="conversation" id="conversation-{thread.pk}"')
    assert 'name="body"' in text
    assert "hx-ignore" in text


def test_form_for_a_reply_to_one_comment(people: People, comment: Comment) -> None:
    thread = comment.thread
    page = url("thread_detail", thread.reading, thread.pk, query=f"?reply={comment.pk}")
    text = htmx(people.client("dan"), "get", page).content.decode()
    assert f'name="parent" value="{comment.pk}"' in text
    assert "data-focus" in text
    assert "conversation" not in text
    whole = people.client("dan").get(page).content.decode()
    assert whole.count('name="body"') == 2  # below the comment, and at the end


def test_what_is_new_and_what_is_ones_own(people: People, thread: Thread) -> None:
    answer(thread, people.dan, "From Dan.")
    Visit.objects.create(
        seminar=people.seminar,
        reading=thread.reading,
        membership=people.carol,
        begun_at=timezone.now() - timedelta(minutes=1),
    )
    text = page_of(people, "carol", thread)
    assert text.count("data-new") == 1
    assert text.count("data-own") == 1


def test_withdrawn_comments(people: People, thread: Thread) -> None:
    answered = answer(thread, people.dan, "Answered words.")
    answer(thread, people.carol, "The answer.", parent=answered)
    alone = answer(thread, people.dan, "Lonely words.")
    for comment in (answered, alone):
        withdraw(comment=comment, by=people.dan)
    for who in ("carol", "dan", "alice", "bob", "grace"):
        text = page_of(people, who, thread)
        assert text.count("Withdrawn by its author.") == 1, who
        assert "Answered words." not in text
        assert "Lonely words." not in text
        assert "The answer." in text
        assert ("Undo" in text) == (who == "dan")
        assert f'id="c{alone.pk}"' not in text


def test_undo_is_offered_after_a_withdrawal(people: People, thread: Thread) -> None:
    comment = answer(thread, people.dan)
    withdraw(comment=comment, by=people.dan)
    query = f"?withdrawn={comment.pk}"
    assert "Your comment is withdrawn." in page_of(people, "dan", thread, query)
    page = url("thread_detail", thread.reading, thread.pk, query=query)
    assert people.client("carol").get(page).status_code == 404


def test_locked_thread_takes_no_replies(people: People, thread: Thread) -> None:
    lock(thread=thread, by=people.alice)
    text = page_of(people, "dan", thread)
    assert "Locked: nobody can reply." in text
    assert 'name="body"' not in text
    assert "Unlock thread" in page_of(people, "alice", thread)
    assert "Unlock thread" not in page_of(people, "bob", thread)


def test_guest_reads_and_is_offered_no_form(people: People, thread: Thread) -> None:
    text = page_of(people, "grace", thread)
    assert "What is" in text
    assert 'name="body"' not in text
    assert "Report" in text


def test_fixed_number_of_queries(people: People, thread: Thread) -> None:
    """Hidden and withdrawn comments among them, for the author and for staff."""
    counts: dict[str, list[int]] = {"carol": [], "alice": []}
    last = first_of(thread)
    for size in (3, 200):
        for index in range(size):
            by = people.carol if index % 2 else people.dan
            parent = None if index % 5 == 0 or last.depth > 6 else last
            last = answer(thread, by, f"Comment {index}.", parent=parent)
            if index % 7 == 1:
                hidden(last, people.alice)
        for who, seen in counts.items():
            page_of(people, who, thread)
            with CaptureQueriesContext(connection) as queries:
                page_of(people, who, thread)
            seen.append(len(queries))
    # Of a long thread its outline comes first, and then the comments that a page shows.
    assert counts["carol"][1] == counts["carol"][0] + 1
    assert counts["alice"][1] == counts["alice"][0] + 1


def test_gates(people: People, reading: Reading, thread: Thread) -> None:
    page = url("thread_detail", reading, thread.pk)
    assert_closed_to_strangers(people, page)
    assert people.client("carol").post(page).status_code == 405
    private = say(reading, people.carol, audience="group")
    assert people.client("dan").get(url("thread_detail", reading, private.pk)).status_code == 404
    assert people.client("bob").get(url("thread_detail", reading, private.pk)).status_code == 200


@pytest.mark.parametrize("number", [2**63, 10**30])
def test_a_number_that_no_row_has_is_not_found(
    people: People, reading: Reading, number: int
) -> None:
    client = people.client("alice")
    for name in ("thread_detail", "thread_lock", "thread_withdrawal", "comment_create"):
        address = url(name, reading, number)
        answer = client.get(address) if name == "thread_detail" else client.post(address)
        assert answer.status_code == 404, address
