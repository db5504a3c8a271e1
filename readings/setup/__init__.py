"""Putting an essay before a seminar, when it is read, and in which unit; the general discussion."""

from readings.setup.actions import (
    create_reading,
)
from readings.setup.contents import (
    register_contents,
)
from readings.setup.copied import (
    register_copied,
)
from readings.setup.general_actions import (
    change_general_discussion,
    general_discussion_of,
)
from readings.setup.seminar_readings import (
    AlreadyRead,
)
from readings.setup.slugs import (
    MAX_SLUG,
)
from readings.setup.units import (
    UnitSection,
    by_unit,
    units_of,
)

__all__ = [
    "MAX_SLUG",
    "AlreadyRead",
    "UnitSection",
    "by_unit",
    "change_general_discussion",
    "create_reading",
    "general_discussion_of",
    "register_contents",
    "register_copied",
    "units_of",
]
