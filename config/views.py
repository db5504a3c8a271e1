"""Pages that belong to the instance and to no app: health and errors."""

from django.contrib.sessions.models import Session
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from config.refusals import page_is_too_old, refuse, sent_fields, too_large, words_among
from seminars.access import public


@public
@require_GET
def livez(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say that the process lives."""
    return HttpResponse("ok", content_type="text/plain")


@public
@require_GET
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say whether the database answers and takes a write, and its migrations are done."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return JsonResponse({"database": "does not answer"}, status=503)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    state = {"database": "ok", "migrations": "waiting" if waiting else "done"}
    if not waiting and not _can_write():
        state["database"] = "cannot write"
    well = state == {"database": "ok", "migrations": "done"}
    return JsonResponse(state, status=200 if well else 503)


def _can_write() -> bool:
    """Whether there is room for a row: one is written and not kept."""
    try:
        with transaction.atomic():
            # Larger than what a page of the database may have free.
            Session.objects.create(
                session_key="readyz", session_data="-" * 20_000, expire_date=timezone.now()
            )
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    reason = _("Something in the address or the form was not as it should be.")
    return refuse(request, 400, reason, page="400.html")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = str(exception) or _("Your account may not do this.")
    return refuse(request, 403, reason, page="403.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return page_is_too_old(request)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    said = exception.args[0] if exception.args else ""
    if not isinstance(said, str) or said.endswith("matches the given query."):
        # Django's own words, for developers.
        said = _("What this belongs to is gone, or not for you to see.")
    return refuse(request, 404, said, page="404.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """Without asking session or database: they may be what has just failed."""
    words = words_among(sent_fields(request))
    return HttpResponse(render_to_string("500.html", {"words": words}), status=500)
