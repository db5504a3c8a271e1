"""Below /s/<seminar>/reads/."""

from django.urls import path

from discussions.threads import read_views as reads

urlpatterns = [
    path("", reads.seminar_reads, name="seminar_reads"),
]
