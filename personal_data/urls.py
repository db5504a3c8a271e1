"""Below /profile/: what is kept of oneself."""

from django.urls import path

from personal_data import views

urlpatterns = [
    path("erasure/", views.erasure, name="erasure"),
    path("erasure/withdrawal/", views.erasure_withdrawal, name="erasure_withdrawal"),
]
