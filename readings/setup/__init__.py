"""Putting an essay before a seminar, and when it is read."""

from readings.setup.actions import (
    create_reading,
)

__all__ = [
    "create_reading",
]
