"""From figures to a total: pure functions over exact fractions.

A figure is a share, points / maximum. It weighs as much as its column says, which is the maximum
where nothing is said: then the points of a category are simply added up. A category is

    Σ weight · share / Σ weight    over the figures that count,

and the total is the same over the categories that have such figures, each with its own weight.
Nothing is rounded on the way. Where something is shown it is rounded once, half up.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class WeighedShare:
    """One figure that is in: its share of its maximum, and how much that weighs."""

    key: Hashable
    share: Fraction
    weight: Fraction


@dataclass(frozen=True, slots=True)
class WeighedCategory:
    """What a category comes to; `share` is None as long as nothing in it weighs anything."""

    share: Fraction | None
    points: Fraction  # Σ weight · share, of what counts
    weight: Fraction  # Σ weight
    dropped: frozenset[Hashable]


def weigh_category(
    figures: Sequence[WeighedShare], *, drop_lowest: int = 0, drop_from: int = 1
) -> WeighedCategory:
    """Sum up the figures of one person, without their lowest."""
    dropped = lowest(figures, drop_lowest, drop_from)
    counted = [one for one in figures if one.key not in dropped]
    weight = sum((one.weight for one in counted), Fraction(0))
    points = sum((one.weight * one.share for one in counted), Fraction(0))
    return WeighedCategory(points / weight if weight else None, points, weight, dropped)


def lowest(figures: Sequence[WeighedShare], many: int, once: int) -> frozenset[Hashable]:
    """Return the keys of the `many` lowest shares, once so many figures are in; one always stays.

    Of equal shares the one that weighs more goes first, then the later one.
    """
    if len(figures) < max(once, 2):
        return frozenset()
    places = {one.key: place for place, one in enumerate(figures)}
    ordered = sorted(figures, key=lambda one: (one.share, -one.weight, -places[one.key]))
    return frozenset(one.key for one in ordered[: min(many, len(figures) - 1)])


def weigh_total(categories: Iterable[tuple[Fraction | None, Fraction]]) -> Fraction | None:
    """Return the total of (share, weight) of each category; None where nothing counts yet."""
    counted = [(share, weight) for share, weight in categories if share is not None]
    weight = sum((weight for _share, weight in counted), Fraction(0))
    if not weight:
        return None
    return sum((share * weight for share, weight in counted), Fraction(0)) / weight


def rounded(value: Fraction, places: int) -> str:
    """Write it with so many places, rounded half up: of 12.25 with one place “12.3”."""
    scale = 10**places
    whole = (2 * value.numerator * scale + value.denominator) // (2 * value.denominator)
    digits = str(abs(whole)).rjust(places + 1, "0")
    sign = "-" if whole < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def percent(share: Fraction) -> str:
    """A share in percent with one place: “86.0”."""
    return rounded(100 * share, 1)


def plain(points: Fraction) -> str:
    """Points with no more than two places: “7”, “7.5”, “6.67”."""
    return rounded(points, 2).rstrip("0").rstrip(".")
