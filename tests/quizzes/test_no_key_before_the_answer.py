"""Nothing that is sent before the answer tells the key: no page, fragment, JSON or header."""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.db import transaction
from django.urls import reverse

from discussions.models import Thread
from quizzes.attempts import submit_attempt
from quizzes.attempts.asked import asked_digest
from quizzes.models import Choice, Quiz
from readings.models import Reading
from seminars.models import Membership
from tests.base import People, make_reading
from tests.quizzes.base import ALL_TYPES, SECRETS, add_quiz, right_answers
from tests.views import routes

# What staff are shown on purpose: the results, and to an instructor the guide itself.
FOR_STAFF = {"quiz_results", "quiz_results_text", "quiz_results_file", "reading_guide"}
# And what an instructor has of the questions, to take it elsewhere or ask it again.
FOR_STAFF |= {"question_file", "question_bank", "bank_selection", "earlier_guide"}
QUERY = "?again=1&block=p2&comment=1&file=1"


def addresses(quiz: Quiz) -> Iterator[tuple[str, str]]:
    """Every URL of the site that can be made from what is there, by name."""
    thread = Thread.objects.get()
    numbers = {quiz.pk, thread.pk, *thread.comments.values_list("pk", flat=True)}
    values = {
        "seminar": "seminar",
        "slug": "seminar",
        "reading": "margins",
        "token": "no-token",
        "form": "markdown",
        "key": "p2",
        "name": "1",
        "column": f"quiz-{quiz.item_id}",
        "other": text_beside(quiz),
    }
    for route in routes():
        if not route.is_ours or not route.name:
            continue
        kinds = re.findall(r"<(?:(\w+):)?(\w+)>", route.path)
        names = [name for _kind, name in kinds]
        numbered = dict.fromkeys((name for kind, name in kinds if kind == "int"), 1)
        for pk in numbers if "pk" in names else {0}:
            arguments = {name: {**values, **numbered, "pk": pk}.get(name) for name in names}
            assert None not in arguments.values(), f"{route.path}: say what to put there"
            yield route.name, reverse(route.name, kwargs=arguments)


def text_beside(quiz: Quiz) -> str:
    """The slug of another reading of its seminar."""
    beside = Reading.objects.filter(seminar=quiz.seminar_id, slug="beside").first()
    if beside is None:
        alice = Membership.objects.get(seminar=quiz.seminar_id, role="instructor")
        seminar = SimpleNamespace(seminar=alice.seminar, alice=alice)
        beside = make_reading(cast("People", seminar), slug="beside")
    return beside.slug


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading, ALL_TYPES)


@pytest.mark.once
@pytest.mark.parametrize("key", ["alice", "bob", "carol", "dan", "grace", "mallory"])
@pytest.mark.parametrize("with_htmx", [True, False])
def test_no_response_holds_a_key_or_feedback(
    people: People, quiz: Quiz, key: str, with_htmx: bool
) -> None:
    # Somebody else has answered: what they may see is nobody else's.
    if key != "dan":
        submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.dan)
    client = people.client(key)
    client.raise_request_exception = False  # an error page is a response too
    headers = {"HX-Request": "true"} if with_htmx else {}
    asked = 0
    for name, url in addresses(quiz):
        if name in FOR_STAFF and key in {"alice", "bob"}:
            continue
        for method, query in [("get", ""), ("get", QUERY), ("post", "")]:
            # What it did is undone, so that each finds all that there is.
            with transaction.atomic():
                response = getattr(client, method)(url + query, headers=headers)
                body = response.getvalue()  # what is streamed is asked for here
                transaction.set_rollback(True)
            whole = repr(response.headers) + body.decode(errors="replace")
            for secret in SECRETS:
                assert secret not in whole, f"{method} {url} sends {secret}"
            asked += "At different places." in whole
    # The questions themselves were sent: on the reading page, alone, again, and when refused.
    assert asked == {"mallory": 0, "grace": 4}.get(key, 5)


@pytest.mark.parametrize("key", ["carol", "grace"])
def test_right_and_wrong_choices_cannot_be_told_apart(people: People, quiz: Quiz, key: str) -> None:
    """With key, place and words taken out, the markup of every choice is the same."""
    html = people.client(key).get("/s/seminar/r/margins/").content.decode()
    shapes: dict[str, set[str]] = {}
    picked = Choice.objects.filter(
        question__quiz=quiz, question__kind__in=["one_choice", "several"]
    )
    for choice in picked.select_related("question"):
        words = re.escape(choice.html)
        pattern = rf"<(?:label|li)[^>]*>(?:(?!</?(?:label|li)\b).)*?{words}.*?</(?:label|li)>"
        found = re.findall(pattern, html, re.DOTALL)
        assert len(found) == 1, choice.html
        shape = found[0].replace(str(choice.key), "KEY").replace(choice.html, "WORDS")
        shapes.setdefault(choice.question.kind, set()).add(shape)
    assert {kind: len(found) for kind, found in shapes.items()} == {"one_choice": 1, "several": 1}


@pytest.mark.parametrize("kind", ["match", "order", "gap"])
def test_what_a_list_offers_looks_alike(people: People, quiz: Quiz, kind: str) -> None:
    """And none of it is chosen yet; in which order it stands, test_shuffling.py looks."""
    question = quiz.questions.get(kind=kind)
    html = people.client("carol").get("/s/seminar/r/margins/").content.decode()
    field = html.partition(f'<fieldset class="question" id="q{question.pk}"')[2]
    field = field.partition("</fieldset>")[0]
    keys = question.choices.exclude(slot=1 if kind == "match" else 9).values_list("key", flat=True)
    options = re.findall(r'<option value="([^"]+)"(?: dir="auto")? >', field)
    assert len(options) == len(re.findall("<option", field)) - field.count("<select")
    assert {value.split()[-1] for value in options} == {str(key) for key in keys}


def turn_the_key(quiz: Quiz) -> None:
    """Let all that is right be wrong: the order turned round, other pairs, other choices."""
    choices = Choice.objects.filter(question__quiz=quiz)
    order = list(choices.filter(question__kind="order"))
    pairs = list(choices.filter(question__kind="match").exclude(answer=""))
    for one, place in zip(order, [one.position for one in order][::-1], strict=True):
        Choice.objects.filter(pk=one.pk).update(position=place)
    answers = [one.answer for one in pairs]
    for one, answer in zip(pairs, [*answers[1:], answers[0]], strict=True):
        Choice.objects.filter(pk=one.pk).update(answer=answer)
    for one in choices.filter(question__kind__in=["one_choice", "several", "gap"]):
        Choice.objects.filter(pk=one.pk).update(is_correct=not one.is_correct)
    assert len(order) > 2
    assert len(set(answers)) > 1


def test_the_same_is_sent_whatever_is_right(people: People, quiz: Quiz) -> None:
    """The page, and what is said of answers that are not complete: not a character tells."""
    client = people.client("carol")
    order = quiz.questions.get(kind="order")
    placed = order.choices.order_by("key")[0]
    page = reverse("quiz_detail", args=["seminar", "margins", quiz.pk])
    post = reverse("attempt_create", args=["seminar", "margins", quiz.pk])

    def sent() -> list[str]:
        with transaction.atomic():
            answers = [client.get(page), client.post(post, {f"q{order.pk}": f"1 {placed.key}"})]
            transaction.set_rollback(True)
        by_chance = (
            r'(name="(?:csrfmiddlewaretoken|client_key)" value|name="csrf-token" content)="[^"]+"'
        )
        return [re.sub(by_chance, "", answer.content.decode()) for answer in answers]

    before = sent()
    assert "a place, too" in before[1]
    assert 'name="asked" value="' in before[0]
    turn_the_key(quiz)
    assert sent() == before


def test_name_of_what_is_asked_cannot_be_made_elsewhere(
    people: People, quiz: Quiz, settings: Any
) -> None:
    """Or all orders and pairs could be tried out against it."""
    questions = list(quiz.questions.all())
    before = asked_digest(questions)
    settings.SECRET_KEY = "another site's"
    assert asked_digest(questions) != before


def test_keys_tell_nothing(people: People, reading: Reading) -> None:
    """A choice's key is random: neither its place nor its rightness is in it."""
    quiz = add_quiz(people, reading)
    keys = [choice.key for choice in Choice.objects.filter(question__quiz=quiz)]
    assert all(key.version == 4 for key in keys)
    assert len(set(keys)) == 5
