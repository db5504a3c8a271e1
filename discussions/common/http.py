"""Fetch-or-404 helpers for views of threads and comments."""

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from discussions.common.one_thread import visible_thread
from discussions.models import Comment, CommentQuerySet, Thread
from documents.whole_number import whole_number
from readings.models import Block, Reading
from readings.passages import is_block_key
from seminars.http import SeminarRequest
from seminars.models import Membership


def get_thread(request: SeminarRequest, reading: Reading, pk: int) -> Thread:
    """Return a thread of this reading that the member may see; 404 otherwise."""
    thread = visible_thread(request.membership, reading_id=reading.pk, pk=pk)
    if thread is None:
        raise Http404(_("This thread is not here, or not for you to see."))
    return _at_hand(thread, request, reading)


def get_comment(request: SeminarRequest, reading: Reading, pk: int) -> Comment:
    """Return a comment of a thread that the member may see, hidden or withdrawn ones too."""
    return _comment(Comment.objects.visible_to(request.membership), request, reading, pk)


def find_own_comment(request: SeminarRequest, reading: str, pk: int) -> Comment | None:
    """Return the member's own comment in the reading of this slug, also where neither is open to
    them any more; None where it is not theirs."""
    own = Comment.objects.written_by(request.membership).filter(thread__reading__slug=reading)
    found = own.for_page().select_related("thread__reading__essay").filter(pk=pk).first()
    if found is not None:
        _at_hand(found.thread, request, found.thread.reading)
        found.thread.reading.seminar = request.seminar
    return found


def is_in_reach(request: SeminarRequest, thread: Thread) -> bool:
    """Whether the member may see a thread now, or could if it had not been withdrawn."""
    return Thread.objects.reached_by(request.membership).filter(pk=thread.pk).exists()


def get_withdrawn(request: SeminarRequest, reading: Reading, pk: int) -> Comment:
    """Return the member's own withdrawn comment, even where its thread went with it."""
    return _comment(Comment.objects.withdrawn_by(request.membership), request, reading, pk)


def get_own_thread(request: SeminarRequest, reading: Reading, pk: int) -> Thread:
    """Return a thread that the member may see, or one of their own that was withdrawn."""
    # Asked in one query: between two it could be withdrawn, and be found by neither.
    own = Thread.objects.reached_by(request.membership).filter(
        reading=reading, author=request.membership, pk=pk
    )
    thread = own.for_page().first()
    return _at_hand(thread, request, reading) if thread else get_thread(request, reading, pk)


def find_block(reading: Reading, key: str, member: Membership) -> Block | None:
    """Return the block of this key; None where the text that the member is served has none, or for
    the whole reading."""
    if not key or not is_block_key(key):
        return None
    return Block.objects.served(reading, member).filter(key=key).first()


def get_block(reading: Reading, key: str, member: Membership) -> Block | None:
    """The same for who asks for a block by its key: 404 where the text has none."""
    block = find_block(reading, key, member)
    if key and block is None:
        raise Http404(_("That paragraph is not in the text."))
    return block


def number_in(request: SeminarRequest, name: str) -> int | None:
    """Return a number of the query string; None where there is none, 404 where it is nonsense."""
    value = request.GET.get(name)
    if not value:
        return None
    number = whole_number(value)
    if number is None:
        raise Http404(_("%(name)s is no number.") % {"name": name})
    return number


def notebook_place(request: SeminarRequest, anchor: str = "", **more: str) -> str:
    """Return where in one's notebook to go on, after a form that may stand in it.

    Such a form carries along what its page was asked for, as `mine`; and `all`, where that was
    the notebook of all one's seminars.
    """
    asked = QueryDict(request.POST.get("mine", ""), mutable=True)
    for name, value in more.items():
        asked[name] = value
    of_all = "all" in request.POST
    page = reverse("all_notebooks") if of_all else reverse("notebook", args=[request.seminar.slug])
    return f"{page}?{asked.urlencode()}{anchor and f'#{anchor}'}"


def _comment(
    comments: CommentQuerySet, request: SeminarRequest, reading: Reading, pk: int
) -> Comment:
    comment = get_object_or_404(comments.for_page(), thread__reading=reading, pk=pk)
    _at_hand(comment.thread, request, reading)
    return comment


def _at_hand(thread: Thread, request: SeminarRequest, reading: Reading) -> Thread:
    # Reading and seminar are known already: do not ask the database for them again.
    thread.reading, thread.seminar = reading, request.seminar
    return thread
