"""Headers that every answer carries, errors too; and what is said to who is not signed in."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequired
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from config import logs
from config.refusals import (
    by_script,
    is_another_reader,
    other_reader,
    sent_fields,
    signed_out,
    too_fast,
    too_large,
    words_among,
)
from config.views import livez, readyz
from documents.whole_number import whole_number
from seminars.pace import PostedTooFast

# A text, not worked out for each answer: that took a fifth of a small page.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    # What a member sees stays out of every cache, the browser's own too: a shared computer in a
    # library must not show it after sign-out. A view that says otherwise has a reason to.
    "Cache-Control": "private, no-store",
}


# Of the largest file we take: who is a little over is told so by the form, in place.
BODY_TO_FILE = 2
# More digits than a length has; Python itself refuses to read some thousands.
MAX_LENGTH_DIGITS = 1000


def largest_body() -> int:
    """Of a request, in bytes."""
    return BODY_TO_FILE * settings.IMPORT_MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def bounded_body(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse, unread, what is far larger than any file we take.

    Django keeps an upload on the disk before a view or a form is asked, and whoever is not
    signed in can send one, too.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        said = whole_number(length, digits=MAX_LENGTH_DIGITS)
        if said is None:
            # No number: nothing is read then, and Django would fail on it where a view asks.
            request.META["CONTENT_LENGTH"] = "0"
        if (said or 0) > largest_body():
            return too_large(request)
        return get_response(request)

    return middleware


def security_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Add what Django's SecurityMiddleware leaves out; what a view has set itself stands."""
    # The pages on which Django explains an error to a developer bring their own script.
    explained = {404, 500} if settings.DEBUG else set()

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.status_code in explained:
            del response.headers["Content-Security-Policy"]
        return response

    return middleware


def readable_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Put “null”, as a browser that will not say, where a header's address is none.

    No view has to mind it then, and nothing of it is taken for an address of this site.
    What is malformed is found out before anything is done, and not after words were stored.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        for name in ("HTTP_HX_CURRENT_URL", "HTTP_REFERER", "HTTP_ORIGIN"):
            try:
                urlsplit(unquote(request.META.get(name, "")))
                urlsplit(request.META.get(name, ""))
            except ValueError:
                request.META[name] = "null"
        return get_response(request)

    return middleware


PROBES = {"/livez": livez, "/readyz": readyz}


def health_probes(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer a machine that asks whether this one is well, by whatever name and scheme it asks.

    A balancer asks by address and in plain HTTP: behind the check of hosts and the way to HTTPS
    it would get 400 and 301. What is said tells nothing that a stranger may not know.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else get_response(request)

    return middleware


class PostingPace:
    """Tell who posts too fast when they may go on, with their words kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return (
            too_fast(request, error.said, error.seconds)
            if isinstance(error, PostedTooFast)
            else None
        )


def request_id(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request a number of its own, for the log, the answer and the page of an error.

    One that a client sends is not taken: it could be somebody else's, or a line of the log.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        # It stands until the thread's next request: Django logs a refusal after this has returned.
        number = logs.begin_request()
        response = get_response(request)
        response.headers["X-Request-ID"] = number
        return response

    return middleware


class LoginRequiredMiddleware(DjangoLoginRequired):
    """Django's, which leads away to the sign-in page only who loses nothing by it.

    The page of a form stays, and so do its words; and who signed in meanwhile as another does not
    write in that one's name.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if is_another_reader(request) and getattr(view_func, "login_required", True):
            return other_reader(request)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]  # Django's only redirects
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if by_script(request) or words_among(sent_fields(request)):
            return signed_out(request)
        return super().handle_no_permission(request, view_func)
