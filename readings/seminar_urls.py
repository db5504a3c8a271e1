"""What a seminar's instructor does with readings."""

from django.urls import path

from readings.setup.views import reading_create

urlpatterns = [path("", reading_create, name="reading_create")]
