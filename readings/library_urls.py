"""The library: essays, and how they come in."""

from django.urls import path

from readings import library_views as views

urlpatterns = [
    path("", views.library, name="library"),
    path("essays/<int:pk>/", views.essay_detail, name="essay_detail"),
    path("import/", views.import_create, name="import_create"),
    path("import/<int:pk>/", views.import_preview, name="import_preview"),
    path("import/<int:pk>/publication/", views.import_publication, name="import_publication"),
    path("import/<int:pk>/removal/", views.import_discard, name="import_discard"),
]
