"""Prompts: the threads that a guide's items begin."""

from collections import defaultdict
from collections.abc import Sequence, Set

from django.db.models import Exists, OuterRef
from django.utils import timezone

from discussions.comments.actions import rewrite
from discussions.common.citations import paragraphs_for
from discussions.common.errors import NothingToPost
from discussions.common.markdown import render
from discussions.models import Comment, CommentState, Thread, ThreadKind, ThreadQuerySet
from discussions.threads import mention_in_opening, open_thread
from readings.guides import (
    FIRST_WORDS,
    Consequence,
    GuideRefused,
    ParsedItem,
    PlacedItem,
    Problem,
    Source,
    asked_of,
    check_asked_of,
)
from readings.models import GuideItem, Reading, ReadingGroup
from readings.page import hold_pages
from seminars.audience import Audience
from seminars.models import Group, Membership


def read_prompt(item: ParsedItem) -> Sequence[Source]:
    """Say that a prompt asks nothing, before anything of its guide is written."""
    words = check_asked_of(item)
    try:
        render(words, is_wrapped=True)
    except NothingToPost as error:
        raise GuideRefused([Problem(item.body_line, str(error))]) from None
    return ()


class PromptHandler:
    """What hangs on a prompt of a guide: the thread that its words begin, or one in each group."""

    guide_kinds = frozenset({"prompt"})

    def apply_items(
        self, placed: Sequence[PlacedItem], *, reading: Reading, by: Membership
    ) -> Sequence[Consequence]:
        """Begin a thread where there is none; elsewhere put words and place right.

        What the prompt said before stays to be read, as with every comment. One whose
        words their author has taken back begins anew.
        """
        _ask([one.item for one in placed], reading, by)
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
        _withdraw_unanswered(threads)
        return set(threads.values_list("guide_item__pk", flat=True))


def ask_each_group(by: Membership, going: Group | None = None) -> None:
    """Ask the groups that there are now, and those that readings are for, each its prompts.

    What was asked of the group that is `going`, and not answered, goes with it.
    """
    held = Reading.objects.filter(seminar=by.seminar_id).order_by("pk")
    readings = {one.pk: one for one in held.select_for_update(of=("self",), no_key=True)}
    hold_pages(readings)
    asked = GuideItem.objects.filter(
        seminar=by.seminar_id,
        kind="prompt",
        removed_at=None,
        body__istartswith=FIRST_WORDS,
    ).select_related("guide", "passage")
    of_reading: defaultdict[int, list[GuideItem]] = defaultdict(list)
    for item in asked:
        of_reading[item.guide.reading_id].append(item)
    for pk, items in of_reading.items():
        _ask(items, readings[pk], by, going)
    if going is not None:
        Thread.objects.filter(group=going, kind=ThreadKind.GUIDE, last_seq=1).delete()


def _ask(
    items: Sequence[GuideItem], reading: Reading, by: Membership, going: Group | None = None
) -> None:
    """Bring the threads of these prompts to what their guide says, and to whom it asks now."""
    begun: defaultdict[int | None, list[Thread]] = defaultdict(list)
    for thread in Thread.objects.filter(guide_item__in=items).order_by("pk"):
        begun[thread.guide_item_id].append(thread)
    openings = {
        comment.thread_id: comment
        for comment in Comment.objects.filter(thread__guide_item__in=items, seq=1)
    }
    groups = _groups_of(reading, going)
    for item in items:
        threads, asked = begun[item.pk], asked_of(item.body)
        _move(threads, item)
        last = {thread.group_id: thread for thread in threads}
        targets = groups if asked.each_group and groups else [None]
        for target in targets:
            there = last.pop(target) if target in last else None
            if there is None or not _goes_on(there, openings[there.pk], asked.words, by):
                _begin(item, asked.words, target, reading, by)
        # Those of whom it is not asked any more keep what they have answered.
        _withdraw_unanswered(Thread.objects.filter(pk__in=[one.pk for one in last.values()]))


def _groups_of(reading: Reading, going: Group | None) -> Sequence[int | None]:
    """The groups that the reading is for: those that it names, or all of the seminar."""
    all_groups = Group.objects.filter(seminar=reading.seminar_id).order_by("pk")
    named = ReadingGroup.objects.filter(reading=reading).values_list("group_id", flat=True)
    wanted = set(named) or {group.pk for group in all_groups}
    return [group.pk for group in all_groups if group.pk in wanted and group != going]


def _withdraw_unanswered(threads: ThreadQuerySet) -> None:
    answers = Comment.objects.filter(thread=OuterRef("pk"), seq__gt=1)
    answered = Exists(answers.exclude(state=CommentState.WITHDRAWN))
    threads.filter(withdrawn_at=None).exclude(answered).update(withdrawn_at=timezone.now())


def _move(threads: Sequence[Thread], item: GuideItem) -> None:
    moved = [thread.pk for thread in threads if thread.passage_id != item.passage_id]
    if moved:
        Thread.objects.filter(pk__in=moved).update(passage_id=item.passage_id)


def _goes_on(thread: Thread, opening: Comment, body: str, by: Membership) -> bool:
    """Bring a prompt's thread to what the guide says now; False where it cannot say it any more."""
    if opening.is_withdrawn and (thread.withdrawn_at or opening.body != body):
        return False
    if thread.withdrawn_at:
        Thread.objects.filter(pk=thread.pk).update(withdrawn_at=None)
    if opening.body != body:
        rewrite(comment=opening, body=body, by=by)
    return True


def _begin(item: GuideItem, body: str, group: int | None, reading: Reading, by: Membership) -> None:
    thread = open_thread(
        reading=reading,
        passage=item.passage,
        guide_item=item,
        audience=Audience.SEMINAR if group is None else Audience.GROUP,
        group_id=group,
        kind=ThreadKind.GUIDE,
        body=body,
        html=render(body, is_wrapped=True, paragraphs=paragraphs_for(body, reading=reading.pk)),
        by=by,
    )
    # A guide is written for more than one class: whom this one does not have stays a word.
    mention_in_opening(thread=thread, body=body, by=by, warned=None)
