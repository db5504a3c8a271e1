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


# What `_yardstick` takes on a core that nobody else is on, of the machine that our goals are set
# for. Others' work makes ours slower by the processor, too: cores share caches and their clock.
_IDLE_SECONDS = 0.15
_TIMES = 5


def _yardstick() -> None:
    """Work like that of a page: many small things made, looked up and put together."""
    for _ in range(10):
        rows = [(number, f"word {number % 997}", number % 31) for number in range(20_000)]
        found: dict[tuple[str, int], list[int]] = {}
        for number, word, place in rows:
            found.setdefault((word, place), []).append(number)


def undisturbed_seconds(work: Callable[[], object]) -> float:
    """What `work` takes when the machine has nothing else to do: the least of a few measures,
    each by how slow the machine is at that moment."""
    measures = []
    for _ in range(_TIMES):
        slowness = with_seconds(_yardstick)[1] / _IDLE_SECONDS
        seconds = with_seconds(lambda: [work() for _ in range(_TIMES)])[1] / _TIMES
        measures.append(seconds / max(slowness, 1))
    return min(measures)
