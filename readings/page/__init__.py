"""The reading page: the text with its marks, what layers add, where a member stands."""

from readings.page.http import (
    get_reading,
)
from readings.page.layers import (
    AttachedItem,
    Card,
    Content,
    Mark,
    register,
    registered_layers,
)
from readings.page.layout import (
    Group,
    NoteRow,
    lay_out,
    lay_out_part,
    rows_of,
)
from readings.page.visits import (
    next_new_since,
)

__all__ = [
    "AttachedItem",
    "Card",
    "Content",
    "Group",
    "Mark",
    "NoteRow",
    "get_reading",
    "lay_out",
    "lay_out_part",
    "next_new_since",
    "register",
    "registered_layers",
    "rows_of",
]
