"""The reading of tests/permissions/talk.py that ends at a gate, and the words behind that."""

from typing import TYPE_CHECKING

from discussions.models import Thread
from quizzes.attempts.gates import let_through, take_back_passing
from readings.guides.actions import apply_guide
from readings.models import Block, Note
from tests.base import PARAGRAPHS, sign_in
from tests.discussions.base import first_of
from tests.permissions.words import spelled

if TYPE_CHECKING:
    from tests.permissions.talk import Talk

# Words that stand behind the gate: in the text, and in a note of it, the guide and its questions.
_TEXT, _FURTHER, _HEADING, _ENDNOTE, _GUIDE_NOTE, _QUESTION, _CHOICE, _PROMPT, _TITLE = (
    spelled(number) for number in range(20_000, 20_009)
)
BEHIND_WORDS = frozenset(
    (_TEXT, _FURTHER, _HEADING, _ENDNOTE, _GUIDE_NOTE, _QUESTION, _CHOICE, _PROMPT, _TITLE)
)
# Which of them a page of the text does not have: on paper there are no questions.
OF_QUESTIONS = {"reading_detail": set[str](), "reading_print": {_QUESTION, _CHOICE, _TITLE}}
BEHIND_TEXT = [
    PARAGRAPHS[0],
    f"{PARAGRAPHS[1]} A remark on {_TEXT}.",
    f"{PARAGRAPHS[2]} A remark on {_FURTHER}.",
]
GATED_GUIDE = f"""\
---
guide: 1
title: Guide
---

## Checkpoint ¶ 1

Gate: hard

### Where do readers stop?

Answer: anywhere

## Note ¶ 2

A remark of the guide, {_GUIDE_NOTE}.

## Prompt ¶ 3

A remark that asks, {_PROMPT}.

## Checkpoint ¶ 3

Title: A remark titled {_TITLE}

### A remark with {_QUESTION}?

- (x) {_CHOICE}
- ( ) Nothing.
"""


def put_gate(talk: "Talk") -> None:
    """Let the text of “gated” end, with a heading and a note behind the gate; Dan is through, and
    Erin was until it was taken back."""
    reading = talk.readings["gated"]
    last = reading.revision.blocks.get(key="p3")
    last.note_refs = [{"number": "2", "offset": 3}]
    last.save(update_fields=["note_refs"])
    words = f"A remark, {_HEADING}."
    Block.objects.create(
        revision=reading.revision,
        position=9,
        key="h9",
        kind="heading",
        level=2,
        text=words,
        html=words,
    )
    words = f"A remark, {_ENDNOTE}."
    Note.objects.create(revision=reading.revision, position=1, number="2", text=words, html=words)
    apply_guide(reading=reading, text=GATED_GUIDE, by=talk.people.alice)
    gate, by = reading.gates.get(), talk.people.alice
    let_through(gate=gate, member=talk.people.dan, by=by)
    let_through(gate=gate, member=talk.members["erin"], by=by)
    page = sign_in(talk.members["erin"].user).get(reading.get_absolute_url()).content.decode()
    assert _TEXT in page
    take_back_passing(gate=gate, member=talk.members["erin"], by=by)
    # The prompt is a thread of Alice's, to all.
    prompt = Thread.objects.get(reading=reading, kind="guide")
    talk.add(first_of(prompt), "gated", "seminar", "alice")
    talk.behind = BEHIND_WORDS - {_PROMPT}
