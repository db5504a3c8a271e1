"""Below /host/seminars/: for whoever hosts the site."""

from django.urls import path

from lifecycle import deletion_views

urlpatterns = [
    path("", deletion_views.host_seminars, name="host_seminars"),
    path(
        "<slug:slug>/deletion/", deletion_views.host_seminar_deletion, name="host_seminar_deletion"
    ),
    path(
        "<slug:slug>/deletion/undo/",
        deletion_views.host_seminar_deletion_undo,
        name="host_seminar_deletion_undo",
    ),
]
