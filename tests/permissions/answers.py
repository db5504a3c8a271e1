"""The published answers of the world of the leak tests."""

from typing import TYPE_CHECKING

from discussions.comments import reply
from tests.discussions.base import first_of
from tests.quizzes.published import add_open_checkpoint, hand_in, publish

if TYPE_CHECKING:
    from tests.permissions.talk import Talk

TWO_QUESTIONS = """\
---
guide: 1
title: Guide
---

## Checkpoint ¶ 2

### What is said to all?

Open:

### And to one's group?

Open:
"""


def publish_answers(talk: "Talk") -> None:
    """Let Carol and Dan publish what they answered, to all and to their group, and Alice reply."""
    quiz = add_open_checkpoint(talk.people, talk.readings["answered"], TWO_QUESTIONS)
    for key in ("carol", "dan"):
        handed_in = hand_in(quiz, talk.members[key], "What was handed in.").attempt
        answers = handed_in.answers.order_by("pk")
        for answer, audience in zip(answers, ("seminar", "group"), strict=True):
            thread = publish(answer, f"A remark {talk.next_word()}.", audience=audience)
            talk.add(first_of(thread), "answered", audience, key)
            alice = talk.people.alice
            left = reply(thread=thread, parent=None, body=f"And {talk.next_word()}.", by=alice)
            talk.add(left, "answered", audience, "alice")
