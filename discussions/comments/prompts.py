"""Prompts: the threads that a guide's items begin."""

from collections import defaultdict
from collections.abc import Sequence, Set

from django.db.models import Exists, OuterRef
from django.utils import timezone

from discussions.comments.actions import rewrite
from discussions.common.citations import paragraphs_for
from discussions.common.errors import NothingToPost
from discussions.common.markdown import render
from discussions.models import Comment, CommentState, Thread, ThreadKind
from discussions.threads import open_thread
from readings.guides import Consequence, GuideRefused, ParsedItem, PlacedItem, Problem, Source
from readings.models import GuideItem, Reading
from seminars.audience import Audience
from seminars.models import Membership


def read_prompt(item: ParsedItem) -> Sequence[Source]:
    """Say that a prompt asks nothing, before anything of its guide is written."""
    try:
        render(item.body.strip(), is_wrapped=True)
    except NothingToPost as error:
        raise GuideRefused([Problem(item.body_line, str(error))]) from None
    return ()


class PromptHandler:
    """What hangs on a prompt of a guide: the thread that its words begin."""

    guide_kinds = frozenset({"prompt"})

    def apply_items(
        self, placed: Sequence[PlacedItem], *, reading: Reading, by: Membership
    ) -> Sequence[Consequence]:
        """Begin a thread where there is none; elsewhere put words and place right.

        What the prompt said before stays to be read, as with every comment. One whose
        words their author has taken back begins anew.
        """
        items = [one.item for one in placed]
        begun: defaultdict[int | None, list[Thread]] = defaultdict(list)
        for thread in Thread.objects.filter(guide_item__in=items).order_by("pk"):
            begun[thread.guide_item_id].append(thread)
        openings = {
            comment.thread_id: comment
            for comment in Comment.objects.filter(thread__guide_item__in=items, seq=1)
        }
        for item in items:
            threads = begun[item.pk]
            _move(threads, item)
            last = threads[-1] if threads else None
            if last is None or not _goes_on(last, openings[last.pk], item, by):
                _begin(item, reading, by)
        return ()

    def remove_items(
        self,
        removed: Sequence[GuideItem],
        *,
        reading: Reading,  # noqa: ARG002
        by: Membership,  # noqa: ARG002
    ) -> Set[int]:
        """Withdraw the prompts that nobody has answered."""
        threads = Thread.objects.filter(guide_item__in=removed)
        answers = Comment.objects.filter(thread=OuterRef("pk"), seq__gt=1)
        answered = Exists(answers.exclude(state=CommentState.WITHDRAWN))
        threads.filter(withdrawn_at=None).exclude(answered).update(withdrawn_at=timezone.now())
        return set(threads.values_list("guide_item__pk", flat=True))


def _move(threads: Sequence[Thread], item: GuideItem) -> None:
    moved = [thread.pk for thread in threads if thread.passage_id != item.passage_id]
    if moved:
        Thread.objects.filter(pk__in=moved).update(passage_id=item.passage_id)


def _goes_on(thread: Thread, opening: Comment, item: GuideItem, by: Membership) -> bool:
    """Bring a prompt's thread to what the guide says now; False where it cannot say it any more."""
    body = item.body.strip()
    if opening.is_withdrawn and (thread.withdrawn_at or opening.body != body):
        return False
    if thread.withdrawn_at:
        Thread.objects.filter(pk=thread.pk).update(withdrawn_at=None)
    if opening.body != body:
        rewrite(comment=opening, body=body, by=by)
    return True


def _begin(item: GuideItem, reading: Reading, by: Membership) -> None:
    body = item.body.strip()
    open_thread(
        reading=reading,
        passage=item.passage,
        guide_item=item,
        audience=Audience.SEMINAR,
        kind=ThreadKind.GUIDE,
        body=body,
        html=render(body, is_wrapped=True, paragraphs=paragraphs_for(body, reading=reading.pk)),
        by=by,
    )
