"""What staff set on a thread as a whole: slow, locked, archived, looked at first."""

from typing import Any

import pytest

from discussions.models import CommentState, Decision, Thread, ThreadState
from discussions.moderation.thread_actions import archive, slow_down, unlock
from discussions.threads.unread_counts import new_threads, unread_counts
from readings.models import Reading
from tests.base import People, markup
from tests.discussions.base import answer, first_of, say, url
from tests.discussions.gates import assert_closed_to_strangers
from tests.forms import send


def address(thread: Thread) -> str:
    return url("thread_moderation", thread.reading, thread.pk)


def page_of(people: People, who: str, thread: Thread) -> str:
    return markup(people.client(who).get(thread.get_absolute_url()))


def test_slow_is_shown_and_holds(people: People, thread: Thread) -> None:
    client = people.client("alice")
    assert "Slow down, archive" in page_of(people, "alice", thread)
    assert send(client, address(thread), state="slow", slow_seconds="900").status_code == 302
    assert "Slow: 15 minutes between two comments" in page_of(people, "dan", thread)
    create = url("comment_create", thread.reading, thread.pk)
    assert people.client("dan").post(create, {"body": "One."}).status_code == 302
    assert people.client("dan").post(create, {"body": "Two."}).status_code == 429
    assert "Slow" in markup(people.client("dan").get(url("thread_list", thread.reading)))


def test_archived_is_out_of_the_list_and_found_by_its_filter(
    people: People, thread: Thread
) -> None:
    other = say(thread.reading, people.dan, "Another remark.")
    send(people.client("alice"), address(thread), state="archived")
    page = page_of(people, "dan", thread)
    assert "Archived: nobody replies any more." in page
    create = url("comment_create", thread.reading, thread.pk)
    assert people.client("dan").post(create, {"body": "Too late."}).status_code == 403
    listed = url("thread_list", thread.reading)
    for who in ("alice", "carol", "grace"):
        client = people.client(who)
        everything = markup(client.get(listed))
        assert thread.get_absolute_url() not in everything
        assert other.get_absolute_url() in everything
        away = markup(client.get(listed, {"show": "archived"}))
        assert thread.get_absolute_url() in away
        assert other.get_absolute_url() not in away
    send(people.client("alice"), address(thread), state="open")
    assert thread.get_absolute_url() in markup(people.client("carol").get(listed))


def test_premoderated(people: People, thread: Thread) -> None:
    send(people.client("alice"), address(thread), is_premoderated="on", note_to_staff="Heated.")
    assert "Staff look at each comment first" in page_of(people, "carol", thread)
    assert "Staff look at each comment here" in page_of(people, "dan", thread)
    assert answer(thread, people.dan).state == CommentState.PENDING
    row = Decision.objects.get()
    assert (row.action, row.after, row.note_to_staff) == ("premoderate", "on", "Heated.")


def test_nothing_changed_is_no_decision(people: People, thread: Thread) -> None:
    assert send(people.client("alice"), address(thread)).status_code == 302
    assert not Decision.objects.exists()


def test_of_two_at_once_neither_is_lost(people: People, thread: Thread) -> None:
    archive(thread=thread, by=people.alice)
    form = {"state": "locked", "slow_seconds": "300", "note_to_staff": "kept", "version": "0"}
    stale = people.client("alice").post(address(thread), form)
    assert stale.status_code == 409
    assert "kept" in markup(stale)
    assert "Archived" in markup(stale)
    thread.refresh_from_db()
    assert thread.state == ThreadState.ARCHIVED
    assert people.client("alice").post(address(thread), form | {"version": "1"}).status_code == 302


@pytest.mark.parametrize("wrong", [{"state": "gone"}, {"slow_seconds": "7"}], ids=str)
def test_nonsense_is_refused(people: People, thread: Thread, wrong: dict[str, Any]) -> None:
    assert send(people.client("alice"), address(thread), **wrong).status_code == 422
    assert not Decision.objects.exists()


def test_another_pace_than_those_offered_stays(people: People, thread: Thread) -> None:
    slow_down(thread=thread, by=people.alice, seconds=420)
    assert "7 minutes" in markup(people.client("alice").get(address(thread)))
    send(people.client("alice"), address(thread), is_premoderated="on")
    thread.refresh_from_db()
    assert (thread.slow_seconds, thread.is_premoderated) == (420, True)


def test_who_may(people: People, thread: Thread) -> None:
    for who in ("bob", "carol", "grace"):
        assert people.client(who).get(address(thread)).status_code == 403
        assert people.client(who).post(address(thread)).status_code == 403
    assert_closed_to_strangers(people, address(thread))
    people.seminar.assistants_remove = True
    people.seminar.save(update_fields=["assistants_remove"])
    assert people.client("bob").get(address(thread)).status_code == 200
    theirs = say(thread.reading, people.dan, audience="group")
    assert people.client("bob").get(address(theirs)).status_code == 404
    assert people.client("alice").delete(address(thread)).status_code == 405


def test_archived_is_no_card_beside_the_text(people: People, thread: Thread) -> None:
    """It is a line that leads to the list; its marks, its number and what is new in it go too."""
    reading = thread.reading
    other = say(reading, people.dan, "Stays here.")
    answer(thread, people.dan, "Something new.")
    carol = people.client("carol")
    carol.get(reading.get_absolute_url())
    answer(thread, people.dan, "More of it.")
    page = markup(carol.get(reading.get_absolute_url()))
    assert f'id="t{thread.pk}"' in page
    assert unread_counts(reading, people.carol) == {thread.pk: 1}
    archive(thread=thread, by=people.alice)
    for who in ("carol", "dan", "alice"):
        page = markup(people.client(who).get(reading.get_absolute_url()))
        assert f'id="t{thread.pk}"' not in page
        assert f't{thread.pk}"' not in page
        assert f'id="t{other.pk}"' in page
        line = f'<a class="put-away" href="{url("thread_list", reading)}?show=archived">'
        assert f"{line}1 archived thread</a>" in page
    assert unread_counts(reading, people.carol) == {}
    assert new_threads([people.carol]) == {}
    # Its permalink, the list and the search lead to it still.
    first = first_of(thread)
    where = carol.get(url("thread_list", reading, query=f"?comment={first.pk}")).json()
    assert where["archived"]
    assert carol.get(where["place"].partition("#")[0]).status_code == 200
    found = markup(carol.get("/s/seminar/search/?q=together&kind=comment"))
    assert thread.get_absolute_url() in found, found
    unlock(thread=thread, by=people.alice)
    page = markup(carol.get(reading.get_absolute_url()))
    assert f'id="t{thread.pk}"' in page
    assert "put-away" not in page


def test_archived_about_the_whole_essay(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, block="")
    archive(thread=thread, by=people.alice)
    page = markup(people.client("dan").get(reading.get_absolute_url()))
    assert "1 archived thread</a>" in page
    assert f'id="t{thread.pk}"' not in page
