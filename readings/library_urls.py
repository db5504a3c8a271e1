"""The library: essays, how they come in, and how their texts change."""

from django.urls import path

from readings.drafts import edit_views, import_views, preview_views, revision_views
from readings.essays import views as essays
from readings.revisions import library_views as revisions

urlpatterns = [
    path("", essays.library, name="library"),
    path("essays/<int:pk>/", essays.essay_detail, name="essay_detail"),
    path("essays/<int:pk>/files/<slug:form>/", essays.essay_file, name="essay_file"),
    path("essays/<int:pk>/revisions/", revision_views.revision_create, name="revision_create"),
    path("essays/<int:pk>/text/", revision_views.essay_text, name="essay_text"),
    path("essays/<int:pk>/editors/", essays.essay_editors, name="essay_editors"),
    path("essays/<int:pk>/removal/", essays.essay_removal, name="essay_removal"),
    path(
        "essays/<int:pk>/editors/<int:user>/removal/",
        essays.essay_editor_removal,
        name="essay_editor_removal",
    ),
    path("revisions/<int:pk>/changes/", revisions.revision_changes, name="revision_changes"),
    path(
        "revisions/<int:pk>/withdrawal/", revisions.revision_withdrawal, name="revision_withdrawal"
    ),
    path("import/", import_views.import_create, name="import_create"),
    path("import/<int:pk>/progress/", import_views.import_progress, name="import_progress"),
    path("import/<int:pk>/attempt/", import_views.import_attempt, name="import_attempt"),
    path("import/<int:pk>/", preview_views.import_preview, name="import_preview"),
    path(
        "import/<int:pk>/publication/", preview_views.import_publication, name="import_publication"
    ),
    path("import/<int:pk>/repairs/", preview_views.import_repairs, name="import_repairs"),
    path("import/<int:pk>/edits/", edit_views.import_edits, name="import_edits"),
    path(
        "import/<int:pk>/pictures/<str:name>/", import_views.import_picture, name="import_picture"
    ),
    path("import/<int:pk>/history/", edit_views.import_history, name="import_history"),
    path("import/<int:pk>/blocks/<slug:key>/", edit_views.import_block, name="import_block"),
    path("import/<int:pk>/notes/<slug:name>/", edit_views.import_note, name="import_note"),
    path("import/<int:pk>/removal/", import_views.import_discard, name="import_discard"),
]
