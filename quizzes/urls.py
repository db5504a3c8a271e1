from django.urls import path

from quizzes import views

urlpatterns = [
    path("quizzes/results/", views.quiz_results, name="quiz_results"),
    path("quizzes/<int:pk>/", views.quiz_detail, name="quiz_detail"),
    path("quizzes/<int:pk>/attempts/", views.attempt_create, name="attempt_create"),
]
