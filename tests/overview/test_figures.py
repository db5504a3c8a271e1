"""Every figure of the overview, held against a plain recount."""

from typing import Any

import pytest

from overview.figures import COUNTS, Figures, figures_by, narrowed, total_of
from overview.filters import OverviewFilters
from overview.records import ALIAS, NO_GROUP, Record, load_record
from quizzes.statistics import counted_members
from tests.base import People
from tests.conftest import PEOPLE
from tests.overview.base import Busy, make_busy
from tests.overview.recount import recount
from tests.overview.term import TermSize, make_term
from tests.seeds import Seed, fixture_of

seed_busy = fixture_of(Seed(make_busy, PEOPLE))
DIMENSIONS = ("person", "group", "reading", "week")


@pytest.fixture
def busy(seed_make_busy: Busy) -> Busy:
    return seed_make_busy


def record_for(busy: Busy, who: str) -> Record:
    viewer = getattr(busy.people, who)
    return load_record(viewer, counted_members(viewer))


def in_plain(figures: Figures) -> dict[str, Any]:
    return {name: getattr(figures, name) for name in [*COUNTS, "weeks"]}


def by_plain_key(found: dict[int, Figures], by: str) -> dict[Any, dict[str, Any]]:
    names: dict[Any, Any] = {ALIAS: "alias"} if by == "person" else {}
    if by == "group":
        names = {NO_GROUP: None}
    return {names.get(key, key): in_plain(one) for key, one in found.items()}


def without_empty(rows: dict[Any, dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    return {key: row for key, row in rows.items() if any(row.values())}


@pytest.mark.parametrize("by", DIMENSIONS)
def test_each_figure_equals_a_plain_recount(busy: Busy, by: str) -> None:
    record = record_for(busy, "alice")
    found = by_plain_key(figures_by(record, by, (1, record.weeks.count)), by)
    expected = {key: vars(one) for key, one in recount(busy.people.seminar, by).items()}
    assert without_empty(found) == without_empty(expected)
    assert len(without_empty(found)) > 1


def test_the_sums_are_the_same_however_they_are_told(busy: Busy) -> None:
    record = record_for(busy, "alice")
    span = (1, record.weeks.count)
    sums = {by: in_plain(total_of(figures_by(record, by, span).values())) for by in DIMENSIONS}
    assert sums["person"] == sums["group"] == sums["reading"]
    of_weeks = ("posts", "replies", "opened", "handed_in", "marked", "right", "weeks")
    for name in of_weeks:
        assert sums["week"][name] == sums["person"][name], name
    assert sums["person"]["posts"] > 5
    assert sums["person"]["replies"] > 3


@pytest.mark.parametrize("by", DIMENSIONS)
def test_the_figures_of_a_filter_are_the_rows_that_it_leaves(busy: Busy, by: str) -> None:
    """What a filter shows is the part of the whole that has its group, reading and weeks."""
    whole = record_for(busy, "alice")
    last = whole.weeks.count
    for filters in (
        OverviewFilters(group=busy.people.monday.pk),
        OverviewFilters(reading="second"),
        OverviewFilters(weeks=f"1-{last - 1}"),
        OverviewFilters(member=busy.people.dan.pk, reading="first"),
    ):
        part = narrowed(whole, filters)
        words = [
            one
            for one in whole.words
            if filters.group in {0, one.group}
            and filters.member in {0, one.person}
            and (not filters.reading or one.reading == part.readings[0].pk)
            and (not filters.weeks or one.week < last)
        ]
        found = total_of(figures_by(part, by, filters.span(last)).values())
        assert words, filters
        assert found.posts + found.replies == len(words), filters


def test_a_term_of_many_equals_a_plain_recount(people: People) -> None:
    make_term(people, TermSize(people=12, readings=3, comments=150))
    record = load_record(people.alice, counted_members(people.alice))
    found = by_plain_key(figures_by(record, "person", (1, record.weeks.count)), "person")
    expected = {key: vars(one) for key, one in recount(people.seminar, "person").items()}
    assert without_empty(found) == without_empty(expected)


def test_assistants_have_the_figures_of_their_own_groups_people(busy: Busy) -> None:
    record = record_for(busy, "bob")
    everybody = record_for(busy, "alice")
    carol = busy.people.carol.pk
    assert {one.person for one in record.stands} == {carol}
    assert {one.person for one in record.answers} == {carol}
    assert {one.person for one in record.words} == {carol, ALIAS}
    own = [one for one in everybody.words if one.person == carol]
    assert [one for one in record.words if one.person == carol] == own
    # Of the anonymous: what was written to the Monday group alone, and nothing to everybody.
    monday = busy.people.monday.pk
    assert [one.group for one in record.words if one.person == ALIAS] == [monday]
    assert len([one for one in everybody.words if one.person == ALIAS]) == 2


def test_one_counts_ones_own_words_under_an_alias(busy: Busy) -> None:
    carol = busy.people.carol
    mine = load_record(carol, [carol])
    theirs = [one for one in record_for(busy, "alice").words if one.person == carol.pk]
    assert len(mine.words) == len(theirs) + 1
    assert {one.person for one in mine.words} == {carol.pk}
