"""What a seminar's instructor does with readings."""

from django.urls import path

from readings.setup import copy_views, unit_views
from readings.setup.views import reading_create

urlpatterns = [
    path("", reading_create, name="reading_create"),
    path("copy/", copy_views.seminar_copy, name="seminar_copy"),
    path("units/", unit_views.unit_list, name="unit_list"),
    path("units/readings/<int:pk>/", unit_views.reading_unit, name="reading_unit"),
    path("units/<int:pk>/", unit_views.unit_detail, name="unit_detail"),
    path("units/<int:pk>/place/", unit_views.unit_place, name="unit_place"),
    path("units/<int:pk>/removal/", unit_views.unit_removal, name="unit_removal"),
]
