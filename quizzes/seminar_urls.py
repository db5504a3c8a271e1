from django.urls import path

from quizzes.manual_marking import views

urlpatterns = [
    path("", views.marking_list, name="marking_list"),
    path("<int:pk>/", views.question_marking, name="question_marking"),
    path("<int:pk>/release/", views.marks_release, name="marks_release"),
    path("<int:pk>/answers/<int:answer>/", views.answer_mark, name="answer_mark"),
]
