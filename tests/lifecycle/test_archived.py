"""An archived seminar: all of it is read, and nothing in it is written, by anybody, anywhere.

Both are asked of every address of the table of permissions.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone
from lxml import html

from lifecycle.archive_actions import archive_seminar, unarchive_seminar
from seminars.models import Invitation, Membership, Seminar
from tests.lifecycle.archived import changed, every_row
from tests.permissions.entered import Entered
from tests.permissions.matrix import MATRIX
from tests.permissions.roles import MEMBERS, NOBODY
from tests.permissions.test_matrix import seed_entered, visitor
from tests.views import routes

__all__ = ["seed_entered"]

SAID = "This seminar was archived on"
# What one keeps for oneself alone: how far one has read.
OWN_MARKS = {"reading_place", "reading_reads", "thread_read", "seminar_reads", "news_reads"}
OWN_MARKS |= {"announcement_receipt"}
# One may leave, and what is done with the seminar as a whole.
STILL = OWN_MARKS | {"departure", "seminar_archive", "seminar_copy"}
STILL |= {"seminar_deletion", "seminar_deletion_undo"}
# Pages that are nothing but a form, for who would send it: they say why there is none.
FORMS = {
    "annotation_import",
    "announcement_create",
    "announcement_text",
    "answer_publication",
    "bank_selection",
    "comment_amendment",
    "comment_author",
    "comment_purge",
    "comment_reports",
    "comment_review",
    "comment_visibility",
    "decision_correction",
    "default_link_kinds",
    "draft_checkpoint",
    "draft_question_detail",
    "draft_question_new",
    "extension_detail",
    "extension_list",
    "gradebook_settings",
    "grades_import",
    "grades_release",
    "group_create",
    "group_detail",
    "group_removal",
    "guide_draft",
    "guide_draft_preview",
    "guide_item_detail",
    "guide_item_new",
    "invitation_create",
    "link_kind_detail",
    "link_kind_list",
    "link_kind_removal",
    "link_new",
    "marks_release",
    "membership_detail",
    "member_moderation",
    "membership_removal",
    "message_create",
    "moderation_settings",
    "participation_score",
    "passage_place",
    "question_import",
    "reaction_settings",
    "reading_copy",
    "reading_create",
    "reading_guide",
    "reading_removal",
    "reading_revision",
    "reading_settings",
    "reason_detail",
    "reason_list",
    "reason_removal",
    "review_several",
    "roster_create",
    "roster_detail",
    "tag_detail",
    "tag_list",
    "tag_removal",
    "thread_link_kind",
    "thread_moderation",
    "thread_new",
    "unit_detail",
    "unit_list",
    "unit_removal",
}


@pytest.fixture
def archived(seed_entered_world: Entered) -> Entered:
    archive_seminar(by=seed_entered_world.world.people.alice)
    return seed_entered_world


def asked(entered: Entered, method: str) -> Iterator[tuple[str, str, str]]:
    """Each address of the table below the seminar: (name, url, person), for whoever may."""
    place = 0 if method == "GET" else 1
    for name, targets in MATRIX.items():
        for target, row in targets.items():
            kwargs = entered.world.kwargs[target]
            if kwargs.get("seminar") == "seminar" and row[place] is not None:
                for who in sorted((row[place] or NOBODY) & MEMBERS):
                    yield name, reverse(name, kwargs=kwargs), who


def enter(entered: Entered, who: str) -> Client:
    client = visitor()
    client.cookies.clear()
    client.cookies["sessionid"] = entered.sessions[who] or ""
    return client


@pytest.mark.parametrize("hx", [False, pytest.param(True, marks=pytest.mark.once)])
def test_nothing_that_anybody_sends_changes_anything(archived: Entered, hx: bool) -> None:
    before, wrong = every_row(), []
    headers = {"HX-Request": "true"} if hx else {}
    words = {"body": "Half a thought.", "name": "Another", "comment": "Words."}
    for name, url, who in asked(archived, "POST"):
        if name in STILL:
            continue
        answer = enter(archived, who).post(url, words, headers=headers)
        if answer.status_code != 403 or SAID not in answer.content.decode():
            wrong.append(f"{who} to {url}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert changed(before, every_row()) == {}


def test_what_is_let_through_is_named_here() -> None:
    marked = {route.name for route in routes() if getattr(route.view, "though_read_only", False)}
    assert marked == STILL


def test_what_one_keeps_for_oneself_touches_nothing_else(archived: Entered) -> None:
    before = every_row()
    for name, url, who in asked(archived, "POST"):
        if name in OWN_MARKS:
            sent = {"place": "p2", "seq": "1", "progress": "40"}
            answer = enter(archived, who).post(url, sent)
            assert answer.status_code in {200, 204, 302, 422}, url
    assert changed(before, every_row()).keys() <= {"accounts.AnsweredForm"}


def test_all_of_it_is_read_and_no_form_is_offered(archived: Entered) -> None:
    wrong = []
    for name, url, who in asked(archived, "GET"):
        answer = enter(archived, who).get(url)
        page = b"".join(answer) if answer.streaming else answer.content
        expected = {403} if name in FORMS else {200, 302, 303}
        if answer.status_code not in expected:
            wrong.append(f"{name} for {who} at {url}: {answer.status_code}")
        if answer.status_code == 403 and SAID not in page.decode():
            wrong.append(f"{name} for {who} at {url} does not say why")
        if answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]:
            wrong += [f"{url} for {who} offers {one}" for one in offered(page)]
    assert not wrong, "\n".join(sorted(set(wrong)))


def offered(page: bytes) -> set[str]:
    """The views below the seminar to which forms of a page lead that nobody may send now."""
    if not page.strip():
        return set()
    forms = html.fromstring(page).xpath("//form[@method='post'] | //*[@hx-post]")
    actions = [one.get("action") or one.get("hx-post") or "" for one in forms]
    names = {resolve(re.sub(r"[?#].*", "", one)) for one in actions if one.startswith("/s/")}
    return {str(one.url_name) for one in names} - STILL


def test_an_action_refuses_as_well(archived: Entered) -> None:
    """What does not come by a view, or came before it was archived, is held where it is written."""
    from readings.setup.unit_actions import create_unit
    from seminars.actions import create_group

    people = archived.world.people
    late = Membership.objects.select_related("seminar").get(pk=people.alice.pk)
    late.seminar.archived_at = None  # as it was when the page was asked for
    for write in (create_group, create_unit):
        more: dict[str, Any] = {"starts_on": None} if write is create_unit else {}
        with pytest.raises(PermissionDenied, match=SAID):
            write(name="Late", by=late, **more)


def test_nobody_joins(archived: Entered) -> None:
    people = archived.world.people
    unarchive_seminar(by=people.alice)
    from tests.seminars.helpers import invite

    _invitation, link = invite(people)
    archive_seminar(by=people.alice)
    answer = enter(archived, "mallory").post(link)
    assert (answer.status_code, "takes nobody in" in answer.content.decode()) == (410, True)
    assert not people.seminar.memberships.filter(user=people.mallory).exists()
    assert not Invitation.objects.usable().filter(seminar=people.seminar).exists()


def test_out_of_the_archive_all_goes_on(archived: Entered) -> None:
    url = reverse("seminar_archive", args=["seminar"])
    for who in ("bob", "carol", "grace", "mallory"):
        expected = 404 if who == "mallory" else 403
        assert enter(archived, who).post(url, {"undo": "1"}).status_code == expected
    assert enter(archived, "alice").post(url, {"undo": "1"}).status_code == 302
    kwargs = archived.world.kwargs["thread all"]
    posted = enter(archived, "carol").post(
        reverse("comment_create", kwargs=kwargs), {"body": "On we go.", "audience": "seminar"}
    )
    assert posted.status_code == 302
    assert Seminar.objects.get(slug="seminar").archived_at is None


def test_home_folds_it_away_and_tells_nothing_of_it(archived: Entered) -> None:
    Seminar.objects.filter(slug="seminar").update(archived_at=timezone.now())
    page = html.fromstring(enter(archived, "carol").get("/").content)
    folded = page.xpath("//details[contains(@class, 'archived-seminars')]")
    assert [one.get("open") for one in folded] == [None]
    assert folded[0].xpath(".//a/@href") == ["/s/seminar/"]
    assert page.xpath("//main//a[starts-with(@href, '/s/seminar/')]") == folded[0].xpath(".//a")
