"""A reading with its guide, put before another seminar of the same instructor."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from discussions.models import Thread
from quizzes.models import Attempt, Question
from readings.models import Guide, Reading
from readings.setup.copy_actions import copy_reading
from seminars.models import Membership
from tests.base import People, make_people, make_reading
from tests.discussions.base import say
from tests.queries import PageQueries
from tests.quizzes.base import ALL_TYPES, add_quiz
from tests.readings.test_seminar_copy import DUE
from tests.seminars.helpers import assert_for_instructors

URL = reverse("reading_copy", args=["seminar", "margins"])


@pytest.fixture
def there(people: People) -> Membership:
    """Alice instructs another seminar, too."""
    return Membership.objects.create(
        seminar=make_people("other").seminar, user=people.alice.user, role="instructor"
    )


def prepared(people: People) -> Reading:
    reading = make_reading(people, due_at=DUE, required_posts=2, peek_after=1)
    add_quiz(people, reading, ALL_TYPES)
    say(reading, people.carol, body="Canary words")
    return reading


def test_brings_text_guide_and_settings(people: People, there: Membership) -> None:
    reading = prepared(people)
    answer = people.client("alice").post(URL, {"to": there.pk, "client_key": str(uuid4())})
    copy = Reading.objects.get(seminar=there.seminar)
    assert answer.headers["Location"] == f"/s/other/r/{copy.slug}/settings/"
    assert copy.revision_id == reading.revision_id
    assert (copy.required_posts, copy.peek_after, copy.due_at, copy.unit) == (2, 1, None, None)
    assert Guide.objects.get(reading=copy).source == Guide.objects.get(reading=reading).source
    counts = [Question.objects.filter(quiz__reading=one).count() for one in (reading, copy)]
    assert counts[0] == counts[1] > 0
    copy.seminar.refresh_from_db()
    assert copy.seminar.withholds_talk


def test_brings_nothing_that_anybody_said_or_did(people: People, there: Membership) -> None:
    copy = copy_reading(reading=prepared(people), to=there, by=people.alice).reading
    assert not Thread.objects.filter(reading=copy).exclude(kind="guide").exists()
    assert not Attempt.objects.filter(quiz__reading=copy).exists()


def test_an_essay_that_is_there_already_is_refused_at_the_field(
    people: People, there: Membership
) -> None:
    reading = prepared(people)
    copy_reading(reading=reading, to=there, by=people.alice)
    answer = people.client("alice").post(URL, {"to": there.pk})
    assert answer.status_code == 422
    assert "That seminar has this essay already." in answer.content.decode()
    assert Reading.objects.filter(seminar=there.seminar).count() == 1


def test_a_guide_that_is_refused_is_told(people: People, there: Membership) -> None:
    reading = prepared(people)
    Guide.objects.filter(reading=reading).update(source="no guide at all")
    answer = people.client("alice").post(URL, {"to": there.pk}, follow=True)
    assert "is without its guide, which was refused" in answer.content.decode()
    assert not Guide.objects.filter(reading__seminar=there.seminar).exists()


def test_into_no_seminar_that_one_does_not_instruct(people: People, there: Membership) -> None:
    reading = prepared(people)
    elsewhere = make_people("third")
    member = Membership.objects.create(seminar=elsewhere.seminar, user=people.alice.user)
    for other in (member, elsewhere.bob, people.alice):
        assert people.client("alice").post(URL, {"to": other.pk}).status_code == 422
    with pytest.raises(PermissionDenied):
        copy_reading(reading=reading, to=member, by=people.alice)
    with pytest.raises(PermissionDenied):
        copy_reading(reading=reading, to=there, by=people.bob)
    assert Reading.objects.exclude(seminar=people.seminar).count() == 0


def test_who_instructs_no_other_seminar_is_told(people: People) -> None:
    make_reading(people)
    page = people.client("alice").get(URL).content.decode()
    assert "You instruct no other seminar." in page
    assert "Make the copy" not in page


def test_the_way_leads_from_the_settings(people: People) -> None:
    make_reading(people)
    page = people.client("alice").get("/s/seminar/r/margins/settings/").content.decode()
    assert f'href="{URL}"' in page


def test_is_for_instructors(people: People) -> None:
    make_reading(people)
    assert_for_instructors(people, URL)


def test_queries_do_not_grow(people: People, there: Membership) -> None:
    make_reading(people)
    counts = []
    for number in range(4):
        other = make_people(f"more-{number}").seminar
        Membership.objects.create(seminar=other, user=people.alice.user, role="instructor")
        with PageQueries() as queries:
            assert people.client("alice").get(URL).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1
