"""My seminars, and one of them."""

from django.urls import path

from home import profile_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("profile/", profile_views.profile, name="profile"),
    path("s/<slug:seminar>/", views.seminar_detail, name="seminar_detail"),
]
