"""The pictures of docs/instructors.md, taken of a new demonstration that is being served.

    make run PORT=8123          in one shell, with nothing in var/
    .venv/bin/python -m scripts.pictures http://127.0.0.1:8123

They show people who are all invented. On the way a participant reports some words, and the
instructor asks for posts and scores them, as both would.
"""

import argparse
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

DOCS = Path(__file__).resolve().parent.parent / "docs"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
SEMINAR = "/s/china-and-nato/"
WIDE = (1280, 800)
TALL = (1280, 1180)
PHONE = (390, 780)
REPORTED = 3
ROSTER = """Name, Address, Group, Role
Nadia Petit, nadia@example.org, Monday group
Owen Price, owen@example.org, Thursday group, assistant
Ida, ida at example.org, Monday group
"""


@dataclass(frozen=True)
class Screenshot:
    """What is shown of which page, and what is done on it before."""

    name: str
    path: str
    size: tuple[int, int] = WIDE
    before: Callable[[Page], object] = lambda page: None  # noqa: ARG005 - nothing


def _press(page: Page, button: Locator) -> None:
    """Press what leads to another page, and wait for that."""
    with page.expect_navigation():
        button.click()


def _roster(page: Page) -> None:
    page.locator("textarea").first.fill(ROSTER)
    _press(page, page.locator("main form button[type=submit]").first)


def _report(page: Page, site: str) -> None:
    """A participant has some words of others looked at."""
    page.goto(f"{site}{SEMINAR}r/small-doors/threads/")
    threads = page.locator("main a[href*='/threads/']").evaluate_all("all => all.map(a => a.href)")
    reported = 0
    for address in dict.fromkeys(one for one in threads if one.rstrip("/")[-1].isdigit()):
        page.goto(address)
        link = page.locator("a[href$='/reports/']")
        if link.count():
            page.goto(site + (link.first.get_attribute("href") or ""))
            page.locator("[name=reason]").nth(reported).check()
            page.locator("main form:has([name=reason]) [type=submit]").click()
            page.get_by_text("Staff will look at it").first.wait_for()
            reported += 1
        if reported == REPORTED:
            return


def _ask_for_posts(page: Page, site: str) -> None:
    page.goto(f"{site}{SEMINAR}r/small-doors/settings/")
    for name in ("required_posts", "required_replies"):
        page.locator(f"[name={name}]").fill("2")
    _press(page, page.locator("main form:has([name=required_posts]) [type=submit]").first)


def _enter(page: Page, site: str, role: str) -> None:
    page.goto(f"{site}/demo/")
    _press(page, page.locator(f"form:has([name=role][value={role}]) button").first)


def _several(page: Page) -> None:
    for box in page.locator(".waiting-list [name=item]").all()[:3]:
        box.check()
    _press(page, page.get_by_role("button", name="Leave them…"))


def _scores(page: Page) -> None:
    begin = page.get_by_role("button", name="Score participation")
    if begin.count():
        _press(page, begin)
        page.reload()  # without the line that says so


PICTURES = (
    Screenshot("roster", f"{SEMINAR}people/roster/", before=_roster),
    Screenshot("desk", f"{SEMINAR}desk/reviews/"),
    Screenshot("desk-phone", f"{SEMINAR}desk/reviews/", PHONE, lambda page: _first_case(page)),
    Screenshot("several", f"{SEMINAR}desk/reviews/", before=_several),
    Screenshot("overview", f"{SEMINAR}desk/overview/"),
    Screenshot("scores", f"{SEMINAR}desk/participation/", before=_scores),
    Screenshot("gradebook", f"{SEMINAR}desk/gradebook/", TALL),
)


def _first_case(page: Page) -> None:
    _press(page, page.locator(".waiting-list a").first)


def take(page: Page, site: str, picture: Screenshot) -> int:
    """Write one of them into docs/, and return its bytes."""
    width, height = picture.size
    page.set_viewport_size({"width": width, "height": height})
    page.goto(site + picture.path)
    picture.before(page)
    page.wait_for_timeout(500)  # fonts, and what a page's script puts into it
    page.mouse.move(0, 0)
    image = Image.open(BytesIO(page.screenshot()))
    path = DOCS / f"{picture.name}.png"
    image.convert("RGB").save(path, optimize=True)
    return path.stat().st_size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("site", help="where the demonstration is served")
    site = parser.parse_args().site.rstrip("/")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page(color_scheme="light", reduced_motion="reduce", locale="en-GB")
        _enter(page, site, "participant")
        _report(page, site)
        _enter(page, site, "instructor")
        _ask_for_posts(page, site)
        for picture in PICTURES:
            print(f"docs/{picture.name}.png: {take(page, site, picture):,} bytes")
        browser.close()


if __name__ == "__main__":
    main()
