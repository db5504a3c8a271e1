"""An open question over the small essay, and answers to it."""

from quizzes.attempts import submit_attempt
from quizzes.models import Answer, Quiz
from seminars.models import Membership

PAGE = "/s/seminar/r/margins/"
LIST = "/s/seminar/marking/"
ASKED = """\
---
guide: 1
title: Guide to margins
essay: On margins
---

## Checkpoint ¶ 3

### What would you write in it?

Open: up to 60 words
Points: 4
"""
CANARY = "Remark-of-the-marker"


def hand_in(quiz: Quiz, by: Membership, words: str = "A doubt.") -> Answer:
    question = quiz.questions.get()
    attempt = submit_attempt(quiz=quiz, responses={question.pk: [words]}, by=by)
    return Answer.objects.select_related("attempt__membership", "question__quiz").get(
        attempt=attempt
    )


def address(answer: Answer) -> str:
    return f"{LIST}{answer.question_id}/answers/{answer.pk}/"
