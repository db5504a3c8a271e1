"""One checkpoint as a page and as a fragment: to answer, answered, and again."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from quizzes.attempts import keep_answers, submit_attempt
from quizzes.attempts.kept_checkpoints import forget_checkpoints
from quizzes.models import Answer, AnswerMark, Question, Quiz
from readings.guides.actions import apply_guide
from readings.models import Passage, Reading
from readings.page.page import forget_pages
from tests.base import People, htmx, markup
from tests.discussions.base import answer, say
from tests.quizzes.base import (
    CHECKPOINT,
    GUIDE,
    OTHER,
    SECRETS,
    add_quiz,
    form_in,
    right_answers,
    wrong_answers,
)


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading)


def url_of(quiz: Quiz) -> str:
    return reverse("quiz_detail", args=["seminar", "margins", quiz.pk])


def test_asks_each_question_with_native_controls(people: People, quiz: Quiz) -> None:
    html = people.client("carol").get(url_of(quiz)).content.decode()
    assert "Checkpoint 1 of 1" in html
    assert "not answered" in html
    fields = form_in(html).fields
    one, several, truth, words = [f"q{question.pk}" for question in quiz.questions.all()]
    assert [kind for _, _, kind in fields[one]] == ["radio", "radio"]
    assert [kind for _, _, kind in fields[several]] == ["checkbox"] * 3
    assert [value for value, _, _ in fields[truth]] == ["true", "false"]
    assert [kind for _, _, kind in fields[words]] == ["text"]
    assert html.count('<fieldset class="question"') == html.count("<legend id=") == 4
    assert len(fields["client_key"]) == 1


def test_choices_stand_in_the_order_of_the_guide(people: People, quiz: Quiz) -> None:
    html = people.client("carol").get(url_of(quiz)).content.decode()
    assert html.index("At the end.") < html.index("At different places.")


def test_each_page_has_a_key_of_its_own(people: People, quiz: Quiz) -> None:
    client = people.client("carol")
    keys = {
        form_in(client.get(url_of(quiz)).content.decode()).fields["client_key"][0][0]
        for _ in range(3)
    }
    assert len(keys) == 3


def test_shows_what_came_of_it_in_words(people: People, quiz: Quiz) -> None:
    responses = right_answers(quiz)
    one, several = quiz.questions.get(kind="one_choice"), quiz.questions.get(kind="several")
    wrong = one.choices.get(is_correct=False)
    library = several.choices.get(is_correct=False)
    responses |= {one.pk: [str(wrong.key)], several.pk: [*responses[several.pk], str(library.key)]}
    submit_attempt(quiz=quiz, responses=responses, by=people.carol)
    html = people.client("carol").get(url_of(quiz)).content.decode()
    assert "2.5 of 4 points" in html
    assert "Your choice: not right" in html
    assert "Feedback-wrong" in html
    assert "Feedback-general" in html
    assert "Partly right: you picked 2 of the 2 that are right, and 1 that is not." in html
    # Only of what was picked: the right choice of the first question is still to be found.
    assert "Feedback-right" not in html
    assert 'href="/s/seminar/r/margins/#p1"' in html
    assert "Read ¶ 1 again" in html
    assert "Try again" in html


def test_all_right_says_so(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    html = people.client("carol").get(url_of(quiz)).content.decode()
    assert "All right: 4 of 4 right." in html
    assert "Feedback-right" in html


def test_the_second_try_tells_what_is_right(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    first = people.client("carol").get(url_of(quiz)).content.decode()
    assert "This is right" not in first
    assert "A right answer" not in first
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    second = people.client("carol").get(url_of(quiz)).content.decode()
    assert "Try 2, for practice: 0 of 4 right." in second
    assert second.count("This is right") == 4  # one choice, two of several, true
    assert "A right answer: <q>the margin</q>" in second


def test_trying_again_starts_from_the_last_answers(people: People, quiz: Quiz) -> None:
    given = wrong_answers(quiz)
    submit_attempt(quiz=quiz, responses=given, by=people.carol)
    html = people.client("carol").get(url_of(quiz) + "?again=1").content.decode()
    fields = form_in(html).fields
    for question in quiz.questions.all():
        rows = fields[f"q{question.pk}"]
        if question.kind == "short_answer":
            assert rows[0][0] == "the spine"
        else:
            assert [value for value, checked, _ in rows if checked] == given[question.pk]
    assert not any(secret in html for secret in SECRETS)


def test_answers_are_shown_to_their_author_alone(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    for key in ("dan", "bob", "alice", "grace"):
        html = people.client(key).get(url_of(quiz)).content.decode()
        assert "not answered" in html
        assert not any(secret in html for secret in SECRETS), key


def test_a_guest_reads_the_questions_without_a_form(people: People, quiz: Quiz) -> None:
    html = people.client("grace").get(url_of(quiz)).content.decode()
    assert "At different places." in html
    assert "You read as a guest" in html
    assert not form_in(html).action
    again = people.client("grace").get(url_of(quiz) + "?again=1").content.decode()
    assert not form_in(again).action


def test_htmx_gets_the_checkpoint_alone(people: People, quiz: Quiz) -> None:
    html = htmx(people.client("carol"), "get", url_of(quiz)).content.decode()
    assert "<html" not in html
    assert f'id="quiz-{quiz.pk}"' in html


def test_what_people_write_cannot_become_markup(people: People, quiz: Quiz) -> None:
    words = quiz.questions.get(kind="short_answer")
    evil = '"><script>alert(1)</script>'
    submit_attempt(quiz=quiz, responses={**wrong_answers(quiz), words.pk: [evil]}, by=people.carol)
    for query in ("", "?again=1"):
        html = people.client("carol").get(url_of(quiz) + query).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_anonymous_is_sent_to_sign_in(quiz: Quiz, client: object) -> None:
    from django.test import Client

    response = Client().get(url_of(quiz))
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


def test_stranger_finds_nothing(people: People, quiz: Quiz) -> None:
    assert people.client("mallory").get(url_of(quiz)).status_code == 404


def test_a_replaced_checkpoint_is_gone(people: People, quiz: Quiz, reading: Reading) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    apply_guide(reading=reading, text=OTHER, by=people.alice)
    assert people.client("carol").get(url_of(quiz)).status_code == 404


def test_wrong_method(people: People, quiz: Quiz) -> None:
    assert people.client("carol").post(url_of(quiz)).status_code == 405


def test_queries_do_not_grow(people: People, quiz: Quiz, reading: Reading) -> None:
    client = people.client("carol")

    def count() -> int:
        first = Quiz.objects.of(reading)[0]
        submit_attempt(quiz=first, responses=wrong_answers(first), by=people.carol)
        client.get(url_of(first))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url_of(first)).status_code == 200
        return len(captured)

    one = count()
    more = "\n".join(CHECKPOINT.replace("A library", f"A library {number}") for number in range(20))
    apply_guide(reading=reading, text=GUIDE + "\n" + more, by=people.alice)
    for quiz_ in Quiz.objects.of(reading):
        submit_attempt(quiz=quiz_, responses=wrong_answers(quiz_), by=people.carol)
    assert count() == one


def test_the_first_try_is_what_is_shown_and_a_later_one_is_practice(
    people: People, quiz: Quiz
) -> None:
    """In the checkpoint, and in the contents; whichever way the tries went."""
    for member, tries, first, practice in (
        (people.carol, (wrong_answers, right_answers), "0 of 4 right", "4 of 4 right"),
        (people.dan, (right_answers, wrong_answers, wrong_answers), "4 of 4 right", "0 of 4 right"),
    ):
        for responses in tries:
            submit_attempt(quiz=quiz, responses=responses(quiz), by=member)
        client = people.client(str(member.user.name).lower())
        html = markup(client.get(url_of(quiz)))
        assert f"Try {len(tries)}, for practice: {practice}." in html
        assert f"What counts is your first try: {first}." in html
        assert f"{first} in the first try" in html
        page = markup(client.get(quiz.reading.get_absolute_url()))
        assert f'data-label="quiz-{quiz.pk}">Checkpoint 1 · {first}<' in page
        assert f'state="{first}"></checkpoint-result>' in page


EACH_TIME = re.compile(r'(csrf-token" content="|middlewaretoken" value="|client_key" value=")[^"]*')


def test_kept_pages_are_those_made_now(people: People, quiz: Quiz, reading: Reading) -> None:
    """For everybody, whatever changed since, and with nobody else's answers in them."""
    clients = {key: people.client(key) for key in ("alice", "carol", "dan", "grace")}
    changed = GUIDE.replace("A library", "A reading room")
    sources = Passage.objects.filter(pk__in=quiz.questions.exclude(passage=None).values("passage"))
    place = Passage.objects.filter(pk__in=Quiz.objects.filter(pk=quiz.pk).values("item__passage"))
    steps: list[Callable[[], object]] = [
        lambda: keep_answers(quiz=quiz, responses=wrong_answers(quiz), by=people.carol),
        lambda: submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.dan),
        lambda: submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol),
        lambda: apply_guide(reading=reading, text=changed, by=people.alice),
        lambda: submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol),
        lambda: Answer.objects.filter(attempt__membership=people.carol).update(score=0),
        lambda: Quiz.objects.filter(pk=quiz.pk).update(title="Another title"),
        lambda: sources.update(block_key="p2"),
        lambda: place.update(block_key="p3"),
        lambda: Quiz.objects.filter(pk=quiz.pk).update(retired_at=timezone.now()),
    ]
    # On its own page first, where nothing tells yet that somebody has been on the reading's.
    urls = (url_of(quiz), reading.get_absolute_url())
    for url in urls:
        assert all(client.get(url).status_code == 200 for client in clients.values())
    asked = [(key, url) for key in clients for url in urls]
    for number, step in enumerate(steps, start=1):
        step()
        kept = [clients[key].get(url).content.decode() for key, url in asked]
        forget_checkpoints()
        forget_pages()
        for (key, url), page in zip(asked, kept, strict=True):
            fresh = clients[key].get(url).content.decode()
            assert EACH_TIME.sub("", page) == EACH_TIME.sub("", fresh), (number, key, url)
            answered = {"carol": number > 2, "dan": number > 1}.get(key, False)
            told = any(secret in page for secret in SECRETS)
            assert told == (answered and number < len(steps)), (number, key, url)


def test_a_post_leaves_the_checkpoints_as_they_are(
    people: People, quiz: Quiz, reading: Reading
) -> None:
    client = people.client("carol")
    thread = say(reading, people.dan)
    client.get(reading.get_absolute_url())
    client.get(url_of(quiz))
    for url in (reading.get_absolute_url(), url_of(quiz)):
        answer(thread, people.dan, f"Before {url}.")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        # Of the bell, which looks for released marks, too.
        bell = AnswerMark._meta.db_table
        asked = [one["sql"] for one in captured if Question._meta.db_table in one["sql"]]
        assert not [one for one in asked if bell not in one], url
