"""The preview of an import: looking at it, having the file read again, publishing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from config.template_tags import quoted
from database.versions import Stale
from documents import ImportRefused
from documents.editing import About
from readings.drafts import actions
from readings.drafts.edit_forms import AboutForm
from readings.drafts.edit_log import edited
from readings.drafts.edit_pages import changed_meanwhile, revised_meanwhile
from readings.drafts.gathered import repairs_to_refuse
from readings.drafts.http import get_import
from readings.drafts.preview_responses import GONE, elsewhere, leave, show_preview
from readings.essays import essay_fields, metadata_of, translated_refusal
from readings.models import Draft, Essay, Revision
from readings.revisions import chosen_readings, lead_to_revision
from seminars.access import library_view
from seminars.edit_forms import tell_current
from seminars.http import Request


@library_view
@require_GET
def import_preview(request: Request, pk: int) -> HttpResponse:
    """Show the essay as it will stand, or the part of it that is asked for."""
    draft = get_import(request, pk)
    return elsewhere(request, draft) or show_preview(request, draft)


@library_view
@require_POST
def import_publication(request: Request, pk: int) -> HttpResponse:
    """Publish the draft, with what the person has written about the essay."""
    draft = get_import(request, pk)
    if draft.revision and _stands_so(request, draft.revision.essay):
        messages.info(request, GONE)
        return leave(request, "essay_detail", draft.revision.essay_id)
    if away := elsewhere(request, draft):
        return away
    form = _about_form(request, draft)
    if not form.is_valid():
        return show_preview(request, draft, about=form)
    try:
        revision = _publish(request, draft, form)
    except actions.NotSharedNow as refused:
        messages.error(request, str(refused))
        return show_preview(request, draft, about=form, status=409)
    except Stale as stale:
        return _revised_meanwhile(request, draft, form, stale)
    except actions.EditedMeanwhile:
        form.refuse(changed_meanwhile())
        return show_preview(request, get_import(request, pk), about=form, status=409)
    except actions.AlreadyPublished:
        return elsewhere(request, get_import(request, pk)) or redirect("import_preview", pk)
    messages.success(request, _("“%s” is in your library now.") % quoted(revision.essay))
    return lead_to_revision(revision)


def _stands_so(request: Request, essay: Essay) -> bool:
    """Whether the essay is published as it was sent: as by the first of two clicks."""
    sent = AboutForm(request.POST, metadata=metadata_of(essay))
    return "title" not in request.POST or (sent.is_valid() and sent.made == About())


def _revised_meanwhile(
    request: Request, draft: Draft, about: AboutForm, stale: Stale
) -> HttpResponse:
    """Tell of another's revision, with what is known of the essay by it."""
    assert isinstance(stale.current, Essay)  # noqa: S101 - what was to be revised
    about.refuse(revised_meanwhile())
    tell_current(about, essay_fields(metadata_of(stale.current)))
    return show_preview(request, draft, about=about, status=409)


def _publish(request: Request, draft: Draft, about: AboutForm) -> Revision:
    """Publish the draft as the page that was sent had it."""
    return actions.publish(
        draft=draft,
        metadata=about.cleaned_data,
        by=request.user,
        readings=chosen_readings(request),
        seen=request.POST.get("version"),
        revises=request.POST.get("revises"),
        earlier=request.POST.get("earlier"),
    )


def _about_form(request: Request, draft: Draft) -> AboutForm:
    """What is known about the essay, sent or as it stands."""
    sent = request.POST if "title" in request.POST else None
    return AboutForm(sent, metadata=edited(draft).document.metadata)


@library_view
@require_POST
def import_repairs(request: Request, pk: int) -> HttpResponse:
    """Have the file read again without a repair that is refused, or with one after all."""
    draft = get_import(request, pk)
    if away := elsewhere(request, draft):
        return away
    wanted = repairs_to_refuse(draft, request.POST)
    try:
        actions.reread(draft=draft, refuse=wanted, by=request.user)
        messages.info(request, _("The file was read again; what you have changed was done again."))
    except ImportRefused as why:
        messages.error(request, translated_refusal(why))
    except actions.AlreadyPublished:
        messages.info(request, GONE)
    return redirect("import_preview", pk)
