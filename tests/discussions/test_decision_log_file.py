"""The audit log for a spreadsheet."""

import csv
import io

from django.urls import reverse

from discussions.models import Comment
from discussions.moderation.actions import hide
from discussions.moderation.member_actions import mute
from readings.models import Reading
from tests.base import People
from tests.discussions.base import first_of, hidden, say
from tests.discussions.gates import assert_closed_to_strangers

URL = reverse("decision_log_file", args=["seminar"])


def rows(people: People, who: str = "alice", query: str = "") -> list[dict[str, str]]:
    answer = people.client(who).get(URL + query)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_each_decision_is_a_row(people: People, comment: Comment) -> None:
    hidden(comment, people.alice)
    mute(member=people.dan, by=people.alice, hours=2, reason="Insults")
    muted, hid = rows(people)
    assert muted["Decision"] == "Muted a member"
    assert muted["About a member"] == "Dan"
    assert hid["By"] == "Alice"
    assert hid["About words of"] == "Carol"
    assert hid["Note to staff"] == "known to us"
    assert len(rows(people, query="?action=mute")) == 1


def test_no_cell_is_taken_for_a_formula(people: People, reading: Reading) -> None:
    for sign in "=+-@":
        comment = first_of(say(reading, people.carol))
        note = f"{sign}1+1"
        hide(comment=comment, reason=note, by=people.alice, version=1, note_to_member=note)
    for row in rows(people):
        assert row["Reason"][:2] in {"'=", "'+", "'-", "'@"}
        assert row["Note to the member"].startswith("'")


def test_an_assistant_takes_away_what_concerns_their_group(
    people: People, reading: Reading
) -> None:
    for author in (people.carol, people.dan):
        hidden(first_of(say(reading, author)), people.alice)
    assert [row["About words of"] for row in rows(people, "bob")] == ["Carol"]


def test_gates(people: People) -> None:
    assert_closed_to_strangers(people, URL)
    for who in ("carol", "grace"):
        assert people.client(who).get(URL).status_code == 403
    assert people.client("alice").post(URL).status_code == 405
