"""Putting an essay before a seminar, and when it is read."""

from readings.setup.actions import (
    create_reading,
)
from readings.setup.contents import (
    register_contents,
)

__all__ = [
    "create_reading",
    "register_contents",
]
