"""The vocabulary of tags, in a seminar's settings."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.idempotency import answered_once
from database.versions import Stale
from discussions.models import Tag
from discussions.thread_marks import actions
from discussions.thread_marks.forms import TagForm, TagNameForm
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest


@answered_once
@seminar_view(permissions.can_edit_seminar)
@require_http_methods(["GET", "HEAD", "POST"])
def tag_list(request: SeminarRequest) -> HttpResponse:
    """The tags of the seminar; POST adds one."""
    form = TagForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            tag = actions.create_tag(**form.cleaned_data, by=request.membership)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The tag %s is there.") % tag)
            return redirect("tag_list", request.seminar.slug)
    tags = Tag.objects.of(request.seminar).with_use()
    context = {"form": form, "tags": tags}
    status = 422 if form.errors else 200
    return render(request, "discussions/tag_list.html", context, status=status)


@seminar_view(permissions.can_edit_seminar)
@require_http_methods(["GET", "HEAD", "POST"])
def tag_detail(request: SeminarRequest, pk: int) -> HttpResponse:
    """Rename a tag."""
    tag = get_tag(request, pk)
    form = TagNameForm(request.POST if request.method == "POST" else None, row=tag)
    if form.is_valid():
        try:
            actions.rename_tag(tag=tag, **form.cleaned_data, by=request.membership)
        except ValidationError as error:
            form.add_error(None, error)
        except Stale as stale:
            form.show_current(stale.current)
        else:
            messages.success(request, _("The tag is named %s now.") % tag)
            return redirect("tag_list", request.seminar.slug)
    context = {"tag": tag, "form": form}
    return render(request, "discussions/tag_detail.html", context, status=form.status)


@answered_once
@seminar_view(permissions.can_edit_seminar)
@require_http_methods(["GET", "HEAD", "POST"])
def tag_removal(request: SeminarRequest, pk: int) -> HttpResponse:
    """Remove a tag, after saying from how many threads it goes."""
    tag = get_tag(request, pk)
    if request.method == "POST":
        name = tag.name
        actions.remove_tag(tag=tag, by=request.membership)
        messages.success(request, _("The tag %s is removed.") % name)
        return redirect("tag_list", request.seminar.slug)
    return render(request, "discussions/tag_removal.html", {"tag": tag})


def get_tag(request: SeminarRequest, pk: int) -> Tag:
    return get_object_or_404(Tag.objects.of(request.seminar).with_use(), pk=pk)
