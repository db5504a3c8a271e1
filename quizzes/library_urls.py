"""Below /library/."""

from django.urls import path

from quizzes.bank import views

urlpatterns = [
    path("questions/", views.question_bank, name="question_bank"),
]
