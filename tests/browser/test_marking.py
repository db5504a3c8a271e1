"""Marking open answers by keyboard alone, and what a key pressed by mistake does."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from quizzes.models import AnswerMark
from tests.base import People
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.steps import expect_said, wait_until
from tests.quizzes import marking
from tests.quizzes.base import add_quiz
from tests.quizzes.marking import ASKED, hand_in
from tests.quizzes.test_rubrics import WITH_RUBRIC


@pytest.mark.parametrize("width", [1440, 390])
def test_two_answers_by_keyboard_alone(open_page: OpenPage, people: People, width: int) -> None:
    reading = steps.make_place(people).reading
    quiz = add_quiz(people, reading, ASKED.replace("essay: On margins\n", ""))
    for one in (people.carol, people.dan):
        hand_in(quiz, one, f"Words of {one.user.name}.")
    page = open_page(people.alice, f"/s/seminar/marking/{quiz.questions.get().pk}/", width=width)
    page.get_by_role("link", name="Mark the 2 that wait").press("Enter")
    points, remark = page.get_by_label("Points"), page.get_by_label("Remark")
    expect(points).to_be_focused()
    first = page.url
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="Answer 2 of 2")).to_be_visible()
    expect(points).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("heading", name="Answer 1 of 2")).to_be_visible()
    expect(points).to_be_focused()
    page.keyboard.type("3")
    page.keyboard.press("Tab")
    expect(remark).to_be_focused()
    page.keyboard.type("Just so.")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("j")
    expect_said(page, "Save the mark first, with Ctrl Enter")
    expect(page).to_have_url(first)
    expect(remark).to_have_value("Just so.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Answer 2 of 2")).to_be_visible()
    # Where remarks are offered and nothing is written, keys lead on as well.
    expect(points).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("heading", name="Answer 1 of 2")).to_be_visible()
    expect(points).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="Answer 2 of 2")).to_be_visible()
    page.get_by_role("button", name="Just so.").press("Enter")
    expect(remark).to_have_value("Just so.")
    expect(points).to_be_focused()
    page.keyboard.press("k")
    expect_said(page, "Save the mark first, with Ctrl Enter")
    expect(remark).to_have_value("Just so.")
    page.keyboard.type("4")
    expect(points).to_have_value("4")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Every answer to this question has a mark.").first).to_be_visible()
    marks = AnswerMark.objects.order_by("points").values_list("points", "remark")
    assert list(marks) == [(Decimal(3), "Just so."), (Decimal(4), "Just so.")]


def test_a_rubric_by_keyboard_alone(open_page: OpenPage, people: People) -> None:
    reading = steps.make_place(people).reading
    quiz = add_quiz(people, reading, WITH_RUBRIC.replace("essay: On margins\n", ""))
    for one in (people.carol, people.dan):
        hand_in(quiz, one, f"Words of {one.user.name}.")
    page = open_page(people.alice, f"/s/seminar/marking/{quiz.questions.get().pk}/")
    page.get_by_role("link", name="Mark the 2 that wait").press("Enter")
    expect(page.get_by_role("heading", name="Answer 1 of 2")).to_be_visible()
    expect(page.get_by_label("Canary-nothing (0)")).to_be_focused()
    page.keyboard.press("3")
    expect(page.get_by_label("Both halves (2)")).to_be_checked()
    expect_said(page, "Both halves (2). Gives a reason")
    page.keyboard.press("9")
    expect(page.get_by_role("radio", checked=True)).to_have_count(1)
    page.keyboard.press("1")
    expect(page.get_by_role("radio", checked=True)).to_have_count(2)
    page.keyboard.press("2")  # thought better of it: the criterion has the focus still
    expect(page.get_by_label("Canary-reason (2)")).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Answer 2 of 2")).to_be_visible()
    mark = AnswerMark.objects.get()
    assert mark.points == Decimal(4)
    assert [one["words"] for one in mark.levels] == ["Both halves", "Canary-reason"]


def test_paragraphs_of_an_answer_stand_apart(open_page: OpenPage, people: People) -> None:
    reading = steps.make_place(people).reading
    quiz = add_quiz(people, reading, ASKED.replace("essay: On margins\n", ""))
    hand_in(quiz, people.carol, "One paragraph.\n\nAnother one.")
    page = open_page(people.alice, f"/s/seminar/marking/{quiz.questions.get().pk}/")
    page.get_by_role("link", name="Mark the 1 that waits").click()
    tops = [page.get_by_text(words).bounding_box() for words in ("One paragraph.", "Another one.")]
    first, second = tops
    assert first
    assert second
    assert second["y"] - first["y"] - first["height"] > 8


def test_levels_are_numbered_where_the_keys_are_and_added_up(
    open_page: OpenPage, people: People
) -> None:
    reading = steps.make_place(people).reading
    quiz = add_quiz(people, reading, WITH_RUBRIC.replace("essay: On margins\n", ""))
    hand_in(quiz, people.carol, "Words.")
    page = open_page(people.alice, f"/s/seminar/marking/{quiz.questions.get().pk}/")
    page.get_by_role("link", name="Mark the 1 that waits").press("Enter")
    numbered, total = page.locator("[data-numbered] legend"), page.locator(".sum")
    expect(numbered).to_have_text("Says what the test asks")
    expect(total).to_be_hidden()
    page.keyboard.press("3")
    expect(numbered).to_have_text("Gives a reason")
    number = page.get_by_text("Canary-reason (2)").evaluate(
        "(label) => getComputedStyle(label.closest('label'), '::before').content"
    )
    assert "level" in number
    expect(total).to_have_text("Together 2 of 4")
    page.get_by_label("Not yet (0)").check()
    expect(total).to_have_text("Together 2 of 4")
    unsaved = page.get_by_text("This mark is not saved yet")
    expect(unsaved).to_be_hidden()
    page.keyboard.press("j")
    expect(unsaved).to_be_visible()


def test_the_wheel_leaves_a_number_as_it_is(open_page: OpenPage, people: People) -> None:
    reading = steps.make_place(people).reading
    quiz = add_quiz(people, reading, ASKED.replace("essay: On margins\n", ""))
    hand_in(quiz, people.carol, "Words.\n\n" * 60)
    page = open_page(people.alice, f"/s/seminar/marking/{quiz.questions.get().pk}/", width=390)
    page.get_by_role("link", name="Mark the 1 that waits").press("Enter")
    points = page.get_by_label("Points")
    points.fill("2")
    points.hover()
    before = page.evaluate("scrollY")
    for _turn in range(3):
        page.mouse.wheel(0, -120)
    wait_until(page, "before => scrollY < before", before)
    expect(points).to_have_value("2")
    expect(points).to_be_focused()


def test_a_rubric_without_scripts(open_page: OpenPage, people: People) -> None:
    reading = steps.make_place(people).reading
    quiz = add_quiz(people, reading, WITH_RUBRIC.replace("essay: On margins\n", ""))
    for one in (people.carol, people.dan):
        hand_in(quiz, one, f"Words of {one.user.name}.")
    question = quiz.questions.get()
    page = open_page(people.alice, f"/s/seminar/marking/{question.pk}/", width=390, js=False)
    page.get_by_role("link", name="Mark the 2 that wait").click()
    page.get_by_label("Half of it (1)").check()
    page.get_by_label("Remark").fill("Say which half.")
    page.get_by_role("button", name="Save as a draft").click()
    # What is missing is told at its place, and what was chosen and written stands there still.
    expect(page.get_by_role("alert")).to_contain_text("Choose a level.")
    page.get_by_role("alert").get_by_role("link", name="Gives a reason").click()
    expect(page.get_by_role("group", name="Gives a reason")).to_be_in_viewport()
    expect(page.get_by_label("Half of it (1)")).to_be_checked()
    expect(page.get_by_label("Remark")).to_have_value("Say which half.")
    assert not AnswerMark.objects.exists()
    page.get_by_label("Canary-reason (2)").check()
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_role("heading", name="Answer 2 of 2")).to_be_visible()
    assert AnswerMark.objects.get().points == Decimal(3)
    # A remark of before is put below by its button, and the levels that were chosen stay.
    page.get_by_label("Both halves (2)").check()
    page.get_by_role("button", name="Say which half.").click()
    expect(page.get_by_label("Remark")).to_have_value("Say which half.")
    expect(page.get_by_label("Both halves (2)")).to_be_checked()
    page.get_by_label("Not yet (0)").check()
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("Every answer to this question has a mark.").first).to_be_visible()
    page.goto(f"/s/seminar/marking/{question.pk}/release/")
    page.get_by_role("button", name="Release").first.click()
    mine = open_page(people.dan, reading.get_absolute_url(), width=390, js=False)
    expect(mine.locator(".rubric-levels").first).to_contain_text("Says what the test asks")
    marks = AnswerMark.objects.order_by("points").values_list("points", "remark")
    assert list(marks) == [(Decimal(2), "Say which half."), (Decimal(3), "Say which half.")]


@pytest.mark.parametrize("js", [True, False])
def test_back_to_a_mark_that_was_saved_overwrites_nothing(
    open_page: OpenPage, people: People, js: bool
) -> None:
    reading = steps.make_place(people).reading
    quiz = add_quiz(people, reading, WITH_RUBRIC.replace("essay: On margins\n", ""))
    address = marking.address(hand_in(quiz, people.carol, "Words of Carol."))
    page = open_page(people.alice, address, js=js)
    page.get_by_label("Half of it (1)").check()
    page.get_by_label("Canary-reason (2)").check()
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_text("Every answer to this question has a mark.").first.wait_for()
    page.go_back()
    # It is the page as it is now, and a change is a change of what was saved.
    expect(page.get_by_label("Half of it (1)")).to_be_checked()
    page.get_by_label("Both halves (2)").check()
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_text("Every answer to this question has a mark.").first.wait_for()
    mark = AnswerMark.objects.get()
    assert (mark.points, mark.edit_version) == (Decimal(4), 2)
