"""Scores for participation, for staff: what is asked, what is done of it, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from seminars.models import Membership
from tests.base import People, markup
from tests.conftest import PEOPLE
from tests.overview.base import Busy, make_busy
from tests.overview.scores import PAGE, SCORING, begin, shown
from tests.overview.term import TermSize, make_term
from tests.seeds import Seed, fixture_of

seed_busy = fixture_of(Seed(make_busy, PEOPLE))


@pytest.fixture
def busy(seed_make_busy: Busy) -> Busy:
    return seed_make_busy


def test_a_seminar_has_none_unless_it_wants_them(busy: Busy) -> None:
    people = busy.people
    html = markup(people.client("alice").get(PAGE))
    assert "does not score participation" in html
    assert SCORING in html
    assert SCORING not in markup(people.client("bob").get(PAGE))


def test_each_required_post_and_reply_counts_one(busy: Busy) -> None:
    """First asks for a post; second for a post and a reply. Monday's asks for nothing."""
    client = begin(busy.people)
    assert shown(client) == {
        "Carol": ["Monday", "1 of 1", "2 of 2", "3 of 3"],
        "Dan": ["Thursday", "1 of 1 1 late", "1 of 2", "2 of 3"],
        "Erin": ["–", "0 of 1", "0 of 2", "0 of 3"],
    }


def test_more_than_is_asked_counts_no_more(busy: Busy) -> None:
    """Carol wrote three threads in the first."""
    assert shown(begin(busy.people))["Carol"][1] == "1 of 1"


def test_an_assistant_sees_the_own_groups_and_sets_nothing(busy: Busy) -> None:
    begin(busy.people)
    bob = busy.people.client("bob")
    assert list(shown(bob)) == ["Carol"]
    html = markup(bob.get(PAGE))
    assert "<form" not in html.partition("<main")[2]
    assert "participation/release" not in html


def test_before_anything_is_asked(people: People) -> None:
    begin(people)
    assert "No reading asks for posts or replies" in markup(people.client("alice").get(PAGE))
    make_term(people, TermSize(people=2, readings=1, comments=0))
    Membership.objects.filter(role="participant").update(role="guest")
    assert "Nobody to count yet" in markup(people.client("alice").get(PAGE))


def test_queries_are_the_same_for_few_and_many(people: People) -> None:
    client = begin(people)

    def queries() -> int:
        client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    make_term(people, TermSize(people=3, readings=1, comments=5))
    few = queries()
    people.seminar.readings.update(slug="earlier")
    make_term(people, TermSize(people=14, readings=3, comments=90))
    assert queries() == few


def test_who_may(busy: Busy) -> None:
    assert busy.people.client("carol").get(PAGE).status_code == 403
    assert busy.people.client("mallory").get(PAGE).status_code == 404
    assert busy.people.client("alice").post(PAGE).status_code == 405
