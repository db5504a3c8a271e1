"""Applying a guide to a reading: what finds its place, what does not, and applying it again."""

import pytest
from django.core.exceptions import PermissionDenied

from discussions.models import Thread
from quizzes.attempts import submit_attempt
from quizzes.models import Attempt, Quiz
from readings.guides.actions import apply_guide
from readings.guides.guide_file import GuideRefused
from readings.models import GuideItem, Passage, Reading
from tests.base import People, make_reading
from tests.quizzes.base import CHECKPOINT, GUIDE, OTHER, right_answers

HEAD = "---\nguide: 1\ntitle: Guide to margins\n---\n"


def notes_of(reading: Reading) -> list[tuple[str, str, str]]:
    notes = GuideItem.objects.notes_of(reading).select_related("passage")
    return [(note.kind, note.passage.block_key, note.passage.quote) for note in notes]


def test_each_item_finds_its_words(people: People, reading: Reading) -> None:
    added = apply_guide(
        reading=reading,
        text=HEAD
        + '## Note ¶ 1 "one text"\nOne.\n'
        + "## Term ¶ 3 “Printers left it wide”\nTwo.\n"
        + "## Person ¶ 2\nThree.\n"
        + '## Translation "Where readers stop"\nFour.\n',
        by=people.alice,
    )
    assert added.title == "Guide to margins"
    assert len(added.placed) == 4
    assert not added.unplaced
    assert notes_of(reading) == [
        ("note", "p1", "one text"),
        ("term", "p3", "Printers left it wide"),
        ("person", "p2", ""),
        ("translation", "h1", "Where readers stop"),
    ]


def test_bodies_are_rendered_and_clean(people: People, reading: Reading) -> None:
    body = "*Said* <b onclick=x>loud</b> [here](javascript:alert(1)) and [there](https://a.org)."
    apply_guide(reading=reading, text=HEAD + f"## Note ¶ 1\n{body}\n", by=people.alice)
    html = GuideItem.objects.notes_of(reading).get().html
    assert "<em>Said</em>" in html
    assert 'href="https://a.org"' in html
    assert "<b" not in html
    assert 'href="javascript' not in html


def test_what_found_no_place_is_listed_and_the_rest_added(people: People, reading: Reading) -> None:
    added = apply_guide(
        reading=reading,
        text=HEAD
        + "## Note ¶ 9\nx\n"  # line 5
        + '## Note ¶ 1 "a conversation begins"\nx\n'
        + '## Note "nowhere at all"\nx\n'
        + '## Note "the"\nx\n'
        + "## Note ¶ 1\nadded\n",
        by=people.alice,
    )
    assert [one.line for one in added.unplaced] == [5, 7, 9, 11]
    no_paragraph, elsewhere, nowhere, everywhere = [one.reason for one in added.unplaced]
    assert "no ¶ 9" in no_paragraph
    assert "¶ 3" in no_paragraph
    assert "They stand in ¶ 2" in elsewhere
    assert "nowhere in the text" in nowhere
    assert "Add the paragraph number" in everywhere
    assert notes_of(reading) == [("note", "p1", "")]
    reading.refresh_from_db()
    assert [one["line"] for one in reading.guide.unplaced] == [5, 7, 9, 11]
    assert reading.guide.unplaced[0]["heading"] == "Note ¶ 9"


def test_a_question_whose_source_is_gone_is_added_and_listed(
    people: People, reading: Reading
) -> None:
    added = apply_guide(
        reading=reading, text=GUIDE.replace("See: ¶ 3", "See: ¶ 8"), by=people.alice
    )
    (missing,) = added.unplaced
    assert missing.line == GUIDE.replace("See: ¶ 3", "See: ¶ 8").split("\n").index("See: ¶ 8") + 1
    assert "Printers left" in missing.heading
    question = Quiz.objects.get().questions.get(kind="true_false")
    assert question.passage is None


def test_a_checkpoint_is_added_whole(people: People, reading: Reading) -> None:
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    quiz = Quiz.objects.get()
    assert quiz.passage.block_key == "p2"
    assert quiz.title == "What the margin is for"
    one, several, truth, words = quiz.questions.all()
    assert [question.kind for question in (one, several, truth, words)] == [
        "one_choice",
        "several",
        "true_false",
        "short_answer",
    ]
    assert [choice.html for choice in one.choices.all()] == ["At the end.", "At different places."]
    assert [choice.is_correct for choice in several.choices.all()] == [True, True, False]
    assert one.passage
    assert one.passage.quote == "stops at another place"
    assert truth.accepted == ["true"]
    assert words.accepted == ["the margin", "margin", "the blank edge"]


def test_a_broken_checkpoint_refuses_the_whole_file(people: People, reading: Reading) -> None:
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    broken = GUIDE.replace("- (x) At different places.", "- ( ) At different places.")
    with pytest.raises(GuideRefused) as refused:
        apply_guide(reading=reading, text=broken.replace("Said", "Not said"), by=people.alice)
    line = refused.value.problems[0].line
    assert broken.split("\n")[line - 1] == "### Where do readers stop?"
    assert "Not said" not in GuideItem.objects.notes_of(reading).get().html
    assert Quiz.objects.get().retired_at is None


def test_a_guide_for_another_essay_is_refused(people: People, reading: Reading) -> None:
    with pytest.raises(GuideRefused, match="is for “On footnotes”"):
        apply_guide(
            reading=reading,
            text=GUIDE.replace("essay: On margins", "essay: On footnotes"),
            by=people.alice,
        )


@pytest.mark.parametrize("essay", ["ON MARGINS!", "On margins: a defence", "on — margins"])
def test_the_title_is_matched_by_its_words(people: People, reading: Reading, essay: str) -> None:
    text = GUIDE.replace("essay: On margins", f'essay: "{essay}"')
    assert apply_guide(reading=reading, text=text, by=people.alice).placed


def test_another_guide_replaces_the_notes(people: People, reading: Reading) -> None:
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    before = Passage.objects.count()
    apply_guide(
        reading=reading, text=GUIDE.replace("another place", "each reader"), by=people.alice
    )
    assert notes_of(reading) == [("context", "p1", "each reader")]
    assert Passage.objects.filter(guide_items__kind="context").count() == 1
    apply_guide(reading=reading, text=HEAD + "## Note ¶ 1\nOnly this.\n", by=people.alice)
    assert notes_of(reading) == [("note", "p1", "")]
    assert not Quiz.objects.exists()
    assert Passage.objects.count() < before


def test_the_same_questions_keep_their_attempts(people: People, reading: Reading) -> None:
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    quiz = Quiz.objects.get()
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    moved = GUIDE.replace("Checkpoint ¶ 2", "Checkpoint ¶ 3").replace("margin is", "margin was")
    apply_guide(reading=reading, text=moved, by=people.alice)
    again = Quiz.objects.get()
    assert again.pk == quiz.pk
    assert again.title == "What the margin was for"
    assert again.passage.block_key == "p3"
    assert again.retired_at is None
    assert Attempt.objects.get().quiz_id == quiz.pk


def test_other_questions_retire_what_was_answered(people: People, reading: Reading) -> None:
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    old = Quiz.objects.get()
    submit_attempt(quiz=old, responses=right_answers(old), by=people.carol)
    apply_guide(reading=reading, text=OTHER, by=people.alice)
    old.refresh_from_db()
    assert old.retired_at is not None
    assert old.attempts.count() == 1
    new = Quiz.objects.of(reading).get()
    assert new.pk != old.pk
    assert new.attempts.count() == 0


def test_the_first_questions_come_back_with_their_attempts(
    people: People, reading: Reading
) -> None:
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    first = Quiz.objects.get()
    submit_attempt(quiz=first, responses=right_answers(first), by=people.carol)
    apply_guide(reading=reading, text=OTHER, by=people.alice)
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    assert Quiz.objects.get().pk == first.pk


def test_two_checkpoints_with_the_same_questions_are_two(people: People, reading: Reading) -> None:
    twice = GUIDE + "\n" + CHECKPOINT.replace("¶ 2", "¶ 3", 1)
    for _ in range(2):
        apply_guide(reading=reading, text=twice, by=people.alice)
        assert Quiz.objects.of(reading).count() == 2


def test_prompts_become_threads(people: People, reading: Reading) -> None:
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    thread = Thread.objects.get(kind="guide")
    assert thread.passage
    assert thread.passage.block_key == "p2"
    assert thread.audience == "seminar"


def test_other_readings_of_the_essay_stay_as_they_are(people: People, reading: Reading) -> None:
    other = make_reading(people, "next-year")
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    apply_guide(reading=other, text=GUIDE, by=people.alice)
    apply_guide(reading=other, text=HEAD + "## Note ¶ 1\nOnly this.\n", by=people.alice)
    assert Quiz.objects.of(reading).count() == 1
    assert notes_of(reading) == [("context", "p1", "another place")]


@pytest.mark.parametrize("key", ["bob", "carol", "grace"])
def test_only_an_instructor_adds_a_guide(people: People, reading: Reading, key: str) -> None:
    with pytest.raises(PermissionDenied):
        apply_guide(reading=reading, text=GUIDE, by=getattr(people, key))
