"""Below /s/<seminar>/."""

from django.urls import path

from discussions.notebook import views

urlpatterns = [
    path("notebook/", views.notebook, name="notebook"),
    path("notebook/<str:form>/", views.notebook_file, name="notebook_file"),
    path("people/<int:pk>/words/", views.member_words, name="member_words"),
]
