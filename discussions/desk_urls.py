"""Below /s/<seminar>/desk/."""

from django.urls import path

from discussions.moderation import log_views as log
from discussions.moderation import review_views, several_views, views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("reviews/", review_views.review_queue, name="review_queue"),
    path("reviews/arrivals/", review_views.review_arrivals, name="review_arrivals"),
    path("reviews/several/", several_views.review_several, name="review_several"),
    path("reviews/<int:pk>/decision/", review_views.review_decision, name="review_decision"),
    path("reviews/<int:pk>/claim/", review_views.review_claim, name="review_claim"),
    path("reviews/<int:pk>/assignee/", review_views.review_assignee, name="review_assignee"),
    path("reviews/<int:pk>/answer/", review_views.review_answer, name="review_answer"),
    path("log/<int:pk>/undo/", review_views.review_undo, name="review_undo"),
    path("log/", log.decision_log, name="decision_log"),
    path("log/csv/", log.decision_log_file, name="decision_log_file"),
    path("log/<int:pk>/correction/", log.decision_correction, name="decision_correction"),
]
