from django.urls import path

from quizzes.attempts import views as attempts
from quizzes.statistics import views as statistics

urlpatterns = [
    path("quizzes/results/", statistics.quiz_results, name="quiz_results"),
    path("quizzes/results/csv/", statistics.quiz_results_file, name="quiz_results_file"),
    path("quizzes/results/members/<int:pk>/", statistics.member_answers, name="member_answers"),
    path("quizzes/<int:pk>/", attempts.quiz_detail, name="quiz_detail"),
    path("quizzes/<int:pk>/attempts/", attempts.attempt_create, name="attempt_create"),
    path("quizzes/<int:pk>/answers/", attempts.kept_answers, name="kept_answers"),
]
