"""Below /s/<seminar>/."""

from django.urls import path

from gradebook import file_views, release_views, settings_views, views

urlpatterns = [
    path("desk/gradebook/", views.gradebook, name="gradebook"),
    path("desk/gradebook/opening/", views.gradebook_opening, name="gradebook_opening"),
    path("desk/gradebook/settings/", settings_views.gradebook_settings, name="gradebook_settings"),
    path("desk/gradebook/csv/", file_views.gradebook_file, name="gradebook_file"),
    path("desk/gradebook/marks/", file_views.grades_import, name="grades_import"),
    path("desk/gradebook/release/", release_views.grades_release, name="grades_release"),
    path("desk/gradebook/people/<int:pk>/", views.member_marks, name="member_marks"),
    path("desk/gradebook/people/<int:pk>/<slug:column>/", views.grade_detail, name="grade_detail"),
    path("marks/", views.own_marks, name="own_marks"),
]
