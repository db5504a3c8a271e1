"""What somebody has published of their answers, and what they may publish."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from discussions.common.answered_questions import ThreadQuestion
from discussions.models import Thread
from documents.block_names import paragraph_label
from quizzes.models import Answer, PublishedAnswer, QuestionKind, Quiz
from quizzes.questions import plain
from readings.models import Placement, Reading
from seminars.models import Membership
from seminars.permissions import can_hand_in

Published = Mapping[int, PublishedAnswer]


@dataclass(frozen=True, slots=True)
class PublicationView:
    """One's own answer to an open question: the thread as which it stands, or the way to make it
    one; `place` is where, in words."""

    question: int
    place: str
    form_url: str = ""
    thread_url: str = ""
    waits_for_staff: bool = False
    is_fresh: bool = False  # has just been published: it gets the focus


def published_by(member: Membership, reading: Reading) -> Published:
    """Return what this member has published in a reading and not taken back, by question.

    One query; none where nobody in the seminar ever did.
    """
    if not member.pk or not reading.seminar.has_published_answers:
        return {}
    rows = PublishedAnswer.objects.by(member).filter(question__quiz__reading=reading)
    return {row.question_id: row for row in rows.placed(reading) if not row.is_taken_back}


def publication_view(
    answer: Answer, *, quiz: Quiz, reading: Reading, member: Membership, published: Published
) -> PublicationView | None:
    """Return what the author of an answer is shown of its publication; None where it can have
    none: it is no answer in their own words, or its place is gone, or nothing is taken any more."""
    row = published.get(answer.question_id)
    if row is not None:
        row.thread.reading = reading
        return PublicationView(
            question=answer.question_id,
            # A guide may have moved the checkpoint since; the talk stays where it began.
            place=place_words(row.at_number),
            thread_url=row.thread.permalink,
            waits_for_staff=row.waits_for_staff,
        )
    if not can_publish(answer, quiz=quiz, reading=reading, member=member):
        return None
    path = [reading.seminar.slug, reading.slug, quiz.pk, answer.question_id]
    url = reverse("answer_publication", args=path)
    place = place_words(quiz.after_number)
    return PublicationView(question=answer.question_id, place=place, form_url=url)


def can_publish(answer: Answer, *, quiz: Quiz, reading: Reading, member: Membership) -> bool:
    """Whether there are words, a place for them in the text, and time left. Who is muted for a
    time is told so where they try."""
    has_place = quiz.passage.placement != Placement.UNANCHORED
    return is_in_own_words(answer) and has_place and can_hand_in(member, reading)


def is_in_own_words(answer: Answer) -> bool:
    """Whether it is an open answer, and there are words of it."""
    return answer.question.kind == QuestionKind.OPEN and bool(answer.response)


def place_words(number: int | None) -> str:
    """Where an answer is published: “¶ 4”, or in words."""
    return paragraph_label(number) or _("its place in the text")


def question_answered_in(thread: Thread) -> ThreadQuestion | None:
    """Return the question to which a thread publishes an answer."""
    rows = PublishedAnswer.objects.filter(thread=thread).select_related("question__quiz")
    row = rows.first()
    if row is None:
        return None
    question = row.question
    page = thread.reading.get_absolute_url()
    url = f"{page}#quiz-{question.quiz_id}" if question.quiz.retired_at is None else ""
    return ThreadQuestion(plain(question.html), url)
