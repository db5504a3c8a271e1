"""Below /s/<seminar>/r/<reading>/."""

from django.urls import path

from discussions.comments import preview_views as previews
from discussions.comments import views as comments
from discussions.exchange import views as exchange
from discussions.links import pair_views as pairs
from discussions.links import views as links
from discussions.moderation import appeal_views as appeals
from discussions.moderation import rare_views as rare
from discussions.moderation import thread_views as moderated
from discussions.moderation import views as moderation
from discussions.printing import views as printing
from discussions.questions import views as questions
from discussions.reactions import views as reactions
from discussions.thread_marks import views as marks
from discussions.threads import highlight_views as highlights
from discussions.threads import hint_views as hints
from discussions.threads import read_views as reads
from discussions.threads import reader_views as readers
from discussions.threads import views as threads

urlpatterns = [
    path("threads/", threads.thread_list, name="thread_list"),
    path("threads/new/", threads.thread_new, name="thread_new"),
    path("threads/<int:pk>/", threads.thread_detail, name="thread_detail"),
    path("threads/<int:pk>/comments/", comments.comment_create, name="comment_create"),
    path("threads/<int:pk>/kind/", links.thread_link_kind, name="thread_link_kind"),
    path("threads/<int:pk>/pin/", marks.thread_pin, name="thread_pin"),
    path("threads/<int:pk>/subscription/", marks.thread_subscription, name="thread_subscription"),
    path("threads/<int:pk>/tags/", marks.thread_tags, name="thread_tags"),
    path("threads/<int:pk>/resolution/", questions.thread_resolution, name="thread_resolution"),
    path("threads/<int:pk>/readers/", readers.thread_readers, name="thread_readers"),
    path("threads/<int:pk>/lock/", moderation.thread_lock, name="thread_lock"),
    path("threads/<int:pk>/moderation/", moderated.thread_moderation, name="thread_moderation"),
    path("threads/<int:pk>/read/", reads.thread_read, name="thread_read"),
    path("threads/<int:pk>/arrivals/", hints.thread_arrivals, name="thread_arrivals"),
    path("with/", pairs.pair_choice, name="pair_choice"),
    path("with/<slug:other>/", pairs.reading_pair, name="reading_pair"),
    path("hints/", hints.reading_hints, name="reading_hints"),
    path("reads/", reads.reading_reads, name="reading_reads"),
    path("threads/<int:pk>/withdrawal/", highlights.thread_withdrawal, name="thread_withdrawal"),
    path("readers/", readers.reading_readers, name="reading_readers"),
    path("comments/<int:pk>/", comments.comment_detail, name="comment_detail"),
    path("comments/<int:pk>/revisions/", comments.comment_revisions, name="comment_revisions"),
    path("comments/<int:pk>/withdrawal/", comments.comment_withdrawal, name="comment_withdrawal"),
    path("comments/<int:pk>/reactions/", reactions.comment_reactions, name="comment_reactions"),
    path(
        "comments/<int:pk>/endorsement/",
        questions.comment_endorsement,
        name="comment_endorsement",
    ),
    path("comments/<int:pk>/reports/", moderation.comment_reports, name="comment_reports"),
    path("comments/<int:pk>/amendment/", rare.comment_amendment, name="comment_amendment"),
    path("comments/<int:pk>/purge/", rare.comment_purge, name="comment_purge"),
    path("comments/<int:pk>/review/", appeals.comment_review, name="comment_review"),
    path("comments/<int:pk>/author/", moderation.comment_author, name="comment_author"),
    path("comments/<int:pk>/visibility/", moderation.comment_visibility, name="comment_visibility"),
    path("links/new/", links.link_new, name="link_new"),
    path("previews/", previews.comment_preview, name="comment_preview"),
    path("print/", printing.reading_print, name="reading_print"),
    path("annotations/", exchange.annotation_collection, name="annotation_collection"),
    path("annotations/import/", exchange.annotation_import, name="annotation_import"),
]
