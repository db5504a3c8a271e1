"""A seminar copied for the next term: what was set up comes along, and nothing that anybody did."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models
from django.urls import reverse
from django.utils import timezone

from discussions.links import link_kinds
from discussions.links.kind_actions import (
    add_link_kind,
    change_link_kind,
    place_link_kind,
    remove_link_kind,
)
from discussions.models import ModerationReason, Tag, Thread
from quizzes.attempts.actions import submit_attempt
from quizzes.models import Attempt, Question, Quiz
from readings.guides import apply_guide
from readings.models import Essay, Extension, Guide, Reading, Unit
from readings.setup.copy_actions import READING_SETTINGS, SEMINAR_SETTINGS, copy_seminar
from readings.setup.copy_plan import MOVED
from readings.setup.extension_actions import give_extension
from readings.setup.unit_actions import create_unit, place_reading
from seminars.models import Event, Group, Membership, Seminar
from tests.base import People, make_reading, markup
from tests.discussions.base import first_of, hidden, reported, say
from tests.quizzes.base import ALL_TYPES, add_quiz, right_answers
from tests.seminars.helpers import assert_for_instructors

URL = reverse("seminar_copy", args=["seminar"])
CANARY = "Canary-words"
DUE = datetime(2026, 10, 5, 18, tzinfo=UTC)


def copied(people: People, weeks: int = 26) -> Seminar:
    return copy_seminar(seminar=people.seminar, name="Autumn", weeks=weeks, by=people.alice).seminar


def lively(people: People) -> Reading:
    """A reading with a guide, and all kinds of things that people said and did."""
    reading = make_reading(people, due_at=DUE)
    quiz = add_quiz(people, reading, ALL_TYPES)
    say(reading, people.carol, body=f"{CANARY} one")
    remark = first_of(say(reading, people.dan, body=f"{CANARY} two"))
    reported(remark, people.carol)
    hidden(remark, people.alice)
    submit_attempt(quiz=quiz, by=people.carol, responses=right_answers(quiz))
    later = DUE + timedelta(days=1)
    give_extension(
        reading=reading, by=people.alice, membership=people.carol, note=CANARY, due_at=later
    )
    return reading


def test_every_setting_is_copied_or_said_not_to_be() -> None:
    own = {"id", "edit_version", "name", "slug", "description", "created_at"}
    # What its readings come to, and what was said in them.
    own |= {"withholds_talk", "has_gates", "has_published_answers", "has_links"}
    own |= {"archived_at", "deleted_from"}
    names = {field.name for field in Seminar._meta.concrete_fields}
    assert names == own | set(SEMINAR_SETTINGS)
    own = {"id", "edit_version", "kind", "seminar", "revision", "unit", "created_at", "created_by"}
    own |= {"due_set_at", "end_set_at", "removed_at", "removed_by"}
    names = {field.name for field in Reading._meta.concrete_fields}
    assert names == own | set(READING_SETTINGS) | set(MOVED)


def test_copies_the_kinds_of_link(people: People) -> None:
    answers, _contradicts, supports, *_rest = link_kinds(people.seminar)
    new: dict[str, Any] = {"name": "replies to", "passive": "is replied to by", "is_directed": True}
    change_link_kind(kind=answers, **new, by=people.alice)
    remove_link_kind(kind=supports, by=people.alice)
    own: dict[str, Any] = {"name": "mocks", "passive": "is mocked by", "is_directed": True}
    place_link_kind(kind=add_link_kind(**own, by=people.alice), place=0, by=people.alice)
    page = markup(people.client("alice").get(URL))
    assert "6 kinds of link" in page
    people.client("alice").post(URL, {"name": "Autumn", "weeks": "0"})
    there = link_kinds(Seminar.objects.get(slug="autumn"))
    here = link_kinds(people.seminar)
    assert [(one.name, one.passive) for one in there] == [(one.name, one.passive) for one in here]
    assert there[0].name == "mocks"


def test_copies_what_was_set_up(people: People) -> None:
    Seminar.objects.update(rules="Be kind.", rules_html="<p>Be kind.</p>", slow_seconds=60)
    Tag.objects.create(seminar=people.seminar, name="method")
    ModerationReason.objects.create(seminar=people.seminar, name="Rude", note="Please.")
    reading = make_reading(people, due_at=DUE, required_posts=2, peek_after=1)
    unit = create_unit(name="Week 1", starts_on=date(2026, 10, 5), by=people.alice)
    place_reading(reading=reading, unit=unit, place=None, by=people.alice)
    answer = people.client("alice").post(URL, {"name": "Autumn", "weeks": "2"}, follow=True)
    assert answer.redirect_chain == [("/s/autumn/", 302)]
    new = Seminar.objects.get(slug="autumn")
    assert (new.rules, new.slow_seconds, new.withholds_talk) == ("Be kind.", 60, True)
    assert [tag.name for tag in Tag.objects.of(new)] == ["method"]
    reasons = ModerationReason.objects.filter(seminar=new)
    assert [(one.name, one.note) for one in reasons] == [("Rude", "Please.")]
    there = Reading.objects.get(seminar=new)
    assert (there.essay_id, there.revision_id) == (reading.essay_id, reading.revision_id)
    assert (there.slug, there.required_posts, there.peek_after) == ("margins", 2, 1)
    assert there.due_at == datetime(2026, 10, 19, 18, tzinfo=UTC)
    assert there.unit == Unit.objects.get(seminar=new, starts_on=date(2026, 10, 19))
    reading.refresh_from_db()
    assert reading.due_at == DUE


def test_the_guide_is_the_same_file_with_its_prompts_and_checkpoints(people: People) -> None:
    reading = make_reading(people)
    add_quiz(people, reading, ALL_TYPES)
    new = copied(people)
    there = Reading.objects.get(seminar=new)
    assert Guide.objects.get(reading=there).source == Guide.objects.get(reading=reading).source
    client, page = people.client("alice"), "reading_guide"
    files = [
        client.get(reverse(page, args=[slug, "margins"]) + "?file").content
        for slug in ("seminar", new.slug)
    ]
    assert files[0] == files[1] != b""
    for model, path in ((Thread, "reading"), (Quiz, "reading"), (Question, "quiz__reading")):
        counts = [model._base_manager.filter(**{path: one}).count() for one in (reading, there)]
        assert counts[0] == counts[1] > 0, model


def test_nothing_that_anybody_said_or_did_comes_along(people: People) -> None:
    lively(people)
    before = {model: set(model._base_manager.values_list("pk", flat=True)) for model in ours()}
    new = copied(people)
    added = {
        model: list(model._base_manager.exclude(pk__in=before[model]).values()) for model in ours()
    }
    assert CANARY not in repr(added)
    assert [one.user.name for one in Membership.objects.filter(seminar=new)] == ["Alice"]
    assert not Group.objects.filter(seminar=new).exists()
    assert not added[Attempt]
    assert not added[Extension]
    names = {model.__name__ for model, rows in added.items() if rows}
    assert not names & {"Report", "ReviewItem", "Mute", "PersonalMute", "Visit", "LogEntry"}
    alices = Membership.objects.get(seminar=new)
    actors = {row["actor_id"] for row in added[Event]}
    assert actors == {alices.pk}


def ours() -> list[type[models.Model]]:
    skipped = {"Session", "Fragment"}
    return [model for model in apps.get_models() if model.__name__ not in skipped]


def test_shows_each_date_after_the_move_and_what_is_left_behind(people: People) -> None:
    reading = make_reading(people, due_at=DUE)
    reading.groups.add(people.monday)
    gone = make_reading(people, slug="gone")
    Essay.objects.filter(pk=gone.essay_id).update(title="Gone essay", removed_at=timezone.now())
    page = markup(people.client("alice").get(URL, {"weeks": "1"}))
    assert "5 October 2026" in page
    assert re.search(r"→ <strong>[^→]*12 October", page)
    assert "in the copy for everybody" in page
    assert "Left out" in page
    assert "<li>Gone essay</li>" in page
    assert 'name="weeks" value="1"' in page
    new = copied(people)
    assert [one.slug for one in Reading.objects.filter(seminar=new)] == ["margins"]


@pytest.mark.parametrize("weeks", ["-1", "many", "", "521", "9" * 5000])
def test_weeks_that_are_none_come_back(people: People, weeks: str) -> None:
    client = people.client("alice")
    assert client.get(URL, {"weeks": weeks}).status_code == 422
    assert client.post(URL, {"weeks": weeks, "name": "Autumn"}).status_code == 422
    assert Seminar.objects.count() == 1


def test_a_date_beyond_the_calendar_is_told(people: People) -> None:
    make_reading(people, due_at=datetime(9999, 12, 1, tzinfo=UTC))
    answer = people.client("alice").get(URL, {"weeks": "52"})
    assert answer.status_code == 422
    assert "later than any calendar" in markup(answer)


def test_a_name_that_is_none_comes_back(people: People) -> None:
    answer = people.client("alice").post(URL, {"weeks": "3", "name": " "})
    assert answer.status_code == 422
    assert 'name="weeks" value="3"' in markup(answer)


def test_the_hour_of_the_clock_stays(people: People) -> None:
    make_reading(people, due_at=datetime(2026, 10, 5, 16, tzinfo=UTC))
    with timezone.override("Europe/Berlin"):
        new = copied(people, weeks=4)
    assert Reading.objects.get(seminar=new).due_at == datetime(2026, 11, 2, 17, tzinfo=UTC)


def test_dates_keep_their_order_over_a_change_of_the_clocks(people: People) -> None:
    # A week later 02:30 is left out in Berlin, and 03:00 is not.
    due = datetime(2026, 3, 22, 1, 30, tzinfo=UTC)
    late = datetime(2026, 3, 22, 2, 0, tzinfo=UTC)
    make_reading(people, due_at=due, late_until=late)
    with timezone.override("Europe/Berlin"):
        new = copied(people, weeks=1)
    there = Reading.objects.get(seminar=new)
    assert (there.due_at, there.late_until) == (
        due + timedelta(weeks=1),
        late + timedelta(weeks=1),
    )


def test_a_guide_that_is_refused_now_is_named(people: People) -> None:
    reading = make_reading(people)
    apply_guide(
        reading=reading,
        text="---\nguide: 1\ntitle: G\nessay: On margins\n---\n\n## Prompt ¶ 1\n\nWhy?\n",
        by=people.alice,
    )
    Essay.objects.update(title="Elsewhere")
    answer = people.client("alice").post(URL, {"weeks": "1", "name": "Autumn"}, follow=True)
    assert "is without its guide" in markup(answer)
    assert Reading.objects.filter(seminar__slug="autumn").exists()
    assert Guide.objects.count() == 1


def test_sent_twice_makes_one(people: People) -> None:
    make_reading(people)
    sent: dict[str, Any] = {"weeks": "1", "name": "Autumn", "client_key": str(uuid4())}
    client = people.client("alice")
    places = [client.post(URL, sent).headers["Location"] for _ in range(2)]
    assert places == ["/s/autumn/"] * 2
    assert Seminar.objects.count() == 2


def test_an_empty_seminar_says_so(people: People) -> None:
    assert "no readings to copy" in markup(people.client("alice").get(URL))


@pytest.mark.parametrize("count", [1, 6])
def test_asks_a_fixed_number_of_queries(
    people: People, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        reading = make_reading(people, slug=f"r{number}", due_at=DUE)
        reading.groups.add(people.monday)
        create_unit(name=f"Week {number}", starts_on=None, by=people.alice)
    client = people.client("alice")
    client.get(URL)
    with django_assert_num_queries(QUERIES):
        client.get(URL)


QUERIES = 11


def test_who_may(people: People) -> None:
    assert_for_instructors(people, URL)
    assert_for_instructors(people, URL, "post")
    assert people.client("alice").delete(URL).status_code == 405
    with pytest.raises(PermissionDenied):
        copy_seminar(seminar=people.seminar, name="No", weeks=1, by=people.bob)
    assert Seminar.objects.count() == 1


def test_the_dates_are_shown_again_with_the_name_kept(people: People, reading: Reading) -> None:
    sent = {"weeks": "52", "name": "Spring in the mountains", "look": "1"}
    answer = people.client("alice").post(URL, sent)
    assert answer.status_code == 200
    assert 'value="Spring in the mountains"' in answer.content.decode()
    assert 'value="52"' in answer.content.decode()
    assert Seminar.objects.count() == 1
