"""Putting an essay before a seminar, when it is read, and in which unit."""

from readings.setup.actions import (
    create_reading,
)
from readings.setup.contents import (
    register_contents,
)
from readings.setup.units import (
    UnitSection,
    by_unit,
    units_of,
)

__all__ = [
    "UnitSection",
    "by_unit",
    "create_reading",
    "register_contents",
    "units_of",
]
