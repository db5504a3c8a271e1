"""What of a gradebook is copied for the next term: its settings, and no mark."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from gradebook.models import ColumnKind, Gradebook, GradeCategory, GradeColumn
from readings.models import GuideItem, Reading
from seminars.models import Membership, Role, Seminar

SETTLED = ("kind", "title", "counts", "weight", "maximum")


def copied_gradebook(seminar: Seminar) -> list[str]:
    return [_("gradebook")] if Gradebook.objects.filter(seminar=seminar).exists() else []


def copy_gradebook(old: Seminar, new: Seminar) -> None:
    """Give the copy the same categories, and the same columns over its own readings."""
    if not Gradebook.objects.filter(seminar=old).exists():
        return
    instructor = Membership.objects.filter(seminar=new, role=Role.INSTRUCTOR).first()
    assert instructor is not None  # noqa: S101 - who copies it
    Gradebook.objects.create(seminar=new, begun_by=instructor)
    categories: dict[int | None, GradeCategory | None] = {None: None}
    for category in GradeCategory.objects.filter(seminar=old):
        categories[category.pk] = _copied(category, seminar=new)
    sources = _Sources(new)
    columns = GradeColumn.objects.filter(seminar=old, removed_at=None).exclude(kind=ColumnKind.OPEN)
    for column in columns.select_related("item__guide__reading", "reading"):
        found = sources.of(column)
        if found is not None:
            GradeColumn.objects.create(
                seminar=new,
                category=categories[column.category_id],
                **{name: getattr(column, name) for name in SETTLED},
                **found,
            )


class _Sources:
    """Where the figures of a copied column come from: the same place of the same guide."""

    def __init__(self, seminar: Seminar) -> None:
        readings = Reading.objects.filter(seminar=seminar)
        self._readings = {one.essay_id: one for one in readings}
        items = GuideItem.objects.filter(guide__reading__seminar=seminar, removed_at=None)
        self._items = {
            (one.guide.reading.essay_id, one.position): one
            for one in items.select_related("guide__reading")
        }

    def of(self, column: GradeColumn) -> dict[str, Any] | None:
        """The columns that name it; None where the copy has no such place."""
        if column.item is not None:
            key = (column.item.guide.reading.essay_id, column.item.position)
            item = self._items.get(key)
            return {"item": item} if item else None
        if column.reading is not None:
            reading = self._readings.get(column.reading.essay_id)
            return {"reading": reading} if reading else None
        return {}


def _copied(row: Any, **changed: Any) -> Any:
    """The same row once more, with these columns as they are given."""
    model: type[Model] = type(row)
    own = {
        field.attname: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in changed
    }
    return model._default_manager.create(**own, **changed)
