"""Releasing the scores of a reading, and holding them back again."""

import pytest
from django.core.exceptions import PermissionDenied

from overview.models import ScoreRelease
from overview.participation_actions import hold_back_scores, release_scores
from tests.base import People, make_people, make_reading, markup
from tests.forms import send
from tests.overview.base import make_busy
from tests.overview.scores import PAGE, begin, release_url

PROGRESS = "/s/seminar/progress/"


def test_each_sees_the_own_score_from_then_on(people: People) -> None:
    make_busy(people)
    client = begin(people)
    before = markup(people.client("dan").get(PROGRESS))
    assert "Not released yet: Text 1, Text 2" in before
    assert "1 of 1" not in before.partition('id="scores"')[2]
    assert send(client, PAGE, release_url()).status_code == 302
    after = markup(people.client("dan").get(PROGRESS)).partition('id="scores"')[2]
    assert "<b>1 of 1</b>" in after
    assert "posts: 1 of 1, 1 of that late" in after
    assert "Not released yet: Text 2" in after
    assert "Carol" not in after
    send(client, PAGE, release_url())
    again = markup(people.client("dan").get(PROGRESS))
    assert "Not released yet: Text 1, Text 2" in again
    row = ScoreRelease.objects.get()
    assert (row.created_by, row.undone_by) == (people.alice, people.alice)


def test_released_twice_it_is_released_once(people: People) -> None:
    busy = make_busy(people)
    for _ in range(2):
        release_scores(reading=busy.first, by=people.alice)
    assert ScoreRelease.objects.count() == 1
    for _ in range(2):
        hold_back_scores(reading=busy.first, by=people.alice)
    assert not ScoreRelease.objects.standing().exists()


def test_who_may(people: People) -> None:
    make_busy(people)
    for who, status in (("bob", 403), ("carol", 403), ("mallory", 404)):
        assert people.client(who).post(release_url()).status_code == status
    assert people.client("alice").post(release_url("nowhere")).status_code == 404
    elsewhere = make_reading(make_people("elsewhere"))
    for action in (release_scores, hold_back_scores):
        with pytest.raises(PermissionDenied):
            action(reading=elsewhere, by=people.alice)
