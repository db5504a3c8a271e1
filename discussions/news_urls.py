"""Below /news/."""

from django.urls import path

from discussions.notifications import mail_views, views

urlpatterns = [
    path("", views.all_news, name="all_news"),
    path("reads/", views.all_news_reads, name="all_news_reads"),
    path("receipts/", views.news_receipts, name="news_receipts"),
    path("mail/", mail_views.mail_choices, name="mail_choices"),
    path("mail/<str:token>/", mail_views.mail_choice, name="mail_choice"),
]
