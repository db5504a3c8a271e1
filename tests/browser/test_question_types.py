"""Every type of question: answered by keys alone and without JavaScript, and clean before axe."""

import pytest
from playwright.sync_api import Locator, Page, expect

from quizzes.attempts import submit_attempt
from quizzes.models import Attempt, Quiz
from quizzes.questions import TYPES
from readings.models import Reading
from tests.base import PARAGRAPHS, People
from tests.browser.conftest import OpenPage
from tests.browser.steps import select_words, shown, toolbar
from tests.browser.test_accessibility import check
from tests.browser.test_main_job_keyboard import enter, tab_to
from tests.quizzes.base import ALL_TYPES, SECRETS, add_quiz, wrong_answers


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    quiz = add_quiz(people, reading, ALL_TYPES)
    kinds = [str(one.kind) for one in TYPES]
    assert list(quiz.questions.values_list("kind", flat=True)) == kinds
    return quiz


def field_of(page: Page, quiz: Quiz, kind: str) -> Locator:
    return page.locator(f"#q{quiz.questions.get(kind=kind).pk}")


# What a list is set to, by its label: (question's kind, list, words of the option).
LISTS = [
    ("match", "Printers", "a wide margin"),
    ("match", "Readers", "a doubt"),
    ("order", "Printers left it wide.", "1"),
    ("order", "Readers wrote in it.", "2"),
    ("order", "The seminar read it.", "3"),
    ("gap", "Gap 1", "doubts"),
]


def set_list(page: Page, control: Locator, words: str) -> None:
    """As a key chooses: down to the option, from the first one."""
    tab_to(page, control)
    options = [one.strip() for one in control.locator("option").all_inner_texts()]
    for _ in range(options.index(words)):
        page.keyboard.press("ArrowDown")
    expect(control.locator("option:checked")).to_have_text(words)


def answer_by_keys(page: Page, quiz: Quiz) -> None:
    tab_to(page, field_of(page, quiz, "one_choice").get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    for name in ("A margin", "A conversation"):
        tab_to(page, field_of(page, quiz, "several").get_by_label(name))
        page.keyboard.press("Space")
    tab_to(page, field_of(page, quiz, "true_false").get_by_label("True"))
    page.keyboard.press("Space")
    tab_to(page, field_of(page, quiz, "short_answer").get_by_role("textbox"))
    page.keyboard.type("The margin")
    tab_to(page, field_of(page, quiz, "numeric").get_by_role("textbox"))
    page.keyboard.type("2 1/2 in")
    for control, words in lists(page, quiz):
        set_list(page, control, words)
    tab_to(page, field_of(page, quiz, "gap").get_by_label("Gap 2"))
    page.keyboard.type("blankkey")
    choose_sentence(page, field_of(page, quiz, "passage"))
    tab_to(page, field_of(page, quiz, "open").get_by_role("textbox"))
    page.keyboard.type("A doubt of my own.")


def choose_sentence(page: Page, field: Locator) -> None:
    enter(page, field.get_by_role("button", name="Choose sentences"))
    expect(field.get_by_label("Paragraph")).to_be_focused()
    # What is too long for the list ends at a word, and says so.
    option = field.get_by_label("Paragraph").locator("option", has_text="¶ 1 ")
    shown = option.inner_text().removeprefix("¶ 1 ")
    assert shown.endswith(" …")
    assert PARAGRAPHS[0].startswith(f"{shown.removesuffix(' …')} ")
    sentence = field.get_by_label("A seminar reads one text together", exact=False)
    for _ in range(5):
        if sentence.count():
            break
        page.keyboard.press("ArrowDown")
    tab_to(page, sentence)
    page.keyboard.press("Space")
    expect(field.get_by_role("textbox")).to_have_value(PARAGRAPHS[0])


def lists(page: Page, quiz: Quiz) -> list[tuple[Locator, str]]:
    """In the order in which Tab comes to them: what is put in order stands in one of its own."""
    found = [
        (field_of(page, quiz, kind).get_by_label(name, exact=True), words)
        for kind, name, words in LISTS
    ]
    every = page.locator("select[name^=q]")
    places = every.evaluate_all("(all) => all.map((one) => one.id + one.ariaLabel)")
    return sorted(
        found, key=lambda one: places.index(one[0].evaluate("(one) => one.id + one.ariaLabel"))
    )


def expect_all_right(checkpoint: Locator) -> None:
    """All but the one that a person marks."""
    scores = Attempt.objects.get().answers.order_by("question__position")
    assert list(scores.values_list("score", flat=True)) == [1] * (len(TYPES) - 1) + [None]
    expect(checkpoint.locator(".feedback > b", has_text="Right.")).to_have_count(len(TYPES) - 2)
    expect(checkpoint.get_by_text("Your answer waits for a mark.")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_all_types_are_answered_by_keys_alone(
    open_page: OpenPage, people: People, quiz: Quiz, width: int
) -> None:
    page = open_page(people.carol, quiz.reading.get_absolute_url(), width=width)
    assert not any(secret in page.content() for secret in SECRETS)
    checkpoint = page.locator(f"#quiz-{quiz.pk}")
    answer_by_keys(page, quiz)
    enter(page, checkpoint.get_by_role("button", name="Check answers"))
    expect(checkpoint.get_by_role("status")).to_contain_text("Answered, not marked yet.")
    expect(checkpoint.locator(".result")).to_be_focused()
    expect_all_right(checkpoint)


def test_all_types_are_answered_without_javascript(
    open_page: OpenPage, people: People, quiz: Quiz
) -> None:
    page = open_page(people.carol, quiz.reading.get_absolute_url(), width=390, js=False)
    checkpoint = page.locator(f"#quiz-{quiz.pk}")
    checkpoint.get_by_role("button", name="Check answers").click()
    expect(checkpoint.get_by_role("alert").get_by_role("listitem")).to_have_count(len(TYPES))
    assert not any(secret in page.content() for secret in SECRETS)
    field_of(page, quiz, "one_choice").get_by_label("At different places.").check()
    for name in ("A margin", "A conversation"):
        field_of(page, quiz, "several").get_by_label(name).check()
    field_of(page, quiz, "true_false").get_by_label("True").check()
    field_of(page, quiz, "short_answer").get_by_role("textbox").fill("The margin")
    field_of(page, quiz, "numeric").get_by_role("textbox").fill("63.5 mm")
    for control, words in lists(page, quiz):
        control.select_option(label=words)
    field_of(page, quiz, "passage").get_by_role("textbox").fill("stops at another place.")
    field_of(page, quiz, "open").get_by_role("textbox").fill("A doubt,\n\nof my own.")
    # One gap is left: all else stands when the form comes back.
    checkpoint.get_by_role("button", name="Check answers").click()
    expect(checkpoint.get_by_role("alert")).to_contain_text("Fill gap 2, too.")
    field_of(page, quiz, "gap").get_by_label("Gap 2").fill("The blankest edge.")
    checkpoint.get_by_role("button", name="Check answers").click()
    expect(checkpoint.locator(".result")).to_contain_text("Answered, not marked yet.")
    expect_all_right(checkpoint)


@pytest.mark.parametrize(("width", "touch"), [(1440, False), (390, True)])
def test_words_are_selected_in_the_text(
    open_page: OpenPage, people: People, quiz: Quiz, width: int, touch: bool
) -> None:
    """And the toolbar is afterwards what it was before."""
    page = open_page(people.carol, quiz.reading.get_absolute_url(), width=width, touch=touch)
    field = field_of(page, quiz, "passage")
    field.get_by_role("button", name="Select them in the text").click()
    select_words(page, "stops at another place")
    button = toolbar(page, "Answer with these words")
    expect(button).to_be_visible()
    assert button.evaluate("(one) => one.scrollWidth <= one.clientWidth")  # the words have room
    button.click()
    expect(field.get_by_role("textbox")).to_be_focused()
    expect(field.get_by_role("textbox")).to_have_value("stops at another place")
    assert '"block": "p1"' in field.locator("input[type=hidden]").input_value().replace(":", ": ")
    page.get_by_role("button", name="Check answers").focus()
    select_words(page, "no method is older")
    expect(toolbar(page, "Comment")).to_be_visible()
    expect(toolbar(page, "Answer with these words")).to_have_count(0)
    # What was chosen stands wherever it is opened, and what is typed instead counts.
    expect(shown(page, "Your answers so far are kept")).to_be_visible()
    page.reload()
    expect(field.get_by_role("textbox")).to_have_value("stops at another place")


def test_axe_finds_nothing_in_any_type(open_page: OpenPage, people: People, quiz: Quiz) -> None:
    """Asked, refused, answered, told what is right; and to a guest, who answers nothing."""
    page = open_page(people.carol, quiz.reading.get_absolute_url())
    field_of(page, quiz, "passage").get_by_role("button", name="Choose sentences").click()
    troubles = check(page, "asked")
    checkpoint = page.locator(f"#quiz-{quiz.pk}")
    checkpoint.get_by_role("button", name="Check answers").click()
    checkpoint.get_by_role("alert").wait_for()
    # From the beginning: the bar at the top lies over part of what is scrolled below it.
    page.evaluate("scrollTo(0, 0)")
    troubles += check(page, "refused")
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    page.goto(f"{quiz.reading.get_absolute_url()}quizzes/{quiz.pk}/")
    troubles += check(page, "answered")
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    page.reload()
    troubles += check(page, "told")
    troubles += check(open_page(people.grace, quiz.reading.get_absolute_url()), "guest")
    results = open_page(people.alice, f"{quiz.reading.get_absolute_url()}quizzes/results/")
    troubles += check(results, "results")
    assert not troubles, "\n".join(troubles)
