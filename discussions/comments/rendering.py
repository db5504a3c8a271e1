"""Comments rendered anew, where the same words would come out as other HTML by now."""

from collections.abc import Iterator

from discussions.common.citations import paragraphs_for
from discussions.models import Comment, CommentRevision
from rendering.markdown import RENDERER_VERSION, as_html, mentioned_in

BATCH = 500  # rows read at once


def is_wrapped(comment: Comment) -> bool:
    """Whether a new line is none: these words come out of a guide's file.

    They are those with which its thread was begun: of a link without words, what comes first is
    said by somebody.
    """
    thread = comment.thread
    is_of_guide = thread.guide_item_id is not None and comment.seq == 1
    return is_of_guide and comment.created_at == thread.created_at


def _html(comment: Comment, body: str, before: str) -> str:
    """Render words anew; whom they mention was found when they were written."""
    paragraphs = paragraphs_for(body, reading=comment.thread.reading_id)
    names = mentioned_in(before)
    return as_html(body, is_wrapped=is_wrapped(comment), names=names, paragraphs=paragraphs)


def render_anew() -> Iterator[int]:
    """Render what an earlier version rendered, with what it said before; yield each one's pk.

    No words change, so neither do versions: who is editing goes on. What they save meanwhile
    stands. Each row is written for itself, and the rest by the next run.
    """
    old = Comment.objects.filter(renderer_version__lt=RENDERER_VERSION).select_related("thread")
    for comment in old.order_by("pk").iterator(chunk_size=BATCH):
        for earlier in CommentRevision.objects.filter(comment=comment):
            html = _html(comment, earlier.body, earlier.html)
            CommentRevision.objects.filter(pk=earlier.pk).update(html=html)
        html = _html(comment, comment.body, comment.html)
        as_read = Comment.objects.filter(pk=comment.pk, version=comment.version)
        as_read.update(html=html, renderer_version=RENDERER_VERSION)
        yield comment.pk
