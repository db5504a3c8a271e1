"""Below /s/<seminar>/."""

from django.urls import path

from overview import message_views, participation_views, views

urlpatterns = [
    path("desk/overview/", views.overview, name="overview"),
    path("desk/overview/csv/", views.overview_file, name="overview_file"),
    path("desk/overview/messages/", message_views.message_create, name="message_create"),
    path("desk/participation/", participation_views.participation, name="participation"),
    path(
        "desk/participation/csv/",
        participation_views.participation_file,
        name="participation_file",
    ),
    path(
        "desk/participation/scoring/",
        participation_views.participation_scoring,
        name="participation_scoring",
    ),
    path(
        "r/<slug:reading>/participation/release/",
        participation_views.participation_release,
        name="participation_release",
    ),
    path(
        "r/<slug:reading>/participation/<int:pk>/",
        participation_views.participation_score,
        name="participation_score",
    ),
    path("progress/", participation_views.progress, name="progress"),
]
