"""What a seminar's instructor does with readings."""

from django.urls import path

from readings import setup_views

urlpatterns = [path("", setup_views.reading_create, name="reading_create")]
