"""Taking back the time that somebody was given, and giving it again."""

import pytest
from django.db import IntegrityError, transaction

from readings.models import Extension, Reading
from readings.setup.extension_actions import (
    AlreadyExtended,
    give_extension,
    restore_extension,
    take_back_extension,
)
from seminars.models import Event
from tests.base import People, make_reading, markup
from tests.readings.extensions import LATER, address, opens_for, post
from tests.seminars.helpers import assert_for_instructors, words


def test_taken_back_and_given_again(people: People, due: Reading) -> None:
    given = give_extension(reading=due, by=people.alice, membership=people.carol, due_at=LATER)
    alice, carol = people.client("alice"), people.client("carol")
    removal = address("extension_removal", given)
    assert opens_for(carol, due)
    for _twice in range(2):
        taken = alice.post(removal, follow=True)
        assert "Taken back: for Carol the dates of everybody hold." in markup(taken)
        assert not opens_for(carol, due)
    for _twice in range(2):
        assert alice.post(removal, {"undo": "1"}).status_code == 302
        assert opens_for(carol, due)
    kinds = list(Event.objects.filter(kind__startswith="extension").values_list("kind", flat=True))
    assert kinds == ["extension.given", "extension.taken_back", "extension.given"]


def test_nobody_has_two(people: People, due: Reading) -> None:
    given = give_extension(reading=due, by=people.alice, membership=people.carol, due_at=LATER)
    alice = people.client("alice")
    refused = post(alice, due, target=f"member-{people.carol.pk}", note="Once more.")
    assert refused.status_code == 422
    assert "More time is given there already" in words(refused)
    assert "Once more." in refused.content.decode()
    take_back_extension(extension=given, by=people.alice)
    give_extension(reading=due, by=people.alice, membership=people.carol, due_at=LATER)
    with pytest.raises(AlreadyExtended):
        restore_extension(extension=given, by=people.alice)
    removal = address("extension_removal", given)
    told = alice.post(removal, {"undo": "1"}, follow=True)
    assert "More time is given there already" in markup(told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.filter(pk=given.pk).update(taken_back_at=None)


def test_who_may(people: People, due: Reading) -> None:
    given = give_extension(reading=due, by=people.alice, membership=people.carol, due_at=LATER)
    removal = address("extension_removal", given)
    assert_for_instructors(people, removal, "post")
    other = make_reading(people, "other")
    wrong = removal.replace(f"/{due.slug}/", f"/{other.slug}/")
    assert people.client("alice").post(wrong).status_code == 404
    assert people.client("alice").get(removal).status_code == 405
