"""Changing until when somebody has more time."""

from django.utils import timezone

from readings.models import Reading
from readings.setup.extension_actions import change_extension, give_extension
from tests.base import People, make_reading
from tests.forms import form_on, send
from tests.readings.extensions import LATER, address
from tests.seminars.helpers import assert_for_instructors, words


def test_it_is_changed_and_the_second_is_told(people: People, due: Reading) -> None:
    given = give_extension(reading=due, by=people.alice, membership=people.carol, due_at=LATER)
    alice = people.client("alice")
    page = address("extension_detail", given)
    sent = form_on(alice, page).as_it_stands
    assert sent["due_at"] == [timezone.localtime(LATER).strftime("%Y-%m-%dT%H:%M")]
    change_extension(extension=given, by=people.alice, note="First.")
    late = alice.post(page, sent | {"note": "Second."})
    assert late.status_code == 409
    assert "First." in words(late)
    assert send(alice, page, note="Third.").status_code == 302
    given.refresh_from_db()
    assert given.note == "Third."


def test_who_may(people: People, due: Reading) -> None:
    given = give_extension(reading=due, by=people.alice, membership=people.carol, due_at=LATER)
    page = address("extension_detail", given)
    for method in ("get", "post"):
        assert_for_instructors(people, page, method)
    other = make_reading(people, "other")
    wrong = page.replace(f"/{due.slug}/", f"/{other.slug}/")
    assert people.client("alice").get(wrong).status_code == 404
    assert people.client("alice").delete(page).status_code == 405
