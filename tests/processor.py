"""What work costs, told by the processor: a busy machine changes the clock, and not this."""

import os
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def with_seconds(work: Callable[[], T]) -> tuple[T, float]:
    """What `work` returns, and the seconds of this process and of those that it waited for."""
    before = sum(os.times()[:4])
    result = work()
    return result, sum(os.times()[:4]) - before
