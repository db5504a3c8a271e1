"""A site whose only page breaks."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("Nobody expected this.")


urlpatterns = [path("", broken)]
handler500 = "config.views.server_error"
