"""Pages that belong to the instance and to no app: health and errors."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from seminars.access import public


@public
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say that the process lives."""
    return HttpResponse("ok", content_type="text/plain")


@public
@require_GET
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say whether the database answers and its migrations are done."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return JsonResponse({"database": "does not answer"}, status=503)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    state = {"database": "ok", "migrations": "waiting" if waiting else "done"}
    return JsonResponse(state, status=503 if waiting else 200)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Without the request: what the page would ask of it may be what has just failed."""
    return HttpResponse(render_to_string("500.html"), status=500)
