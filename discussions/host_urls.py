"""Below /cases/: for whoever hosts the site."""

from django.urls import path

from discussions.moderation import host_views

urlpatterns = [
    path("", host_views.host_cases, name="host_cases"),
]
