"""What waits for staff before others see it: why, and the case that it makes."""

import re
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from anchoring import fold
from discussions.common.events import record_comment
from discussions.models import Comment, CommentState, ReviewCause, ReviewItem, ReviewState, Thread
from seminars.audience import Audience
from seminars.events import EventKind
from seminars.models import Membership, PostsHeld

# What only staff or oneself can read waits for nobody.
SEEN_BY_PEERS = (Audience.GROUP, Audience.SEMINAR)
LETTER = re.compile(r"\w")
# Cases about what others have read.
SAID_IN_PUBLIC = (ReviewCause.REPORT, ReviewCause.APPEAL)
# They write without spaces: a phrase stands anywhere.
SPACELESS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Hold:
    """Why words wait; `detail` is the watched phrase that they have."""

    cause: ReviewCause
    detail: str = ""


def hold_for(
    *, by: Membership, audience: str, body: str, thread: Thread | None = None
) -> Hold | None:
    """Return why these words of a member wait for staff, or None where they are there at once.

    `thread` is where they are said; None where they begin one. One query at the most, where the
    first posts of new members wait.
    """
    if by.is_staff or audience not in SEEN_BY_PEERS:
        return None
    seminar = by.seminar
    if by.restricted_at is not None:
        return Hold(ReviewCause.RESTRICTION)
    if seminar.posts_held == PostsHeld.ALL or (thread is not None and thread.is_premoderated):
        return Hold(ReviewCause.PREMODERATION)
    if seminar.posts_held == PostsHeld.NEW and _is_new(by):
        return Hold(ReviewCause.NEW_MEMBER)
    phrase = watched_phrase_in(body, seminar.watched_phrases)
    return Hold(ReviewCause.WATCHED_PHRASE, phrase) if phrase else None


def _is_new(member: Membership) -> bool:
    said = Comment.objects.filter(
        author=member, state=CommentState.PUBLISHED, thread__audience__in=SEEN_BY_PEERS
    )
    needed = member.seminar.new_member_posts
    return len(said.order_by().values_list("pk")[:needed]) < needed


def watched_phrase_in(body: str, phrases: str) -> str:
    """Return the first of the seminar's phrases, one in a line, that stands in `body`, or "".

    Whole words, whatever their capitals, accents and invisible characters.
    """
    said = ""
    for line in phrases.splitlines():
        phrase = line.strip()
        wanted = fold(phrase, letters=True).text.strip()
        if not wanted:
            continue
        said = said or fold(body, letters=True).text
        if re.search(_bounded(wanted), said):
            return phrase
    return ""


def _bounded(wanted: str) -> str:
    before = r"(?<!\w)" if _is_bounded(wanted[0]) else ""
    after = r"(?!\w)" if _is_bounded(wanted[-1]) else ""
    return f"{before}{re.escape(wanted)}{after}"


def _is_bounded(sign: str) -> bool:
    return bool(LETTER.match(sign)) and not SPACELESS.match(sign)


def hold(comment: Comment, why: Hold, *, by: Membership) -> ReviewItem:
    """Lay words that wait before the moderators, inside the caller's transaction."""
    record_comment(EventKind.COMMENT_HELD, comment, by=by, for_staff=True)
    return open_case(comment, why.cause, why.detail)


def open_case(comment: Comment, cause: ReviewCause, detail: str = "") -> ReviewItem:
    """Return the undecided case of a comment, or a new one; one that is there keeps its cause."""
    return undecided_case(comment) or ReviewItem.objects.create(
        seminar_id=comment.seminar_id, comment=comment, cause=cause, detail=detail
    )


def undecided_case(comment: Comment) -> ReviewItem | None:
    """Return the case of a comment that waits for a decision, held still; or None."""
    items = comment.review_items.select_for_update(of=("self",))
    return items.open().first()


def close_without_words(comment: Comment) -> None:
    """Close the case of words that waited and were withdrawn: nobody saw what nobody reported."""
    item = undecided_case(comment)
    if item is None or item.cause in SAID_IN_PUBLIC or item.reports.exists():
        return
    close_case(item, ReviewState.WITHDRAWN)


def close_case(item: ReviewItem, state: ReviewState) -> None:
    """Write how an undecided case ended."""
    ReviewItem.objects.filter(pk=item.pk).update(
        state=state, version=F("version") + 1, closed_at=timezone.now()
    )
