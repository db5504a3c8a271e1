"""For whoever hosts an instance: setting up, backups, the host's pages."""

from django.urls import URLPattern, URLResolver, path

from hosting import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.host, name="host"),
]
