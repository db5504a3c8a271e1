"""Which item is which when a guide is applied again: what keeps its row and what hangs on it."""

import random
from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from discussions.models import Thread
from quizzes.attempts import submit_attempt
from quizzes.models import Attempt, Quiz
from readings.guides import apply_guide
from readings.guides.asked_of import words_of_item
from readings.guides.draft_parts import split_body
from readings.guides.guide_file import MAX_ITEMS, parse_guide
from readings.guides.identity import (
    ELSEWHERE,
    MOST_CANDIDATES,
    SAME_PLACE,
    ItemState,
    Matching,
    likeness,
    match_items,
)
from readings.models import GuideItem, Passage, Reading
from tests.base import People
from tests.quizzes.base import ALL_TYPES, CHECKPOINT, GUIDE, right_answers

HEAD = "---\nguide: 1\ntitle: Guide to margins\n---\n"
OWN_GUIDES = sorted((django_settings.BASE_DIR / "demo" / "guides").glob("*.md"))
FIRST = "A margin is where two readers meet who never saw each other."
SECOND = "Printers paid for paper by the sheet, and left the edge blank all the same."


def items_of(reading: Reading) -> dict[int, tuple[str, str, str]]:
    """pk → kind, block key and body, in the order of the guide."""
    items = GuideItem.objects.of(reading).select_related("passage")
    return {item.pk: (item.kind, item.passage.block_key, item.body) for item in items}


def apply(people: People, reading: Reading, *items: str) -> dict[int, tuple[str, str, str]]:
    apply_guide(reading=reading, text=HEAD + "\n\n".join(items), by=people.alice)
    return items_of(reading)


# --- On the page -----------------------------------------------------------------------------
def test_the_same_file_changes_no_row(people: People, reading: Reading) -> None:
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    items, passages = items_of(reading), set(Passage.objects.values_list("pk", flat=True))
    thread, quiz = Thread.objects.get(), Quiz.objects.get()
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    assert items_of(reading) == items
    assert set(Passage.objects.values_list("pk", flat=True)) == passages
    assert Thread.objects.get() == thread
    assert Quiz.objects.get() == quiz


def test_another_order_keeps_every_item(people: People, reading: Reading) -> None:
    one, two = f"## Note ¶ 1\n\n{FIRST}", f"## Note ¶ 1\n\n{SECOND}"
    before = apply(people, reading, one, two)
    after = apply(people, reading, two, one)
    assert after == before
    assert list(after) == list(reversed(before))


def test_a_moved_item_is_the_same(people: People, reading: Reading) -> None:
    (before,) = apply(people, reading, f"## Note ¶ 1\n\n{FIRST}")
    ((pk, found),) = apply(people, reading, f"## Note ¶ 3\n\n{FIRST}").items()
    assert (pk, found[1]) == (before, "p3")
    assert Passage.objects.count() == 1


def test_an_edited_item_is_the_same(people: People, reading: Reading) -> None:
    (before,) = apply(people, reading, f"## Note ¶ 1\n\n{FIRST}")
    edited = "A margin is a place in which two readers meet who never met."
    ((pk, found),) = apply(people, reading, f"## Context ¶ 1\n\n{edited}").items()
    assert (pk, found) == (before, ("context", "p1", edited))
    assert GuideItem.objects.get().html == f"<p>{edited}</p>"


def test_an_item_moved_and_edited_at_once_is_the_same(people: People, reading: Reading) -> None:
    (before,) = apply(people, reading, f"## Note ¶ 1\n\n{FIRST}")
    (after,) = apply(people, reading, f"## Note ¶ 2\n\n{FIRST.replace('readers', 'scholars')}")
    assert after == before


def test_another_text_in_its_place_is_another_item(people: People, reading: Reading) -> None:
    (before,) = apply(people, reading, f"## Note ¶ 1\n\n{FIRST}")
    (after,) = apply(people, reading, f"## Note ¶ 1\n\n{SECOND}")
    assert after != before


def test_the_words_that_an_item_had_before_are_that_item(people: People, reading: Reading) -> None:
    """Changed little by little until nothing is left of it, and then brought back."""
    steps = [
        FIRST,
        "A margin is where two readers meet, and the printers left it so.",
        "The margin is paid for by the sheet: printers left it to readers.",
        SECOND,
    ]
    first, *later = [apply(people, reading, f"## Prompt ¶ 1\n\n{one}") for one in steps]
    assert all(list(one) == list(first) for one in later[:2])
    assert apply(people, reading, f"## Prompt ¶ 3\n\n{FIRST}") == {
        next(iter(first)): ("prompt", "p3", FIRST)
    }


def test_a_note_never_becomes_a_prompt(people: People, reading: Reading) -> None:
    (before,) = apply(people, reading, f"## Note ¶ 1\n\n{FIRST}")
    (after,) = apply(people, reading, f"## Prompt ¶ 1\n\n{FIRST}")
    assert after != before
    assert GuideItem.objects.count() == 1  # nothing hung on the note: it is gone


def test_what_is_taken_off_and_added_again_has_its_attempts(
    people: People, reading: Reading
) -> None:
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    item, quiz = GuideItem.objects.get(kind="checkpoint"), Quiz.objects.get()
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    apply(people, reading, f"## Note ¶ 1\n\n{FIRST}")
    assert not GuideItem.objects.of(reading).filter(pk=item.pk).exists()
    assert (
        "Checkpoint" not in people.client("carol").get(reading.get_absolute_url()).content.decode()
    )
    moved = CHECKPOINT.replace("## Checkpoint ¶ 2", "## Checkpoint ¶ 3")
    apply(people, reading, moved, f"## Note ¶ 1\n\n{FIRST}")
    assert GuideItem.objects.of(reading).get(pk=item.pk).passage.block_key == "p3"
    assert Quiz.objects.of(reading).get() == quiz
    page = people.client("carol").get(reading.get_absolute_url()).content.decode()
    assert "All right: 4 of 4 right." in page


def test_a_checkpoint_with_other_questions_is_another_version_of_it(
    people: People, reading: Reading
) -> None:
    """Its words are the same, and what is asked is not."""
    words = "Title: What the margin is for\n\n### {0}\n\nAnswer: {1}\n"
    first_words = words.format("Which words began the long old talk?", "margin | doubt | reader")
    apply(people, reading, f"## Checkpoint ¶ 2\n\n{first_words}")
    first = Quiz.objects.get()
    submit_attempt(quiz=first, responses=right_answers(first), by=people.carol)
    second_words = words.format("Who?", "margin | doubt | reader | printer")
    apply(people, reading, f"## Checkpoint ¶ 2\n\n{second_words}")
    second = Quiz.objects.of(reading).get()
    assert (second.item, second.version) == (first.item, 2)
    apply(people, reading, f"## Checkpoint ¶ 2\n\n{first_words}")
    assert Quiz.objects.of(reading).get() == first
    assert Attempt.objects.count() == 1


def test_a_checkpoint_is_not_the_one_of_another_with_the_same_questions(
    people: People, reading: Reading
) -> None:
    """The identity is the item's: what is asked twice is answered twice."""
    twice = GUIDE + "\n" + CHECKPOINT.replace("¶ 2", "¶ 3", 1)
    apply_guide(reading=reading, text=twice, by=people.alice)
    at_2, at_3 = Quiz.objects.of(reading)
    submit_attempt(quiz=at_3, responses=right_answers(at_3), by=people.carol)
    for text in (twice.replace("¶ 2\n\nTitle", "¶ 1\n\nTitle", 1), twice):
        apply_guide(reading=reading, text=text, by=people.alice)
        assert list(Quiz.objects.of(reading)) == [at_2, at_3]
    assert Attempt.objects.get().quiz == at_3


def test_an_item_that_lost_its_place_comes_back_as_itself(people: People, reading: Reading) -> None:
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    quiz = Quiz.objects.get()
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    lost = GUIDE.replace("## Checkpoint ¶ 2", '## Checkpoint ¶ 2 "nowhere"')
    assert apply_guide(reading=reading, text=lost, by=people.alice).unplaced
    assert not Quiz.objects.of(reading).exists()
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    assert Quiz.objects.of(reading).get() == quiz


# --- The rule --------------------------------------------------------------------------------
def states(path: Path) -> list[ItemState]:
    items = parse_guide(path.read_text(encoding="utf-8")).items
    return [
        ItemState(one.kind, (str(one.anchor), None, None), words_of_item(one.kind, one.body))
        for one in items
    ]


ALL = [state for path in OWN_GUIDES for state in states(path)]


def alike(one: ItemState, other: ItemState) -> float:
    return Indel.normalized_similarity(one.words, other.words)


def rewritten(one: ItemState, share: float, source: random.Random) -> ItemState:
    """The item with a run of its words, `share` of them, put anew."""
    words = list(one.words)
    length = max(1, int(share * len(words)))
    start = source.randrange(len(words) - length + 1)
    others = source.choices([word for state in ALL for word in state.words], k=length)
    words[start : start + length] = others
    return replace(one, body=" ".join(words))


def test_two_items_are_never_as_alike_as_one_is_to_itself_rewritten() -> None:
    """The measure behind the limits."""
    source = random.Random(1)  # noqa: S311 - the same edits in every run
    most = max(
        alike(one, other) for one, other in combinations(ALL, 2) if one.family == other.family
    )
    assert most < 0.30 < SAME_PLACE < ELSEWHERE
    assert min(alike(one, rewritten(one, 0.4, source)) for one in ALL) > ELSEWHERE
    assert min(alike(one, rewritten(one, 0.6, source)) for one in ALL) > SAME_PLACE
    for one in ALL:
        third = replace(one, body=" ".join(one.words[: len(one.words) // 3 + 1]))
        assert alike(one, third) > SAME_PLACE


@pytest.mark.parametrize("share", [0.1, 0.3, 0.4])
@pytest.mark.parametrize("path", OWN_GUIDES, ids=lambda path: path.stem)
def test_a_guide_edited_moved_and_shuffled_is_recognised(path: Path, share: float) -> None:
    source = random.Random(2)  # noqa: S311 - the same edits in every run
    earlier = states(path)
    order = list(range(len(earlier)))
    source.shuffle(order)
    later = []
    for at, j in enumerate(order):
        edited = rewritten(earlier[j], share, source)
        later.append(replace(edited, place=("elsewhere", at, None)) if at % 2 else edited)
    assert match_items(earlier, later) == dict(enumerate(order))


def test_another_guide_of_the_same_seminar_has_no_item_in_common() -> None:
    for one, other in combinations(OWN_GUIDES, 2):
        assert match_items(states(one), states(other)) == {}


some = st.builds(
    ItemState,
    st.sampled_from(["note", "term", "prompt", "checkpoint"]),
    st.tuples(st.sampled_from(["p1", "p2"]), st.none(), st.none()),
    st.lists(st.sampled_from(["a", "b", "c", "d", "?"]), max_size=6).map(" ".join),
)


@settings(deadline=None)
@given(st.lists(some, max_size=8), st.lists(some, max_size=8))
def test_each_item_is_matched_once_within_its_family(
    earlier: list[ItemState], later: list[ItemState]
) -> None:
    found = match_items(earlier, later)
    assert len(set(found.values())) == len(found)
    assert all(later[i].family == earlier[j].family for i, j in found.items())
    exact = Counter((one.family, one.words) for one in earlier) & Counter(
        (one.family, one.words) for one in later
    )
    assert len(found) >= exact.total()
    assert match_items(later, later) == {i: i for i in range(len(later))}


def test_a_thousand_items_are_held_against_a_few_each() -> None:
    """All of them at one place and in nearly the same words, every one changed."""
    place = ("p1", None, None)
    earlier = [ItemState("note", place, f"The same words as all, {i}") for i in range(MAX_ITEMS)]
    later = [ItemState("note", place, f"The same words as all: {i} x") for i in range(MAX_ITEMS)]
    assert match_items(earlier, later) == {i: i for i in range(MAX_ITEMS)}
    assert len(list(Matching(earlier, later).candidates())) <= 2 * MOST_CANDIDATES * MAX_ITEMS


# --- What has parts --------------------------------------------------------------------------
def parts_of_all() -> list[tuple[str, ...]]:
    """The questions of each checkpoint of our own guides."""
    items = [one for path in OWN_GUIDES for one in parse_guide(path.read_text("utf-8")).items]
    return [split_body(one.kind, one.body) for one in items if one.kind == "checkpoint"]


def with_parts(parts: tuple[str, ...]) -> ItemState:
    return ItemState("checkpoint", ("p1", None, None), "\n".join(parts), parts)


def test_two_checkpoints_are_never_as_alike_as_one_is_to_a_piece_of_itself() -> None:
    """The measure behind the limits, where the parts are compared."""
    checkpoints = parts_of_all()
    assert len(checkpoints) > 10
    pieces = [(at, with_parts((part,))) for at, one in enumerate(checkpoints) for part in one]
    assert max(likeness(*map(with_parts, two)) for two in combinations(checkpoints, 2)) < 0.25
    for at, one in enumerate(checkpoints):
        whole = with_parts(one)
        assert all(likeness(piece, whole) == 1 for own, piece in pieces if own == at)
        assert all(likeness(piece, whole) < 0.25 for own, piece in pieces if own != at)


def test_of_many_questions_one_is_left_and_all_come_back(people: People, reading: Reading) -> None:
    apply_guide(reading=reading, text=ALL_TYPES, by=people.alice)
    quiz = Quiz.objects.get()
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    first = ALL_TYPES[: ALL_TYPES.index("### Which of these")]
    for text in (first, ALL_TYPES):
        apply_guide(reading=reading, text=text, by=people.alice)
        assert Quiz.objects.of(reading).get() == quiz
    assert GuideItem.objects.filter(kind="checkpoint").count() == 1
    assert not quiz.questions.exclude(retired_at=None).exists()
