"""What was said in a thread since its card was opened, for a page that puts it among the rest."""

from django.http import HttpResponse

from discussions.models import Comment, Thread
from discussions.threads.conversation import build_conversation
from discussions.threads.conversation_html import ConversationWriter
from discussions.threads.reads import note_opened
from discussions.threads.thread_outline import ON_PAGE, Outline, OutlineRow, ThreadPart
from discussions.threads.unread_counts import read_state
from seminars import permissions
from seminars.http import SeminarRequest
from seminars.models import Membership


class Arrivals:
    """The comments above a number that this member sees; as many as a page has at the most."""

    def __init__(self, request: SeminarRequest, thread: Thread, *, after: int) -> None:
        self._request, self._thread = request, thread
        comments = Comment.objects.visible_to(request.membership).filter(
            thread=thread, seq__gt=after
        )
        self._comments = list(comments.for_thread_page()[: ON_PAGE.whole])
        self._last = max([after, *(one.seq or 0 for one in self._comments)])

    def note_opened(self) -> None:
        """Keep that they were shown, where any of them was new."""
        member = self._request.membership
        if read_state(thread=self._thread, membership=member).first_new:
            note_opened(thread=self._thread, by=member, seq=self._last)

    def response(self) -> HttpResponse:
        """Return each comment under the key of the one that it answers."""
        viewer = self._request.membership
        for one in self._comments:
            one.thread = self._thread
        rows = [_row(one, viewer) for one in self._comments]
        page = Outline(rows, viewer.pk).page(ThreadPart(), ON_PAGE)
        talk = build_conversation(
            thread=self._thread, page=page, comments=self._comments, viewer=viewer
        )
        parents = {one.pk: one.parent_id for one in self._comments}
        pieces = ConversationWriter(self._request, talk).each_comment()
        html = b"".join(
            b'<div data-under="%s">%s</div>' % (str(parents[pk] or "").encode(), piece)
            for pk, piece in pieces
        )
        return HttpResponse(b'<div data-last="%d">%s</div>' % (self._last, html))


def _row(comment: Comment, viewer: Membership) -> OutlineRow:
    """Each for itself: it is put below what it answers, if the page shows that."""
    is_new = comment.is_published and comment.author_id != viewer.pk
    is_new = is_new and not permissions.has_muted(viewer, comment)
    return OutlineRow(comment.pk, None, comment.seq or 0, comment.author_id, comment.state, is_new)
