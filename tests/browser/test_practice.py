"""Practice in a browser: two tabs, Back, and what is kept of an answer until it was taken."""

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from quizzes.models import PracticeCard, Question
from readings.models import Reading
from tests.base import People
from tests.browser.conftest import OpenPage
from tests.browser.steps import wait_until
from tests.browser.test_accessibility import check
from tests.browser.test_drafts import kept, sign_in_elsewhere
from tests.quizzes.base import ALL_TYPES, add_quiz
from tests.quizzes.test_practice import missing
from tests.quizzes.test_practice_question import page_of

ALREADY = "You have answered this question already, on another page"


@pytest.fixture
def question(people: People, reading: Reading) -> Question:
    quiz = add_quiz(people, reading, ALL_TYPES)
    missing(quiz, people.carol)
    return quiz.questions.get(kind="short_answer")


def told(page: Page, verdict: str) -> Locator:
    """What came of the answer, with when the question comes back."""
    return page.get_by_text(f"{verdict} This question comes back")


def give(page: Page, words: str) -> None:
    page.locator("main input[type=text]").fill(words)
    page.get_by_role("button", name="Check answer").click()


@pytest.mark.parametrize("js", [True, False])
def test_of_two_tabs_the_second_is_told_and_keeps_its_words(
    open_page: OpenPage, people: People, question: Question, js: bool
) -> None:
    page = open_page(people.carol, page_of(question), js=js)
    other = page.context.new_page()
    other.goto(page_of(question))
    give(page, "the margin")
    expect(told(page, "Right.")).to_be_visible()
    give(other, "a wide shelf")
    expect(other.get_by_role("alert")).to_contain_text(ALREADY)
    expect(other.locator("main input[type=text]")).to_have_value("a wide shelf")
    assert PracticeCard.objects.get().times == 1
    if js:
        assert not check(other, "practice, answered meanwhile")
    other.get_by_role("link", name="What came of the other").click()
    expect(told(other, "Right.")).to_be_visible()


@pytest.mark.parametrize("js", [True, False])
def test_back_after_the_answer_says_that_it_was_taken(
    open_page: OpenPage, people: People, question: Question, js: bool
) -> None:
    page = open_page(people.carol, page_of(question), js=js)
    give(page, "the margin")
    expect(told(page, "Right.")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("You may answer it earlier all the same.")).to_be_visible()
    expect(page.locator("main input[type=text]")).to_have_value("")
    assert PracticeCard.objects.get().times == 1


def test_an_answer_that_was_taken_is_no_draft_when_the_question_comes_back(
    open_page: OpenPage, people: People, question: Question
) -> None:
    page = open_page(people.carol, page_of(question))
    give(page, "a wide shelf")
    expect(told(page, "Not yet.")).to_be_visible()
    page.goto(page_of(question))
    expect(page.locator("main input[type=text]")).to_have_value("")
    wait_until(page, "Boolean(customElements.get('draft-form'))")
    expect(page.locator("main input[type=text]")).to_have_value("")
    assert kept(page) == 0


def test_an_ended_session_costs_no_answer(
    open_page: OpenPage, people: People, question: Question
) -> None:
    page = open_page(people.carol, page_of(question))
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    give(page, "the margin")
    expect(page.get_by_text("You are signed out")).to_be_visible()
    expect(page.get_by_text("the margin")).to_be_visible()
    sign_in_elsewhere(page, people.carol)
    page.goto(page_of(question))
    expect(page.locator("main input[type=text]")).to_have_value("the margin")
    page.get_by_role("button", name="Check answer").click()
    expect(told(page, "Right.")).to_be_visible()
    page.goto(page_of(question))
    expect(page.locator("main input[type=text]")).to_have_value("")
