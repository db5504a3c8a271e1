"""Checkpoints as a layer of the reading page."""

from collections import defaultdict
from dataclasses import replace

from django.utils.translation import gettext as _

from quizzes.attempts.queries import checkpoints_of, has_own
from quizzes.attempts.shown import CheckpointView
from quizzes.models import KeyPassage, Question, Quiz
from quizzes.questions import plain
from readings.models import Reading
from readings.page import AttachedItem, Card, Layer
from rendering.slots import CLIENT_KEY
from seminars.models import Membership


class QuizLayer(Layer):
    """What the page shows of checkpoints."""

    def after_blocks(self, *, reading: Reading, membership: Membership) -> list[Card]:
        """The questions of each checkpoint, as who has not answered them sees them."""
        return [
            card_of(one.form()) for one in checkpoints_of(reading=reading, membership=membership)
        ]

    def own_cards(self, *, reading: Reading, membership: Membership) -> list[Card]:
        """What came of those that this member has answered, or the answers given so far; and those
        that ask in an order of theirs, or what was drawn for them."""
        if not has_own(reading, membership):
            return []
        checkpoints = checkpoints_of(reading=reading, membership=membership)
        return [
            card_of(one.view())
            for one in checkpoints
            if one.attempt or one.kept or one.is_of_ones_own
        ]

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
        keys: defaultdict[int, list[int]] = defaultdict(list)
        asked = quizzes.order_by().values("pk")
        for key in KeyPassage.objects.filter(question__quiz__in=asked) if hung else ():
            keys[key.question_id].append(key.passage_id)
        for question in Question.objects.of(quizzes, reading):
            name, url = names[question.quiz_id]
            name = _("Question of %(checkpoint)s") % {"checkpoint": name}
            places = [*filter(None, [question.passage_id]), *keys[question.pk]]
            hung += [AttachedItem(place, name, plain(question.html), url) for place in places]
        return hung


def card_of(view: CheckpointView) -> Card:
    """Return it as a card, with a slot for the key of a try."""
    return Card(
        block_key=view.block_key,
        template="quizzes/_checkpoint.html",
        context={"checkpoint": replace(view, client_key=CLIENT_KEY)},
        order=(0, 0, view.number),
        label=_("Checkpoint %(number)d · %(state)s") % {"number": view.number, "state": view.state},
        id=f"quiz-{view.pk}",
    )
