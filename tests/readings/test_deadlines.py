"""Which date holds for whom, and what it means: said again in plain words, for many dates."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from readings.models.deadlines import Deadlines, Phase, deadlines_of

START = datetime(2030, 3, 1, 12, 0, tzinfo=UTC)


def on(day: int) -> datetime:
    return START + timedelta(days=day)


@dataclass
class Dates:
    """Of a reading, in their order, or of an extension, in any."""

    due_at: datetime | None = None
    late_until: datetime | None = None
    closes_at: datetime | None = None


days = st.integers(1, 30).map(on)
maybe = st.none() | days
extensions = st.lists(st.builds(Dates, maybe, maybe, maybe), max_size=4)


@st.composite
def readings(draw: st.DrawFn) -> Dates:
    due, late, closes = sorted(draw(st.lists(days, min_size=3, max_size=3, unique=True)))
    has_due, has_late, does_close = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    return Dates(
        due if has_due else None,
        late if has_due and has_late else None,
        closes if does_close else None,
    )


@given(reading=readings(), given_=extensions, moment=days)
def test_more_time_is_never_less(reading: Dates, given_: list[Dates], moment: datetime) -> None:
    before, after = deadlines_of(reading), deadlines_of(reading, given_)
    order = [Phase.OPEN, Phase.LATE, Phase.OVER, Phase.CLOSED]
    assert order.index(after.phase_at(moment)) <= order.index(before.phase_at(moment))
    assert after.is_extended == (after != before)


@given(reading=readings(), given_=extensions)
def test_dates_stay_in_their_order(reading: Dates, given_: list[Dates]) -> None:
    dates = deadlines_of(reading, given_)
    there = [one for one in (dates.due_at, dates.late_until, dates.closes_at) if one is not None]
    assert there == sorted(there)


@given(reading=readings(), given_=extensions)
def test_the_most_generous_of_each_applies(reading: Dates, given_: list[Dates]) -> None:
    dates = deadlines_of(reading, given_)
    for name in ("due_at", "late_until", "closes_at"):
        own = getattr(reading, name)
        if own is None:
            assert getattr(dates, name) is None
            continue
        offered = [own, *(getattr(one, name) for one in given_ if getattr(one, name))]
        assert getattr(dates, name) >= max(offered)
    if reading.due_at:
        offered = [reading.due_at, *(one.due_at for one in given_ if one.due_at)]
        assert dates.due_at == max(offered)
    assert deadlines_of(reading, given_) == deadlines_of(reading, reversed(given_))


@given(reading=readings(), given_=extensions, moment=days)
def test_staff_find_nothing_closed(reading: Dates, given_: list[Dates], moment: datetime) -> None:
    dates = deadlines_of(reading, given_, opens_at=on(40), is_staff=True)
    assert dates.phase_at(moment) not in {Phase.CLOSED, Phase.UNOPENED}


@given(reading=readings(), moment=days)
def test_one_phase_after_another(reading: Dates, moment: datetime) -> None:
    dates = deadlines_of(reading)
    phase = dates.phase_at(moment)
    if dates.closes_at and moment >= dates.closes_at:
        assert phase is Phase.CLOSED
    elif dates.due_at and moment > dates.due_at:
        is_counted = dates.late_until is None or moment <= dates.late_until
        assert phase is (Phase.LATE if is_counted else Phase.OVER)
    else:
        assert phase is Phase.OPEN
    until = dates.counts_until
    if phase in {Phase.OPEN, Phase.LATE}:
        assert until is None or moment <= until


def test_the_moments_themselves() -> None:
    dates = Deadlines(opens_at=on(0), due_at=on(1), late_until=on(2), closes_at=on(3))
    second = timedelta(seconds=1)
    for moment, phase in {
        on(0) - second: Phase.UNOPENED,
        on(0): Phase.OPEN,
        on(1): Phase.OPEN,
        on(1) + second: Phase.LATE,
        on(2): Phase.LATE,
        on(2) + second: Phase.OVER,
        on(3) - second: Phase.OVER,
        on(3): Phase.CLOSED,
    }.items():
        assert dates.phase_at(moment) is phase
    assert not dates.is_late_at(on(1))
    assert dates.is_late_at(on(1) + second)


def test_an_extension_moves_what_there_is() -> None:
    """Three days more for what is due, where that is later than late work counts."""
    reading = Dates(on(10), on(11), on(12))
    dates = deadlines_of(reading, [Dates(due_at=on(13))])
    assert (dates.due_at, dates.late_until, dates.closes_at) == (on(13), on(13), on(13))
    assert deadlines_of(Dates(), [Dates(on(1), on(2), on(3))]) == Deadlines()
