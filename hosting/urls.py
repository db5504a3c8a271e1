"""For whoever hosts an instance: setting up, backups, the host's pages."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
