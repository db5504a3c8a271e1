"""Threads: all of a reading, a new one, one of them, its lock, taking a highlight off."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from anchoring import split_sentences
from discussions.common.errors import why_it_stays_withdrawn
from discussions.common.http import (
    find_block,
    get_block,
    get_comment,
    get_own_thread,
    get_thread,
    get_withdrawn,
    number_in,
)
from discussions.common.waiting import waiting_html
from discussions.models import Comment, Thread
from discussions.threads.actions import start_thread
from discussions.threads.audiences import anonymity_in
from discussions.threads.conversation_html import reply_form
from discussions.threads.forms import ThreadForm
from discussions.threads.highlights import removed_notice
from discussions.threads.layer import composer
from discussions.threads.read_views import find_marking
from discussions.threads.responses import (
    ThreadAnswer,
    part_shown,
    place_of,
    talk_opened,
    tell,
)
from discussions.threads.starting import started_from
from discussions.threads.thread_list_filters import ThreadFilters
from discussions.threads.thread_lists import ThreadList, build_thread_list
from discussions.threads.thread_outline import ThreadPart
from readings.models import Block, Passage, Reading
from readings.page import (
    Standing,
    begin_visit,
    blocks_now,
    cards_now,
    get_reading_or_general,
    know_bell,
    reading_or_general_view,
    reading_slots,
    reading_values,
    refuse_if_silent,
    silence_sentence,
)
from readings.passages import is_block_key
from rendering.kept_html import html, word_slot, words
from seminars import permissions
from seminars.access import seminar_view
from seminars.audience import Audience, audience_name
from seminars.http import SeminarRequest
from seminars.kept_page import kept_page
from seminars.models import Membership
from seminars.muting import refuse_if_muted

# Blocks whose threads a page asks for at once: more than come into sight together.
MAX_BLOCKS = 40


@reading_or_general_view
@require_http_methods(["GET", "HEAD", "POST"])
def thread_list(request: SeminarRequest, standing: Standing) -> HttpResponse:
    """All threads in the order of the text; tells where a comment is; POST starts a thread."""
    found = standing.reading
    if request.method == "POST":
        refuse_if_muted(request.membership)
        if not permissions.can_post(request.membership):
            raise PermissionDenied(_("Guests read; they do not write."))
        return thread_from_form(request, found)
    asked = number_in(request, "comment")
    if asked is not None:
        comment = get_comment(request, found, asked)
        where = {"thread": comment.thread_id, "place": place_of(comment)}
        known = {"withdrawn": comment.is_withdrawn, "archived": comment.thread.is_archived}
        return JsonResponse(where | known)
    keys = [key for key in request.GET.getlist("block") if is_block_key(key)][:MAX_BLOCKS]
    if keys and request.htmx:
        return threads_shown(request, found, keys, with_words="words" in request.GET)
    listed = build_thread_list(standing, ThreadFilters.of(request.GET), keys)
    know_bell(request, standing)
    if found.is_general:
        # It has no other page on which a visit could begin.
        begin_visit(found, by=request.membership, visit=standing.visit)
    return thread_list_page(request, found, listed, gone=way_back(request, found))


@seminar_view(permissions.can_post)
@require_GET
def thread_new(request: SeminarRequest, reading: str) -> HttpResponse:
    """Pick words without selecting them, and write about them."""
    found = get_reading_or_general(request, reading)
    refuse_if_silent(found, request.membership)
    key = request.GET.get("block", "")
    initial = {"block": key}
    if to := number_in(request, "to"):
        initial["audience"] = audience_name(Audience.MEMBER, to)
    form = ThreadForm(member=request.membership, initial=initial, auto_id="new-%s")
    block = get_block(found, key, request.membership)
    context = picker_context(request, found, block, form)
    if request.htmx:
        return render(request, "discussions/_picker.html", context)
    return render(request, "discussions/thread_new.html", context)


@seminar_view()
@require_GET
def thread_detail(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """One thread: a page, what a card opens to, or the form for a reply to one comment."""
    found = get_reading_or_general(request, reading)
    thread = get_thread(request, found, pk)
    answered = number_in(request, "reply")
    if answered and request.htmx and permissions.can_reply(request.membership, thread):
        return form_below(request, thread, get_comment(request, found, answered))
    asked = number_in(request, "comment") or answered
    answer = ThreadAnswer(request, thread, part=part_asked(request), comment=asked)
    shown = part_shown(request)
    if "more" in request.GET and request.htmx and shown:
        return answer.more(shown)
    answer.note_opened()
    gone = number_in(request, "withdrawn")
    withdrawn = get_withdrawn(request, found, gone) if gone else None
    arrived = bool(request.htmx) and not request.GET.keys().isdisjoint({"after", "from", "whole"})
    conversation = answer.conversation(
        answered=answered,
        withdrawn=withdrawn,
        arrived=arrived,
        focused=asked if "focus" in request.GET else None,
    )
    return HttpResponse(conversation) if request.htmx else answer.page(conversation)


def form_below(request: SeminarRequest, thread: Thread, comment: Comment) -> HttpResponse:
    """Return the form for a reply to one comment, to stand below it."""
    context = {"reading": thread.reading, "thread": thread, "parent": comment.pk}
    context["form"] = reply_form(thread, parent=comment.pk, inline=True, focus=True)
    context["anonymity"] = anonymity_in(thread.readings, request.membership)
    context["waiting"] = waiting_html(request.membership, thread)
    return render(request, "discussions/_reply_form.html", context)


def part_asked(request: SeminarRequest) -> ThreadPart:
    """Return which part of a thread is asked for, by the address alone or with what is shown."""
    shown = part_shown(request) if "more" in request.GET else None
    start, after = number_in(request, "from") or 0, number_in(request, "after") or 0
    if shown:
        return replace(shown, after=after, until=0)
    return ThreadPart(start, after)


def way_back(request: SeminarRequest, reading: Reading) -> str:
    """The notice for who has just withdrawn a thread's last words or taken a highlight off, with
    the way back; "" for others."""
    gone, off = number_in(request, "withdrawn"), number_in(request, "removed")
    if gone:
        withdrawn = get_withdrawn(request, reading, gone)
        stays = why_it_stays_withdrawn(withdrawn, request.membership)
        context = {"reading": reading, "withdrawn": withdrawn, "stays": stays}
        return render_to_string("discussions/_withdrawn.html", context, request)
    return removed_notice(request, get_own_thread(request, reading, off)) if off else ""


def thread_list_page(
    request: SeminarRequest, reading: Reading, listed: ThreadList, *, gone: str
) -> HttpResponse:
    """Answer with the list, below the notice `gone`, and the way back for who has marked all read;
    to a page's script, with the list alone."""
    filters = listed.filters
    may_write = permissions.can_write(request.membership, reading)
    if request.htmx:
        context = {"reading": reading, "filters": filters, "may_write": may_write}
        none = "discussions/_no_threads.html"
        return HttpResponse(listed.html() or render_to_string(none, context, request))
    may_close = reading.is_general and permissions.can_close_general_discussion(request.membership)
    closed = closed_words(reading, request.membership) if reading.is_general else ""
    withheld = reading.pk in request.membership.withheld_ids
    marking = find_marking(request)
    reads = {"reading": reading, "client_key": uuid4(), **marking}
    can_mark = bool(marking) or listed.has_new
    return kept_page(
        request,
        "discussions/thread_list.html",
        shape=(
            *(filters.show, filters.is_narrowed, bool(listed.offered.people)),
            listed.offered.has_links,
            *(bool(listed.sections), bool(gone), may_write, can_mark, withheld),
            *(reading.is_general, bool(closed), may_close),
        ),
        context=lambda: {
            "may_write": may_write,
            "may_close": may_close,
            "closed": word_slot("closed") if closed else "",
            "reading": reading_slots(is_general=reading.is_general),
            "filters": filters,
            "shown": filters.shown(
                is_general=reading.is_general, has_links=listed.offered.has_links
            ),
            "rest": word_slot("rest"),
            "narrowing": word_slot("narrowing") if listed.offered.people else "",
            "sections": word_slot("sections") if listed.sections else "",
            "withdrawn": word_slot("withdrawn") if gone else "",
            "marking": word_slot("marking") if can_mark else "",
            "withheld": word_slot("withheld") if withheld else "",
        },
        values={
            **reading_values(reading),
            "rest": filters.rest,
            "narrowing": lambda: filters.form(listed.offered, is_general=reading.is_general),
            "closed": words(closed),
            "sections": listed.html,
            "withdrawn": html(gone),
            "marking": lambda: render_to_string("discussions/_marking.html", reads, request),
            "withheld": lambda: render_to_string("readings/_withheld.html", {"reading": reading}),
        },
    )


def closed_words(reading: Reading, member: Membership) -> str:
    """What the general discussion's page says where it was closed; "" where it is open."""
    if reading.closes_at is None:
        return ""
    return silence_sentence(reading, member) or _(
        "It is closed: participants read it and can write nothing. Staff can."
    )


# --- Starting one ----------------------------------------------------------------------------
def picker_context(
    request: SeminarRequest, reading: Reading, block: Block | None, form: ThreadForm
) -> dict[str, Any]:
    """Everything that _picker.html shows: the block's sentences and the form."""
    found = split_sentences(block.text) if block else []
    return {
        "reading": reading,
        "about": block,
        "sentences": found if len(found) > 1 else [],
        "form": form,
        "on_page": not request.htmx or "page" in request.POST,
    } | composer(reading, request.membership, names_members=True)


def thread_from_form(request: SeminarRequest, reading: Reading) -> HttpResponse:
    """Start the thread that was sent, and answer with it; or with what is wrong."""
    waited = reading.pk in request.membership.withheld_ids
    form = ThreadForm(request.POST, member=request.membership)
    thread = post_thread(form, reading=reading, by=request.membership)
    if thread is None:
        return thread_refused(request, reading, form)
    if waited and reading.pk not in request.membership.withheld_ids:
        return talk_opened(request, thread.permalink)
    return thread_posted(request, reading, thread)


def thread_posted(request: SeminarRequest, reading: Reading, thread: Thread) -> HttpResponse:
    """Answer a new thread: the blocks where it shows; without htmx, the reading page at it."""
    said = _("Highlighted") if thread.is_highlight else _("Comment posted")
    if thread.is_held:
        said = _("Your comment waits for staff. Until they publish it, only you and they read it.")
    place = thread.permalink
    if thread.is_held and (not request.htmx or "page" in request.POST):
        messages.success(request, said)
    if not request.htmx:
        return redirect(place)
    if "page" in request.POST:
        return HttpResponse(status=200, headers={"HX-Redirect": place})
    if reading.is_general:  # its list, which fetches itself anew
        context = {"said": said, "thread": thread}
        started = render(request, "discussions/_thread_started.html", context)
        return tell(started, said, **{"thread-posted": {"thread": thread.pk}})
    if request.POST.get("seen", "") not in {"", str(reading.revision_id)}:
        # The rest of the page shows the text as it was: put all of it right.
        revised = _("%(said)s. The text was revised meanwhile: this is how it reads now.")
        messages.info(request, revised % {"said": said})
        return HttpResponse(status=200, headers={"HX-Refresh": "true"})
    response = blocks_changed(request, reading, thread.passages())
    return tell(response, said, **{"thread-posted": {"thread": thread.pk}})


def thread_refused(request: SeminarRequest, reading: Reading, form: ThreadForm) -> HttpResponse:
    """Answer a thread that could not be started, with the words kept."""
    if request.htmx and "picker" not in request.POST:
        context = {"reading": reading, "form": form, **composer(reading, request.membership)}
        return render(request, "discussions/_thread_form.html", context, status=422)
    block = find_block(reading, request.POST.get("block", ""), request.membership)
    context = picker_context(request, reading, block, form)
    on_page = not request.htmx
    template = "discussions/thread_new.html" if on_page else "discussions/_picker.html"
    return render(request, template, context, status=422)


def blocks_changed(
    request: SeminarRequest, reading: Reading, passages: Iterable[Passage]
) -> HttpResponse:
    """Answer with the blocks of these passages as they show now; the page's end without any."""
    keys = {passage.block_key for passage in passages} or {""}
    changed = blocks_now(reading=reading, membership=request.membership, keys=keys)
    return render(request, "discussions/_blocks_changed.html", {"changed": _safe(changed)})


def threads_shown(
    request: SeminarRequest, reading: Reading, keys: Collection[str], *, with_words: bool = False
) -> HttpResponse:
    """Answer with all the cards of these blocks, for a page that shows the first of each; with
    their marked words, for one on which new threads have come."""
    cards = cards_now(
        reading=reading, membership=request.membership, keys=keys, with_words=with_words
    )
    return render(request, "discussions/_threads_shown.html", {"blocks": _safe(cards)})


def _safe(pieces: Iterable[tuple[str, str]]) -> list[tuple[str, SafeString]]:
    return [
        (name, mark_safe(html))  # noqa: S308 - sanitised, or escaped where it was written
        for name, html in pieces
    ]


def post_thread(form: ThreadForm, *, reading: Reading, by: Membership) -> Thread | None:
    """Start the thread that the form describes; None where its errors say why not."""

    def start(values: dict[str, Any]) -> Thread:
        return start_thread(
            reading=reading,
            segments=values["segments"],
            audience=values["audience"],
            anonymous=values["anonymous"],
            kind=values["kind"],
            body=values["body"],
            by=by,
            seen=values["seen"],
            client_key=values["client_key"],
            warned=values["warned"],
        )

    return started_from(form, start, by=by)
