"""How a request is refused: where the person is, and with nothing lost of what they wrote.

A page's script gets a sentence to put beside the form that asked. Without scripting there is
no such place: then the answer is a page that holds the words, to be copied or sent again.
"""

import re
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, DisallowedHost, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _

from config.readable_pages import page_at

# Who had the page before them when they pressed the button; static/js/lib/dom.js sends it.
READER = "HTTP_X_READER"  # its key in META
TOKEN_HEADER = "X-Fresh-Token"  # noqa: S105 - the name of a header

# What forms carry for themselves: sent again, and not shown as somebody's words.
CARRIED = {
    "act",
    "action_add",
    "action_send",
    "all",
    "among",
    "asked",
    "audience",
    "back",
    "before",
    "block",
    "claimed",
    "column",
    "confirmed",
    "credential",
    "client_key",
    "decision",
    "done",
    "draft",
    "earlier",
    "edit",
    "far",
    "far_block",
    "far_seen",
    "far_segments",
    "far_sentence",
    "form_name",
    "insert",
    "item",
    "kept",
    "kept_version",
    "kind",
    "last_seq",
    "level",
    "link_kind",
    "locked",
    "look",
    "mine",
    "next",
    "on",
    "outcome",
    "over",
    "page",
    "parent",
    "part",
    "picked",
    "picker",
    "picture",
    "place",
    "pressed",
    "preview",
    "questions",
    "react",
    "review_version",
    "revises",
    "revision",
    "row",
    "run",
    "scope",
    "seen",
    "segments",
    "seminar",
    "sentence",
    "seq",
    "source_name",
    "state",
    "tag",
    "to",
    "turn",
    "undo",
    "unit",
    "version",
    "warned",
    "was",
}
# What is picked and never typed; a form whose own names say less lists them as `picked`.
PICKED = {
    "annotations",
    "at",
    "direction",
    "measure",
    "role",
    "single_keys",
    "text_only",
    "text_size",
    "theme",
    "typeface",
}
# What lets somebody in, besides passwords: a code of theirs, and what their passkey answered.
SECRET = {"code", "credential"}
TOKEN = re.compile(r"[a-z0-9_:-]{1,64}")
TOKEN_FIELD = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


class TakenAway(Http404):
    """What was open to this person and is so no more; `way_on` leads to what is there still."""

    def __init__(self, said: str, way_on: str) -> None:
        super().__init__(said)
        self.way_on = way_on


def by_script(request: HttpRequest) -> bool:
    """Whether a page's script asked, which puts the answer into the page."""
    return request.headers.get("HX-Request") == "true"


def refuse(
    request: HttpRequest,
    status: int,
    reason: str,
    *,
    page: str,
    can_send_again: bool = False,
    **context: Any,
) -> HttpResponse:
    """Answer with the reason where it was asked for: in the form, with the words, or as `page`."""
    context |= {"reason": reason, "can_send_again": can_send_again}
    if by_script(request):
        return render(request, "_refusal.html", context, status=status)
    fields = sent_fields(request)
    words = words_among(fields)
    if not words:
        return render(request, page, context, status=status)
    if can_send_again and not request.FILES:
        # A choice goes with the rest; alone it would say nothing to whoever made it.
        words = [(name, value) for name, value in words if not TOKEN.fullmatch(value)]
        context["carried"] = [field for field in fields if field not in words]
    else:
        words = words_to_copy(fields)
        if not words:
            return render(request, page, context | {"can_send_again": False}, status=status)
        context["can_send_again"] = False
    context["words"] = words
    context["back_url"] = page_before(request)
    return render(request, "words_kept.html", context, status=status)


def signed_out(request: HttpRequest) -> HttpResponse:
    """Answer who is not signed in any more: where to sign in, and that nothing is lost."""
    back = urlencode({"next": page_before(request)})
    return refuse(
        request,
        401,
        _("You are signed out: nothing was sent."),
        page="403.html",
        can_send_again=True,
        sign_in_url=f"{resolve_url(settings.LOGIN_URL)}?{back}",
    )


def is_another_reader(request: HttpRequest) -> bool:
    """Whether the page was opened by somebody else than who is signed in now."""
    reader = request.META.get(READER, "")
    return bool(reader) and request.user.is_authenticated and reader != str(request.user.pk)


def other_reader(request: HttpRequest) -> HttpResponse:
    """Answer a page that one person opened when another is signed in: nobody writes as another."""
    reason = _(
        "You are signed in as %(name)s now, and somebody else opened this page: nothing was sent. "
        "Sign in as yourself in another tab, then send again."
    ) % {"name": getattr(request.user, "name", "")}
    return refuse(request, 403, reason, page="403.html")


def page_is_too_old(request: HttpRequest) -> HttpResponse:
    """Answer a form whose token is of an earlier session; with the new one, to be sent again."""
    if not request.user.is_authenticated and _is_for_people(request):
        return signed_out(request)
    if is_another_reader(request):
        return other_reader(request)
    reason = _("You signed in again, or this page was open for long: nothing was sent yet.")
    answer = refuse(request, 403, reason, page="403_csrf.html", can_send_again=True)
    if by_script(request) and is_from_here(request):
        answer.headers[TOKEN_HEADER] = get_token(request)
    return answer


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer what is larger than anything that is taken here; it is not read."""
    reason = _("This is too large to be sent: nothing was taken.")
    if by_script(request):
        return render(request, "_refusal.html", {"reason": reason}, status=413)
    return render(request, "413.html", status=413)


def too_fast(request: HttpRequest, said: str, seconds: int) -> HttpResponse:
    """Answer who posts more than one person may; after so many seconds they can go on."""
    answer = refuse(request, 429, said, page="429.html", can_send_again=True)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _is_for_people(request: HttpRequest) -> bool:
    """Whether what was asked for is only for who is signed in."""
    asked = request.resolver_match
    return asked is not None and getattr(asked.func, "login_required", True)


# --- What was sent -------------------------------------------------------------------------------
def sent_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a form of this site sent, by name; nothing where it holds a secret."""
    fields = _posted(request) if is_from_here(request) else QueryDict()
    if any("password" in name or name in SECRET for name in fields):
        return []
    return [
        (name, str(value))
        for name, values in fields.lists()
        for value in values
        if name != TOKEN_FIELD and value
    ]


def words_among(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of these fields, what a person wrote or chose."""
    return [(name, value) for name, value in fields if name not in CARRIED]


def is_from_here(request: HttpRequest) -> bool:
    """Whether a page of this site sent it: nobody else's words are put before its people."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    came = request.headers.get("Origin") or request.headers.get("Referer")
    return not came or _is_ours(request, _parts(came))


def page_before(request: HttpRequest) -> str:
    """Return the path of the page on which it was asked, to come back to after signing in."""
    came = _parts(request.headers.get("Referer", ""))
    if not _is_ours(request, came):
        return request.get_full_path() if request.method == "GET" else "/"
    # One slash: two would name another host, and browsers take a backslash for one.
    path = "/" + came.path.lstrip("/\\")
    return page_at(f"{path}?{came.query}" if came.query else path)


def _parts(address: str) -> SplitResult:
    """The parts of an address in a header; of one that is malformed, none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _is_ours(request: HttpRequest, came: SplitResult) -> bool:
    """Whether the address is below the host that was asked, and that host is one of ours."""
    try:
        return came.netloc == request.get_host()
    except DisallowedHost:
        return False


def _posted(request: HttpRequest) -> QueryDict:
    try:
        return request.POST
    except (SuspiciousOperation, BadRequest, UnreadablePostError, MultiPartParserError):
        return QueryDict()  # it could not be read: that may be why it is refused


def words_to_copy(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of these fields, what a person wrote: the value of a choice says nothing to them."""
    picked = {value for name, value in fields if name == "picked"} | PICKED
    return [(name, value) for name, value in words_among(fields) if name not in picked]
