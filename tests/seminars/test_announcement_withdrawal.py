"""Taking an announcement back, and putting it where it was."""

from seminars.models import Event
from tests.base import People
from tests.forms import send
from tests.seminars.announcements import HOME, LIST, SEMINAR, announce, text, url


def test_members_do_not_see_it_any_more(people: People) -> None:
    one, carol = announce(people.bob), people.client("carol")
    client = people.client("bob")
    answer = send(client, url("detail", one), url("withdrawal", one))
    assert answer.url == LIST
    assert "You can put it back below." in text(client, LIST)
    for page in (SEMINAR, HOME, LIST):
        assert "No class" not in text(carol, page)
    assert send(client, LIST, url("withdrawal", one)).url == url("detail", one)
    for page in (SEMINAR, HOME, LIST):
        assert "No class" in text(carol, page)
    kinds = Event.objects.values_list("kind", flat=True)
    assert list(kinds)[1:] == ["announcement.withdrawn", "announcement.republished"]


def test_twice_is_as_once(people: People) -> None:
    one, client = announce(people.bob), people.client("alice")
    for _ in range(2):
        assert client.post(url("withdrawal", one)).status_code == 302
    one.refresh_from_db()
    assert one.withdrawn_by == people.alice
    assert Event.objects.filter(kind="announcement.withdrawn").count() == 1


def test_who_may(people: People) -> None:
    page = url("withdrawal", announce(people.alice))
    for who in ("bob", "carol", "grace"):
        assert people.client(who).post(page).status_code == 403
    assert people.client("mallory").post(page).status_code == 404
    assert people.client("alice").get(page).status_code == 405
