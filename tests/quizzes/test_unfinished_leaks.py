"""What is not ready is told to those alone who write the guide, and is in nothing published."""

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.composing.question_forms import TYPED
from quizzes.models import Quiz
from readings.guides import DraftPlace, SentForm, apply_guide
from readings.guides.draft_actions import begin_draft
from readings.guides.unfinished_actions import keep_unfinished
from readings.models import Guide, GuideDraft, Reading
from tests.base import People
from tests.examples import examples
from tests.quizzes.base import ALL_TYPES, add_quiz
from tests.quizzes.test_no_key_before_the_answer import QUERY, addresses
from tests.quizzes.unfinished import CANARY

OF_THE_DRAFT = {"GuideDraft", "GuideDraftStep"}
READERS = ("bob", "carol", "grace", "mallory")
FIELDS = {
    "question": [name + "0" if name.endswith("_") else name for name in TYPED],
    "note": ["body", "quote"],
    "prompt": ["body"],
    "checkpoint": ["body"],
    "head": ["title"],
}


@st.composite
def sent_forms(draw: st.DrawFn) -> SentForm:
    """A form with the canary in some of its fields: of a new part, or of one that is there."""
    of = draw(st.sampled_from(sorted(FIELDS)))
    names = draw(st.sets(st.sampled_from(FIELDS[of]), min_size=1))
    item = 1 if of == "head" else draw(st.sampled_from([0, 1]))
    place = DraftPlace(of, draw(st.sampled_from([1, 2, 99])), item, 2 if of == "question" else 0)
    return SentForm(place, "0" * 8, fields={name: [f"A {CANARY}?"] for name in names})


def rows_with(words: str) -> set[str]:
    """Which tables hold these words."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return {
        model.__name__
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if isinstance(column, kinds)
        and model._base_manager.filter(**{f"{column.name}__icontains": words}).exists()
    }


def told(client: Client, urls: list[str]) -> list[str]:
    """The addresses that answer with the canary."""
    found = []
    for url in urls:
        answer = client.get(url + QUERY)
        body = b"".join(answer) if answer.streaming else answer.content
        if CANARY.encode() in body:
            found.append(url)
    return found


@pytest.mark.once
def test_what_is_not_ready_reaches_no_reader_and_no_file(people: People, reading: Reading) -> None:
    quiz: Quiz = add_quiz(people, reading, ALL_TYPES)
    urls = [url for _name, url in addresses(quiz)]
    files = ["/s/seminar/r/margins/guide/?file=1", "/s/seminar/r/margins/questions/markdown/"]

    @settings(max_examples=examples(6))
    @given(sent_forms(), st.booleans(), st.sampled_from(READERS))
    def holds(sent: SentForm, is_published: bool, reader: str) -> None:
        with transaction.atomic():
            draft = begin_draft(reading=reading, by=people.alice)
            keep_unfinished(reading=reading, by=people.alice, sent=sent)
            draft.refresh_from_db()
            if is_published:
                version = draft.edit_version
                apply_guide(reading=reading, text=draft.text, by=people.alice, draft=version)
                draft = GuideDraft.objects.get()
                assert draft.guide_version == Guide.objects.get().edit_version
            assert rows_with(CANARY) == {"GuideDraft"}
            assert told(people.client("alice"), files) == []
            assert told(people.client(reader), urls) == []
            transaction.set_rollback(True)

    holds()


def test_those_who_write_the_guide_are_told(people: People, reading: Reading) -> None:
    """Else nothing would be found in the test above."""
    quiz = add_quiz(people, reading, ALL_TYPES)
    begin_draft(reading=reading, by=people.alice)
    sent = SentForm(DraftPlace("question", 2), "0" * 8, fields={"words": [CANARY]})
    keep_unfinished(reading=reading, by=people.alice, sent=sent)
    urls = [url for name, url in addresses(quiz) if name == "guide_draft"]
    assert told(people.client("alice"), urls) == urls
