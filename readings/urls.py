from django.urls import path

from readings import guide_views, setup_views, views

urlpatterns = [
    path("", views.reading_detail, name="reading_detail"),
    path("place/", views.reading_place, name="reading_place"),
    path("settings/", setup_views.reading_settings, name="reading_settings"),
    path("guide/", guide_views.reading_guide, name="reading_guide"),
]
