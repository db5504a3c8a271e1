"""A whole seminar: archived, exported, imported elsewhere, deleted."""

from django.urls import path

from lifecycle import deletion_views, views

urlpatterns = [
    path("whole/", views.seminar_whole, name="seminar_whole"),
    path("whole/archive/", views.seminar_archive, name="seminar_archive"),
    path("whole/deletion/", deletion_views.seminar_deletion, name="seminar_deletion"),
    path(
        "whole/deletion/undo/", deletion_views.seminar_deletion_undo, name="seminar_deletion_undo"
    ),
]
