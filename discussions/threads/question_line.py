"""Where a question stands, as one member sees it: a line above the talk, with what they may say."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace

from discussions.models import Comment, Outcome, QuestionState, Resolution, Thread, member_label
from documents.visible import isolated
from rendering.kept_html import html, kept_html, name_slot, number_slot, word_slot, words
from rendering.slots import Values
from seminars import permissions
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """`said_by` is who resolved it, or said that it is open still; "" where nobody has, or the
    viewer has themself. `undo` is the viewer's own last word, which they may take back."""

    state: str
    outcome: str
    said_by: str
    is_asker: bool
    can_say: bool
    undo: int | None


def build_question_line(
    thread: Thread, viewer: Membership, shown: Iterable[Comment]
) -> QuestionLine | None:
    """Return the line of a question, in one query; None for other threads.

    Of `shown`, the comments that the viewer reads, it depends whether they are told that it is
    answered, as long as others' words are withheld from them.
    """
    if not thread.is_question:
        return None
    words_said = Resolution.objects.standing().filter(thread=thread)
    last: Resolution | None = words_said.select_related("created_by__user").last()
    # A word that it is open still has been answered since.
    counts = last is not None and (last.outcome == Outcome.RESOLVED or thread.is_open_question)
    by = last.created_by if last is not None and counts else None
    is_own = by is not None and by.pk == viewer.pk
    can_say = permissions.can_resolve(viewer, thread)
    return QuestionLine(
        state=_state_for(thread, viewer, shown),
        outcome=last.outcome if last is not None and counts else "",
        said_by=_name_of(by, thread, viewer) if by is not None and not is_own else "",
        is_asker=thread.author_id == viewer.pk,
        can_say=can_say,
        undo=last.pk if last is not None and is_own and can_say else None,
    )


def _state_for(thread: Thread, viewer: Membership, shown: Iterable[Comment]) -> str:
    if thread.question_state != QuestionState.ANSWERED:
        return thread.question_state
    if not viewer.is_told_less_of(*thread.reading_ids):
        return thread.question_state
    is_told = any(one.is_published and one.author_id != thread.author_id for one in shown)
    return QuestionState.ANSWERED if is_told else QuestionState.OPEN


def _name_of(member: Membership, thread: Thread, viewer: Membership) -> str:
    """Whoever asked anonymously says anonymously, too, that it is answered."""
    is_asker = member.pk == thread.author_id
    label = thread.author_for(viewer) if is_asker else member_label(member, viewer)
    return isolated(label.name)


def question_html(question: QuestionLine, values: Values, *, focused: bool = False) -> bytes:
    """Return the line as HTML; `values` are those of its conversation."""
    shape = (
        *(question.state, question.outcome, bool(question.said_by), question.is_asker),
        *(question.can_say, question.undo is not None, focused),
    )
    kept = kept_html(
        "discussions/_question_state.html",
        shape,
        lambda: {
            "seminar": SimpleNamespace(slug=name_slot("seminar")),
            "reading": SimpleNamespace(slug=name_slot("reading")),
            "thread": SimpleNamespace(pk=number_slot("thread")),
            "csrf_token": word_slot("csrf"),
            "focused": focused,
            "question": SimpleNamespace(
                state=question.state,
                outcome=question.outcome,
                said_by=word_slot("said-by") if question.said_by else "",
                is_asker=question.is_asker,
                can_say=question.can_say,
                undo=number_slot("undo") if question.undo is not None else None,
            ),
        },
    )
    said = {"said-by": words(question.said_by), "undo": html(str(question.undo))}
    return kept.fill({**values, **said})
