"""Checkpoints as a layer of the reading page."""

from collections.abc import Mapping, Sequence
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

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
                    label=_("Checkpoint %(number)d · %(state)s")
                    % {"number": view.number, "state": view.state},
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
        """The checkpoints that are there now, and the sources of their questions."""
        quizzes = Quiz.objects.of(reading)
        page = reading.get_absolute_url()
        names: dict[int, tuple[str, str]] = {}
        hung: list[AttachedItem] = []
        for number, quiz in enumerate(quizzes, start=1):
            name = _("Checkpoint %(number)d") % {"number": number}
            names[quiz.pk] = name, f"{page}#quiz-{quiz.pk}"
            name, url = names[quiz.pk]
            hung.append(AttachedItem(quiz.item.passage_id, name, quiz.title, url))
        for question in Question.objects.of(quizzes, reading):
            if question.passage_id is not None:
                name, url = names[question.quiz_id]
                words = unescape(strip_tags(question.html))
                name = _("Question of %(checkpoint)s") % {"checkpoint": name}
                hung.append(AttachedItem(question.passage_id, name, words, url))
        return hung
