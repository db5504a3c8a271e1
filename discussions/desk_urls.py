"""Below /s/<seminar>/desk/."""

from django.urls import path

from discussions.views import desk

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("reviews/", desk.review_queue, name="review_queue"),
    path("reviews/<int:pk>/decision/", desk.review_decision, name="review_decision"),
    path("log/", desk.decision_log, name="decision_log"),
]
