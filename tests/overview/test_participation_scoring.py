"""Whether a seminar has scores for participation."""

import pytest
from django.core.exceptions import PermissionDenied

from overview.models import ParticipationScoring
from overview.participation_actions import begin_scoring, end_scoring, set_score
from seminars.models import Event
from tests.base import People, markup
from tests.forms import form_on
from tests.overview.base import make_busy
from tests.overview.scores import PAGE, SCORING, begin, shown


def test_begun_and_ended_with_author_and_time(people: People) -> None:
    client = begin(people)
    row = ParticipationScoring.objects.get()
    assert (row.created_by, row.undone_at) == (people.alice, None)
    form = form_on(client, PAGE, SCORING)
    assert form.as_it_stands["undo"] == ["1"]
    client.post(SCORING, form.as_it_stands)
    row.refresh_from_db()
    assert row.undone_by == people.alice
    assert "does not score participation" in markup(client.get(PAGE))
    kinds = Event.objects.filter(kind__startswith="scoring").values_list("kind", flat=True)
    assert list(kinds) == ["scoring.begun", "scoring.ended"]


def test_what_was_set_is_there_again(people: People) -> None:
    busy = make_busy(people)
    client = begin(people)
    set_score(reading=busy.second, membership=people.dan, done=2, reason="Yes.", by=people.alice)
    end_scoring(by=people.alice)
    begin_scoring(by=people.alice)
    begin_scoring(by=people.alice)
    assert shown(client)["Dan"][2] == "2 of 2"
    assert ParticipationScoring.objects.standing().count() == 1


def test_who_may(people: People) -> None:
    for who, status in (("bob", 403), ("carol", 403), ("mallory", 404)):
        assert people.client(who).post(SCORING).status_code == status
    assert people.client("alice").get(SCORING).status_code == 405
    for action in (begin_scoring, end_scoring):
        with pytest.raises(PermissionDenied):
            action(by=people.bob)
