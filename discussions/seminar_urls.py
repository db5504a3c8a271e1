"""Below /s/<seminar>/mine/."""

from django.urls import path

from discussions.comments import views

urlpatterns = [
    path("", views.own_comments, name="own_comments"),
]
