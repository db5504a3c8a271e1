from django.urls import path

from readings import guide_views, picture_views, setup_views, views
from readings.revisions import views as revision_views

urlpatterns = [
    path("", views.reading_detail, name="reading_detail"),
    path("place/", views.reading_place, name="reading_place"),
    path("settings/", setup_views.reading_settings, name="reading_settings"),
    path("revision/", revision_views.reading_revision, name="reading_revision"),
    path("changes/", revision_views.reading_changes, name="reading_changes"),
    path("changes/<int:pk>/place/", revision_views.passage_place, name="passage_place"),
    path("pictures/<str:name>/", picture_views.reading_picture, name="reading_picture"),
    path("guide/", guide_views.reading_guide, name="reading_guide"),
]
