"""Below /profile/: what is kept of oneself."""

from django.urls import path

from personal_data import export_views, views

urlpatterns = [
    path("export/", export_views.personal_export, name="personal_export"),
    path("export/file/", export_views.personal_export_file, name="personal_export_file"),
    path("erasure/", views.erasure, name="erasure"),
    path("erasure/withdrawal/", views.erasure_withdrawal, name="erasure_withdrawal"),
]
