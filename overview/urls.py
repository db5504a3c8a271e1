"""Below /s/<seminar>/."""

from django.urls import path

from overview import message_views, views

urlpatterns = [
    path("desk/overview/", views.overview, name="overview"),
    path("desk/overview/csv/", views.overview_file, name="overview_file"),
    path("desk/overview/messages/", message_views.message_create, name="message_create"),
]
