"""A guide that a reading had before is brought back as a draft, with the questions that it had."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.attempts import submit_attempt
from quizzes.formats import format_checkpoint, parse_checkpoint
from quizzes.models import Attempt, Question, Quiz
from readings.guides import apply_guide, earlier
from readings.guides import earlier_actions as actions
from readings.guides.draft_actions import begin_draft
from readings.guides.earlier import find_earlier
from readings.guides.guide_file import format_guide, parse_guide
from readings.models import EarlierGuide, Guide, GuideDraft, GuideItem, Reading
from tests.base import People, markup
from tests.examples import examples
from tests.forms import forms_of
from tests.quizzes.base import ALL_TYPES, right_answers
from tests.quizzes.unfinished import TypedForm, unready
from tests.readings.guide_drafts import GUIDE_URL, URL, add, bodies, press, publish

OTHER = "---\nguide: 1\ntitle: Other\n---\n\n## Note ¶ 1\n\nA note of the other guide.\n"


@pytest.fixture
def alice(people: People, reading: Reading) -> Any:
    """Who has published a guide with questions, which Carol has answered, and then another."""
    apply_guide(reading=reading, text=ALL_TYPES, by=people.alice)
    quiz = Quiz.objects.of(reading).get()
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    apply_guide(reading=reading, text=OTHER, by=people.alice)
    return people.client("alice")


def bring_back(client: Any, version: int = 1) -> Any:
    page = client.get(GUIDE_URL).content
    url = f"{GUIDE_URL}earlier/{version}/draft/"
    form = next(one for one in forms_of(page, GUIDE_URL, "alice") if one.action == url)
    return client.post(form.action, form.as_it_stands)


def known(reading: Reading) -> tuple[list[Any], list[Any], list[Any]]:
    """What is on the text, by its rows: what hangs on them is theirs."""
    items = GuideItem.objects.of(reading).values_list("pk", "kind", "body", "passage")
    questions = Question.objects.filter(retired_at=None).values_list("pk", "kind", "text")
    attempts = Attempt.objects.values_list("pk", "quiz", "membership", "score", "max_score")
    return list(items), list(questions), list(attempts)


def test_it_is_a_draft_first_and_then_the_guide(alice: Any, reading: Reading) -> None:
    assert "Earlier guides" in alice.get(GUIDE_URL).content.decode()
    answer = bring_back(alice)
    assert answer.headers["Location"] == URL
    page = markup(alice.get(URL))
    assert "is in the draft. Members see it once you publish it." in page
    assert "Taken off: Note, ¶ 1" in page
    assert [one.body for one in GuideItem.objects.of(reading)] == ["A note of the other guide."]
    publish(alice)
    assert Guide.objects.get().title == "Guide to margins"
    assert [one.version for one in EarlierGuide.objects.order_by("pk")] == [1, 2]


@pytest.mark.parametrize("way", ["brought back", "undone"])
def test_its_items_and_questions_are_those_that_they_were(
    people: People, reading: Reading, way: str
) -> None:
    apply_guide(reading=reading, text=ALL_TYPES, by=people.alice)
    quiz = Quiz.objects.of(reading).get()
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    before = known(reading)
    apply_guide(reading=reading, text=OTHER, by=people.alice)
    client = people.client("alice")
    if way == "brought back":
        bring_back(client)
    else:
        client.post(URL)
        press(client, "guide_draft_step")
    publish(client)
    items, questions, attempts = known(reading)
    assert [one[1:3] for one in items] == [one[1:3] for one in before[0]]
    # Nothing hangs on a note; the checkpoint is the one that was answered.
    assert [one[0] for one in items if one[1] == "checkpoint"] == [quiz.item_id]
    assert (questions, attempts) == before[1:]
    page = people.client("carol").get(reading.get_absolute_url()).content.decode()
    assert "Feedback-right" in page  # what she answered is there again


@st.composite
def other_guides(draw: st.DrawFn) -> str:
    """The guide with some of its questions, in some order, some of them worded anew."""
    guide = parse_guide(ALL_TYPES)
    checkpoint = next(one for one in guide.items if one.kind == "checkpoint")
    spec = parse_checkpoint(checkpoint.body)
    left = draw(st.lists(st.sampled_from(spec.questions), min_size=1, unique_by=id))
    worded = [
        replace(one, text=draw(st.sampled_from([one.text, f"Now: {one.text}", "Quite another?"])))
        for one in left
    ]
    body = format_checkpoint(replace(spec, questions=tuple(worded)))
    items = [replace(one, body=body) if one is checkpoint else one for one in guide.items]
    return format_guide(replace(guide, items=tuple(items)))


def test_whatever_came_between_the_questions_come_back(people: People, reading: Reading) -> None:
    apply_guide(reading=reading, text=ALL_TYPES, by=people.alice)
    quiz = Quiz.objects.of(reading).get()
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    before = known(reading)

    @settings(max_examples=examples(12))
    @given(st.lists(other_guides(), min_size=1, max_size=3))
    def holds(between: list[str]) -> None:
        with transaction.atomic():
            for text in between:
                apply_guide(reading=reading, text=text, by=people.alice)
            first = find_earlier(reading, 1)
            assert first
            actions.bring_back(reading=reading, by=people.alice, earlier=first)
            apply_guide(reading=reading, text=GuideDraft.objects.get().text, by=people.alice)
            assert known(reading)[1:] == before[1:]
            transaction.set_rollback(True)

    holds()


def test_a_question_put_right_goes_back_with_its_answers(people: People, reading: Reading) -> None:
    apply_guide(reading=reading, text=ALL_TYPES, by=people.alice)
    quiz = Quiz.objects.of(reading).get()
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    before = known(reading)
    changed = ALL_TYPES.replace("Where do readers stop?", "Where do most readers stop reading?")
    apply_guide(reading=reading, text=changed, by=people.alice)
    assert known(reading) != before
    client = people.client("alice")
    bring_back(client)
    page = markup(client.get(URL))
    assert "1 change" in page
    publish(client)
    assert known(reading) == before


def test_undo_goes_on_behind_the_first_change(alice: Any, people: People, reading: Reading) -> None:
    apply_guide(reading=reading, text=OTHER.replace("A note", "Another"), by=people.alice)
    alice.post(URL)
    add(alice, "note", 3, body="New.")
    press(alice, "guide_draft_step")
    assert bodies() == ["Another of the other guide."]
    press(alice, "guide_draft_step")
    assert bodies() == ["A note of the other guide."]
    assert "The guide of" in alice.get(URL).content.decode()
    press(alice, "guide_draft_step")
    assert "### Where do readers stop?" in "".join(bodies())
    assert 'id="draft-step"' not in alice.get(URL).content.decode()  # there was none before
    add(alice, "note", 3, body="New.")
    press(alice, "guide_draft_step")
    assert "New." not in bodies()


def test_undo_twice_is_as_once(alice: Any) -> None:
    alice.post(URL)
    sent = {"version": str(GuideDraft.objects.get().edit_version)}
    alice.post(f"{URL}step/", sent)
    answer = alice.post(f"{URL}step/", sent, follow=True)
    assert "Somebody else changed this meanwhile." in answer.content.decode()


def test_into_a_draft_it_comes_as_a_change(alice: Any) -> None:
    alice.post(URL)
    add(alice, "note", 3, body="Mine.")
    TypedForm(alice).type(words="Half a question")
    for _ in range(2):  # twice is as once
        bring_back(alice)
    assert "Mine." not in bodies()
    assert len(unready()) == 1
    press(alice, "guide_draft_step")
    assert bodies() == ["A note of the other guide.", "Mine."]


def test_what_is_the_same_item_keeps_its_key_in_the_draft(alice: Any, people: People) -> None:
    reading = Reading.objects.get(slug="margins")
    apply_guide(reading=reading, text=OTHER + "\n## Note ¶ 3\n\nOne more.\n", by=people.alice)
    draft = begin_draft(reading=reading, by=people.alice)
    keys = [one["key"] for one in draft.marks]
    bring_back(alice, version=2)
    now = GuideDraft.objects.get().marks
    assert [one["key"] for one in now] == keys[:1]
    assert [one["version"] for one in now] == [1]


def test_the_last_ones_are_kept(alice: Any, people: People, reading: Reading) -> None:
    most, earlier.MOST_KEPT = earlier.MOST_KEPT, 3
    try:
        for number in range(4):
            text = OTHER.replace("A note", f"Note {number}")
            for _ in range(2):  # the same again is no other
                apply_guide(reading=reading, text=text, by=people.alice)
    finally:
        earlier.MOST_KEPT = most
    kept = EarlierGuide.objects.order_by("version")
    assert ["Note 0" in one.source for one in kept] == [True, False, False]
    assert Guide.objects.get().edit_version == 10


def test_one_that_cannot_be_read_any_more_says_so(alice: Any) -> None:
    EarlierGuide.objects.update(source="no guide")
    answer = bring_back(alice)
    assert answer.headers["Location"] == GUIDE_URL
    assert "begin with a head" in alice.get(GUIDE_URL).content.decode()
    assert not GuideDraft.objects.exists()
    alice.post(URL)
    press(alice, "guide_draft_step")
    assert bodies() == ["A note of the other guide."]


def test_only_those_who_write_the_guide(alice: Any, people: People) -> None:
    url = f"{GUIDE_URL}earlier/1/draft/"
    for who, status in {"bob": 403, "carol": 403, "mallory": 404}.items():
        assert people.client(who).post(url).status_code == status
    assert alice.get(url).status_code == 405
    assert alice.post(f"{GUIDE_URL}earlier/9/draft/").status_code == 404
    assert "Earlier guides" not in people.client("bob").get(GUIDE_URL).content.decode()
