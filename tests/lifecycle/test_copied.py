"""Copying for the next term: each table and each column is copied, or named here as left behind."""

from typing import Any

from django.db.models import Model

from discussions.models import LinkKind, ModerationReason, Tag
from gradebook.models import Gradebook, GradeCategory, GradeColumn
from lifecycle.belongings import belongings
from readings.models import Reading, Unit
from readings.setup.copy_actions import READING_SETTINGS, SEMINAR_SETTINGS, copy_seminar
from readings.setup.copy_plan import MOVED
from seminars.models import Seminar
from tests.permissions.world import World, make_world
from tests.seeds import Seed, fixture_of

# Set up by instructors: what a term begins with. What hangs from a guide comes by its file.
COPIED = {
    *("seminars.Seminar", "readings.Reading", "readings.Unit", "readings.Guide"),
    *("readings.GuideItem", "readings.Passage", "readings.ReadingGate"),
    *("quizzes.Quiz", "quizzes.Question", "quizzes.Choice", "quizzes.KeyPassage"),
    *("discussions.Tag", "discussions.ModerationReason", "discussions.LinkKind"),
    *("gradebook.Gradebook", "gradebook.GradeCategory", "gradebook.GradeColumn"),
    # Whoever copies it instructs it, and what a guide asks and links is asked and linked in it.
    *("seminars.Membership", "seminars.Event", "discussions.Thread", "discussions.Comment"),
    *("readings.PageVersion", "readings.PeopleVersion", "discussions.ThreadSubscription"),
    "discussions.ThreadRead",
}
KEYS = {"id", "seminar", "edit_version", "created_at"}
# By table, the columns that begin anew, or are worked out of the rest.
ANEW = {
    Seminar: {"name", "slug", "description", "withholds_talk", "has_gates", "has_links"}
    | {"has_published_answers", "archived_at", "deleted_from"},
    Reading: {"kind", "revision", "unit", "due_set_at", "end_set_at", "created_by"}
    | {"removed_at", "removed_by"},
}

seed_world = fixture_of(Seed(make_world))


def columns(model: type[Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields} - KEYS


def test_each_setting_is_copied_or_begins_anew() -> None:
    """Whoever adds a column says which."""
    assert columns(Seminar) == set(SEMINAR_SETTINGS) | ANEW[Seminar]
    assert columns(Reading) == {*READING_SETTINGS, *MOVED} | ANEW[Reading]


def test_nothing_of_people_comes_along(seed_make_world: World) -> None:
    people = seed_make_world.people
    new = copy_seminar(seminar=people.seminar, name="Next", weeks=26, by=people.alice).seminar
    there = {one.model._meta.label for one in belongings() if one.of(new.pk).exists()}
    assert there <= COPIED
    assert [one.user_id for one in new.memberships.all()] == [people.alice.user_id]
    # Its instructor alone speaks in it: by the guides.
    from discussions.models import Comment

    assert {one.author.user_id for one in Comment.objects.filter(seminar=new)} <= {
        people.alice.user_id
    }


def test_what_was_set_up_is_there_as_often(seed_make_world: World) -> None:
    people = seed_make_world.people
    old = people.seminar
    Seminar.objects.filter(pk=old.pk).update(slow_seconds=30, assistants_remove=True)
    new = copy_seminar(seminar=old, name="Next", weeks=0, by=people.alice).seminar

    def rows(model: Any, seminar: Seminar, *names: str) -> list[tuple[Any, ...]]:
        return sorted(model.objects.filter(seminar=seminar).values_list(*names), key=repr)

    for model, names in (
        (Unit, ("name", "starts_on", "position")),
        (Reading, ("slug", "due_at", "required_posts", "anonymity", "open_to_guests")),
        (Tag, ("name",)),
        (ModerationReason, ("name", "note", "position")),
        (LinkKind, ("code", "own_name", "is_directed", "position")),
        (GradeCategory, ("name",)),
        (GradeColumn, ("kind", "title", "counts", "weight", "maximum")),
        (Gradebook, ()),
    ):
        found = rows(model, new, *names)
        assert len(found) == len(rows(model, old, *names)), model
        if names:
            assert found == rows(model, old, *names)
    new.refresh_from_db()
    old.refresh_from_db()
    for setting in SEMINAR_SETTINGS:
        assert getattr(new, setting) == getattr(old, setting)


def test_an_archived_seminar_is_copied_and_the_copy_is_not_archived(
    seed_make_world: World,
) -> None:
    from lifecycle.archive_actions import archive_seminar

    people = seed_make_world.people
    archive_seminar(by=people.alice)
    new = copy_seminar(seminar=people.seminar, name="Next", weeks=26, by=people.alice).seminar
    assert Seminar.objects.get(pk=new.pk).archived_at is None
    assert Seminar.objects.get(pk=people.seminar.pk).archived_at is not None
