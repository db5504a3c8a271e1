"""A seminar's settings and people, and the way in."""

from django.urls import include, path

from seminars import (
    invitation_views,
    move_views,
    people_views,
    personal_mute_views,
    views,
)
from seminars.announcements import views as announcement_views
from seminars.rosters import views as roster_views

people = [
    path("", people_views.people, name="people"),
    path("<int:pk>/", people_views.membership_detail, name="membership_detail"),
    path("<int:pk>/removal/", people_views.membership_removal, name="membership_removal"),
    path("<int:pk>/personal-mute/", personal_mute_views.personal_mute, name="personal_mute"),
    path("muted/", personal_mute_views.personal_mute_list, name="personal_mute_list"),
    path("moves/", move_views.membership_moves, name="membership_moves"),
    path("groups/", people_views.group_create, name="group_create"),
    path("groups/<int:pk>/", people_views.group_detail, name="group_detail"),
    path("groups/<int:pk>/removal/", people_views.group_removal, name="group_removal"),
    path("roster/", roster_views.roster_create, name="roster_create"),
    path("roster/<int:pk>/", roster_views.roster_detail, name="roster_detail"),
    path(
        "roster/<int:pk>/invitations/", roster_views.roster_invitations, name="roster_invitations"
    ),
    path("roster/<int:pk>/removal/", roster_views.roster_removal, name="roster_removal"),
    path("invitations/<int:pk>/mail/", roster_views.invitation_mail, name="invitation_mail"),
    path("invitations/", invitation_views.invitation_create, name="invitation_create"),
    path(
        "invitations/<int:pk>/revocation/",
        invitation_views.invitation_revocation,
        name="invitation_revocation",
    ),
]

announcements = [
    path("", announcement_views.announcement_list, name="announcement_list"),
    path("new/", announcement_views.announcement_create, name="announcement_create"),
    path("<int:pk>/", announcement_views.announcement_detail, name="announcement_detail"),
    path("<int:pk>/text/", announcement_views.announcement_text, name="announcement_text"),
    path(
        "<int:pk>/withdrawal/",
        announcement_views.announcement_withdrawal,
        name="announcement_withdrawal",
    ),
    path("<int:pk>/receipt/", announcement_views.announcement_receipt, name="announcement_receipt"),
]

urlpatterns = [
    path("seminars/new/", views.seminar_create, name="seminar_create"),
    path("join/<str:token>/", invitation_views.invitation_accept, name="invitation_accept"),
    path("s/<slug:seminar>/settings/", views.seminar_settings, name="seminar_settings"),
    path("s/<slug:seminar>/announcements/", include(announcements)),
    path("s/<slug:seminar>/departure/", move_views.departure, name="departure"),
    path("s/<slug:seminar>/people/", include(people)),
]
