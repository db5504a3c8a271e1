"""Below /s/<seminar>/desk/."""

from django.urls import path

from discussions.moderation import views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("reviews/", views.review_queue, name="review_queue"),
    path("reviews/<int:pk>/decision/", views.review_decision, name="review_decision"),
    path("log/", views.decision_log, name="decision_log"),
]
