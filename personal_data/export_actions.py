"""Asking for a file with all that is kept of oneself."""

from functools import partial

from django.db import transaction

from accounts.models import User
from personal_data.export_file import make_export
from personal_data.models import PersonalExport, PersonalExportQuerySet


@transaction.atomic
def ask_export(*, user: User) -> PersonalExport:
    """Have the worker make it anew; one that waits is the same, and those before go."""
    User.objects.select_for_update().get(pk=user.pk)
    newest = PersonalExport.objects.of_person(user).first()
    if newest and newest.is_waiting:
        return newest
    delete_exports(user=user)
    export = PersonalExport.objects.create(user=user)
    make_export.enqueue(export.pk)
    return export


def delete_exports(*, user: User) -> None:
    """Delete all that were made for them, with the files once that is sure."""
    _delete(PersonalExport.objects.filter(user=user))


def delete_expired_exports(*, user: User | None = None) -> None:
    """Delete those that were kept for their time: of one person, or of all."""
    expired = PersonalExport.objects.expired()
    with transaction.atomic():
        _delete(expired if user is None else expired.filter(user=user))


def _delete(exports: PersonalExportQuerySet) -> None:
    for export in exports:
        if export.file:
            name = str(export.file.name)
            transaction.on_commit(partial(export.file.storage.delete, name))
        export.delete()
