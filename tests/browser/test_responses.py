"""Reactions, a question's state and the marks of a thread, pressed in place."""

from playwright.sync_api import expect

from discussions.models import Reaction, ThreadSubscription
from readings.models import Reading
from tests.base import People
from tests.browser.conftest import OpenPage
from tests.browser.steps import expect_said
from tests.discussions.base import answer, first_of, say


def test_pressed_in_a_card_and_the_focus_stays(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    question = say(reading, people.carol, "Why so?", kind="question", block="p2", quote="")
    reply = answer(question, people.dan, "Because.")
    people.carol.user.set_display(annotations="all")
    page = open_page(people.carol, f"{reading.get_absolute_url()}#t{question.pk}", width=390)
    comment = page.locator(f"#c{reply.pk}")
    comment.locator("summary", has_text="React").press("Enter")
    comment.get_by_role("button", name="Insight").press("Enter")
    pressed = comment.get_by_role("button", name="Insight 1")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    expect(pressed).to_be_focused()
    expect_said(page, "Insight: added")
    assert Reaction.objects.get().comment == reply
    page.get_by_role("button", name="Resolve it").press("Enter")
    expect(page.locator(f"#question-{question.pk}")).to_be_focused()
    expect(page.locator(f"#t{question.pk} > summary")).to_contain_text("Question · resolved")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.locator(f"#t{question.pk} > summary")).to_contain_text("Question · answered")
    page.get_by_role("button", name="Mute").press("Enter")
    expect(page.get_by_role("button", name="Mute")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Mute")).to_be_focused()
    level = ThreadSubscription.objects.get(membership=people.carol).level
    assert (level, first_of(question).author) == ("mute", people.carol)


def test_without_a_script_all_of_it_works(
    open_page: OpenPage, people: People, reading: Reading
) -> None:
    question = say(reading, people.carol, "Why so?", kind="question")
    reply = answer(question, people.dan, "Because.")
    page = open_page(people.alice, question.get_absolute_url(), js=False)
    page.locator(f"#c{reply.pk}").get_by_role("button", name="Endorse").click()
    expect(page.locator(f"#c{reply.pk} .endorsed-by")).to_have_text("The answer, endorsed by Alice")
    page.locator(f"#c{reply.pk} summary", has_text="React").click()
    page.locator(f"#c{reply.pk}").get_by_role("button", name="Thanks").click()
    expect(page.locator(f"#c{reply.pk}").get_by_role("button", name="Thanks 1")).to_be_visible()
    page.get_by_role("button", name="Pin").click()
    expect(page.get_by_role("button", name="Pin")).to_have_attribute("aria-pressed", "true")
