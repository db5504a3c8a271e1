"""Below /s/<seminar>/r/<reading>/."""

from django.urls import path

from readings.guides import views as guides
from readings.page import views as page
from readings.revisions import views as revisions
from readings.setup import extension_views as extensions
from readings.setup import views as setup

urlpatterns = [
    path("", page.reading_detail, name="reading_detail"),
    path("end/", page.reading_end, name="reading_end"),
    path("place/", page.reading_place, name="reading_place"),
    path("pictures/<str:name>/", page.reading_picture, name="reading_picture"),
    path("guide/", guides.reading_guide, name="reading_guide"),
    path("revision/", revisions.reading_revision, name="reading_revision"),
    path("changes/", revisions.reading_changes, name="reading_changes"),
    path("changes/<int:pk>/place/", revisions.passage_place, name="passage_place"),
    path("extensions/", extensions.extension_list, name="extension_list"),
    path("extensions/<int:pk>/", extensions.extension_detail, name="extension_detail"),
    path("extensions/<int:pk>/removal/", extensions.extension_removal, name="extension_removal"),
    path("removal/", setup.reading_removal, name="reading_removal"),
    path("settings/", setup.reading_settings, name="reading_settings"),
]
