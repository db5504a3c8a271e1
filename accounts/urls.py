"""/accounts/: how one reads, and django-allauth's pages for signing in."""

from allauth.account.urls import urlpatterns as sign_in_patterns
from django.urls import path

from accounts import views
from accounts.sign_in_pages import as_ours

urlpatterns = [
    path("display/", views.display_settings, name="display_settings"),
    *map(as_ours, sign_in_patterns),
]
