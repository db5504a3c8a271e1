"""axe finds nothing, on every page, light and dark, at the four widths; and nothing overflows."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from readings.models import Essay
from tests.browser.conftest import OpenPage
from tests.permissions.world import World, make_world

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1440, 1024, 768, 390)

# Page → (who looks, object of the world). With test_every_page below, none is left out.
PAGES: dict[str, tuple[str, str]] = {
    "home": ("carol", ""),
    "display_settings": ("carol", ""),
    "erasure": ("carol", ""),
    "personal_export": ("carol", ""),
    "seminar_create": ("alice", ""),
    "seminar_detail": ("alice", "seminar"),
    "seminar_settings": ("alice", "seminar"),
    "seminar_whole": ("alice", "seminar"),
    "seminar_deletion": ("alice", "seminar"),
    "host": ("host", ""),
    "host_seminars": ("host", ""),
    "host_seminar_deletion": ("host", "slug"),
    "people": ("alice", "seminar"),
    "membership_detail": ("alice", "member"),
    "membership_removal": ("alice", "member"),
    "group_create": ("alice", "seminar"),
    "group_detail": ("alice", "group"),
    "group_removal": ("alice", "group"),
    "invitation_create": ("alice", "seminar"),
    "library": ("alice", ""),
    "essay_detail": ("alice", "essay"),
    "essay_removal": ("alice", "essay"),
    "import_create": ("alice", ""),
    "import_progress": ("alice", "refused draft"),
    "import_preview": ("alice", "draft"),
    "import_history": ("alice", "draft"),
    "import_block": ("alice", "draft block"),
    "import_note": ("alice", "draft note"),
    "seminar_copy": ("alice", "seminar"),
    "reading_create": ("alice", "seminar"),
    "reading_detail": ("carol", "reading"),
    "pair_choice": ("carol", "reading"),
    "reading_pair": ("carol", "pair"),
    "reading_copy": ("alice", "reading"),
    "reading_removal": ("alice", "reading"),
    "reading_settings": ("alice", "reading"),
    "revision_create": ("alice", "essay"),
    "revision_changes": ("alice", "revision"),
    "revision_withdrawal": ("alice", "revision"),
    "reading_revision": ("alice", "reading"),
    "reading_changes": ("alice", "reading revised"),
    "passage_place": ("alice", "moved all"),
    "reading_guide": ("alice", "reading"),
    "practice": ("carol", "seminar"),
    "practice_question": ("carol", "missed question"),
    "guide_draft": ("alice", "reading"),
    "guide_item_new": ("alice", "reading"),
    "guide_item_detail": ("alice", "guide item"),
    "guide_draft_preview": ("alice", "reading"),
    "accommodation": ("alice", "member"),
    "gate_passings": ("alice", "gated quiz"),
    "answer_publication": ("carol", "own answer"),
    "question_bank": ("alice", ""),
    "question_export": ("alice", "reading"),
    "question_import": ("alice", "reading"),
    "bank_selection": ("alice", "reading"),
    "draft_question_new": ("alice", "reading"),
    "draft_question_detail": ("alice", "draft question"),
    "draft_checkpoint": ("alice", "guide item"),
    "general_discussion": ("carol", "seminar"),
    "thread_list": ("carol", "reading"),
    "thread_new": ("carol", "reading"),
    "thread_detail": ("carol", "thread all"),
    "comment_revisions": ("carol", "comment all"),
    "comment_reactions": ("dan", "comment all"),
    "comment_reports": ("dan", "comment all"),
    "comment_visibility": ("alice", "comment all"),
    "argument": ("carol", "seminar"),
    "notebook": ("carol", "seminar"),
    "all_notebooks": ("carol", ""),
    "all_news": ("carol", ""),
    "mail_choices": ("carol", ""),
    "news": ("carol", "seminar"),
    "personal_mute": ("carol", "member"),
    "personal_mute_list": ("carol", "seminar"),
    "member_words": ("carol", "member"),
    "search": ("carol", "seminar"),
    "profile": ("carol", ""),
    "session_list": ("carol", ""),
    "mfa_index": ("carol", ""),
    "mfa_list_webauthn": ("carol", ""),
    "mail_choice": ("carol", "join"),
    "announcement_list": ("carol", "seminar"),
    "announcement_create": ("alice", "seminar"),
    "announcement_detail": ("carol", "announcement"),
    "announcement_text": ("alice", "announcement"),
    "departure": ("carol", "seminar"),
    "roster_create": ("alice", "seminar"),
    "roster_detail": ("alice", "roster"),
    "unit_list": ("alice", "seminar"),
    "unit_detail": ("alice", "unit"),
    "unit_removal": ("alice", "unit"),
    "extension_list": ("alice", "reading"),
    "extension_detail": ("alice", "extension"),
    "tag_list": ("alice", "seminar"),
    "tag_detail": ("alice", "tag"),
    "tag_removal": ("alice", "tag"),
    "link_new": ("carol", "reading"),
    "thread_link_kind": ("carol", "thread link"),
    "link_kind_list": ("alice", "seminar"),
    "link_kind_detail": ("alice", "link kind"),
    "link_kind_removal": ("alice", "link kind"),
    "default_link_kinds": ("alice", "seminar"),
    "reaction_settings": ("alice", "seminar"),
    "moderation_settings": ("alice", "seminar"),
    "reason_list": ("alice", "seminar"),
    "reason_detail": ("alice", "reason"),
    "reason_removal": ("alice", "reason"),
    "thread_moderation": ("alice", "thread all"),
    "member_moderation": ("alice", "member"),
    "decision_correction": ("alice", "decision"),
    "own_decisions": ("dan", "seminar"),
    "comment_amendment": ("alice", "comment all"),
    "comment_purge": ("alice", "comment removed"),
    "comment_review": ("dan", "comment hidden"),
    "comment_author": ("alice", "comment anonymous"),
    "host_cases": ("host", ""),
    "reading_print": ("carol", "reading"),
    "annotation_import": ("alice", "reading"),
    "desk": ("alice", "seminar"),
    "review_queue": ("alice", "seminar"),
    "review_several": ("alice", "seminar"),
    "decision_log": ("alice", "seminar"),
    "quiz_detail": ("carol", "quiz"),
    "quiz_results": ("alice", "reading"),
    "quiz_results_text": ("alice", "reading"),
    "member_answers": ("alice", "answers thursday"),
    "marking_list": ("alice", "seminar"),
    "question_marking": ("alice", "open question"),
    "answer_mark": ("alice", "open answer monday"),
    "marks_release": ("alice", "open question"),
    "overview": ("alice", "seminar"),
    "message_create": ("alice", "seminar"),
    "participation": ("alice", "seminar"),
    "participation_score": ("alice", "score"),
    "progress": ("carol", "seminar"),
    "gradebook": ("alice", "seminar"),
    "member_marks": ("alice", "member"),
    "grade_detail": ("alice", "grade monday"),
    "grades_release": ("alice", "seminar"),
    "gradebook_settings": ("alice", "seminar"),
    "grades_import": ("alice", "seminar"),
    "own_marks": ("carol", "seminar"),
    "invitation_accept": ("carol", "join"),
    "account_email": ("carol", ""),
    "account_change_password": ("carol", ""),
    "account_logout": ("carol", ""),
}
SIGNED_OUT = ("account_login", "account_signup", "account_reset_password")
QUERY = {
    "draft_question_new": "?at=2",
    "thread_new": "?block=p1",
    "link_new": "?block=p1&far=closed&far_block=p2",
    "search": "?q=words&kind=comment",
    "review_several": "?decision=remove&item={case}",
}


# What depends on the colours: all that the dark theme changes (static/css/tokens.css).
OF_COLOUR = ["color-contrast", "link-in-text-block"]
# What depends on where things stand and how large they are. By all other rules a page is the
# same at two widths at which the same elements are shown.
OF_PLACE = [*OF_COLOUR, "target-size", "scrollable-region-focusable"]
# Which elements are shown, and in which colours and letters.
SHOWN = """
() => [...document.querySelectorAll("*")].map((one) => {
  const shown = one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  if (!shown || !one.getClientRects().length) return "";
  const style = getComputedStyle(one);
  return ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight",
    "textDecorationLine", "position", "clip", "clipPath"].map((name) => style[name]).join(" ");
}).join("\\n")
"""


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """Return what axe finds by its rules for WCAG, or by these of them."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", only
    )
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def check(page: Page, name: str) -> list[str]:
    """Return what is wrong with the open page at each width, in each theme."""
    troubles: list[str] = []
    seen: set[str] = set()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            where = f"{name} at {width}, {theme}"
            shown = f"{theme} {page.evaluate(SHOWN)}"
            if theme == "light":
                found = violations(page, OF_PLACE if shown in seen else None)
            else:
                # At each width the light theme has been looked at; dark it has the same places.
                found = [] if shown in seen else violations(page, OF_COLOUR)
            seen.add(shown)
            troubles += [f"{where}: {one}" for one in found]
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if over > 0:
                troubles.append(f"{where}: {over} px too wide")
    return troubles


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def member_of(world: World, who: str) -> Any:
    """Whom `open_page` takes: whoever has a user."""
    return SimpleNamespace(user=world.users[who])


def url_of(world: World, name: str) -> str:
    query = QUERY.get(name, "").format(case=world.kwargs["case all"]["pk"])
    return reverse(name, kwargs=world.kwargs[PAGES[name][1]]) + query


@pytest.mark.parametrize("names", [list(PAGES)[start::6] for start in range(6)])
def test_pages_of_members(world: World, open_page: OpenPage, names: list[str]) -> None:
    """One after the other in one window of each member: to open another costs more than axe."""
    troubles: list[str] = []
    windows: dict[str, Page] = {}
    for name in sorted(names, key=lambda name: PAGES[name][0]):
        who = PAGES[name][0]
        page = windows.get(who)
        if page is None:
            page = windows[who] = open_page(member_of(world, who), url_of(world, name))
        else:
            page.set_viewport_size({"width": WIDTHS[0], "height": 900})
            page.emulate_media(color_scheme="light")
            page.goto(url_of(world, name))
        troubles += check(page, name)
    assert not troubles, "\n".join(troubles)


def test_pages_of_anybody(world: World, open_page: OpenPage) -> None:
    troubles: list[str] = []
    for name in SIGNED_OUT:
        page = open_page(None, reverse(name))
        troubles += check(page, name)
    page.goto("/nothing-is-here/")
    troubles += check(page, "404")
    assert not troubles, "\n".join(troubles)


def test_a_long_title_leaves_the_way_back_large_enough(world: World, open_page: OpenPage) -> None:
    Essay.objects.update(title="A Title That Goes On and On, for Nobody Would Cut It Short " * 3)
    troubles: list[str] = []
    for name in ("thread_list", "reading_print"):
        page = open_page(world.people.carol, reverse(name, kwargs=world.kwargs["reading"]))
        troubles += check(page, name)
        page.context.close()
    assert not troubles, "\n".join(troubles)


def test_reading_page_in_use(world: World, open_page: OpenPage) -> None:
    """With a thread open, a form in the margin and the contents shown."""
    page = open_page(world.people.carol, reverse("reading_detail", kwargs=world.kwargs["reading"]))
    page.locator("details.thread > summary").first.click()
    page.locator(".conversation").first.wait_for()
    troubles = check(page, "open thread")
    assert not troubles, "\n".join(troubles)


def test_preview_in_use(world: World, open_page: OpenPage) -> None:
    """With a block's menu open, then each of its forms, then the list of keys."""
    page = open_page(world.people.alice, reverse("import_preview", kwargs=world.kwargs["draft"]))
    handle = page.locator(".block[data-kind=paragraph] > .handle").first
    troubles: list[str] = []
    for item in ("Edit the words", "Kind and level", "Split", "Add a note"):
        page.set_viewport_size({"width": 1440, "height": 900})
        handle.click(force=True)
        if item == "Edit the words":
            troubles += violations(page)
        page.locator(".block-menu").get_by_role("button", name=item).click()
        page.get_by_role("dialog").locator("form").wait_for()
        troubles += check(page, f"{item} in the preview")
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="hidden")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="Keys").click()
    troubles += check(page, "keys of the preview")
    assert not troubles, "\n".join(troubles)


def test_every_page_is_looked_at() -> None:
    """Whatever answers GET with a page is in the list, or has a reason not to be."""
    from tests.permissions.matrix import MATRIX

    no_page = {
        *("livez", "readyz", "comment_detail", "essay_file", "annotation_collection"),
        *("notebook_file", "all_notebooks_file", "argument_file"),
        *("overview_file", "participation_file", "decision_log_file"),
        *("quiz_results_file", "question_file", "gradebook_file", "earlier_guide"),
        "personal_export_file",
        # Pieces of pages, and data for them.
        *("reading_end", "thread_readers", "reading_readers", "thread_arrivals", "reading_hints"),
        "review_arrivals",
        *("import_picture", "reading_picture"),
    }
    pages = {
        name for name, rows in MATRIX.items() if any(row[0] is not None for row in rows.values())
    }
    assert pages - no_page == set(PAGES) & set(MATRIX)
