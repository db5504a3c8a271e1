"""The library: essays, and how they come in."""

from django.urls import path

from readings.library import essay_views, import_views, preview_views

urlpatterns = [
    path("", essay_views.library, name="library"),
    path("essays/<int:pk>/", essay_views.essay_detail, name="essay_detail"),
    path("import/", import_views.import_create, name="import_create"),
    path("import/<int:pk>/", preview_views.import_preview, name="import_preview"),
    path(
        "import/<int:pk>/publication/", preview_views.import_publication, name="import_publication"
    ),
    path("import/<int:pk>/removal/", import_views.import_discard, name="import_discard"),
]
