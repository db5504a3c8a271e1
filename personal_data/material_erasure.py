"""What a person brought for others to read: drafts go, essays that are read go on to somebody."""

from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.fields.files import FieldFile

from accounts.models import User
from personal_data.erased_person import ErasedPerson
from readings.drafts import discard
from readings.essays import delete_essays
from readings.models import Draft, Essay, GuideDraft, GuideDraftStep, Revision
from seminars import permissions
from seminars.models import Membership

NEUTRAL_NAME = "essay"


def erase_material(person: ErasedPerson) -> None:
    """Throw away what nobody else reads; hand on what is read, without their name on it."""
    user = person.user
    for draft in Draft.objects.filter(created_by=user, revision=None).select_related("essay"):
        discard(draft=draft, by=user)
    for essay in Essay.objects.filter(created_by=user, is_built_in=False):
        heir = _heir_of(essay, user)
        if heir is not None:
            essay.created_by = heir
            essay.save(update_fields=["created_by"])
            essay.editors.remove(heir)
        elif not essay.readings.exists():
            _delete(essay)
    user.shared_essays.clear()
    _forget_file_names(person)
    if person.all_goes:
        GuideDraft.objects.filter(changed_by__in=person.members).delete()
        GuideDraftStep.objects.filter(taken_by__in=person.members).delete()


def _heir_of(essay: Essay, user: User) -> User | None:
    """With whom it was shared; else who instructs where it is read; nobody where it is not."""
    if editor := essay.editors.filter(is_active=True).exclude(pk=user.pk).order_by("pk").first():
        return editor
    instructors = Membership.objects.current().with_role(*permissions.INSTRUCTING_ROLES)
    reading = instructors.filter(seminar__readings__essay=essay).exclude(user=user)
    first = reading.select_related("user").order_by("joined_at", "pk").first()
    return first.user if first else None


def _delete(essay: Essay) -> None:
    """Delete an essay that no seminar reads, with its files once that is sure."""
    _rows, names = delete_essays([essay.pk])
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))


def _forget_file_names(person: ErasedPerson) -> None:
    """A file may have been called by their name, and lie on the disk under it."""
    for model in (Revision, Draft):
        for row in model.objects.filter(created_by=person.user):
            if not person.is_named_by_file(row.source_name):
                continue
            ending = f".{row.source_name.rpartition('.')[2]}"
            row.source_name = f"{NEUTRAL_NAME}{ending}"
            row.save(update_fields=["source_name"])
            if row.source:
                _store_under(f"{NEUTRAL_NAME}{ending}", row.source)


def _store_under(name: str, file: FieldFile) -> None:
    """Let the file, and each row that has it, have this name; the old one goes once that is sure.

    A draft and the revision that came of it share their file.
    """
    storage, before = file.storage, str(file.name)
    folder = before.rpartition("/")[0]
    try:
        with storage.open(before) as content:
            after = storage.save(f"{folder}/{name}", content)
    except FileNotFoundError:
        after = ""  # lost before: its name is all that is left of it
    for model in (Revision, Draft):
        model.objects.filter(source=before).update(source=after)
    transaction.on_commit(lambda: storage.delete(before))
