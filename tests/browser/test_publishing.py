"""Publishing one's own answer in a browser: in its place, by keys, with nothing lost."""

from playwright.sync_api import expect

from discussions.models import Thread
from quizzes.models import Quiz
from readings.models import Reading
from tests.base import People
from tests.browser.conftest import OpenPage
from tests.browser.steps import expect_said
from tests.quizzes.published import (
    PUBLISHED,
    WRITTEN,
    add_open_checkpoint,
    hand_in,
    publish,
)

WORDS = "The words of your answer, as others will read them"


def path(quiz: Quiz) -> str:
    return f"{quiz.reading.get_absolute_url()}#quiz-{quiz.pk}"


def test_an_answer_is_published_by_keys_where_it_stands(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    quiz = add_open_checkpoint(people, reading)
    hand_in(quiz, people.carol)
    page = open_page(people.carol, path(quiz))
    link = page.get_by_role("link", name="Publish it at ¶ 2").first
    link.focus()
    page.keyboard.press("Enter")
    field = page.get_by_label(WORDS)
    expect(field).to_be_focused()
    expect(field).to_have_value(WRITTEN)
    # Put aside, it is back with what was written, and the focus where it came from.
    field.fill("What I would say.")
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_have_value("What I would say.")
    page.keyboard.press("Control+Enter")
    there = page.get_by_role("link", name="Published at ¶ 2")
    expect(there).to_be_focused()
    expect_said(page, "Published at ¶ 2.")
    thread = Thread.objects.get(author=people.carol)
    expect(page.locator(f"#t{thread.pk}")).to_contain_text("What I would say.")
    there.click()
    expect(page.locator(f"#t{thread.pk}")).to_contain_text("Answers a question of a checkpoint")


def test_what_is_refused_stands_in_place_with_its_words(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    quiz = add_open_checkpoint(people, reading)
    answer = hand_in(quiz, people.carol)
    page = open_page(people.carol, path(quiz))
    page.get_by_role("link", name="Publish it at ¶ 2").first.click()
    expect(page.get_by_label(WORDS)).to_be_visible()
    publish(answer)  # in another tab
    page.get_by_label(WORDS).fill("Other words.")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("You have published this answer already.")
    expect(page.get_by_label(WORDS)).to_have_value("Other words.")
    expect(page.get_by_role("link", name="Published at ¶ 2")).to_be_visible()


def test_handing_in_shows_what_classmates_published(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    quiz = add_open_checkpoint(people, reading)
    publish(hand_in(quiz, people.dan))
    page = open_page(people.carol, path(quiz))
    expect(page.get_by_text(PUBLISHED)).to_have_count(0)
    here = page.locator(f"#quiz-{quiz.pk}")
    for field in here.locator("textarea").all():
        field.fill(WRITTEN)
    here.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text(PUBLISHED)).to_be_attached()
