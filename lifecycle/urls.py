"""A whole seminar: archived, exported, imported elsewhere, deleted."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
