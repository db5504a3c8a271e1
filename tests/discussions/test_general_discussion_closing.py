"""An instructor closes the general discussion: it is read, and nothing is written there."""

from django.urls import reverse

from readings.models import Reading, ReadingKind
from readings.setup import general_discussion_of
from seminars.models import Event
from tests.base import People
from tests.discussions.base import answer, new_thread_data, say, url
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors, words

URL = reverse("general_discussion_closing", args=["seminar"])
SEMINAR = reverse("seminar_detail", args=["seminar"])


def test_closed_it_is_read_alone(people: People) -> None:
    general = general_discussion_of(by=people.carol)
    thread = say(general, people.carol, "Where do we meet?", block="")
    page = general.get_absolute_url()
    assert URL not in people.client("carol").get(page).content.decode()
    closed = send(people.client("alice"), page, URL)
    assert closed.headers["Location"] == reverse("general_discussion", args=["seminar"])
    carol = people.client("carol")
    shown = words(carol.get(page))
    assert "The general discussion was closed on" in shown
    assert "Where do we meet?" in shown
    assert "Start a thread" not in shown
    assert carol.get(thread.get_absolute_url()).status_code == 200
    assert carol.get(url("thread_new", general)).status_code == 403
    refused = carol.post(url("thread_list", general), new_thread_data(block=""))
    assert refused.status_code == 403
    late = carol.post(url("comment_create", general, thread.pk), {"body": "Too late."})
    assert late.status_code == 403
    assert thread.comments.count() == 1
    assert "Closed" in words(carol.get(SEMINAR))
    answer(thread, people.bob, "Staff can.")
    assert "Staff can." in words(carol.get(thread.get_absolute_url()))
    send(people.client("alice"), page, URL)  # the form says now to open it again
    assert "Start a thread" in words(carol.get(page))
    answer(thread, people.carol, "In time.")


def test_twice_is_as_once(people: People) -> None:
    client = people.client("alice")
    for _ in range(2):
        client.post(URL)
    general = Reading.including_general.get(kind=ReadingKind.GENERAL)
    at = general.closes_at
    client.post(URL)
    general.refresh_from_db()
    assert general.closes_at == at
    assert Event.objects.filter(kind="reading.changed").count() == 1
    for _ in range(2):
        client.post(URL, {"undo": "1"})
    assert Event.objects.filter(kind="reading.changed").count() == 2


def test_who_has_nothing_to_read_there_is_not_led_to_it(people: People) -> None:
    people.client("alice").post(URL)
    assert "General discussion" not in words(people.client("carol").get(SEMINAR))
    assert "General discussion Closed" in words(people.client("alice").get(SEMINAR))


def test_who_may(people: People) -> None:
    assert_for_instructors(people, URL, "post")
    assert people.client("alice").get(URL).status_code == 405
    assert not Reading.including_general.exists()
