"""The library: my essays, and importing one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.context import display
from readings import actions, kept_uploads
from readings.http import get_essay, get_import
from readings.importing import ImportRefused, Metadata
from readings.library_forms import ImportForm, MetadataForm
from readings.models import Essay, Reading, Revision
from readings.preview import preview_of
from readings.shelf import seminars_without
from seminars.access import library_view
from seminars.http import Request

GONE = "This import was published already."


@library_view
@require_GET
def library(request: Request) -> HttpResponse:
    """List my essays with where they are read, and the imports that are not published yet."""
    context = {
        "essays": Essay.objects.for_library_page(request.user),
        "drafts": Revision.objects.drafts_of(request.user).for_library_page(),
    }
    return render(request, "readings/library.html", context)


@library_view
@require_GET
def essay_detail(request: Request, pk: int) -> HttpResponse:
    """Tell what is known about an essay, and where I have put it before a seminar."""
    essay = get_essay(request, pk)
    context = {
        "essay": essay,
        "revisions": Revision.objects.published_of(essay),
        "readings": Reading.objects.of_essay(essay, request.user),
        "seminars": seminars_without(essay, request.user),
    }
    return render(request, "readings/essay_detail.html", context)


@library_view
@require_http_methods(["GET", "POST"])
def import_create(request: Request) -> HttpResponse:
    """Take a file and read it; what cannot be read is said in place, and the file kept."""
    sent = request.method == "POST"
    form = ImportForm(
        request.POST if sent else None, request.FILES if sent else None, user=request.user
    )
    revision = _start_import(form, request) if sent and form.is_valid() else None
    if revision:
        return redirect("import_preview", revision.pk)
    status = 422 if form.errors else 200
    return render(request, "readings/import_create.html", {"form": form}, status=status)


def _start_import(form: ImportForm, request: Request) -> Revision | None:
    data, filename = form.content()
    try:
        revision = actions.start_import(data=data, filename=filename, by=request.user)
    except ImportRefused as refused:
        kept_uploads.keep(data=data, filename=filename, user=request.user)
        form.refuse(refused)
        return None
    kept_uploads.forget(user=request.user)
    return revision


@library_view
@require_http_methods(["GET", "POST"])
def import_preview(request: Request, pk: int) -> HttpResponse:
    """Show the essay as it will stand; on POST read the file again, without what is refused."""
    draft = get_import(request, pk)
    if draft.published_at:
        return redirect("essay_detail", draft.essay_id)
    form = _metadata_form(request, draft)
    if request.method == "POST" and form.is_valid():
        _reread(request, draft, form)
        return redirect("import_preview", pk)
    return _preview(request, draft, form)


@library_view
@require_POST
def import_publication(request: Request, pk: int) -> HttpResponse:
    """Publish the draft, with what the person has written about the essay."""
    draft = get_import(request, pk)
    form = _metadata_form(request, draft)
    if not form.is_valid():
        return _preview(request, draft, form)
    if set(request.POST.getlist("refuse")) != {one["id"] for one in draft.document["refused"]}:
        # What is published is what was seen: another reading is looked at first.
        _reread(request, draft, form)
        return redirect("import_preview", pk)
    try:
        actions.publish(revision=draft, metadata=form.cleaned_data, by=request.user)
        messages.success(request, f"“{form.cleaned_data['title']}” is in your library now.")
    except actions.AlreadyPublished:
        messages.info(request, GONE)
    return redirect("essay_detail", draft.essay_id)


@library_view
@require_POST
def import_discard(request: Request, pk: int) -> HttpResponse:
    """Throw the draft away, with its file."""
    draft = get_import(request, pk)
    try:
        actions.discard(revision=draft, by=request.user)
        messages.success(request, f"The import of “{draft.essay.title}” is discarded.")
    except actions.AlreadyPublished:
        messages.info(request, GONE)
    return redirect("library")


def _metadata_form(request: Request, draft: Revision) -> MetadataForm:
    data = request.POST if request.method == "POST" else None
    return MetadataForm(
        data, instance=draft.essay, found=Metadata.from_json(draft.document["metadata"])
    )


def _reread(request: Request, draft: Revision, form: MetadataForm) -> None:
    refuse = request.POST.getlist("refuse")
    try:
        actions.reread(revision=draft, refuse=refuse, metadata=form.cleaned_data, by=request.user)
        messages.info(request, "The file was read again. Look at the essay once more.")
    except ImportRefused as refused:
        messages.error(request, f"{refused.message} {refused.advice}")
    except actions.AlreadyPublished:
        messages.info(request, GONE)


def _preview(request: Request, draft: Revision, form: MetadataForm) -> HttpResponse:
    # Whoever reads without comments must still see what was repaired.
    shown = display(request)["display"] | {"annotations": "all", "text_only": False}
    context = {
        "draft": draft,
        "form": form,
        "preview": preview_of(draft),
        "essay": draft.essay,
        "display": shown,
    }
    status = 422 if form.errors else 200
    return render(request, "readings/import_preview.html", context, status=status)
