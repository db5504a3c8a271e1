"""The review queue worked through in a browser: by keys alone, and by thumb."""

import re

import pytest
from playwright.sync_api import Page, expect

from discussions.models import CommentState, Decision, ReviewItem
from readings.models import Reading
from seminars.models import Seminar
from tests.base import People, make_reading
from tests.browser.conftest import OpenPage
from tests.browser.steps import expect_said, shown, wait_until
from tests.discussions.base import first_of, reported, say

PATH = "/s/seminar/desk/reviews/"
MANY = 50


def fill(people: People, number: int) -> Reading:
    Seminar.objects.update(hide_at_reports=0)
    reading = make_reading(people)
    for index in range(number):
        block = f"p{index % 3 + 1}"
        thread = say(reading, people.carol, f"Words number {index + 1}.", block=block, quote="")
        reported(first_of(thread), people.dan)
    return reading


def case(page: Page, number: int) -> None:
    """The case with these words is open, and has the focus."""
    expect(page.locator("#queue .in-question")).to_contain_text(f"Words number {number}.")
    expect(page.locator("#queue .case")).to_be_focused()


def test_fifty_by_keys_alone(open_page: OpenPage, people: People) -> None:
    fill(people, MANY)
    page = open_page(people.alice, PATH)
    wait_until(page, "!!customElements.get('review-keys')")
    said = page.locator("#live")
    for number in range(1, MANY + 1):
        expect(page.locator("#queue .in-question")).to_contain_text(f"Words number {number}.")
        way = ("d", "h", "r", "x", "d")[number % 5]
        page.keyboard.press(way)
        if way != "d":
            page.keyboard.press(str(number % 6 + 1))
            page.keyboard.press("Control+Enter")
        if number < MANY:
            case(page, number + 1)
    expect(page.get_by_role("heading", name="All done.")).to_be_visible()
    expect(page.locator("#queue .empty")).to_be_focused()
    expect(said).to_contain_text("stays as it is")
    assert not ReviewItem.objects.open().exists()
    assert Decision.objects.filter(action="dismiss").count() == MANY * 2 // 5
    page.keyboard.press("z")
    case(page, MANY)
    expect(said).to_contain_text("Taken back")
    assert ReviewItem.objects.open().count() == 1


def test_keys_move_and_say_what_they_cannot(open_page: OpenPage, people: People) -> None:
    reading = fill(people, 2)
    reported(first_of(say(reading, people.alice, "Words number 3.", quote="")), people.carol)
    page = open_page(people.alice, PATH)
    wait_until(page, "!!customElements.get('review-keys')")
    for key, number in (("j", 2), ("j", 3), ("k", 2), ("j", 3)):
        page.keyboard.press(key)
        case(page, number)
        wait_until(page, "!!customElements.get('review-keys')")
    assert f"case={ReviewItem.objects.latest('pk').pk}" in page.url
    page.keyboard.press("j")
    expect_said(page, "This is the last case")
    page.keyboard.press("d")
    expect(page.locator("#live")).to_contain_text("These are your own words")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys of the queue")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    case(page, 2)
    # Not while one writes.
    wait_until(page, "!!customElements.get('review-keys')")
    page.keyboard.press("r")
    page.locator("[name=note_to_member]").press_sequentially("dpx")
    expect(page.locator("[name=note_to_member]")).to_have_value("dpx")
    page.keyboard.press("Control+Enter")
    expect(shown(page, "Choose the reason that members will see.")).to_be_visible()
    expect(page.locator("[name=note_to_member]")).to_have_value("dpx")
    assert not Decision.objects.exclude(action="claim").exists()


def test_keys_are_off_where_single_keys_are(open_page: OpenPage, people: People) -> None:
    fill(people, 1)
    people.alice.user.set_display(single_keys=False)
    page = open_page(people.alice, PATH)
    wait_until(page, "!!customElements.get('review-keys')")
    page.keyboard.press("d")
    page.get_by_text("Leave it", exact=True).click()
    expect(page.get_by_role("heading", name="All done.")).to_be_visible()
    expect(page.locator("kbd").first).to_be_hidden()
    assert Decision.objects.filter(action="dismiss").count() == 1


def test_by_thumb(open_page: OpenPage, people: People) -> None:
    fill(people, MANY)
    page = open_page(people.alice, PATH, width=390, height=844, touch=True)
    wait_until(page, "!!customElements.get('review-keys')")
    expect(page.locator("#queue .case")).to_be_hidden()
    page.locator(".waiting-list a").first.tap()
    expect(page.locator("#queue .case")).to_be_visible()
    wait_until(page, "!!customElements.get('review-keys')")
    for number in range(1, MANY + 1):
        expect(page.locator("#queue .in-question")).to_contain_text(f"Words number {number}.")
        expect(page.locator("#queue .in-question")).to_be_in_viewport()
        act = "Hide" if number % 5 == 0 else "Leave it"
        dock = page.locator(".decide .act", has_text=act)
        box = dock.bounding_box()
        assert box is not None
        assert box["y"] > 844 / 2 or act == "Hide"
        assert box["height"] >= 44
        dock.tap()
        if act == "Hide":
            page.locator(".reason", has_text="Unkind").tap()
            page.get_by_role("button", name="Hide it").tap()
    expect(page.get_by_role("heading", name="All done.")).to_be_visible()
    assert Decision.objects.filter(after=CommentState.HIDDEN).count() == MANY // 5
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_without_javascript(open_page: OpenPage, people: People) -> None:
    fill(people, 3)
    page = open_page(people.alice, PATH, js=False)
    page.locator(".waiting-list a").nth(1).click()
    expect(page.locator(".in-question")).to_contain_text("Words number 2.")
    page.get_by_text("Return", exact=True).click()
    page.get_by_label("Unkind or insulting").check()
    page.get_by_role("button", name="Return it to its author").click()
    expect(page.locator(".in-question")).to_contain_text("Words number 3.")
    expect(shown(page, re.compile("The comment of .*Carol.* is returned")).first).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".in-question")).to_contain_text("Words number 2.")


def test_who_looks_for_a_while_has_it_open(open_page: OpenPage, people: People) -> None:
    fill(people, 1)
    page = open_page(people.bob, PATH)
    expect(shown(page, "You have it open")).to_be_visible()
    assert ReviewItem.objects.get().claimed_by == people.bob
    page.keyboard.press("d")
    expect(page.get_by_role("heading", name="All done.")).to_be_visible()


def test_several_by_keys(open_page: OpenPage, people: People) -> None:
    """Chosen while going through the cases, decided together, and taken back together."""
    fill(people, 6)
    page = open_page(people.alice, PATH)
    ready = "!!customElements.get('choose-cases') && !!customElements.get('review-keys')"
    wait_until(page, ready)
    page.keyboard.press("a")
    expect_said(page, "Nothing is chosen: press s on a case")
    for number in (1, 2, 3):
        page.keyboard.press("s")
        expect(page.locator(".bulk [data-ticked]")).to_have_text(f"{number} chosen")
        page.keyboard.press("j")
        case(page, number + 1)
        wait_until(page, ready)
    # The line with the focus, and not the case that is open.
    page.locator(".waiting-list a").nth(5).focus()
    page.keyboard.press("s")
    expect(page.locator(".bulk [data-ticked]")).to_have_text("4 chosen")
    expect_said(page, "4 chosen")
    page.keyboard.press("s")
    expect(page.locator(".bulk [data-ticked]")).to_have_text("3 chosen")
    page.keyboard.press("a")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Hide…")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hide 3 comments?")).to_be_visible()
    expect(page.get_by_role("radio").first).to_be_focused()
    for number in (1, 2, 3):
        expect(page.locator(".several-list")).to_contain_text(f"Words number {number}.")
        expect(page.locator(".several-list .effect").nth(number - 1)).to_have_text(
            "Hide: Readers see that it is hidden, and why"
        )
    page.keyboard.press("2")
    expect(page.locator(".reason", has=page.locator("kbd", has_text="2"))).to_be_visible()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(shown(page, re.compile("3 comments are hidden: 3 of .*Carol")).first).to_be_visible()
    assert Decision.objects.filter(action="hide").count() == 3
    expect(page.locator("#queue .in-question")).to_contain_text("Words number 4.")
    expect(page.locator(".bulk")).to_be_hidden()
    wait_until(page, ready)
    page.keyboard.press("z")
    expect(page.locator(".waiting-list li")).to_have_count(6)
    assert ReviewItem.objects.open().count() == 6


def test_several_by_thumb(open_page: OpenPage, people: People) -> None:
    fill(people, 4)
    page = open_page(people.alice, PATH, width=390, height=844, touch=True)
    wait_until(page, "!!customElements.get('choose-cases')")
    for number in (0, 2):
        label = page.locator(".waiting-list .choose").nth(number)
        box = label.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        label.tap()
    expect(page.locator(".bulk")).to_be_in_viewport()
    page.get_by_role("button", name="Leave them…").tap()
    expect(page.get_by_role("heading", name="Leave 2 comments as they are?")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator(".several-list .choose").first.tap()
    page.get_by_role("button", name="Leave 2").tap()
    expect(shown(page, re.compile("The comment of .*Carol.* stays as it is")).first).to_be_visible()
    assert ReviewItem.objects.open().count() == 3
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_in_viewport(ratio=1)
    box = undo.bounding_box()
    assert box is not None
    assert box["y"] > 844 / 2
    assert box["height"] >= 44
    undo.tap()
    expect(page.locator(".waiting-list li")).to_have_count(4)
    assert ReviewItem.objects.open().count() == 4


def test_several_without_javascript(open_page: OpenPage, people: People) -> None:
    fill(people, 3)
    page = open_page(people.alice, PATH, js=False)
    expect(page.locator(".bulk")).to_be_hidden()
    for number in (0, 1):
        page.locator(".waiting-list .choose input").nth(number).check()
    page.get_by_role("button", name="Remove…").click()
    page.get_by_label("Advertising or spam").check()
    page.get_by_role("button", name="Remove 2").click()
    expect(shown(page, "2 comments are removed").first).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".waiting-list li")).to_have_count(3)


def test_half_written_words_stay_with_their_case(open_page: OpenPage, people: People) -> None:
    fill(people, 3)
    first, _second, third = ReviewItem.objects.order_by("pk")
    page = open_page(people.alice, PATH)
    ready = "!!customElements.get('review-keys') && !!customElements.get('case-drafts')"
    wait_until(page, ready)
    page.keyboard.press("r")
    page.locator("[name=note_to_member]").fill("Half a sentence")
    expect(shown(page, "You have it open")).to_be_visible()
    for number in (2, 3):
        page.locator('[rel="next"]').click()
        case(page, number)
        wait_until(page, ready)
        expect(shown(page, "You have it open")).to_be_visible()
    assert set(ReviewItem.objects.filter(state="claimed")) == {first, third}
    page.locator(".waiting-list a").first.click()
    case(page, 1)
    expect(page.locator("[name=note_to_member]")).to_have_value("Half a sentence")
    expect(page.locator('.decide [name=decision][value="return"]')).to_be_checked()
    page.get_by_text("Off the topic", exact=True).last.click()
    page.keyboard.press("Control+Enter")
    case(page, 2)
    expect(page.locator("[name=note_to_member]")).to_have_value("")
    assert Decision.objects.filter(action="return").get().note_to_member == "Half a sentence"


@pytest.mark.parametrize("touch", [False, True])
def test_what_waits_is_counted_alike_after_each_act(
    open_page: OpenPage, people: People, touch: bool
) -> None:
    """In the queue, at its tab and in the top bar; and what an undo brought back is said."""
    fill(people, 2)
    page = open_page(people.alice, PATH, touch=touch)
    wait_until(page, "!!customElements.get('review-keys')")
    tab = page.get_by_role("navigation", name="Two views").get_by_role("link", name="Desk")
    bar = page.get_by_role("banner").get_by_role("link", name="To review")

    def counted(number: int) -> None:
        if number:
            expect(page.locator("#queue .waiting")).to_contain_text(f"{number} waiting")
            expect(tab).to_have_accessible_name(f"Desk {number} to review")
            expect(bar).to_have_accessible_name(f"To review: {number}")
        else:
            expect(tab).to_have_accessible_name("Desk")
            expect(bar).to_have_count(0)

    def act(name: str, key: str) -> None:
        if touch:
            page.get_by_text(name, exact=True).tap()
        else:
            page.keyboard.press(key)

    counted(2)
    for number in (1, 0):
        act("Leave it", "d")
        counted(number)
    if touch:
        page.get_by_role("button", name="Undo").tap()
    else:
        page.keyboard.press("z")
    counted(1)
    told = "Taken back: Left as it is. The case of Carol waits again."
    expect(page.locator("#live")).to_have_text(told)
    expect(page.locator("#queue .notice", has_text=told)).to_be_visible()


def test_what_waits_is_counted_where_a_comment_is_reported_and_decided_on(
    open_page: OpenPage, people: People
) -> None:
    """Beside the text, too, the top bar says what waits after one's own report and decision."""
    reading = fill(people, 1)
    thread = say(reading, people.dan, "Other words.", block="p2", quote="")
    people.alice.user.set_display(annotations="all")
    page = open_page(people.alice, f"{reading.get_absolute_url()}#t{thread.pk}")
    bar = page.get_by_role("link", name="To review")
    expect(bar).to_have_accessible_name("To review: 1")
    own = page.locator(f"#c{first_of(thread).pk}")
    own.get_by_role("link", name="Report").click()
    own.get_by_role("radio").first.check()
    own.get_by_role("button", name="Report").click()
    expect(bar).to_have_accessible_name("To review: 2")
    own.get_by_role("link", name="Hide").click()
    own.locator("select[name=reason]").select_option("Unkind or insulting")
    own.get_by_role("button", name="Hide").click()
    expect(bar).to_have_accessible_name("To review: 1")
