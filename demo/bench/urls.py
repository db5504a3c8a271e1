from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from seminars.access import signed_in

PAGE = "<!doctype html><title>R</title><p>" + "x" * 60_000


@signed_in
def bare(request: HttpRequest) -> HttpResponse:
    """Answer 60 kB to somebody signed in; the session and the person are looked up."""
    return HttpResponse(PAGE if request.user.is_authenticated else "")


urlpatterns = [path("bare/", bare), path("", include("config.urls"))]
handler404 = "config.views.not_found"
