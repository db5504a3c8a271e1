"""The case that is open: why it is there, the words in their place, what may be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from anchoring import WordChange, word_diff
from discussions.common.markdown import shorten
from discussions.models import Action, Comment, Decision, Reason, ReviewItem
from discussions.moderation.case_choices import CaseChoice, case_choices
from discussions.moderation.case_history import HistoryStep, comment_history
from discussions.moderation.deciders import colleagues_for, hidden_by_reports, waits_for_nobody
from discussions.moderation.member_record import MemberRecord, member_record
from discussions.moderation.review_forms import AnswerForm, HandOverForm, ReviewForm
from discussions.moderation.waiting_list import author_name, claimant
from discussions.threads import LinkedEnds, Shown, linked_ends, show_comment, show_reported
from documents.visible import isolated
from readings.models import Block, Passage, Reading
from seminars import permissions
from seminars.models import Membership, Role

CONTEXT = 240  # characters on either side of the words: four lines, on a phone six
AROUND = 4  # other comments of the thread: its opening, what is answered, and two answers


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph of the essay, cut into what stands before, in and after the passage."""

    name: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report. `is_older` where the words changed after it."""

    reporter: str
    reason: str
    detail: str
    is_older: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """The words among those around them: what comes before, what answers them, how many between."""

    before: Sequence[Shown]
    answers: Sequence[Shown]
    between: int


@dataclass(frozen=True, slots=True)
class Returned:
    """The return after which the words were revised, and what changed in them since."""

    decision: Decision
    by: str
    words: Sequence[WordChange]


@dataclass(frozen=True, slots=True)
class WayOn:
    """Another page on which something may be done about a case."""

    name: str
    address: str


@dataclass(slots=True)
class Case:
    """A review item as a moderator sees it who has it open."""

    item: ReviewItem
    who: str
    comment: Shown
    reported: Shown | None  # what it said when it was reported, where it does not say so now
    author: int  # the membership's key; 0 where who it is would have to be looked up
    group: str
    talk: Talk
    places: list[MarkedParagraph]
    link: LinkedEnds | None
    far_places: list[MarkedParagraph]  # of a link: at its other end
    reports: list[ReportLine]
    returned: Returned | None
    by_reports: bool  # reports alone have hidden it
    history: list[HistoryStep]
    record: MemberRecord | None
    choices: list[CaseChoice]
    needs_host: bool  # none of the seminar may decide
    claimed_by: str
    form: ReviewForm
    hand_over: HandOverForm | None
    answer: AnswerForm | None
    more: list[WayOn]
    decided: HistoryStep | None = None  # how it ended, where it did


def build_case(item: ReviewItem, member: Membership) -> Case:
    """Put an open case together; its number of queries depends on the staff alone, and on whether
    it is in a link."""
    comment = item.comment
    by_reports = hidden_by_reports(comment)
    colleague = claimant(item, member)
    is_own = comment.author_id == member.pk
    needs_host = comment.author.is_instructor and item.is_undecided and waits_for_nobody(item)
    history = comment_history(comment, member)
    thread = comment.thread
    link = linked_ends([thread]).get(thread.pk)
    return Case(
        item=item,
        who=author_name(comment, member),
        comment=show_comment(comment, member),
        reported=_reported(item, member),
        author=0 if comment.alias else comment.author_id,
        group=_group_of(comment),
        talk=_talk(comment, member),
        places=_places(thread.passage_id, thread.reading),
        link=link,
        far_places=_places(thread.far_passage_id, link.far.reading) if link else [],
        reports=_reports(item, member),
        returned=_returned(comment, member),
        by_reports=by_reports,
        history=history,
        record=None if is_own else member_record(comment, member),
        choices=case_choices(item, member, by_reports=by_reports),
        needs_host=needs_host,
        claimed_by=isolated(colleague.name) if colleague else "",
        form=ReviewForm(
            auto_id=f"review-{item.pk}-%s",
            seminar=member.seminar,
            initial={"version": comment.version, "review_version": item.version},
        ),
        hand_over=_hand_over(item, member),
        answer=_answer(item)
        if needs_host and permissions.can_answer_case(member, comment)
        else None,
        more=_more(item, member),
        decided=None if item.is_undecided else _ending(item, history),
    )


def _more(item: ReviewItem, member: Membership) -> list[WayOn]:
    """What may be done besides, about the thread and about who wrote; each leads back here."""
    comment = item.comment
    thread, author = comment.thread, comment.author
    slug = member.seminar.slug
    back = urlencode({"back": f"{reverse('review_queue', args=[slug])}?case={item.pk}"})
    found = []
    if not thread.withdrawn_at and permissions.can_lock(member, thread):
        name = _("Lock, slow down or archive the thread")
        place = reverse("thread_moderation", args=[slug, thread.reading.slug, thread.pk])
        found.append(WayOn(name, f"{place}?{back}"))
    # A page about an anonymous author would tell who they are.
    if not comment.alias and permissions.can_mute(member, author):
        name = _("Mute %(name)s, or look at their posts first") % {
            "name": author_name(comment, member)
        }
        found.append(WayOn(name, f"{reverse('member_moderation', args=[slug, author.pk])}?{back}"))
    return found


def _ending(item: ReviewItem, history: Sequence[HistoryStep]) -> HistoryStep:
    """How a case ended: the last that happened, or that its author withdrew what waited."""
    return history[-1] if history else HistoryStep(item.opened_at, str(item.get_state_display()))


def _hand_over(item: ReviewItem, member: Membership) -> HandOverForm | None:
    if not item.is_undecided or not permissions.can_hand_over(member, item.comment):
        return None
    colleagues = colleagues_for(item.comment, member)
    if not colleagues:
        return None
    return HandOverForm(
        auto_id=f"hand-over-{item.pk}-%s",
        colleagues=colleagues,
        initial={"review_version": item.version},
    )


def _answer(item: ReviewItem) -> AnswerForm:
    initial = {"review_version": item.version}
    return AnswerForm(auto_id=f"answer-{item.pk}-%s", initial=initial)


def _group_of(comment: Comment) -> str:
    """Where its author took part as they wrote it; of an anonymous one that would tell who."""
    if comment.alias:
        return ""
    if comment.author_group:
        return isolated(comment.author_group.name)
    is_participant = comment.author_role == Role.PARTICIPANT
    return "" if is_participant else str(comment.get_author_role_display())


def _talk(comment: Comment, member: Membership) -> Talk:
    """Return the opening of the thread, what is answered, and the first answers; two queries."""
    thread = comment.thread
    spoken = thread.comments.spoken_to(member)
    near = Q(seq=1) | Q(pk=comment.parent_id or 0) | Q(parent=comment.pk)
    found = list(spoken.filter(near).exclude(pk=comment.pk).for_thread_page()[:AROUND])
    for one in found:
        one.thread = thread
    before = [one for one in found if one.parent_id != comment.pk]
    last = before[-1].seq if before else None
    between = 0
    if before and comment.seq is not None:
        # Between the opening and the words, what is not shown here.
        inside = spoken.filter(seq__gt=1, seq__lt=comment.seq).count()
        between = inside - sum(one.seq is not None and one.seq > 1 for one in before)
    elif before and last is not None:
        between = spoken.filter(seq__gt=last).count()
    return Talk(
        before=[show_comment(one, member) for one in before],
        answers=[show_comment(one, member) for one in found if one.parent_id == comment.pk],
        between=max(between, 0),
    )


def _reports(item: ReviewItem, member: Membership) -> list[ReportLine]:
    return [
        ReportLine(
            isolated(report.reporter_for(member).name),
            str(Reason(report.reason).label),
            isolated(report.detail),
            is_older=_words_at(item.comment, report.created_at) != item.comment.html,
        )
        for report in item.reports.all()
    ]


def _reported(item: ReviewItem, member: Membership) -> Shown | None:
    """Return the comment as it was reported first, where it says something else now, or nothing."""
    first = next(iter(item.reports.all()), None)
    html = _words_at(item.comment, first.created_at) if first else item.comment.html
    if html == item.comment.html and not item.comment.is_withdrawn:
        return None
    return show_reported(item.comment, member, html)


def _words_at(comment: Comment, at: datetime) -> str:
    """Return what the comment said at a moment: each revision has what stood until it was made."""
    later = [one for one in comment.revisions.all() if one.created_at > at]
    return min(later, key=lambda one: one.created_at).html if later else comment.html


def _returned(comment: Comment, member: Membership) -> Returned | None:
    """Return the last return of words that wait again, with what their author changed since."""
    if not comment.is_pending:
        return None
    rows = comment.decisions.filter(action=Action.RETURN).select_related("actor__user")
    decision = rows.order_by("-pk").first()
    if decision is None:
        return None
    later = [one for one in comment.revisions.all() if one.created_at > decision.created_at]
    said = min(later, key=lambda one: one.created_at).body if later else comment.body
    by = isolated(decision.actor_for(member).name)
    return Returned(decision, by, word_diff(said, comment.body))


def _places(first: int | None, reading: Reading) -> list[MarkedParagraph]:
    """Return the paragraphs that a passage is in, by its first row; two queries."""
    if first is None:
        return []
    rows = list(Passage.objects.filter(Q(pk=first) | Q(continues=first)).order_by("pk"))
    revision = reading.revision_id
    found = Block.objects.filter(revision=revision, key__in={row.block_key for row in rows})
    blocks = {block.key: block for block in found}
    return [_place(row, blocks.get(row.block_key)) for row in rows]


def _place(row: Passage, block: Block | None) -> MarkedParagraph:
    if block is None:
        return MarkedParagraph(_("A paragraph that is gone"), row.prefix, row.quote, row.suffix)
    if row.start is None or row.end is None:
        return MarkedParagraph(str(block), block.text, "", "")
    before, after = block.text[: row.start], block.text[row.end :]
    words = block.text[row.start : row.end]
    return MarkedParagraph(str(block), _last_words(before), words, shorten(after, CONTEXT))


def _last_words(text: str) -> str:
    """Return the end of what stands before the words, so that these are in sight at once."""
    if len(text) <= CONTEXT:
        return text
    return f"…{text[-CONTEXT:].partition(' ')[2]}"
