"""Answers to an open question, handed in and published."""

from typing import Any

from discussions.models import Thread
from quizzes.attempts import submit_attempt
from quizzes.models import Answer, Quiz
from quizzes.publishing import publish_answer
from readings.guides.actions import apply_guide
from readings.models import Reading
from seminars.models import Membership
from tests.base import People

ASKED = "What would you write in the margin?"
# Two questions of one checkpoint, and another checkpoint behind it.
OPEN_GUIDE = f"""\
---
guide: 1
title: Guide to margins
essay: On margins
---

## Checkpoint ¶ 2

Title: Margins

### {ASKED}

Open:

### And who would read it?

Open:

## Checkpoint ¶ 3

Title: Later

### What else?

Open:
"""
WRITTEN = "What I handed in."
PUBLISHED = "Zanzibar of a classmate."


def add_open_checkpoint(people: People, reading: Reading, text: str = OPEN_GUIDE) -> Quiz:
    """Put the guide on the text; return its first checkpoint."""
    apply_guide(reading=reading, text=text, by=people.alice)
    quiz = Quiz.objects.of(reading).first()
    assert quiz
    return quiz


def hand_in(quiz: Quiz, by: Membership, words: str = WRITTEN) -> Answer:
    """Hand in these words to each of its questions; return the answer to the first."""
    questions = list(quiz.questions.filter(retired_at=None).order_by("position"))
    attempt = submit_attempt(quiz=quiz, responses={one.pk: [words] for one in questions}, by=by)
    return attempt.answers.get(question=questions[0])


def publish(answer: Answer, body: str = PUBLISHED, **options: Any) -> Thread:
    """Publish an answer, as its author does who has just opened the page."""
    reading = Reading.objects.select_related("seminar").get(pk=answer.attempt.quiz.reading_id)
    quiz = Quiz.objects.of(reading).get(pk=answer.attempt.quiz_id)
    quiz.reading = reading
    options.setdefault("audience", "seminar")
    members = Membership.objects.select_related("seminar", "group", "user")
    by = members.get(pk=answer.attempt.membership_id)
    by.seminar = reading.seminar
    return publish_answer(answer=answer, quiz=quiz, body=body, by=by, **options)
