"""My seminars, and one of them."""

from django.urls import path

from home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("s/<slug:seminar>/", views.seminar_detail, name="seminar_detail"),
]
