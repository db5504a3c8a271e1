"""The audit log as a page."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from discussions.models import Comment
from discussions.moderation.actions import hide, restore
from discussions.moderation.member_actions import mute
from discussions.moderation.thread_actions import lock, unlock
from readings.models import Reading
from seminars.models import Membership
from tests.base import People, make_reading
from tests.discussions.base import first_of, say
from tests.discussions.gates import assert_closed_to_strangers

PAGE = "/s/seminar/desk/log/"


def page(people: People, who: str = "alice", query: str = "") -> str:
    return str(people.client(who).get(PAGE + query).content.decode())


def decided(people: People, comment: Comment) -> None:
    hide(
        comment=comment,
        reason="Advertising or spam",
        by=people.bob,
        version=1,
        note_to_member="No adverts.",
        note_to_staff="Third time.",
    )


def test_row_tells_who_what_why_and_where(people: People, comment: Comment) -> None:
    decided(people, comment)
    Membership.objects.filter(pk=people.bob.pk).update(role="participant")
    text = page(people)
    for words in ("by Bob, assistant", "Hid a comment", "of Carol", "Advertising or spam"):
        assert words in text
    assert "No adverts." in text
    assert "Third time." in text
    assert f'{comment.thread.get_absolute_url()}#c{comment.pk}"' in text
    assert "together</em>" not in text  # hidden words are not read in the log


def test_newest_first_and_filtered(people: People, comment: Comment) -> None:
    decided(people, comment)
    restore(comment=comment, by=people.alice, version=2)
    lock(thread=comment.thread, by=people.alice)
    rows = page(people).split("<tbody>")[1]
    places = [rows.index(words) for words in ("Locked a thread", "Restored", "Hid a comment")]
    assert places == sorted(places)
    rows = page(people, query="?action=restore").split("<tbody>")[1]
    assert "Restored a comment" in rows
    assert "Hid a comment" not in rows
    assert "No decisions" in page(people, query="?action=unlock")


def test_fifty_to_a_page_by_key(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    for _ in range(30):
        lock(thread=thread, by=people.alice)
        unlock(thread=thread, by=people.alice)
    first = people.client("alice").get(PAGE)
    log = first.context["log"]
    assert len(log.rows) == 50
    assert f"before={log.older}" in first.content.decode()
    rest = people.client("alice").get(f"{PAGE}?before={log.older}").context["log"]
    assert len(rest.rows) == 10
    assert rest.older is None
    assert {row.decision.pk for row in log.rows}.isdisjoint(row.decision.pk for row in rest.rows)


def test_assistant_reads_what_concerns_their_group(people: People, reading: Reading) -> None:
    hide(comment=first_of(say(reading, people.carol)), reason="spam", by=people.alice, version=1)
    hide(comment=first_of(say(reading, people.dan)), reason="unkind", by=people.alice, version=1)
    text = page(people, "bob").split("<tbody>")[1]
    assert "of Carol" in text
    assert "of Dan" not in text


def test_empty_and_nonsense(people: People) -> None:
    assert "No decisions" in page(people)
    assert people.client("alice").get(f"{PAGE}?before=x").status_code == 404
    assert people.client("alice").get(f"{PAGE}?action=x").status_code == 200


def test_fixed_number_of_queries(people: People, reading: Reading) -> None:
    client = people.client("alice")
    counts = []
    for size in (1, 45):
        for _ in range(size):
            decided(people, first_of(say(reading, people.carol)))
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_gates(people: People) -> None:
    assert_closed_to_strangers(people, PAGE)
    for who in ("carol", "dan", "grace"):
        assert people.client(who).get(PAGE).status_code == 403
    assert people.client("alice").post(PAGE).status_code == 405


def listed(people: People, query: str) -> list[str]:
    log = people.client("alice").get(f"{PAGE}?{query}").context["log"]
    return [row.decision.action for row in log.rows]


def test_narrowed_by_who_about_whom_where_and_when(people: People, reading: Reading) -> None:
    other = make_reading(people, slug="other")
    decided(people, first_of(say(reading, people.carol)))
    lock(thread=say(other, people.dan), by=people.alice)
    mute(member=people.dan, by=people.alice, hours=1)
    assert listed(people, f"actor={people.bob.pk}") == ["hide"]
    assert listed(people, f"member={people.carol.pk}") == ["hide"]
    assert listed(people, f"member={people.dan.pk}") == ["mute"]
    assert listed(people, f"reading={other.pk}") == ["lock"]
    today, tomorrow = localdate(), localdate() + timedelta(days=1)
    assert listed(people, f"since={today}&until={today}") == ["mute", "lock", "hide"]
    assert listed(people, f"since={tomorrow}") == []
    assert listed(people, "since=2026-13-99&until=x&actor=y&member=0") == ["mute", "lock", "hide"]
    text = page(people, query=f"?reading={other.pk}")
    assert f"csv/?reading={other.pk}" in text
    assert "Dan" in page(people).split("<tbody>")[1]  # the row about a member


def test_who_wrote_anonymously_is_not_found_by_name(people: People, reading: Reading) -> None:
    type(reading).objects.update(anonymity="optional")
    reading.refresh_from_db()
    decided(people, first_of(say(reading, people.carol, anonymous=True)))
    assert listed(people, f"member={people.carol.pk}") == []
    assert "of Carol" not in page(people).split("<tbody>")[1]
