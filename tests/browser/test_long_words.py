"""One long name, one long word and one wide table: no page is wider than its window."""

import pytest
from playwright.sync_api import Page

from accounts.models import User
from discussions.common.markdown import render
from discussions.models import Comment, Report
from readings.models import Block, Essay, GuideDraft, Passage
from seminars.models import Group, Membership, Seminar
from tests.browser.conftest import OpenPage
from tests.browser.test_accessibility import PAGES, url_of
from tests.permissions.world import World, make_world

LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente" * 2
ADDRESS = f"https://example.org/{'a' * 120}"
TABLE = "|".join(["a column of its own"] * 14)
WORDS = f"{LONG}\n\n{ADDRESS}\n\n{TABLE}\n{'|'.join(['--'] * 14)}\n{TABLE}\n\n```\n{LONG * 2}\n```"
WIDTHS = (1440, 1024, 390)
# What sticks out at the side, where it cannot be scrolled to: named, so that it can be found.
BEYOND = """
() => [...document.querySelectorAll("body *")].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width && box.right > innerWidth + 1 && one.checkVisibility()
    && !one.closest(".table-wrap, .tabs, .prose:has(table), pre");
}).slice(0, 4).map((one) => one.outerHTML.slice(0, 90))
"""
# Words of a table's cells that no column is too narrow for, and that are broken all the same.
BROKEN = """
() => [...document.querySelectorAll(".table-wrap :is(th, td)")].flatMap((cell) => {
  const found = [], walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    for (const word of node.data.matchAll(/[\\p{L}\\d]+/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (word[0].length < 12 && range.getClientRects().length > 1) found.push(word[0]);
    }
  }
  return found;
})
"""


@pytest.fixture
def world(transactional_db: None) -> World:
    world = make_world()
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(name=f"{user.pk}{LONG}"[:120])
    for group in Group.objects.all():
        Group.objects.filter(pk=group.pk).update(name=f"{group.pk}{LONG}"[:80])
    Seminar.objects.update(name=LONG, description=LONG)
    Essay.objects.update(title=LONG, authors=[LONG])
    Comment.objects.update(body=WORDS, html=render(WORDS))
    Report.objects.update(detail=LONG)
    for block in Block.objects.filter(kind="paragraph"):
        text = f"{block.text} {LONG * 2}"
        Block.objects.filter(pk=block.pk).update(text=text, html=text)
    draft = GuideDraft.objects.get()
    draft.text = draft.text.replace("### Which?", f"### Which {' '.join([LONG] * 4)}?")
    draft.save(update_fields=["text"])
    Passage.objects.exclude(quote="").update(prefix="", suffix="")
    return world


def too_wide(page: Page, name: str) -> list[str]:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        if over > 0:
            found.append(f"{name} at {width}: {over} px, {page.evaluate(BEYOND)}")
        if broken := page.evaluate(BROKEN):
            found.append(f"{name} at {width} breaks {broken}")
    return found


@pytest.mark.parametrize("start", range(4))
def test_no_page_is_wider_than_its_window(world: World, open_page: OpenPage, start: int) -> None:
    troubles: list[str] = []
    windows: dict[str, Page] = {}
    for name in list(PAGES)[start::4]:
        who = PAGES[name][0]
        user = world.users[who]
        member = Membership(user=user)
        page = windows.get(who) or open_page(member, url_of(world, name), width=1440)
        windows[who] = page
        page.goto(url_of(world, name))
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        troubles += too_wide(page, name)
    assert not troubles, "\n".join(troubles)


def test_the_queue_shows_the_marked_words(world: World, open_page: OpenPage) -> None:
    """On a phone too, in the middle of a long paragraph: not below what can be seen of it."""
    block = Block.objects.filter(kind="paragraph", key="p1", revision__readings__slug="margins")
    text = block.get().text
    block.update(text=f"{'Words before. ' * 150}{text}{' Words after.' * 150}")
    moved = len("Words before. " * 150)
    for passage in Passage.objects.filter(reading__slug="margins", start__isnull=False):
        passage.start, passage.end = (passage.start or 0) + moved, (passage.end or 0) + moved
        passage.save()
    page = open_page(Membership(user=world.users["alice"]), "/s/seminar/desk/reviews/", width=390)
    hidden = page.evaluate("""() => [...document.querySelectorAll(".in-place")].filter((place) => {
      const box = place.getBoundingClientRect();
      const mark = place.querySelector("mark").getBoundingClientRect();
      return mark.top < box.top || mark.bottom > box.bottom || mark.right > box.right;
    }).length""")
    assert page.locator(".in-place mark").count() > 0
    assert hidden == 0
