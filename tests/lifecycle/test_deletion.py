"""A seminar that is deleted is gone with every row that was its own, and nothing else is."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import QueuedMail
from discussions import moderation
from discussions.models import (
    Comment,
    Decision,
    Endorsement,
    Mention,
    NewsRead,
    Pin,
    Reaction,
)
from lifecycle.background import delete_when_due
from lifecycle.belongings import KEPT_UP, belongings
from lifecycle.deletion import delete_seminar
from lifecycle.deletion_actions import ask_deletion, take_back_deletion
from overview.models import ScoreRelease
from readings.models import Essay, Picture, Reading, ReadingGroup, Revision
from seminars.models import (
    Announcement,
    AnnouncementReceipt,
    PersonalMute,
    Seminar,
    SeminarDeletion,
)
from tests.base import People, make_people, make_reading
from tests.discussions.base import say
from tests.lifecycle.archived import rows_of
from tests.permissions.world import World, make_world
from tests.seeds import Seed, fixture_of

# People, their accounts and sessions, the library, and what the framework keeps.
NOT_THEIRS = {
    *("accounts.User", "accounts.User_groups", "accounts.User_user_permissions"),
    *("accounts.QueuedMail", "accounts.AnsweredForm", "account.EmailAddress"),
    *("account.EmailConfirmation", "auth.Permission", "auth.Group", "auth.Group_permissions"),
    *("contenttypes.ContentType", "sessions.Session", "django_tasks_database.DBTaskResult"),
    *("readings.Essay", "readings.Essay_editors", "readings.Revision", "readings.Block"),
    *("readings.Note", "readings.RevisionAlignment", "readings.Draft", "readings.Picture"),
    *("discussions.MailChoice", "discussions.NewsMail", "seminars.SeminarDeletion"),
}

# Apps that know of accounts or of the site, and of no seminar.
ABOUT_NOBODY = {"accounts", "hosting", "mfa", "personal_data", "usersessions"}

seed_world = fixture_of(Seed(make_world))


@pytest.fixture
def world(seed_make_world: World) -> World:
    """With talk, and a decision, in another seminar that reads its own essay."""
    others = People(**vars(make_people("third")))
    reading = make_reading(others, slug="theirs")
    comment = say(reading, others.carol, "Words of another seminar.").comments.get()
    moderation.hide(comment=comment, reason="unkind", by=others.alice, version=comment.version)
    add_more(seed_make_world.people)
    return seed_make_world


def add_more(people: People) -> None:
    """Rows of tables of which the world has none, as they stand in the database."""
    seminar = people.seminar
    member, other = people.carol, people.dan
    reading = Reading.objects.get(seminar=seminar, slug="margins")
    comment = Comment.objects.filter(seminar=seminar, author=other, seq__gt=1).earliest("pk")
    thread = comment.thread
    people.bob.assists.add(people.thursday)
    by = {"seminar": seminar, "created_by": people.alice}
    for model, fields in (
        (ReadingGroup, {"reading": reading, "group": people.monday}),
        (PersonalMute, {"seminar": seminar, "membership": member, "muted": other}),
        (Reaction, {"seminar": seminar, "comment": comment, "member": member, "kind": "agree"}),
        (Pin, {**by, "thread": thread}),
        (Endorsement, {**by, "comment": comment}),
        (Mention, {"seminar": seminar, "comment": comment, "member": member}),
        (NewsRead, {"seminar": seminar, "membership": member, "seen_at": timezone.now()}),
        (ScoreRelease, {**by, "reading": reading}),
    ):
        manager: Any = model._default_manager
        manager.create(**fields)
    announcement = Announcement.objects.filter(seminar=seminar).earliest("pk")
    AnnouncementReceipt.objects.create(announcement=announcement, membership=member)


def every_table() -> dict[str, set[str]]:
    return {
        model._meta.label: set(map(repr, rows_of(model)))
        for model in apps.get_models(include_auto_created=True)
    }


def ask(people: People) -> SeminarDeletion:
    return ask_deletion(seminar=people.seminar, by=people.alice.user)


def make_due(deletion: SeminarDeletion) -> None:
    SeminarDeletion.objects.filter(pk=deletion.pk).update(due_at=timezone.now())


def test_every_table_is_a_seminars_own_or_named_here() -> None:
    """Whoever adds a table says of whose deletion it goes."""
    own = {one.model._meta.label for one in belongings()} | {one._meta.label for one in KEPT_UP}
    everything = {one._meta.label for one in apps.get_models(include_auto_created=True)}
    assert own & NOT_THEIRS == set()
    assert everything - own - NOT_THEIRS <= {
        label for label in everything if label.split(".")[0] in ABOUT_NOBODY
    }


def test_nothing_of_it_is_left_and_nothing_else_is_touched(world: World) -> None:
    people = world.people
    deletion, seminar = ask(people), people.seminar.pk
    make_due(deletion)
    before = every_table()
    theirs = {
        one.model._meta.label: set(
            map(repr, selected(one.model, one.of(seminar).values_list("pk", flat=True)))
        )
        for one in belongings()
    }
    assert sum(map(len, theirs.values())) > 150
    without = [label for label, rows in theirs.items() if not rows]
    assert len(without) <= 16, without  # the world has some of nearly everything
    rows = delete_seminar(deletion.pk)
    after = every_table()
    kept_up = {one._meta.label for one in KEPT_UP}
    for label in before.keys() - kept_up - {"seminars.SeminarDeletion", "accounts.QueuedMail"}:
        assert after[label] == before[label] - theirs.get(label, set()), label
    for label in kept_up:
        assert after[label] <= before[label], label
    assert rows >= sum(map(len, theirs.values()))
    assert not naming(seminar)
    connection.check_constraints()
    deletion.refresh_from_db()
    assert (deletion.rows_deleted, deletion.finished_at is not None) == (rows, True)
    assert delete_seminar(deletion.pk) == 0  # once more


def selected(model: Any, pks: Any) -> list[tuple[Any, ...]]:
    """The rows with these keys, as every_table has them."""
    keys = set(pks)
    place = [field.column for field in model._meta.concrete_fields].index(model._meta.pk.column)
    return [row for row in rows_of(model) if row[place] in keys]


def naming(seminar: int) -> list[str]:
    """Every table with a column for a seminar that names this one still."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        fields = list(model._meta.concrete_fields)
        at = [place for place, field in enumerate(fields) if is_seminars(field)]
        rows = rows_of(model) if at else []
        found += [model._meta.label for row in rows if any(row[n] == seminar for n in at)]
    return found


def is_seminars(field: Any) -> bool:
    return field.related_model is Seminar or (field.model is Seminar and field.primary_key)


def test_nothing_goes_before_it_is_due_nor_after_it_was_taken_back(world: World) -> None:
    people = world.people
    deletion = ask(people)
    assert delete_seminar(deletion.pk) == 0
    take_back_deletion(seminar=people.seminar, by=people.alice.user)
    make_due(deletion)
    assert delete_seminar(deletion.pk) == 0
    assert Seminar.objects.filter(pk=people.seminar.pk).exists()
    again = ask(people)
    assert again.pk != deletion.pk


def test_the_audit_log_lets_go_only_of_a_seminar_that_is_being_deleted(world: World) -> None:
    people = world.people
    deletion = ask(people)
    for change in (
        {},
        {"due_at": timezone.now()},
        {"begun_at": timezone.now() - timedelta(days=1), "due_at": timezone.now()},
        {"begun_at": timezone.now(), "due_at": timezone.now() + timedelta(days=1)},
        {"begun_at": timezone.now(), "taken_back_at": timezone.now()},
        {"begun_at": timezone.now(), "finished_at": timezone.now(), "taken_back_at": None},
    ):
        SeminarDeletion.objects.filter(pk=deletion.pk).update(**change)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Decision.objects.filter(seminar=people.seminar)._raw_delete("default")
    now = timezone.now()
    SeminarDeletion.objects.filter(pk=deletion.pk).update(
        begun_at=now, due_at=now, finished_at=None
    )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Decision.objects.exclude(seminar=people.seminar)._raw_delete("default")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Decision.objects.filter(seminar=people.seminar).update(action="hide")


def test_what_the_worker_does_is_nothing_or_all(world: World) -> None:
    deletion = ask(world.people)
    make_due(deletion)
    before = every_table()
    with transaction.atomic():
        assert delete_seminar(deletion.pk) > 0
        transaction.set_rollback(True)
    assert every_table() == before
    delete_when_due.func(deletion.pk)
    assert not Seminar.objects.filter(pk=world.people.seminar.pk).exists()


def test_essays_stay_but_for_those_that_are_nobodys(world: World) -> None:
    people = world.people
    essays = set(Reading.objects.filter(seminar=people.seminar).values_list("essay", flat=True))
    gone = make_reading(people, slug="gone").revision
    name = default_storage.save("sources/gone.md", ContentFile(b"words"))
    Revision.objects.filter(pk=gone.pk).update(source=name)
    shared = default_storage.save("pictures/shared.png", ContentFile(b"dots"))
    for revision in (gone, Revision.objects.filter(essay__in=essays).first()):
        picture = {"name": "9.png", "media_type": "image/png", "width": 1, "height": 1}
        Picture.objects.create(revision=revision, file=shared, **picture)
    Essay._base_manager.filter(pk=gone.essay_id).update(removed_at=timezone.now())
    deletion = ask(people)
    make_due(deletion)
    delete_seminar(deletion.pk)
    left = set(Essay._base_manager.values_list("pk", flat=True))
    assert (essays <= left, gone.essay_id in left) == (True, False)
    assert (default_storage.exists(name), default_storage.exists(shared)) == (False, True)
    deletion.refresh_from_db()
    assert deletion.files == []


def test_mails_that_wait_are_let_go(world: World) -> None:
    from seminars.models import Invitation

    invitation = Invitation.objects.filter(seminar=world.people.seminar).first()
    assert invitation
    QueuedMail.objects.create(message={}, purpose="invitation", target_id=invitation.pk)
    other = QueuedMail.objects.create(message={}, purpose="invitation", target_id=987_654)
    deletion = ask(world.people)
    make_due(deletion)
    delete_seminar(deletion.pk)
    waiting = QueuedMail.objects.filter(purpose="invitation")
    assert list(waiting) == [other]
