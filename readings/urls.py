"""Below /s/<seminar>/r/<reading>/."""

from django.urls import path

from readings.guides import draft_views as drafts
from readings.guides import earlier_views as earlier
from readings.guides import views as guides
from readings.page import views as page
from readings.revisions import views as revisions
from readings.setup import copy_views as copies
from readings.setup import extension_views as extensions
from readings.setup import views as setup

urlpatterns = [
    path("", page.reading_detail, name="reading_detail"),
    path("end/", page.reading_end, name="reading_end"),
    path("place/", page.reading_place, name="reading_place"),
    path("pictures/<str:name>/", page.reading_picture, name="reading_picture"),
    path("guide/", guides.reading_guide, name="reading_guide"),
    path("guide/earlier/<int:version>/", earlier.earlier_guide, name="earlier_guide"),
    path(
        "guide/earlier/<int:version>/draft/",
        earlier.earlier_guide_draft,
        name="earlier_guide_draft",
    ),
    path("guide/draft/", drafts.guide_draft, name="guide_draft"),
    path("guide/draft/removal/", drafts.guide_draft_removal, name="guide_draft_removal"),
    path("guide/draft/preview/", drafts.guide_draft_preview, name="guide_draft_preview"),
    path("guide/draft/step/", drafts.guide_draft_step, name="guide_draft_step"),
    path("guide/draft/items/", drafts.guide_item_new, name="guide_item_new"),
    path("guide/draft/items/<int:key>/", drafts.guide_item_detail, name="guide_item_detail"),
    path("guide/draft/items/<int:key>/place/", drafts.guide_item_place, name="guide_item_place"),
    path(
        "guide/draft/items/<int:key>/removal/",
        drafts.guide_item_removal,
        name="guide_item_removal",
    ),
    path(
        "guide/draft/unfinished/<int:key>/removal/",
        drafts.draft_unfinished_removal,
        name="draft_unfinished_removal",
    ),
    path("revision/", revisions.reading_revision, name="reading_revision"),
    path("changes/", revisions.reading_changes, name="reading_changes"),
    path("changes/<int:pk>/place/", revisions.passage_place, name="passage_place"),
    path("extensions/", extensions.extension_list, name="extension_list"),
    path("extensions/<int:pk>/", extensions.extension_detail, name="extension_detail"),
    path("extensions/<int:pk>/removal/", extensions.extension_removal, name="extension_removal"),
    path("copy/", copies.reading_copy, name="reading_copy"),
    path("removal/", setup.reading_removal, name="reading_removal"),
    path("settings/", setup.reading_settings, name="reading_settings"),
]
