"""The news: of all my seminars, or of one; put aside, and new again."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from discussions.notifications.feed import build_news, count_new, find_item, news_readers
from discussions.notifications.items import NewsKey
from discussions.notifications.mail_choices import ALL, mail_beside
from discussions.notifications.reads import is_marked, mark_seen, undo_seen
from discussions.notifications.receipts import note_followed
from discussions.notifications.thread_news import NewsPart, NewsReader, muted_thread
from discussions.threads import MarkingForm
from documents.whole_number import whole_number
from seminars.access import seminar_view, signed_in
from seminars.http import Request, SeminarRequest
from seminars.read_only import though_read_only


@signed_in
@require_safe
def all_news(request: Request) -> HttpResponse:
    """What one is told, over all one's seminars."""
    readers = news_readers(request.user.pk)
    context = news_context(request, readers)
    context["reads_url"] = reverse("all_news_reads")
    context["mail"] = mail_beside(request.user, readers, ALL)
    return render(request, "discussions/all_news.html", context)


@seminar_view()
@require_safe
def news(request: SeminarRequest) -> HttpResponse:
    """What one is told in one seminar."""
    readers = readers_here(request)
    context = news_context(request, readers)
    context["reads_url"] = reverse("news_reads", args=[request.seminar.slug])
    if not request.seminar.is_read_only:  # of which no mail is sent
        context["mail"] = mail_beside(request.user, readers, f"seminar:{request.seminar.pk}")
    return render(request, "discussions/news.html", context)


@signed_in
@require_POST
def all_news_reads(request: Request) -> HttpResponse:
    """Put all news aside, or take that back."""
    return marking_response(request, news_readers(request.user.pk), reverse("all_news"))


@seminar_view()
@require_POST
@though_read_only
def news_reads(request: SeminarRequest) -> HttpResponse:
    """Put the news of one seminar aside, or take that back."""
    page = reverse("news", args=[request.seminar.slug])
    return marking_response(request, readers_here(request), page)


@signed_in
@require_POST
def news_receipts(request: Request) -> HttpResponse:
    """Follow a row of one's news (`row`): it is seen, and the answer leads to what it tells of."""
    key = NewsKey.parsed(request.POST.get("row", ""))
    item = find_item(news_readers(request.user.pk), key) if key else None
    if key is None or item is None:
        messages.info(request, _("What you were told of is not there any more."))
        return redirect("all_news")
    note_followed(item=item, shown_at=key.at)
    return redirect(item.url)


def readers_here(request: SeminarRequest) -> list[NewsReader]:
    """Who asks, in this seminar alone."""
    readers = news_readers(request.user.pk, archived_too=True)
    return [one for one in readers if one.member.pk == request.membership.pk]


def news_context(request: Request, readers: Sequence[NewsReader]) -> dict[str, Any]:
    """What _news.html shows."""
    asked = request.GET.get("show", "")
    part = NewsPart(asked) if asked in NewsPart.values else NewsPart.ALL
    page = build_news(readers, part=part, before=NewsKey.parsed(request.GET.get("before", "")))
    context = {
        "page": page,
        "parts": [(one.value, one.label, one == part) for one in NewsPart],
        "shows_seminars": len(readers) > 1,
        "has_new": bool(readers and count_new(readers)),
    }
    context["muted"] = muted_thread(readers, whole_number(request.GET.get("muted", "")))
    context["was"] = request.GET.get("was", "")
    marking = _marking(request.GET.get("marked", ""))
    if marking and is_marked(readers, marking):
        context["marking"] = marking
    return context


def _marking(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def marking_response(request: Request, readers: Sequence[NewsReader], page: str) -> HttpResponse:
    """Do what the form asks, and lead back to the page."""
    form = MarkingForm(request.POST)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=422, content_type="text/plain")
    if undo := form.cleaned_data["undo"]:
        undo_seen(readers=readers, marking=undo)
        return redirect(page)
    marking = form.cleaned_data["client_key"]
    mark_seen(readers=readers, marking=marking)
    return redirect(f"{page}?marked={marking}")
