"""A guide with a gate between the second and the third paragraph, and things behind it."""

from tests.quizzes.base import CHECKPOINT, GUIDE

HEADING_BEHIND = "Where printers stop"
NOTE_BEHIND = "Behind: a note of the guide."


def gated_guide(gate: str) -> str:
    """The guide of tests/quizzes/base.py, whose checkpoint has this gate."""
    title = "Title: What the margin is for\n"
    assert title in CHECKPOINT
    text = GUIDE.replace(title, f"{title}Gate: {gate}\n")
    return f"""{text}
## Context ¶ 3 "Printers left it wide"

{NOTE_BEHIND}

## Checkpoint ¶ 3

Title: Later

### Whose pens filled it?

Answer: readers
"""
