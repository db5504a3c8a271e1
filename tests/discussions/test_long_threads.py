"""Threads that are too long to be shown at once: in pages, by the numbers of their comments."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from discussions.comments.actions import withdraw
from discussions.models import Comment, Thread
from discussions.threads.thread_reader import MOST_SEQ
from readings.models import Reading, Visit
from tests.base import People, htmx
from tests.discussions.base import answer, first_of, say, url

READING_PAGE = "http://testserver/s/seminar/r/margins/"


def shown_in(text: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'<article class="comment[^"]*"\s+id="c(\d+)"', text)]


def part_in(text: str) -> str:
    found = re.search(r'name="part"[^>]* value="([\d-]+)"', text)
    assert found
    return found[1]


def grown(thread: Thread, people: People, roots: int, replies: int = 0) -> list[Comment]:
    """Add so many roots by Carol, each with so many answers by Dan; return the roots."""
    made = [answer(thread, people.carol, f"Root {n}.") for n in range(roots)]
    for root in made:
        for n in range(replies):
            answer(thread, people.dan, f"Reply {n} to {root.body}", parent=root)
    return made


def get(client: Client, thread: Thread, query: str = "") -> str:
    return client.get(thread.get_absolute_url() + query).content.decode()


def fragment(client: Client, thread: Thread, query: str = "") -> str:
    """What a link of the thread's own page brings."""
    address = thread.get_absolute_url()
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{address}"}
    return client.get(address + query, headers=headers).content.decode()


def link(text: str, words: str) -> str:
    """The address of the link that says so."""
    found = re.search(rf'href="([^"]+)"[^>]*>{re.escape(words)}', text)
    assert found, text
    return found[1].replace("&amp;", "&")


def test_plain_links_lead_through_all_of_it_once(people: People, thread: Thread) -> None:
    grown(thread, people, roots=65)
    client = people.client("dan")
    page, seen = thread.get_absolute_url(), []
    while True:
        text = client.get(page).content.decode()
        seen.append(shown_in(text))
        if "Show more" not in text:
            break
        page = link(text, "Show more")
        assert "?after=" in page
    assert [len(each) for each in seen] == [20, 20, 20, 6]
    assert [pk for each in seen for pk in each] == list(
        thread.comments.order_by("seq").values_list("pk", flat=True)
    )
    for earlier in reversed(seen[:-1]):
        text = client.get(link(text, "Earlier comments")).content.decode()
        assert shown_in(text) == earlier
    assert "Earlier comments" not in text


def test_a_page_says_how_much_is_left(people: People, thread: Thread) -> None:
    grown(thread, people, roots=59)
    text = get(people.client("dan"), thread)
    assert ">Show more (40 comments)</a>" in text
    assert ">Show more (1 comment)</a>" in get(people.client("dan"), thread, "?after=39")


def test_short_threads_are_shown_whole(people: People, thread: Thread) -> None:
    grown(thread, people, roots=3, replies=12)
    text = get(people.client("dan"), thread)
    assert len(shown_in(text)) == 40
    assert 'name="part"' not in text
    assert "hx-include" not in text


def test_more_comes_after_what_is_shown(people: People, thread: Thread) -> None:
    grown(thread, people, roots=45)
    client = people.client("dan")
    first = get(client, thread)
    assert f'hx-include:inherited="#part-{thread.pk}"' in first
    text = fragment(client, thread, f"?after=20&more=1&part={part_in(first)}")
    assert shown_in(text) == shown_in(get(client, thread, "?after=20"))
    assert '<div class="conversation"' not in text
    # The page shows both now, and says so when it asks again.
    assert part_in(text) == f"0-0-40-46-{MOST_SEQ}"
    assert text.count("data-focus") == 1
    assert f'id="c{shown_in(text)[0]}"' in text.split("data-focus")[0][-200:]


def test_further_replies_are_folded(people: People, thread: Thread) -> None:
    root, *_others = grown(thread, people, roots=3, replies=15)
    client = people.client("dan")
    text = get(client, thread)
    assert text.count(">12 more replies</a>") == 3
    part = client.get(link(text, "12 more replies")).content.decode()
    replies = list(root.replies.order_by("seq").values_list("pk", flat=True))
    assert shown_in(part) == [root.pk, *replies]
    assert "The whole thread" in part
    # A single one is not worth a fold.
    answer(thread, people.dan, parent=first_of(thread))
    for n in range(3):
        answer(thread, people.dan, f"{n}", parent=first_of(thread))
    assert get(client, thread).count("more repl") == 3


def test_a_long_part_of_a_thread_has_pages_too(people: People, thread: Thread) -> None:
    (root,) = grown(thread, people, roots=1, replies=55)
    client = people.client("dan")
    replies = list(root.replies.order_by("seq").values_list("pk", flat=True))
    text = get(client, thread, f"?from={root.pk}")
    assert shown_in(text) == [root.pk, *replies[:20]]
    following = client.get(link(text, "Show more")).content.decode()
    assert shown_in(following) == [root.pk, *replies[20:40]]
    more = fragment(client, thread, f"?after=22&more=1&part={part_in(text)}")
    assert shown_in(more) == replies[20:40]


def test_every_comment_is_where_its_link_leads(people: People, thread: Thread) -> None:
    roots = grown(thread, people, roots=30, replies=3)
    last = roots[11]
    for n in range(12):
        last = answer(thread, people.carol, f"Deeper {n}", parent=last)
    client = people.client("dan")
    resolve = url("thread_list", thread.reading)
    for comment in thread.comments.filter(seq__in=[1, 2, 31, 32, 90, 121, 124, 126, 130, 133]):
        place = client.get(f"{resolve}?comment={comment.pk}").json()["place"]
        assert comment.pk in shown_in(client.get(place).content.decode()), comment.seq
        where = people.client("dan").get(
            url("comment_detail", thread.reading, comment.pk), follow=True
        )
        assert where.status_code == 200


def test_an_answer_leads_to_where_it_stands(people: People, thread: Thread) -> None:
    grown(thread, people, roots=50)
    page = url("comment_create", thread.reading, thread.pk)
    text = people.client("dan").post(page, {"body": "Mine, at the end."}, follow=True)
    assert "Mine, at the end." in text.content.decode()


def test_own_answer_stands_where_it_was_written(people: People, thread: Thread) -> None:
    """At the end of a page that does not show what comes before; and once, when that comes."""
    grown(thread, people, roots=45)
    client = people.client("dan")
    shown = get(client, thread)
    page = url("comment_create", thread.reading, thread.pk)
    sent = {"body": "Mine.", "part": part_in(shown), "last_seq": thread.comments.count()}
    alone = htmx(client, "post", page, sent).content.decode()
    mine = Comment.objects.get(body="Mine.")
    assert f'<hx-partial hx-target="#more-{thread.pk}" hx-swap="beforeend">' in alone
    assert shown_in(alone) == [mine.pk]
    more = fragment(client, thread, f"?after=20&more=1&part={part_in(shown)}")
    assert shown_in(more)[-1] == mine.pk
    assert len(shown_in(more)) == 21
    assert ">Show more (6 comments)" in more
    rest = fragment(client, thread, f"?after=40&more=1&part={part_in(more)}")
    assert shown_in(rest).count(mine.pk) == 1
    assert "Show more" not in rest
    # Where others wrote meanwhile, all that the page showed comes again, and one's own.
    answer(thread, people.carol, "Meanwhile.")
    sent = {"body": "Mine too.", "part": part_in(more), "last_seq": 47}
    again = htmx(client, "post", page, sent).content.decode()
    too = Comment.objects.get(body="Mine too.")
    assert len(shown_in(again)) == 42
    assert shown_in(again)[-2:] == [mine.pk, too.pk]


def test_a_write_answers_with_what_the_page_showed(people: People, thread: Thread) -> None:
    roots = grown(thread, people, roots=70)
    client = people.client("carol")
    part = f"0-0-40-{thread.comments.count()}-{MOST_SEQ}"
    page = url("comment_revisions", thread.reading, roots[30].pk)
    sent = {"body": "Put right.", "version": 1, "part": part}
    text = htmx(client, "post", page, sent).content.decode()
    assert len(shown_in(text)) == 40
    assert "Put right." in text
    assert part_in(text) == part
    beyond = url("comment_revisions", thread.reading, roots[60].pk)
    text = htmx(client, "post", beyond, sent | {"body": "Further on."}).content.decode()
    assert "Further on." in text


@pytest.mark.parametrize("part", ["", "x", "1-2-3", "1-2-3-4-5-6", "9" * 300, "0-0-999999999-0-0"])
def test_nonsense_about_a_page_is_none(people: People, thread: Thread, part: str) -> None:
    grown(thread, people, roots=45)
    page = url("comment_create", thread.reading, thread.pk)
    sent = {"body": "Mine.", "part": part}
    answered = htmx(people.client("dan"), "post", page, sent)
    assert answered.status_code == 200
    assert "Mine." in answered.content.decode()


def test_card_is_shorter(people: People, thread: Thread) -> None:
    grown(thread, people, roots=30)
    client = people.client("dan")
    card = htmx(client, "get", thread.get_absolute_url()).content.decode()
    assert len(shown_in(card)) == 10
    headers = {"HX-Request": "true", "HX-Current-URL": READING_PAGE}
    more = f"{thread.get_absolute_url()}?after=10&more=1&part={part_in(card)}"
    assert len(shown_in(client.get(more, headers=headers).content.decode())) == 10


def test_what_is_new_is_counted_and_can_be_reached(people: People, thread: Thread) -> None:
    roots = grown(thread, people, roots=40, replies=6)
    now = timezone.now()
    Comment.objects.update(published_at=now - timedelta(days=2))
    new = [answer(thread, people.dan, "New.", parent=roots[30]), answer(thread, people.dan, "New.")]
    Visit.objects.create(
        seminar=people.seminar,
        reading=thread.reading,
        membership=people.carol,
        begun_at=now - timedelta(days=1),
    )
    client = people.client("carol")
    text = get(client, thread)
    assert ", 2 new)" in text
    reached = client.get(link(text, "To the first of 2 new comments").partition("#")[0])
    assert new[0].pk in shown_in(reached.content.decode())
    assert "To 1 new comment" in reached.content.decode()
    focused = fragment(client, thread, f"?comment={new[1].pk}&focus=1&part={part_in(text)}")
    assert focused.count("data-focus") == 1
    assert "data-new" in focused
    other = get(people.client("dan"), thread)  # they are his own
    assert " new comment" not in other


def test_withdrawn_comments_take_no_place(people: People, thread: Thread) -> None:
    roots = grown(thread, people, roots=50)
    for root in roots[:11]:
        withdraw(comment=root, by=people.carol)
    text = get(people.client("dan"), thread)
    assert "Withdrawn" not in text
    assert "Show more" not in text
    assert len(shown_in(text)) == 40


def test_five_hundred_comments_cost_what_forty_do(people: People, reading: Reading) -> None:
    """The same queries, and no more words read or written than a page has room for."""
    client = people.client("dan")
    sizes, queries = [], []
    for roots, replies in ((10, 3), (12, 4), (40, 11)):
        thread = say(reading, people.carol)
        grown(thread, people, roots=roots, replies=replies)
        get(client, thread)
        with CaptureQueriesContext(connection) as captured:
            text = get(client, thread)
        sizes.append(len(shown_in(text)))
        queries.append(len(captured))
    assert thread.comments.count() == 481
    assert queries[1] == queries[2]
    assert sizes[2] <= sizes[0] + 3
