"""When a reading opens and is due, and whether guests may read it."""

from django.test import Client

from readings.models import Reading
from tests.base import People, make_people, make_reading
from tests.forms import send


def test_settings_are_changed(people: People, reading: Reading) -> None:
    client = people.client("alice")
    url = f"{reading.get_absolute_url()}settings/"
    page = client.get(url).content.decode()
    assert 'name="open_to_guests"' in page
    assert page.count("Times are ") == 5  # of each of the five
    assert "What became of the passages" not in page  # there is one text, and nothing became of any
    response = send(
        client,
        url,
        opens_at="2030-01-01T08:00",
        due_at="2030-02-01T08:00",
        open_to_guests=[],
    )
    assert response["Location"] == reading.get_absolute_url()
    reading.refresh_from_db()
    assert not reading.open_to_guests
    assert reading.opens_at is not None
    assert people.client("carol").get(reading.get_absolute_url()).status_code == 404
    assert people.client("bob").get(reading.get_absolute_url()).status_code == 200


def test_wrong_dates_are_said_and_kept(people: People, reading: Reading) -> None:
    url = f"{reading.get_absolute_url()}settings/"
    data = {"opens_at": "2030-03-12T10:00", "due_at": "2030-03-11T10:00"}
    response = people.client("alice").post(url, data)
    assert response.status_code == 422
    assert "2030-03-11T10:00" in response.content.decode()
    reading.refresh_from_db()
    assert reading.due_at is None


def test_who_may(people: People, reading: Reading) -> None:
    url = f"{reading.get_absolute_url()}settings/"
    for key in ("bob", "carol", "grace"):
        assert people.client(key).post(url, {}).status_code == 403
    assert people.client("mallory").get(url).status_code == 404
    assert Client().get(url).status_code == 302
    other = make_reading(make_people("other"), slug="elsewhere")
    assert people.client("alice").get(f"{other.get_absolute_url()}settings/").status_code == 404
    assert people.client("alice").get(f"/s/seminar/r/{other.slug}/settings/").status_code == 404
    assert people.client("alice").delete(url).status_code == 405


def test_no_group_has_such_a_key(people: People, reading: Reading) -> None:
    address = f"/s/seminar/r/{reading.slug}/settings/"
    for key in ("9" * 30, "²", "-1", "[]"):
        answer = people.client("alice").post(address, {"groups": [key]})
        assert answer.status_code == 422
