"""What members do on the reading page, one thing at a time, with the mouse."""

import re

import pytest
from playwright.sync_api import FloatRect, Locator, Page, Route, expect

from discussions.models import Comment, Thread
from readings.models import Visit
from tests.base import People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import Place, card, comment, handle, line, marked, paragraph, shown, stored

# A key as a layout or Caps Lock makes it, which Playwright's own presses cannot: [key, code].
PRESS = """([key, code]) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true }))"""


@pytest.fixture
def place(people: People) -> Place:
    return steps.make_place(people)


def write_to(page: Page, number: int, words: str, audience: str = "The whole seminar") -> Thread:
    """Start a thread about a whole paragraph by its button."""
    paragraph(page, number).hover()
    handle(page, number).click()
    form = paragraph(page, number).locator(".writing form")
    form.get_by_label("Your comment").fill(words)
    form.get_by_label("Who may read it").select_option(label=audience)
    form.get_by_role("button", name="Post").click()
    expect(comment(page, words)).to_be_visible()
    return steps.newest_thread()


def answer(page: Page, to: str, words: str) -> None:
    """Reply to the comment that says `to`."""
    said = comment(page, to)
    said.locator("> .acts").get_by_role("link", name="Reply").click()
    said.locator("> [data-slot]").get_by_label("Your reply").fill(words)
    said.locator("> [data-slot]").get_by_role("button", name="Reply").click()
    expect(said.locator("> .replies > .comment").filter(has_text=words)).to_be_visible()


def box_of(part: Locator) -> FloatRect:
    """Where it stands, in px from the top left corner of the window."""
    box = part.bounding_box()
    assert box is not None
    return box


def act(page: Page, on: str, name: str) -> None:
    """Press what stands below the comment that says `on`."""
    acts = comment(page, on).locator("> .acts")
    acts.get_by_role("link", name=name).or_(acts.get_by_role("button", name=name)).click()


def test_the_display_menu_applies_at_once_and_stays(open_page: OpenPage, place: Place) -> None:
    page = open_page(place.people.carol, place.path)
    words = paragraph(page, 1).locator("[data-text]")
    looks = """(words) => [
      parseFloat(getComputedStyle(words).fontSize),
      getComputedStyle(document.documentElement).backgroundColor,
    ]"""
    size, paper = words.evaluate(looks)
    page.get_by_role("button", name="Display").first.click()
    menu = page.get_by_role("form", name="Display")
    with page.expect_response("**/display/"):
        menu.get_by_text("Dark", exact=True).click()
    with page.expect_response("**/display/"):
        menu.get_by_text("Largest").click()
    now = words.evaluate(looks)
    assert now[0] == pytest.approx(size * 1.35, rel=0.01)
    assert now[1] != paper
    page.reload()
    assert words.evaluate(looks) == now


def test_who_comes_back_goes_on_where_they_stopped(open_page: OpenPage, place: Place) -> None:
    page = open_page(place.people.carol, place.path)
    expect(page.locator("[data-where]")).to_contain_text("section 1 of 2")
    paragraph(page, 6).evaluate("(block) => scrollBy(0, block.getBoundingClientRect().top - 300)")
    expect(page.locator("[data-where]")).to_contain_text("section 2 of 2")
    # By its place: a locator's click would scroll to the bar, which stands still.
    back = page.get_by_role("link", name="Back to Two views").bounding_box()
    assert back is not None
    page.mouse.click(back["x"] + 10, back["y"] + 10)
    for _ in range(100):  # the place is sent while the page is left: nobody sees it arrive
        if Visit.objects.filter(place=place.block(6).key).exists():
            break
        page.wait_for_timeout(30)
    page.reload()
    page.get_by_role("link", name="Continue at ¶ 6").click()
    expect(paragraph(page, 6)).to_be_in_viewport()
    page.goto(place.path)
    page.locator("#text").get_by_role("link", name="Continue at ¶ 6").click()
    expect(paragraph(page, 6)).to_be_in_viewport()


def test_words_over_blocks_a_mark_and_a_note_are_kept_exactly(
    open_page: OpenPage, place: Place
) -> None:
    page = open_page(place.people.carol, place.path)
    short = steps.highlight(page, "What stops one reader is not", "neither")
    steps.drag_over(page, "another place", "The margin was made")
    expect(steps.toolbar(page, "Comment")).to_be_visible()
    page.keyboard.press("Escape")
    expect(steps.toolbar(page, "Comment")).to_be_hidden()
    steps.drag_over(page, "another place", "The margin was made")
    expect(steps.toolbar(page, "Comment")).to_be_visible()
    page.keyboard.press("a")
    page.locator(".writing").get_by_label("Your comment").fill("All of this is one thought.")
    page.locator(".writing").get_by_role("button", name="Post").click()
    expect(comment(page, "All of this is one thought.")).to_be_visible()
    long = steps.newest_thread()
    first, second = place.block(1).text, place.block(2).text
    words = [first[first.index("another place") :], second, "The margin was made"]
    assert stored(place, long) == list(zip([1, 2, 3], words, strict=True))
    assert marked(page, long) == "".join(words)
    assert stored(place, short) == [
        (1, "What stops one reader is not what stops the next, and neither")
    ]
    assert marked(page, short) == stored(place, short)[0][1]


def test_members_answer_each_other(open_page: OpenPage, place: Place) -> None:
    carol = open_page(place.people.carol, place.path)
    thread = write_to(carol, 4, "Why narrow?")
    summary = line(carol, thread)
    expect(summary).not_to_contain_text("repl")

    dan = open_page(place.people.dan, place.path)
    expect(handle(dan, 4)).to_have_accessible_name("Comment on paragraph 4, 1 thread")
    handle(dan, 4).click()
    expect(card(dan, thread)).to_have_attribute("open", "")
    answer(dan, "Why narrow?", "Paper was dear.")
    expect(line(dan, thread)).to_contain_text("1 reply")

    carol.reload()
    summary.click()
    answer(carol, "Paper was dear.", "Dearer than ink?")
    expect(summary).to_contain_text("2 replies")
    assert Comment.objects.get(body="Dearer than ink?").parent == Comment.objects.get(
        body="Paper was dear."
    )


def test_button_of_a_paragraph_opens_its_threads_with_a_form_and_closes_them(
    open_page: OpenPage, place: Place
) -> None:
    """At any width it does one thing, and the words of a form that it closes are kept."""
    words = place.block(4).text[-24:]
    thread = steps.start(place, place.people.dan, 4, "Why narrow?", quote=words)
    for width in (1440, 390):
        page = open_page(place.people.carol, place.path, width=width)
        handle(page, 4).press("Enter")
        expect(comment(page, "Why narrow?")).to_be_visible()
        expect(line(page, thread)).to_be_focused()
        form = paragraph(page, 4).locator(".writing").get_by_label("Your comment")
        assert box_of(form)["y"] > box_of(card(page, thread))["y"]
        form.fill("Because")
        handle(page, 4).press("Enter")
        expect(form).to_have_count(0)
        expect(comment(page, "Why narrow?")).to_be_hidden()
        expect(handle(page, 4)).to_be_focused()
        handle(page, 4).press("Enter")
        expect(form).to_have_value("Because")


def test_one_form_at_a_time_and_the_focus_goes_to_what_was_posted(
    open_page: OpenPage, place: Place
) -> None:
    thread = steps.start(place, place.people.dan, 4, "Why narrow?")
    page = open_page(place.people.carol, f"{place.path}#t{thread.pk}")
    at_end = page.get_by_label("Reply in this thread")
    at_end.fill("At the end.")
    at_end.press("Control+Enter")
    expect(comment(page, "At the end.")).to_be_visible()
    expect(at_end).to_be_focused()
    at_end.fill("After it.")
    at_end.press("Control+Enter")
    expect(page.locator(".comment ~ .comment ~ .comment + draft-form")).to_be_visible()
    comment(page, "Why narrow?").locator("> .acts").get_by_role("link", name="Reply").click()
    below = page.get_by_label("Your reply")
    expect(below).to_be_focused()
    expect(at_end).to_be_hidden()
    # Another takes its place, and its words are there when it is opened again.
    below.fill("Half a")
    comment(page, "At the end.").locator("> .acts").get_by_role("link", name="Reply").click()
    expect(below).to_have_count(1)
    expect(below).to_have_value("")
    comment(page, "Why narrow?").locator("> .acts").get_by_role("link", name="Reply").click()
    expect(below).to_have_value("Half a")
    below.fill("Below.")
    below.press("Control+Enter")
    expect(comment(page, "Below.")).to_be_focused()
    expect(at_end).to_be_visible()


def test_focus_follows_an_answer_into_a_deep_thread_and_back(
    open_page: OpenPage, place: Place
) -> None:
    page = open_page(place.people.carol, place.path)
    write_to(page, 1, "Level 0.")
    for level in range(1, 3):
        answer(page, f"Level {level - 1}.", f"Level {level}.")
    for level in range(3, 5):  # each posted where the thread shows no more: its part is shown
        form = comment(page, f"Level {level - 1}.").locator("> [data-slot]")
        act(page, f"Level {level - 1}.", "Reply")
        expect(form.get_by_label("Your reply")).to_be_focused()
        page.keyboard.type(f"Level {level}.")
        page.keyboard.press("Control+Enter")
        expect(comment(page, f"Level {level}.")).to_be_focused()
    expect(page.locator("[data-focus]")).to_have_count(0)
    page.get_by_role("link", name="The whole thread").click()
    expect(page.locator(".conversation > .meta")).to_be_focused()
    page.get_by_role("link", name="Continue this thread").click()
    expect(page.get_by_role("link", name="The whole thread")).to_be_focused()


def test_text_alone_stays_when_a_part_of_the_page_is_swapped(
    open_page: OpenPage, place: Place
) -> None:
    page = open_page(place.people.carol, place.path)
    thread = write_to(page, 1, "Words to answer.")
    page.get_by_role("button", name="Display").first.click()
    with page.expect_response("**/display/"):
        page.get_by_label("Text only").check()
    expect(handle(page, 1)).to_be_hidden()
    page.goto(thread.get_absolute_url())
    act(page, "Words to answer.", "Reply")
    expect(comment(page, "Words to answer.").get_by_label("Your reply")).to_be_focused()
    expect(page.locator("html")).to_have_attribute("data-textonly", "on")


def test_single_keys_go_by_the_letter_or_by_the_place_of_the_key(
    open_page: OpenPage, place: Place
) -> None:
    page = open_page(place.people.carol, place.path)
    handle(page, 1).focus()
    page.evaluate(PRESS, ["J", "KeyJ"])
    expect(handle(page, 2)).to_be_focused()
    page.evaluate(PRESS, ["о", "KeyJ"])  # as on a Russian keyboard
    expect(handle(page, 3)).to_be_focused()
    page.evaluate(PRESS, ["k", "KeyV"])  # as on a Dvorak keyboard
    expect(handle(page, 2)).to_be_focused()


def test_list_of_keys_is_reached_by_mouse(open_page: OpenPage, place: Place) -> None:
    page = open_page(place.people.carol, place.path)
    page.get_by_role("navigation", name="Contents").get_by_role("button", name="Keys").click()
    keys = page.get_by_role("dialog", name="Keys in the text")
    expect(keys).to_be_visible()
    keys.get_by_role("button", name="Close").click()
    expect(keys).to_be_hidden()


def test_edit_withdraw_and_undo(open_page: OpenPage, place: Place) -> None:
    page = open_page(place.people.carol, place.path)
    thread = write_to(page, 5, "Harder, but why?")
    act(page, "Harder, but why?", "Edit")
    box = card(page, thread).get_by_label("Your comment")
    expect(box).to_have_value("Harder, but why?")
    expect(box).to_be_focused()
    box.fill("Harder, and I see why.")
    card(page, thread).get_by_role("button", name="Save").click()
    expect(comment(page, "Harder, and I see why.")).to_be_visible()
    expect(card(page, thread).locator(".first")).to_have_text("Harder, and I see why.")

    answer(page, "Harder, and I see why.", "The book has moved on.")
    act(page, "Harder, and I see why.", "Withdraw")
    stub = card(page, thread).locator(".comment.stub")
    expect(stub.locator("> p")).to_have_text("Withdrawn by its author.")
    expect(comment(page, "The book has moved on.")).to_be_visible()
    assert "Harder, and I see why." not in card(page, thread).inner_html()
    card(page, thread).locator(".notice").get_by_role("button", name="Undo").click()
    expect(comment(page, "Harder, and I see why.")).to_be_visible()
    expect(stub).to_have_count(0)

    act(page, "The book has moved on.", "Withdraw")
    expect(comment(page, "The book has moved on.")).to_have_count(0)
    act(page, "Harder, and I see why.", "Withdraw")
    gone = card(page, thread).get_by_text("Nothing was left of the thread.")
    expect(gone).to_be_visible()
    page.reload()
    expect(card(page, thread)).to_have_count(0)


def test_a_double_click_posts_once_and_a_refusal_keeps_the_words(
    open_page: OpenPage, place: Place
) -> None:
    page = open_page(place.people.carol, place.path)
    paragraph(page, 6).hover()
    handle(page, 6).click()
    form = paragraph(page, 6).locator(".writing form")
    form.get_by_label("Your comment").fill("Once only.")
    form.get_by_role("button", name="Post").dblclick()
    expect(comment(page, "Once only.")).to_be_visible()
    thread = Thread.objects.get()

    reply = card(page, thread).get_by_label("Reply in this thread")
    reply.fill("Twice?")
    card(page, thread).get_by_role("button", name="Reply", exact=True).dblclick()
    expect(comment(page, "Twice?")).to_be_visible()
    expect(reply).to_have_value("")
    assert [one.body for one in Comment.objects.order_by("pk")] == ["Once only.", "Twice?"]

    handle(page, 7).press("a")
    picker = page.get_by_role("dialog")
    picker.get_by_label("Or paste or type the words").fill("words that stand elsewhere")
    picker.get_by_label("Your comment").fill("A thought that took an hour.")
    picker.get_by_label("Question").check()
    with page.expect_response("**/threads/") as refused:
        picker.get_by_role("button", name="Post").click()
    assert refused.value.status == 422
    expect(picker.locator(".error")).to_contain_text("not in this paragraph")
    expect(picker.get_by_label("Or paste or type the words")).to_be_focused()
    expect(picker.get_by_label("Your comment")).to_have_value("A thought that took an hour.")
    expect(picker.get_by_label("Question")).to_be_checked()
    assert Thread.objects.count() == 1


def test_a_slow_thread_calls_nobody_back(open_page: OpenPage, place: Place) -> None:
    page = open_page(place.people.carol, place.path)
    held: list[Route] = []
    page.route(re.compile(r"/threads/\d+/$"), lambda route: held.append(route))
    paragraph(page, 4).hover()
    handle(page, 4).click()
    page.locator(".writing").get_by_label("Your comment").fill("The first thought.")
    page.locator(".writing").get_by_role("button", name="Post").click()
    expect(page.locator(".thread[open][aria-busy]")).to_have_count(1)
    paragraph(page, 6).hover()
    handle(page, 6).click()
    next_one = paragraph(page, 6).get_by_label("Your comment")
    next_one.press_sequentially("The next")
    held[0].continue_()
    expect(comment(page, "The first thought.")).to_be_visible()
    page.wait_for_timeout(100)  # two frames, and some: what would take the focus comes then
    expect(next_one).to_be_focused()
    expect(next_one).to_have_value("The next")


def test_from_a_report_to_hidden_words(open_page: OpenPage, place: Place) -> None:
    people = place.people
    carol = open_page(people.carol, place.path)
    thread = write_to(carol, 3, "Only fools read margins.")
    private = write_to(carol, 9, "Between us of Monday.", audience="My group (Monday)")

    dan = open_page(people.dan, place.path)
    assert "Between us of Monday." not in dan.content()
    expect(card(dan, private)).to_have_count(0)
    expect(handle(dan, 9)).to_have_accessible_name("Comment on paragraph 9")
    handle(dan, 3).click()
    act(dan, "Only fools read margins.", "Report")
    card(dan, thread).get_by_label("Unkind or insulting").check()
    card(dan, thread).get_by_role("button", name="Report").click()
    expect(card(dan, thread)).to_contain_text("Staff will look at it.")

    alice = open_page(people.alice, "/s/seminar/desk/")
    expect(shown(alice, "1 waiting")).to_be_visible()
    steps.to_review(alice).click()
    case = alice.locator("#queue .case")
    expect(case).to_contain_text("Unkind or insulting, says Dan")
    expect(case.locator(".in-question")).to_contain_text("Only fools read margins.")
    steps.hide(alice, "Unkind or insulting")
    expect(alice.get_by_role("heading", name="All done.")).to_be_visible()

    dan.reload()
    handle(dan, 3).click()
    expect(card(dan, thread).locator(".comment.stub")).to_contain_text(
        "Hidden by staff: Unkind or insulting"
    )
    assert "fools" not in dan.content()
    carol.reload()
    line(carol, thread).click()
    own = card(carol, thread).locator(".comment")
    expect(own).to_contain_text("Hidden by staff: Unkind or insulting")
    expect(own).to_contain_text("Only fools read margins.")
