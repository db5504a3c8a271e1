"""Checkpoints in a browser: what is answered is lost by nothing, and handed in on purpose."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from quizzes.models import Answer, Attempt, QuestionKind, Quiz
from quizzes.questions import TYPES
from readings.models import Reading
from tests.base import PASSWORD, People
from tests.browser.conftest import OpenPage
from tests.quizzes.base import ALL_TYPES, add_quiz, right_answers, wrong_answers

KEPT = "Your answers so far are kept"
WRITTEN = "input[type=text], textarea"


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    quiz = add_quiz(people, reading, ALL_TYPES)
    kinds = set(quiz.questions.values_list("kind", flat=True))
    assert kinds == {one.kind.value for one in TYPES} == set(QuestionKind.values)
    return quiz


def here(page: Page, quiz: Quiz) -> Locator:
    return page.locator(f"#quiz-{quiz.pk}")


def answer(page: Page, quiz: Quiz, given: dict[int, list[str]]) -> None:
    """Answer every question by its own controls, as a person does."""
    for pk, values in given.items():
        field = here(page, quiz).locator(f"#q{pk}")
        for value in values:
            option, box = f'select:has(option[value="{value}"])', f'input[value="{value}"]'
            if field.locator(option).count():
                field.locator(option).select_option(value)
            elif field.locator(f"{box}:not([type=text], [type=hidden])").count():
                field.locator(box).check()
            else:
                control = field.locator(WRITTEN)
                control.click()
                control.press("Control+a")
                control.press_sequentially(value)


def expect_answers(page: Page, quiz: Quiz, given: dict[int, list[str]]) -> None:
    for pk, values in given.items():
        field = here(page, quiz).locator(f"#q{pk}")
        boxes = field.locator("input:checked")
        for value in values:
            option, box = f'select:has(option[value="{value}"])', f'input[value="{value}"]'
            if field.locator(option).count():
                expect(field.locator(option)).to_have_value(value)
            elif field.locator(f"{box}:not([type=text], [type=hidden])").count():
                expect(field.locator(box)).to_be_checked()
                expect(boxes).to_have_count(len(values))
            else:
                expect(field.locator(WRITTEN)).to_have_value(value)


def wait_until_kept(page: Page) -> None:
    """Until the server has the answer that was given last."""
    for _ in range(100):
        last = Quiz.objects.get().questions.last()
        kept = Answer.objects.filter(question=last, attempt__state="in_progress").first()
        if kept and kept.response[0] == wrong_answers(kept.attempt.quiz)[kept.question_id][0]:
            return
        page.wait_for_timeout(50)
    raise AssertionError("The answers were not kept.")


def forget(page: Page) -> None:
    """As if this device had kept nothing itself."""
    page.evaluate("localStorage.clear()")


def reload(page: Page) -> None:
    forget(page)
    page.reload()


def go_and_come_back(page: Page) -> None:
    path = page.url
    page.goto("/")
    forget(page)
    page.goto(path)


def press_back(page: Page) -> None:
    page.goto("/")
    forget(page)
    page.go_back()


def lose_the_session(page: Page) -> None:
    path = page.url
    forget(page)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.goto(path)
    page.get_by_label("E-mail address").fill("carol@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/login/" not in url)


@pytest.mark.parametrize(
    "happens",
    [reload, go_and_come_back, press_back, lose_the_session],
    ids=["reload", "return", "back", "session"],
)
def test_answers_of_every_type_outlive_what_happens_to_the_page(
    open_page: OpenPage, people: People, quiz: Quiz, happens: Callable[[Page], None]
) -> None:
    given = wrong_answers(quiz)
    page = open_page(people.carol, quiz.reading.get_absolute_url())
    answer(page, quiz, given)
    wait_until_kept(page)
    expect(here(page, quiz).get_by_text(KEPT)).to_be_visible()
    happens(page)
    expect_answers(page, quiz, given)
    assert not Attempt.objects.submitted()


def test_answers_stand_on_another_device(open_page: OpenPage, people: People, quiz: Quiz) -> None:
    given = wrong_answers(quiz)
    page = open_page(people.carol, quiz.reading.get_absolute_url())
    answer(page, quiz, given)
    page.close()  # at once: what was not sent yet is sent as the page goes
    other = open_page(people.carol, "/")
    wait_until_kept(other)
    other.goto(quiz.reading.get_absolute_url())
    expect_answers(other, quiz, given)


def test_what_the_server_could_not_be_told_is_kept_here_and_told_later(
    open_page: OpenPage, people: People, quiz: Quiz
) -> None:
    given = wrong_answers(quiz)
    page = open_page(people.carol, quiz.reading.get_absolute_url())
    page.route("**/answers/", lambda route: route.abort())
    with page.expect_request("**/answers/"):
        answer(page, quiz, given)
    page.unroute("**/answers/")
    with page.expect_response("**/answers/"):
        page.reload()
        expect_answers(page, quiz, given)
        here(page, quiz).locator("input").first.focus()
    expect(here(page, quiz).get_by_text(KEPT)).to_be_visible()
    assert Attempt.objects.get().answers.count() == 10


@pytest.mark.parametrize("is_same", [False, True], ids=["other", "same"])
def test_what_is_handed_in_from_another_tab_changes_no_answer_in_this_one(
    open_page: OpenPage, people: People, quiz: Quiz, is_same: bool
) -> None:
    right = right_answers(quiz)
    mine = right if is_same else wrong_answers(quiz)
    page = open_page(people.carol, quiz.reading.get_absolute_url())
    other = page.context.new_page()
    if is_same:  # or it would show what is kept of the first, with nothing to be given
        other.goto(quiz.reading.get_absolute_url())
    answer(page, quiz, mine)
    if not is_same:
        other.goto(quiz.reading.get_absolute_url())
    answer(other, quiz, right)
    for pk, values in right.items():  # of several answers, those alone
        for box in here(other, quiz).locator(f"#q{pk} input[type=checkbox]:checked").all():
            box.set_checked(box.get_attribute("value") in values)
    with other.expect_response("**/attempts/"):
        here(other, quiz).get_by_role("button", name="Check").click()
    told = "Posted from another tab." if is_same else "What stands here is kept"
    expect(here(page, quiz).get_by_text(told)).to_be_visible()
    expect_answers(page, quiz, mine)


@pytest.mark.parametrize("js", [True, None, False], ids=["scripting", "before it", "without"])
def test_enter_hands_in_nothing_and_the_button_does(
    open_page: OpenPage, people: People, quiz: Quiz, js: bool | None
) -> None:
    given = right_answers(quiz)
    page = open_page(people.carol, "/", js=js is not False)
    if js is None:  # what would hold the key back has not come yet
        empty = {"body": "export const keepAnswers = () => {};", "content_type": "text/javascript"}
        page.route("**/kept-answers.js", lambda route: route.fulfill(**empty))
    page.goto(quiz.reading.get_absolute_url())
    answer(page, quiz, given)
    for field in ("input[type=text]", "input[type=radio]:checked", "input[type=checkbox]"):
        here(page, quiz).locator(field).first.press("Enter")
        if js is False:
            expect(here(page, quiz).get_by_text(KEPT)).to_be_visible()
    page.wait_for_timeout(300)
    expect_answers(page, quiz, given)
    assert not Attempt.objects.submitted()
    here(page, quiz).get_by_role("button", name="Check answers").click()
    expect(here(page, quiz).get_by_text("Answered, not marked yet.")).to_be_visible()
    assert Attempt.objects.get().number == 1


def test_control_and_enter_hand_in_on_purpose(
    open_page: OpenPage, people: People, quiz: Quiz
) -> None:
    page = open_page(people.carol, quiz.reading.get_absolute_url())
    answer(page, quiz, right_answers(quiz))
    here(page, quiz).locator("input[type=text]").first.press("Control+Enter")
    expect(here(page, quiz).get_by_text("Answered, not marked yet.")).to_be_visible()


def test_a_lost_answer_hands_in_once(open_page: OpenPage, people: People, quiz: Quiz) -> None:
    page = open_page(people.carol, quiz.reading.get_absolute_url())
    answer(page, quiz, wrong_answers(quiz))

    def swallow(route: object) -> None:
        route.fetch()  # type: ignore[attr-defined]
        route.fulfill(status=429, body="")  # type: ignore[attr-defined]

    page.route("**/attempts/", swallow)
    button = here(page, quiz).get_by_role("button", name="Check answers")
    button.click()
    expect(here(page, quiz).locator("[data-refused]")).to_contain_text("the server is busy")
    page.unroute("**/attempts/")
    button.click()
    expect(here(page, quiz).get_by_text("Answered, not marked yet.")).to_be_visible()
    assert Attempt.objects.get().number == 1


@pytest.mark.parametrize("js", [True, False])
def test_back_after_handing_in_hands_in_no_more(
    open_page: OpenPage, people: People, quiz: Quiz, js: bool
) -> None:
    address = reverse("quiz_detail", args=["seminar", quiz.reading.slug, quiz.pk])
    page = open_page(people.carol, address, js=js)
    answer(page, quiz, right_answers(quiz))
    here(page, quiz).get_by_role("button", name="Check answers").click()
    result = here(page, quiz).get_by_text("Answered, not marked yet.")
    expect(result).to_be_visible()
    page.goto("/s/seminar/")
    page.go_back()
    expect(result).to_be_visible()
    if not js:  # the page on which it was answered is another than that of what came of it
        page.go_back()
        expect(result).to_be_visible()
    expect(here(page, quiz).get_by_role("button", name="Check answers")).to_have_count(0)
    assert Attempt.objects.get().number == 1


def test_an_answer_over_the_limit_is_counted_and_not_cut(
    open_page: OpenPage, people: People, quiz: Quiz
) -> None:
    given = right_answers(quiz)
    words = quiz.questions.get(kind="short_answer")
    page = open_page(people.carol, quiz.reading.get_absolute_url())
    answer(page, quiz, {pk: values for pk, values in given.items() if pk != words.pk})
    field = here(page, quiz).locator(f"#q{words.pk} input")
    field.fill("a" * 312)
    expect(here(page, quiz).locator("[data-over]")).to_have_text("12 characters over the limit")
    here(page, quiz).get_by_role("button", name="Check answers").click()
    told = here(page, quiz).locator(f"#q{words.pk}-error")
    expect(told).to_have_text("This has 312 characters; an answer has at most 300.")
    expect(field).to_have_value("a" * 312)


def test_what_is_still_open_at_the_end_is_told_anew(
    open_page: OpenPage, people: People, reading: Reading, quiz: Quiz
) -> None:
    page = open_page(people.carol, reading.get_absolute_url())
    page.locator(".end-note").scroll_into_view_if_needed()
    end = page.locator("#end")
    expect(end).to_contain_text("1 checkpoint to answer")
    answer(page, quiz, right_answers(quiz))
    here(page, quiz).get_by_role("button", name="Check").click()
    expect(end).to_contain_text("All that was asked of you here is done.")
    # The focus is at what came of it, which has not moved away.
    expect(here(page, quiz).locator(".result")).to_be_focused()
