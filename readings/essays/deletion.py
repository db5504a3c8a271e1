"""Deleting essays for good: nobody reads them, and nobody is to find them in the library again."""

from collections.abc import Collection

from readings.models import Draft, Essay, Picture, Revision

# The models whose rows name files, and the ways from an essay to them.
FILES = ((Revision, "source"), (Draft, "source"), (Picture, "file"))
OF_ESSAY = (
    (Revision, "source", "essay__in"),
    (Draft, "source", "essay__in"),
    (Picture, "file", "revision__essay__in"),
    (Picture, "file", "draft__essay__in"),
)


def delete_essays(essays: Collection[int]) -> tuple[int, list[str]]:
    """Delete the essays of these keys, which no reading has any more, with all that is theirs.

    Return how many rows went, and the names of the files that no other row has: they are the
    caller's to delete, once it is sure that the rows are gone.
    """
    names = {
        name
        for model, column, of in OF_ESSAY
        for name in model._base_manager.filter(**{of: essays}).values_list(column, flat=True)
        if name
    }
    rows, _by_model = Essay._base_manager.filter(pk__in=essays).delete()
    for model, column in FILES:
        used = model._base_manager.filter(**{f"{column}__in": names})
        names -= set(used.values_list(column, flat=True))
    return rows, sorted(names)
