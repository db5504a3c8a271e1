"""Muting a member for a time."""

from datetime import timedelta

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from discussions.models import Action, Decision
from discussions.notifications import write_news_mails
from readings.models import Reading
from seminars.models import Event, EventKind
from tests.base import People, markup
from tests.discussions.base import answer, first_of, hidden, say
from tests.discussions.news import bell, told


def address(people: People, key: str) -> str:
    return reverse("member_mute", args=["seminar", getattr(people, key).pk])


def is_muted(people: People) -> bool:
    people.dan.refresh_from_db()
    return people.dan.is_muted


FORM = {"hours": "3", "reason": "Insults", "note_to_member": "Calm down.", "note_to_staff": "Hm."}


def test_muted_and_let_write_again(people: People) -> None:
    client = people.client("alice")
    answered = client.post(address(people, "dan"), FORM, follow=True)
    assert "is muted, and told until when" in markup(answered)
    assert is_muted(people)
    row = Decision.objects.get()
    assert (row.action, row.member, row.reason) == (Action.MUTE, people.dan, "Insults")
    assert (row.note_to_member, row.note_to_staff) == ("Calm down.", "Hm.")
    for _time in range(2):
        assert client.post(address(people, "dan"), {"undo": "1"}).status_code == 302
    assert not is_muted(people)
    assert Decision.objects.filter(action=Action.UNMUTE).count() == 1
    assert Event.objects.filter(kind=EventKind.MEMBER_MUTED).count() == 2


def test_bad_input_keeps_the_words(people: People) -> None:
    for wrong in ({"hours": "2"}, {"reason": ""}, {"hours": ""}):
        refused = people.client("alice").post(address(people, "dan"), FORM | wrong)
        assert refused.status_code == 422
        assert "Calm down." in markup(refused)
    assert not is_muted(people)


def test_an_assistant_for_a_day_in_their_own_group(people: People) -> None:
    client = people.client("bob")
    assert client.post(address(people, "carol"), FORM | {"hours": "72"}).status_code == 422
    assert client.post(address(people, "carol"), FORM | {"hours": "24"}).status_code == 302
    assert client.post(address(people, "dan"), FORM).status_code == 403


def test_who_may(people: People) -> None:
    for who, other in (("carol", "dan"), ("grace", "dan"), ("alice", "bob"), ("alice", "grace")):
        assert people.client(who).post(address(people, other), FORM).status_code == 403
    assert people.client("mallory").post(address(people, "dan"), FORM).status_code == 404
    assert people.client("alice").get(address(people, "dan")).status_code == 405
    assert not Decision.objects.exists()


def test_who_is_muted_hears_what_others_say(people: People, reading: Reading) -> None:
    """The pen is taken from them, not the ears: news and mail are those of everybody."""
    thread = say(reading, people.dan, "My question.")
    people.client("alice").post(address(people, "dan"), FORM)
    answer(thread, people.carol, "An answer to Dan.")
    say(reading, people.carol, "@Dan, see ¶ 2.")
    assert bell(people, "dan") == 2
    heard = " ".join(told(people, "dan"))
    assert "An answer to Dan." in heard
    assert "see ¶ 2." in heard
    for wait in (timedelta(minutes=6), timedelta(days=1, minutes=6)):
        write_news_mails(timezone.now() + wait)
    words = "".join(str(one.body) for one in mail.outbox if one.to == ["dan@example.org"])
    assert "An answer to Dan." in words
    assert "see ¶ 2." in words
    # What waits of their own is decided and told as ever.
    hidden(first_of(thread), people.alice)
    assert any("hid" in one.lower() for one in told(people, "dan"))
