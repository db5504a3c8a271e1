"""Below /s/<seminar>/practice/."""

from django.urls import path

from quizzes.practice import views

urlpatterns = [
    path("", views.practice, name="practice"),
    path("<int:pk>/", views.practice_question, name="practice_question"),
]
