"""Below /s/<seminar>/people/."""

from django.urls import path

from quizzes.accommodations import views

urlpatterns = [
    path("<int:pk>/accommodation/", views.accommodation, name="accommodation"),
]
