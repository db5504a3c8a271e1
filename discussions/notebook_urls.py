"""Below /notebook/."""

from django.urls import path

from discussions.notebook import views

urlpatterns = [
    path("", views.all_notebooks, name="all_notebooks"),
    path("<str:form>/", views.all_notebooks_file, name="all_notebooks_file"),
]
