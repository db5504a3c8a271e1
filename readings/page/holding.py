"""Pages held before a guide or a revision writes on them as a whole.

Who writes in a thread holds the thread before the pages on which it stands, and these are two where
it links two texts. Whoever writes passages, and threads after them, takes both in the same order
here, so that neither waits in a circle. The readings themselves are held before.
"""

from collections.abc import Callable, Collection

Hold = Callable[[Collection[int]], None]

_holds: list[Hold] = []


def register_hold(hold: Hold) -> None:
    """Have `hold` called with the readings, by key; from AppConfig.ready()."""
    _holds.append(hold)


def hold_pages(readings: Collection[int]) -> None:
    """Hold what stands on the pages of these readings, and then the pages, to the commit."""
    for hold in _holds:
        hold(readings)
