"""Headers that every answer carries, errors too."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


# Of the largest file we take: who is a little over is told so by the form, in place.
BODY_TO_FILE = 2


def bounded_body(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse, unread, what is far larger than any file we take.

    Django keeps an upload on the disk before a view or a form is asked, and whoever is not
    signed in can send one, too.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        limit = BODY_TO_FILE * settings.IMPORT_MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if length.isdigit() and int(length) > limit:
            return render(request, "413.html", status=413)
        return get_response(request)

    return middleware


def security_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Add what Django's SecurityMiddleware and django-csp leave out."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # What a member sees stays out of every cache, the browser's own too:
        # a shared computer in a library must not show it after sign-out.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware
