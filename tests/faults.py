"""What can go wrong between opening a form and sending it, for the tests that try all forms.

Each fault is what others do meanwhile, or what becomes of one's own session. What a form is
answered under it is found out in a transaction that is taken back, so that the next finds the
same world.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accounts.models import User
from config.refusals import CARRIED
from discussions import moderation
from discussions.models import Comment, CommentState, Thread
from documents.editing import About, Drop, Edit
from quizzes.models import Quiz
from readings.drafts.actions import import_now
from readings.drafts.edit_actions import record_edit
from readings.drafts.edit_log import version_of
from readings.guides import apply_guide
from readings.models import Draft, Essay, ImportState, Reading, ReanchoredPassage, Revision
from seminars.actions import create_invitation
from seminars.models import Group, Invitation, Membership
from tests.base import make_reading
from tests.discussions.base import first_of, say
from tests.forms import SiteForm, forms_of, pages
from tests.permissions.world import World, make_world
from tests.readings.pictures import essay_with_picture
from tests.test_sent_twice import with_more

WORDS = "Words that took an hour"
WHO = ("alice", "bob", "carol", "grace", "host", "anonymous")
# What a browser adds to whatever a page of this site sends.
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
GUIDE = "---\nguide: 1\ntitle: Guide\n---\n\n## Prompt ¶ 1\n\nWhy?\n"


def make_wide_world() -> World:
    """With what the matrix has no need of: a case for the host, a link that lets somebody in."""
    world = with_more(make_world())
    elsewhere = Membership.objects.get(user=world.users["otto"])
    # Nobody but the host may decide on the words of an only instructor.
    people = replace(world.people, seminar=elsewhere.seminar, alice=elsewhere)
    reporter = Membership.objects.get(user__email="carol-elsewhere@example.org")
    prompt = first_of(say(make_reading(people), elsewhere))
    moderation.report(comment=prompt, reason="unkind", by=reporter)
    _, token = create_invitation(
        role="participant", group=None, max_uses=9, valid_for=timedelta(days=2), by=elsewhere
    )
    world.kwargs["join"] = {"token": token}
    for name in ("monday", "thursday", "staff", "closed"):  # whose pages are as those of “all”
        del world.kwargs[f"thread {name}"], world.kwargs[f"comment {name}"]
    data = essay_with_picture().encode()
    pictured = import_now(data=data, filename="gates.md", by=world.people.alice.user)
    # Of pages that are alike, the first few are walked.
    first = {name: world.kwargs.pop(name) for name in ("thread highlight", "revision")}
    world.kwargs = {"draft with a picture": {"pk": pictured.pk}} | first | world.kwargs
    return world


def all_forms(world: World) -> list[SiteForm]:
    """Every form of the site for every role, each once: by where it leads and what it asks.

    Those too that a script takes out of a template, or fetches into a dialog.
    """
    found: dict[Any, SiteForm] = {}
    for who in WHO:
        client = Client()
        if user := world.users[who]:
            client.force_login(user)
        host = ""
        for page, content in pages(world, client, all_alike=False, whole_site=True):
            if b"<!doctype" in content:
                host = page
            for form in forms_of(content, page, who, templates=True):
                form = replace(form, host=host)
                asked = tuple(sorted({one.name for one in form.controls}))
                kind = (form.view, asked, form.by_script, form.is_template, form.piece)
                found.setdefault(kind, form)
    return list(found.values())


# What is typed to look something up is nobody's work.
SOUGHT = {"q"}


def words_of(form: SiteForm) -> list[str]:
    """The fields of it into which somebody writes; none where it asks for a password."""
    if any(one.get("type") == "password" for one in form.controls):
        return []
    return [one.name for one in form.text_controls if one.name not in CARRIED | SOUGHT]


def filled(form: SiteForm) -> dict[str, Any]:
    """What it sends when somebody has written into every field of it."""
    sent: dict[str, Any] = dict(form.changed(1)) | dict.fromkeys(words_of(form), WORDS)
    if form.has_file:
        sent["file"] = SimpleUploadedFile("words.md", WORDS.encode())
    return sent


# --- What others do meanwhile --------------------------------------------------------------------
def member_removed() -> None:
    Membership.objects.update(removed_at=timezone.now())


def role_lowered() -> None:
    Membership.objects.update(role="guest", group=None)


def instructor_no_more() -> None:
    Membership.objects.filter(role__in=["instructor", "assistant"]).update(role="participant")


def group_changed() -> None:
    thursday = Group.objects.get(name="Thursday", seminar__slug="seminar")
    Membership.objects.filter(seminar=thursday.seminar, role="participant").update(group=thursday)


def thread_locked() -> None:
    Thread.objects.update(state="locked")


def comment_withdrawn() -> None:
    Comment.objects.update(state=CommentState.WITHDRAWN)


def thread_withdrawn() -> None:
    comment_withdrawn()
    Thread.objects.update(withdrawn_at=timezone.now())


def comment_hidden() -> None:
    Comment.objects.update(state=CommentState.HIDDEN)


def reading_removed() -> None:
    Reading.objects.update(removed_at=timezone.now())


def reading_closed() -> None:
    Reading.objects.update(opens_at=timezone.now() + timedelta(days=1), open_to_guests=False)


def checkpoint_gone() -> None:
    for reading in Reading.objects.filter(pk__in=Quiz.objects.values("reading")):
        apply_guide(reading=reading, text=GUIDE, by=reading.created_by)


def essay_removed() -> None:
    Essay.objects.update(removed_at=timezone.now())


def essay_given_away() -> None:
    Essay.objects.update(created_by=User.objects.get(email="alice-elsewhere@example.org"))
    Essay.editors.through._base_manager.all().delete()


def draft_discarded() -> None:
    Draft.objects.all().delete()


def draft_published() -> None:
    free = iter(Revision.objects.filter(draft=None))
    for draft in Draft.objects.exclude(document={}).filter(revision=None):
        Draft.objects.filter(pk=draft.pk).update(revision=next(free))


def draft_edited() -> None:
    _edit_drafts(lambda _draft: [About({"venue": "Another window"})])


def draft_emptied() -> None:
    _edit_drafts(lambda draft: [Drop(one["key"]) for one in draft.document["blocks"]])


def _edit_drafts(edits: Callable[[Draft], list[Edit]]) -> None:
    for draft in Draft.objects.exclude(document={}).filter(revision=None):
        for edit in edits(draft):
            record_edit(draft=draft, edit=edit, seen=version_of(draft), by=draft.created_by)


def draft_read_again() -> None:
    Draft.objects.filter(revision=None).update(state=ImportState.WAITING)


def group_removed() -> None:
    Group.objects.filter(name="Spare").delete()


def invitations_revoked() -> None:
    Invitation.objects.update(revoked_at=timezone.now())


def outcomes_undone() -> None:
    ReanchoredPassage.objects.all().delete()


@dataclass(frozen=True)
class Fault:
    """What happens, to forms that lead below `below`; and who sends the form then."""

    name: str
    happens: Callable[[], object]
    below: str = "/"
    sender: str = ""  # "" for who opened the page
    checks_tokens: bool = False


NO_FAULT = Fault("in time", dict)
FAULTS = [
    Fault("session ended", dict, sender="nobody"),
    Fault("old token", dict, checks_tokens=True),
    Fault("signed in as another", dict, sender="mallory"),
    *(
        Fault(happens.__name__.replace("_", " "), happens, below)
        for below, all_of_them in {
            "/": [member_removed, role_lowered, instructor_no_more],
            "/s/": [group_changed, group_removed, essay_removed, essay_given_away],
            "/s/seminar/r/": [reading_removed, reading_closed, checkpoint_gone, outcomes_undone],
            "/s/seminar/": [thread_locked, comment_withdrawn, thread_withdrawn, comment_hidden],
            "/library/essays/": [essay_removed, essay_given_away],
            "/library/import/": [
                draft_discarded,
                draft_published,
                draft_read_again,
                draft_edited,
                draft_emptied,
            ],
            "/join/": [invitations_revoked],
        }.items()
        for happens in all_of_them
    ),
]


class Trials:
    """Forms sent under faults, each as by the browser in which its page was opened."""

    def __init__(self, world: World) -> None:
        self.cookies = {"nobody": Client().cookies}
        for who in (*WHO, "mallory"):
            client = Client()
            if user := world.users[who]:
                client.force_login(user)
            else:
                client.get(reverse("invitation_accept", kwargs=world.kwargs["join"]))
            self.cookies[who] = client.cookies
        self.users = world.users

    def browser(self, who: str, **options: Any) -> Client:
        """The browser in which `who` is signed in; or has followed a link, to sign up."""
        client = Client(**options)
        client.cookies.update(self.cookies[who])
        return client

    def answer(self, form: SiteForm, fault: Fault, *, by_script: bool) -> Any:
        """What the server answers, with `stored`: whether the words are in the database then.

        Nothing of it lasts.
        """
        headers = dict(FROM_HERE)
        if by_script:
            user = self.users[form.who]
            headers |= {"HX-Request": "true", "X-Reader": str(user.pk if user else "")}
        with transaction.atomic():
            client = self.browser(fault.sender or form.who, enforce_csrf_checks=fault.checks_tokens)
            fault.happens()
            answer: Any = client.post(form.action, filled(form), headers=headers)
            answer.stored = bool(words_of(form)) and answer.status_code < 400 and is_stored(WORDS)
            transaction.set_rollback(True)
        return answer


def is_stored(words: str) -> bool:
    """Whether any row of ours holds these words."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return any(
        model._base_manager.filter(**{f"{column.name}__icontains": words}).exists()
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if isinstance(column, kinds)
    )


def visible(markup: str) -> str:
    """What a page shows: its words, and those in its fields."""
    page = html.fromstring(markup or "<p>")
    shown = [one.get("value") or "" for one in page.iter("input") if one.get("type") != "hidden"]
    return " ".join(" ".join([page.text_content(), *shown]).split())


def says_why(markup: str) -> bool:
    """Whether an answer says what did not happen: in an alert, or as the title of its page."""
    found = html.fromstring(markup or "<p>").xpath(
        "//*[@role='alert' or @data-refusal or @id='said' or self::h1 or contains(@class, 'error')]"
    )
    return any(one.text_content().strip() for one in found)
