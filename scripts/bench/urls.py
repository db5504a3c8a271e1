"""The app's pages, and the two that the others are compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from accounts.access import public, signed_in

R0, R = "/bench/r0/", "/bench/r/"
PAGE = "<!doctype html><title>R</title><p>" + "x" * 60_000


@public
def r0(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer 60 kB; scripts/bench/wsgi.py asks it without any middleware."""
    return HttpResponse(PAGE)


@signed_in
def r(request: HttpRequest) -> HttpResponse:
    """Answer 60 kB to somebody signed in; the session and the person are looked up."""
    return HttpResponse(PAGE if request.user.is_authenticated else "")


urlpatterns = [
    path(R0.removeprefix("/"), r0),
    path(R.removeprefix("/"), r),
    path("", include("config.urls")),
]
handler404 = "config.views.not_found"
