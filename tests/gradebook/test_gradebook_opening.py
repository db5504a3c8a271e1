"""Beginning a gradebook."""

import pytest
from django.core.exceptions import PermissionDenied

from gradebook.actions import begin_gradebook
from gradebook.models import Gradebook, GradeCategory
from seminars.models import Event
from tests.base import People, markup
from tests.forms import send
from tests.gradebook.base import OWN, PAGE

OPENING = f"{PAGE}opening/"


def test_it_begins_with_a_category_for_each_kind_and_a_hundred_in_all(people: People) -> None:
    client = people.client("alice")
    answer = send(client, PAGE, OPENING)
    assert answer.headers["Location"] == PAGE
    rows = GradeCategory.objects.values_list("name", "weight", "takes")
    assert [(name, int(weight), takes) for name, weight, takes in rows] == [
        ("Checkpoints", 40, "checkpoint"),
        ("Open answers", 40, "open"),
        ("Participation", 20, "participation"),
    ]
    html = markup(client.get(PAGE))
    assert "The gradebook is begun. Nobody sees a mark yet." in html
    assert "Nothing to mark yet" in html
    assert Event.objects.filter(kind="gradebook.begun", audience="staff").count() == 1
    assert "No marks yet" in markup(people.client("carol").get(OWN))


def test_begun_twice_there_is_one(people: People) -> None:
    for _ in range(2):
        begin_gradebook(by=people.alice)
    assert Gradebook.objects.count() == 1
    assert GradeCategory.objects.count() == 3


def test_who_may(people: People) -> None:
    for who, status in (("bob", 403), ("carol", 403), ("mallory", 404)):
        assert people.client(who).post(OPENING).status_code == status
    assert people.client("alice").get(OPENING).status_code == 405
    with pytest.raises(PermissionDenied):
        begin_gradebook(by=people.bob)
    assert not Gradebook.objects.exists()
