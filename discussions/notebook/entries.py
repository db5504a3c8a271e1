"""Entries of a notebook, loaded: the words, where they stand, what their viewer may do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from discussions.common.citations import words_in
from discussions.common.errors import why_it_stays_withdrawn
from discussions.common.markdown import first_words
from discussions.models import (
    TAKING,
    TOLD_TO_AUTHOR,
    Comment,
    CommentState,
    Decision,
    Thread,
    ThreadKind,
)
from discussions.notebook.index import EntryKind, EntryRow
from discussions.notebook.quoted_words import NO_WORDS, QuotedWords, quoted_words
from discussions.notebook.sources import NotebookSource
from discussions.threads import LinkedEnds, Shown, audience_label, linked_ends
from documents.visible import isolated
from readings.models import Reading, keep_extensions
from seminars import permissions
from seminars.audience import Audience
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class AnsweredWords:
    """What a reply answers to, as far as its reader may know it."""

    comment: Comment
    who: str
    first: str  # its first words


@dataclass(frozen=True, slots=True)
class NotebookEntry:
    """One entry for one viewer; `comment` is None of a highlight, and of a link without words.

    `note` is what staff told its author, where they have hidden it. Without a `why_out_of_reach`
    its thread can be opened.
    """

    row: EntryRow
    thread: Thread
    comment: Comment | None
    viewer: Membership
    quoted: QuotedWords
    answered: AnsweredWords | None
    why_out_of_reach: str
    note: str
    link: LinkedEnds | None = None  # where it is one, and its other end may be shown

    @property
    def anchor(self) -> str:
        return f"c{self.comment.pk}" if self.comment else f"t{self.thread.pk}"

    @property
    def html(self) -> SafeString:
        """What was written; also where it is withdrawn, for it is its author's."""
        return words_in(self.thread, self.comment.html) if self.comment else SafeString()

    @property
    def kind(self) -> str:
        """What it is, in words; a comment that staff ask for is a prompt."""
        is_prompt = self.thread.kind == ThreadKind.GUIDE and self.row.kind == EntryKind.COMMENT
        return str(ThreadKind.GUIDE.label if is_prompt else self.row.kind.label)

    @property
    def at(self) -> datetime:
        return self.comment.created_at if self.comment else self.thread.created_at

    @property
    def audience(self) -> str:
        """Who may read it, in words."""
        return audience_label(self.thread, self.viewer) or _("The whole seminar")

    @property
    def alias(self) -> str:
        """Under which name others see it, where it is not one's own."""
        return isolated((self.comment or self.thread).alias)

    @property
    def is_narrow(self) -> bool:
        """Whether others of the seminar cannot read it."""
        return self.thread.audience not in {Audience.GROUP, Audience.SEMINAR}

    @property
    def question_state(self) -> str:
        """Where a question that can be opened stands, in a word."""
        if self.row.kind != EntryKind.QUESTION or self.why_out_of_reach:
            return ""
        return str(self.thread.get_question_state_display())

    @property
    def permalink(self) -> str:
        """The reading page, at this entry."""
        return self.comment.get_absolute_url() if self.comment else self.thread.permalink

    @property
    def address(self) -> str:
        """Where it is read in its place; below the third level, that is its thread's page."""
        if self.comment is None:
            return self.permalink
        reading = self.thread.reading
        return reverse("comment_detail", args=[reading.seminar.slug, reading.slug, self.comment.pk])

    @property
    def place(self) -> str:
        """Where the words of the text stand; empty where nothing of them may be shown."""
        if self.why_out_of_reach or not self.quoted.anchor:
            return ""
        return f"{self.thread.reading.get_absolute_url()}#{self.quoted.anchor}"

    @property
    def passage(self) -> SafeString:
        """The words of the text, those that were marked as marked; one's own mark is another."""
        quoted = self.quoted
        own = " own" if self.thread.author_id == self.viewer.pk else ""
        mark = format_html('<mark class="mark{}">{}</mark>', own, quoted.words)
        return format_html(
            '<span class="rest">{}</span>{}<span class="rest">{}</span>',
            quoted.before,
            mark if quoted.words else "",
            quoted.after,
        )

    # --- What its author may do with it ----------------------------------------------------------
    @property
    def is_own(self) -> bool:
        written = self.comment or self.thread
        return written.author_id == self.viewer.pk

    @property
    def shown(self) -> Shown | None:
        """How the comment stands, where there is one."""
        one = self.comment
        if one is None:
            return None
        reason = isolated(one.staff_reason)
        return Shown(one.pk, one.version, one.depth, one.state, one.created_at, "-", reason=reason)

    @property
    def can_edit(self) -> bool:
        if self.comment is None or self.why_out_of_reach:
            return False
        return permissions.can_edit(self.viewer, self.comment)

    @property
    def can_add_note(self) -> bool:
        if self.comment is not None or self.why_out_of_reach:
            return False
        return permissions.can_reply(self.viewer, self.thread)

    @property
    def can_remove(self) -> bool:
        """Whether it is a highlight on which nobody has said anything."""
        own = permissions.can_remove_highlight(self.viewer, self.thread)
        return own and not self.why_out_of_reach

    @property
    def can_withdraw(self) -> bool:
        return self.comment is not None and permissions.can_withdraw(self.viewer, self.comment)

    @property
    def is_for_good(self) -> bool:
        comment = self.comment
        return comment is not None and permissions.withdraws_for_good(self.viewer, comment)

    @property
    def can_undo(self) -> bool:
        comment = self.comment
        return comment is not None and permissions.can_undo_withdrawal(self.viewer, comment)

    @property
    def why_not_undone(self) -> str:
        """Why it cannot be put back, where it was withdrawn."""
        if self.comment is None or not self.comment.is_withdrawn or self.can_undo:
            return ""
        return why_it_stays_withdrawn(self.comment, self.viewer)


def load_entries(
    rows: Sequence[EntryRow],
    source: NotebookSource,
    readings: Iterable[Reading],
    *,
    shortened: bool = True,
) -> list[NotebookEntry]:
    """Load these entries in their order, in a fixed number of queries, however many they are."""
    comments = Comment.objects.in_bulk([row.comment for row in rows if row.comment])
    threads = Thread.objects.select_related("group", "addressee__user").in_bulk(
        {row.thread for row in rows}
    )
    by_pk = {reading.pk: reading for reading in readings}
    keep_extensions(by_pk.values(), source.viewer_in)
    for thread in threads.values():
        thread.reading = by_pk[thread.reading_id]
        thread.seminar = thread.reading.seminar
    of_text = set(source.threads_with_words.filter(pk__in=threads).values_list("pk", flat=True))
    open_to = set(source.threads_in_reach.filter(pk__in=threads).values_list("pk", flat=True))
    of_text_threads = [threads[pk] for pk in of_text]
    links = linked_ends(of_text_threads)
    quoted = quoted_words(of_text_threads, source.viewer_in, shortened=shortened)
    answered = _answered(comments, threads, source)
    notes = _notes(comments.values()) if source.is_own else {}
    entries = []
    for row in rows:
        thread = threads[row.thread]
        viewer = source.viewer_in[thread.seminar_id]
        comment = comments.get(row.comment)
        if comment is not None:
            comment.thread, comment.author = thread, source.author or viewer
        why = "" if thread.pk in open_to else why_out_of_reach(thread, viewer)
        entries.append(
            NotebookEntry(
                row=row,
                thread=thread,
                comment=comment,
                viewer=viewer,
                quoted=quoted.get(thread.pk, NO_WORDS),
                answered=answered.get(row.comment),
                why_out_of_reach=why,
                note=notes.get(row.comment, ""),
                link=links.get(row.thread),
            )
        )
    return entries


def _answered(
    comments: Mapping[int, Comment], threads: Mapping[int, Thread], source: NotebookSource
) -> dict[int, AnsweredWords]:
    """Return, per reply, what it answers to: the comment above it, or the thread's first.

    As far as the viewer may see it: published, and in reach now. Two queries.
    """
    replies = [one for one in comments.values() if not one.is_opening]
    openings = Comment.objects.filter(thread__in={one.thread_id for one in replies}, seq=1)
    first = dict(openings.values_list("thread", "pk"))
    above = {one.pk: one.parent_id or first.get(one.thread_id, 0) for one in replies}
    seen = source.comments_in_reach.filter(
        pk__in=set(above.values()), state=CommentState.PUBLISHED
    ).select_related("author__user")
    found = {one.pk: one for one in seen}
    answered = {}
    for pk, other in above.items():
        if other in found:
            comment = found[other]
            comment.thread = threads[comment.thread_id]
            label = comment.author_for(source.viewer_in[comment.seminar_id])
            answered[pk] = AnsweredWords(
                comment, isolated(label.name), isolated(first_words(comment.html))
            )
    return answered


def _notes(comments: Iterable[Comment]) -> dict[int, str]:
    """Return what staff told the author of these comments about those that they have hidden."""
    taken = [one.pk for one in comments if one.state in TOLD_TO_AUTHOR]
    decisions = Decision.objects.filter(comment__in=taken, action__in=TAKING).order_by("pk")
    return dict(decisions.values_list("comment_id", "note_to_member"))


def why_out_of_reach(thread: Thread, member: Membership) -> str:
    """Say why a thread with one's own words cannot be opened any more."""
    reading = thread.reading
    if reading.removed_at is not None:
        return _("The reading was taken away. An instructor can put it back.")
    if not permissions.can_open_reading(member, reading):
        if reading.opens_at is not None and reading.opens_at > timezone.now():
            return _("The reading is closed until it opens.")
        if reading.group_ids:
            return _("The reading is for other groups now.")
        return _("The reading is not open to guests.")
    if thread.withdrawn_at is not None:
        return _("Its thread is gone.")
    if member.gate_in(reading.pk) is not None:
        return _("It stands behind a checkpoint that you have not handed in.")
    if thread.is_link:
        return _("One of the two texts that it joins is closed to you now.")
    return _(
        "It stands in a conversation that you cannot read any more:"
        " your group or your role has changed."
    )
