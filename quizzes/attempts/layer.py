"""Checkpoints as a layer of the reading page."""

from collections.abc import Mapping, Sequence
from html import unescape

from django.utils.html import strip_tags

from quizzes.attempts.checkpoints import checkpoints_of
from quizzes.models import Question, Quiz
from readings.models import Passage, Reading
from readings.page import AttachedItem, Card, Content
from seminars.models import Membership


class QuizLayer:
    """What the page shows of checkpoints."""

    def content(
        self,
        *,
        reading: Reading,
        membership: Membership,
        segments: Mapping[int, Sequence[Passage]],  # noqa: ARG002 - a quiz stands after its block
    ) -> Content:
        content = Content()
        for checkpoint in checkpoints_of(reading=reading, membership=membership):
            view = checkpoint.view()
            content.after.append(
                Card(
                    block_key=view.block_key,
                    template="quizzes/_checkpoint.html",
                    context={"checkpoint": view},
                    order=(0, 0, view.number),
                    label=f"Checkpoint {view.number} · {view.state}",
                    id=f"quiz-{view.pk}",
                )
            )
        return content

    def attached_items(
        self,
        *,
        reading: Reading,
        membership: Membership,  # noqa: ARG002 - the same for everyone
    ) -> list[AttachedItem]:
        """The checkpoints that lie there now, and the sources of their questions."""
        laid = Quiz.objects.of(reading)
        page = reading.get_absolute_url()
        names: dict[int, tuple[str, str]] = {}
        hung: list[AttachedItem] = []
        for number, quiz in enumerate(laid, start=1):
            names[quiz.pk] = f"Checkpoint {number}", f"{page}#quiz-{quiz.pk}"
            name, url = names[quiz.pk]
            hung.append(AttachedItem(quiz.passage_id, name, quiz.title, url))
        for question in Question.objects.of(laid, reading):
            if question.passage_id is not None:
                name, url = names[question.quiz_id]
                words = unescape(strip_tags(question.html))
                hung.append(AttachedItem(question.passage_id, f"Question of {name}", words, url))
        return hung
