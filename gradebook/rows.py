"""The rows behind a column: its own, and the marks that were given by hand in it."""

from gradebook.columns import Column
from gradebook.models import ColumnKind, GivenMark, GradeColumn
from seminars.models import Membership


def row_of(column: Column, by: Membership) -> GradeColumn:
    """The row of a column, made where nothing was settled about it yet; it stays where it is."""
    if column.row is not None:
        return column.row
    kind = column.kind
    source = {
        "item_id": column.source.target if kind == ColumnKind.CHECKPOINT else None,
        "question_id": column.source.target if kind == ColumnKind.OPEN else None,
        "reading_id": column.source.target if kind == ColumnKind.PARTICIPATION else None,
    }
    placed = {"kind": kind, "seminar_id": by.seminar_id, "category_id": column.category}
    row, _is_new = GradeColumn.objects.get_or_create(**source, defaults=placed)
    return row


def standing_mark(row: GradeColumn, membership: Membership) -> GivenMark | None:
    standing = GivenMark.objects.standing()
    found: GivenMark | None = standing.filter(column=row, membership=membership).first()
    return found


def marks_before(row: GradeColumn | None, membership: Membership) -> list[GivenMark]:
    """All that was given by hand, the last first, with who did."""
    if row is None:
        return []
    rows = GivenMark.objects.filter(column=row, membership=membership)
    return list(rows.select_related("created_by__user", "undone_by__user"))
