"""A passage holds exactly the words that were chosen, whatever the client counted."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readings.models import Passage, Reading
from readings.passages.segments import (
    PassageNotFound,
    Segment,
    create_passage,
    segments_of,
)
from tests.base import PARAGRAPHS, People, make_reading
from tests.examples import examples


def test_words_of_one_block(reading: Reading) -> None:
    start = PARAGRAPHS[0].index("one text together")
    passage = create_passage(
        reading=reading, segments=[Segment("p1", start, start + 17, "one text together")]
    )
    assert (passage.quote, passage.start, passage.end) == ("one text together", start, start + 17)
    assert PARAGRAPHS[0].startswith(passage.prefix[-5:], start - 5)
    assert passage.suffix == PARAGRAPHS[0][start + 17 :][:32]


def test_whole_block(reading: Reading) -> None:
    passage = create_passage(reading=reading, segments=[Segment("p2")])
    assert passage.is_whole_block
    assert passage.quote == ""


def test_words_over_blocks_are_one_passage(reading: Reading) -> None:
    segments = [
        Segment("p2", 0, 5, PARAGRAPHS[1][:5]),
        Segment("p1", 10, len(PARAGRAPHS[0]), PARAGRAPHS[0][10:]),
    ]
    first = create_passage(reading=reading, segments=segments)
    chain = segments_of(Passage.objects.filter(reading=reading))[first.pk]
    assert [row.block_key for row in chain] == ["p1", "p2"]
    assert first.continuations.count() == 1


def test_wrong_offsets_are_put_right_by_the_words(reading: Reading) -> None:
    passage = create_passage(reading=reading, segments=[Segment("p1", 3, 9, "each reader")])
    start = PARAGRAPHS[0].index("each reader")
    assert (passage.start, passage.end) == (start, start + 11)


@pytest.mark.parametrize(
    "segments",
    [
        [],
        [Segment("p1", 0, 5, "words that are not there")],
        [Segment("nowhere", 0, 5, "A sem")],
        [Segment("p1", 5000, 5005, "")],
        [Segment("p1", 0, 1, "A")] * 51,
    ],
)
def test_refuses_and_leaves_nothing(reading: Reading, segments: list[Segment]) -> None:
    with pytest.raises(PassageNotFound):
        create_passage(reading=reading, segments=segments)
    assert not Passage.objects.exists()


def test_refuses_when_the_second_block_fails(reading: Reading) -> None:
    segments = [Segment("p1", 0, 1, "A"), Segment("p2", 0, 5, "not there")]
    with pytest.raises(PassageNotFound):
        create_passage(reading=reading, segments=segments)
    assert not Passage.objects.exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(40))
@given(data=st.data())
def test_any_slice_is_kept_exactly(people: People, data: st.DataObject) -> None:
    """Emoji, combining marks, scripts without spaces: offsets are code points everywhere."""
    text = "Zoë said: 中国与北约 👩🏽‍🚀 — naïve? لا أعرف. e\u0301tude"
    reading = Reading.objects.filter(slug="margins").first() or make_reading(
        people, paragraphs=[text]
    )
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    segment = Segment("p1", start, end, text[start:end])
    if not text[start:end].strip():
        with pytest.raises(PassageNotFound):
            create_passage(reading=reading, segments=[segment])
        return
    passage = create_passage(reading=reading, segments=[segment])
    assert (passage.start, passage.end, passage.quote) == (start, end, text[start:end])
