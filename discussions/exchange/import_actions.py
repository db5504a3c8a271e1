"""Taking annotations in: looking at a file, and making threads and replies of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from discussions.comments import reply
from discussions.common.aliases import is_anonymous, new_alias
from discussions.common.citations import paragraphs_for
from discussions.common.locking import hold_readings
from discussions.common.markdown import render
from discussions.exchange.incoming import Incoming
from discussions.exchange.link_ends import Absolute, link_joiner
from discussions.exchange.placing import Placed, Plan, Planned, Text, make_plan
from discussions.models import Comment, Thread, ThreadKind
from discussions.threads import (
    ChosenAudience,
    FarEnd,
    chosen_audience,
    open_thread,
)
from readings.models import Block, Passage, Placement, Reading
from readings.page import refuse_if_silent
from readings.passages import create_passage
from seminars import permissions
from seminars.models import Membership


class TextMoved(ValueError):
    """The reading has another revision than the one in which the places were found."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an import."""

    threads: int
    replies: int
    known: int


def plan_import(
    *,
    reading: Reading,
    annotations: Sequence[Incoming],
    own: frozenset[str],
    absolute: Absolute,
    by: Membership,
) -> Plan:
    """Say what taking these annotations in would do; `own` are IRIs that are this reading's own.

    `absolute` makes an address of this site whole, as request.build_absolute_uri does.
    What the same member took in before is not taken in again, even where they withdrew it.
    """
    if not permissions.can_post(by):
        raise PermissionDenied(_("Guests read; they do not write."))
    refuse_if_silent(reading, by)
    text = Text(list(Block.objects.served(reading, by)))
    joiner = link_joiner(annotations, reading=reading, text=text, by=by, absolute=absolute)
    begun_there = _begun_there(annotations, joiner.others, by) if joiner else ()
    return make_plan(
        annotations,
        text=text,
        revision=reading.revision_id,
        known=frozenset([*_origins(reading, by), *begun_there]),
        own=own,
        join=joiner.join if joiner else None,
    )


def _origins(reading: Reading, by: Membership) -> Iterable[str]:
    """What this member took in here; a link is at both of its ends."""
    here = Q(reading=reading) | Q(far_reading=reading)
    threads = Thread.objects.filter(here, author=by).exclude(origin="")
    yield from threads.values_list("origin", flat=True)
    here = Q(thread__reading=reading) | Q(thread__far_reading=reading)
    comments = Comment.objects.filter(here, author=by).exclude(origin="")
    yield from comments.values_list("origin", flat=True)


def _begun_there(
    annotations: Iterable[Incoming], readings: Iterable[int], by: Membership
) -> Iterable[str]:
    """The links that came in with another reading's file, as threads of that one alone."""
    links = [one.origin for one in annotations if one.link]
    threads = Thread.objects.filter(reading__in=readings, author=by, origin__in=links)
    return threads.values_list("origin", flat=True)


def take_in(*, reading: Reading, plan: Plan, audience: str, by: Membership) -> Taken:
    """Write the threads and replies of a plan, all or none; raise PermissionDenied, TextMoved.

    Everything is `by`'s own, and says in its words who wrote it. The Markdown is rendered
    before the transaction begins.
    """
    chosen = chosen_audience(audience, by)
    if not permissions.can_import_to_audience(by, chosen.audience, group_id=chosen.group_id):
        raise PermissionDenied(_("You may take annotations in for yourself alone."))
    refuse_if_silent(reading, by)
    new = [one for one in plan.threads if not one.is_known]
    html = {
        one.incoming.origin: render(
            one.body, paragraphs=paragraphs_for(one.body, reading=reading.pk)
        )
        for one in new
    }
    others = {one.link.other for one in new if one.link}
    with transaction.atomic():
        _hold({reading: plan.revision} | {one: one.revision_id for one in others})
        if others:
            by.seminar.begin_links()
        again = {*_origins(reading, by)}
        new = [one for one in new if one.incoming.origin not in again]
        for one in new:
            _thread(one, html[one.incoming.origin], reading=reading, chosen=chosen, by=by)
        replies = _replies(plan, again, reading=reading, by=by)
    return Taken(len(new), replies, len(plan.threads) + len(plan.replies) - len(new) - replies)


def _hold(revisions: Mapping[Reading, int]) -> None:
    """Hold these readings; raise TextMoved where one has left its revision."""
    held = hold_readings(revisions)
    if any(held[one.pk].revision_id != revision for one, revision in revisions.items()):
        raise TextMoved(_("The text was revised meanwhile. Look at the places once more."))


def _thread(
    one: Planned, html: str, *, reading: Reading, chosen: ChosenAudience, by: Membership
) -> None:
    ends = [(reading, one.placed)]
    link = one.link
    if link:
        ends.insert(0 if link.begins_there else 1, (link.other, link.placed))
    passages = [_passage(*end) for end in ends]
    kind = ThreadKind.QUESTION if one.incoming.is_question else ThreadKind.COMMENT
    thread = open_thread(
        reading=ends[0][0],
        passage=passages[0],
        audience=chosen.audience,
        group_id=chosen.group_id,
        alias=new_alias() if any(is_anonymous(r, by, wanted=False) for r, __ in ends) else "",
        kind=ThreadKind.LINK if link else kind,
        body=one.body,
        html=html,
        by=by,
        far=FarEnd(ends[1][0], ends[1][1].segments, link.kind) if link else None,
        far_passage=passages[1] if link else None,
    )
    thread.origin = one.incoming.origin
    thread.save(update_fields=["origin"])


def _passage(reading: Reading, placed: Placed) -> Passage | None:
    if not placed.segments:
        return None
    passage = create_passage(reading=reading, segments=placed.segments)
    if placed.standing == Placement.CHANGED:
        # As a change of the text does it, so that the page shows both.
        changed = Passage.objects.filter(pk=passage.pk)
        changed.update(placement=Placement.CHANGED, earlier_quote=placed.quote)
    return passage


def _replies(plan: Plan, again: set[str], *, reading: Reading, by: Membership) -> int:
    """Write the replies that are new under what they answer; return how many."""
    written = 0
    for one in plan.replies:
        if one.is_known or one.incoming.origin in again:
            continue
        thread, parent = _answered(one.answers, reading=reading, by=by)
        if thread is None:
            continue
        comment = reply(thread=thread, parent=parent, body=one.body, by=by)
        comment.origin = one.incoming.origin
        comment.save(update_fields=["origin"])
        written += 1
    return written


def _answered(
    origin: str, *, reading: Reading, by: Membership
) -> tuple[Thread | None, Comment | None]:
    """Return the thread to reply in and the comment to reply to: what has this origin."""
    here = Q(reading=reading) | Q(far_reading=reading)
    thread = Thread.objects.visible_to(by).filter(here, author=by, origin=origin).first()
    if thread is not None:
        return thread, thread.comments.filter(seq=1).first()
    here = Q(thread__reading=reading) | Q(thread__far_reading=reading)
    comments = Comment.objects.visible_to(by).filter(here, author=by, origin=origin)
    comment = comments.select_related("thread").first()
    return (comment.thread, comment) if comment else (None, None)
