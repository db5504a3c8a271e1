"""Below /news/."""

from django.urls import path

from discussions.notifications import views

urlpatterns = [
    path("", views.all_news, name="all_news"),
    path("reads/", views.all_news_reads, name="all_news_reads"),
]
