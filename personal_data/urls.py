"""What is kept of a person: all of it to download, and its erasure."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
