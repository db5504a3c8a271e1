"""Changing the settings of a gradebook, all together, after what it does was shown."""

from django.db import transaction
from django.utils import timezone

from database.versions import Stale
from gradebook.columns import ColumnSource
from gradebook.models import ColumnKind, Gradebook, GradeCategory, GradeColumn
from gradebook.scheme import Category, ColumnSettings, Scheme
from gradebook.settings_changes import NEW_COLUMN, SettingsChange
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.held import hold_seminar, require
from seminars.models import Membership
from seminars.permissions import can_keep_gradebook


class ChangeNotConfirmed(Exception):
    """Nobody has seen yet what this change does; `change` says it."""

    def __init__(self, change: SettingsChange) -> None:
        super().__init__(change.digest)
        self.change = change


@transaction.atomic
def change_gradebook(
    *,
    gradebook: Gradebook,
    change: SettingsChange,
    sources: list[ColumnSource],
    by: Membership,
    version: int,
    confirmed: str,
) -> None:
    """Let the gradebook have these settings. `version` is that of the page that was seen.

    Raises Stale, and ChangeNotConfirmed where `confirmed` is no digest of this change.
    """
    require(can_keep_gradebook(by), by, gradebook.seminar_id)
    hold_seminar(gradebook.seminar_id)
    if not change.words:
        return
    current = Gradebook.objects.get(pk=gradebook.pk)
    if current.edit_version != version:
        raise Stale(current)
    if confirmed != change.digest:
        raise ChangeNotConfirmed(change)
    keys = _save_categories(gradebook, change)
    _save_columns(gradebook, change, sources, keys)
    current.edit_version += 1
    current.changed_at = timezone.now()
    current.save(update_fields=["edit_version", "changed_at"])
    record(EventKind.GRADEBOOK_CHANGED, by=by, target=current, audience=Audience.STAFF)


def _save_categories(gradebook: Gradebook, change: SettingsChange) -> dict[int | None, int | None]:
    """Write them; return the key of each, of a new one too."""
    rows = {one.pk: one for one in GradeCategory.objects.filter(seminar=gradebook.seminar_id)}
    kept = {one.pk for one in change.after.categories}
    GradeCategory.objects.filter(pk__in=rows.keys() - kept).delete()
    keys: dict[int | None, int | None] = {None: None}
    # What takes the new columns is unique: whoever lets go of it does so before another takes it.
    GradeCategory.objects.filter(pk__in=kept).update(takes="")
    for place, category in enumerate(change.after.categories):
        row = rows.get(category.pk) or GradeCategory(seminar_id=gradebook.seminar_id)
        _fill(row, category, place)
        row.save()
        keys[category.pk] = row.pk
    return keys


def _fill(row: GradeCategory, category: Category, place: int) -> None:
    row.name, row.weight, row.position = category.name, category.weight, place
    row.drop_lowest, row.drop_from = category.drop_lowest, category.drop_from
    row.missing_is_zero, row.takes = category.missing_is_zero, category.takes


def _save_columns(
    gradebook: Gradebook,
    change: SettingsChange,
    sources: list[ColumnSource],
    keys: dict[int | None, int | None],
) -> None:
    """Write those that are settled otherwise than they would be without a row."""
    by_itself = Scheme(change.after.categories, {})
    for source in sources:
        settled = change.after.settings[source.key]
        has_row = source.key in change.before.settings
        if settled == (change.before if has_row else by_itself).settings_of(source):
            continue
        _save_column(gradebook, source, settled, keys[settled.category])
    new = change.after.settings.get(NEW_COLUMN)
    if new is not None:
        GradeColumn.objects.create(
            seminar_id=gradebook.seminar_id,
            kind=ColumnKind.BY_HAND,
            **_columns(new, keys[new.category]),
        )


def _save_column(
    gradebook: Gradebook, source: ColumnSource, settled: ColumnSettings, category: int | None
) -> None:
    values = _columns(settled, category)
    if source.kind == ColumnKind.BY_HAND:
        rows = GradeColumn.objects.filter(pk=source.target)
        was = rows.get()
        # It is kept since when it was taken away.
        if was.removed_at and values["removed_at"]:
            del values["removed_at"]
        rows.update(**values)
        return
    name = {
        ColumnKind.CHECKPOINT: "item_id",
        ColumnKind.OPEN: "question_id",
        ColumnKind.PARTICIPATION: "reading_id",
    }[source.kind]
    GradeColumn.objects.update_or_create(
        **{name: source.target},
        defaults=values,
        create_defaults=values | {"kind": source.kind, "seminar_id": gradebook.seminar_id},
    )


def _columns(settled: ColumnSettings, category: int | None) -> dict[str, object]:
    return {
        "title": settled.title,
        "category_id": category,
        "counts": settled.counts,
        "weight": settled.weight,
        "maximum": settled.maximum,
        "removed_at": timezone.now() if settled.is_removed else None,
    }
