"""Below /s/<seminar>/."""

from django.urls import path

from discussions.general import views as general
from discussions.links import argument_views as argument
from discussions.links import kind_views as kinds
from discussions.moderation import log_views as log
from discussions.moderation import member_views as members
from discussions.moderation import settings_views as moderation
from discussions.notebook import views as notebook
from discussions.notifications import views as notifications
from discussions.reactions import views as reactions
from discussions.search import views as search
from discussions.thread_marks import tag_views as tags

urlpatterns = [
    path("discussion/", general.general_discussion, name="general_discussion"),
    path(
        "discussion/closing/",
        general.general_discussion_closing,
        name="general_discussion_closing",
    ),
    path("argument/", argument.argument, name="argument"),
    path("argument/<str:form>/", argument.argument_file, name="argument_file"),
    path("notebook/", notebook.notebook, name="notebook"),
    path("notebook/<str:form>/", notebook.notebook_file, name="notebook_file"),
    path("news/", notifications.news, name="news"),
    path("news/reads/", notifications.news_reads, name="news_reads"),
    path("people/<int:pk>/words/", notebook.member_words, name="member_words"),
    path("people/<int:pk>/moderation/", members.member_moderation, name="member_moderation"),
    path("people/<int:pk>/mute/", members.member_mute, name="member_mute"),
    path("people/<int:pk>/restriction/", members.member_restriction, name="member_restriction"),
    path("decisions/", log.own_decisions, name="own_decisions"),
    path("search/", search.search, name="search"),
    path("settings/tags/", tags.tag_list, name="tag_list"),
    path("settings/tags/<int:pk>/", tags.tag_detail, name="tag_detail"),
    path("settings/tags/<int:pk>/removal/", tags.tag_removal, name="tag_removal"),
    path("settings/links/", kinds.link_kind_list, name="link_kind_list"),
    path("settings/links/default/", kinds.default_link_kinds, name="default_link_kinds"),
    path("settings/links/<int:pk>/", kinds.link_kind_detail, name="link_kind_detail"),
    path("settings/links/<int:pk>/place/", kinds.link_kind_place, name="link_kind_place"),
    path("settings/links/<int:pk>/removal/", kinds.link_kind_removal, name="link_kind_removal"),
    path("settings/reactions/", reactions.reaction_settings, name="reaction_settings"),
    path("settings/moderation/", moderation.moderation_settings, name="moderation_settings"),
    path("settings/moderation/reasons/", moderation.reason_list, name="reason_list"),
    path("settings/moderation/reasons/own/", moderation.own_reasons, name="own_reasons"),
    path("settings/moderation/reasons/<int:pk>/", moderation.reason_detail, name="reason_detail"),
    path(
        "settings/moderation/reasons/<int:pk>/place/", moderation.reason_place, name="reason_place"
    ),
    path(
        "settings/moderation/reasons/<int:pk>/removal/",
        moderation.reason_removal,
        name="reason_removal",
    ),
]
