"""A checkpoint that draws some of its questions: others for each person and try."""

import re

import pytest
from django.urls import reverse

from quizzes.attempts import SubmissionRefused, keep_answers, submit_attempt
from quizzes.attempts.drawing import drawn
from quizzes.models import Attempt, Quiz
from readings.guides.actions import apply_guide
from readings.models import Reading
from seminars.models import Membership
from tests.base import People, htmx, markup
from tests.queries import PageQueries
from tests.quizzes.base import add_members, add_quiz, as_form, form_in
from tests.quizzes.test_no_key_before_the_answer import addresses

POOL, DRAWN = 12, 3


def guide(count: int = POOL, head: str = f"Draw: {DRAWN}") -> str:
    asked = "".join(f"### Canary-{one:02}?\n\nAnswer: key-{one:02}\n\n" for one in range(count))
    return (
        "---\nguide: 1\ntitle: Guide\nessay: On margins\n---\n\n"
        f"## Checkpoint ¶ 3\n\nTitle: Pool\n{head}\n\n{asked}"
    )


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading, guide())


def asked_of(quiz: Quiz, member: Membership, number: int = 1) -> list[str]:
    questions = list(quiz.questions.filter(retired_at=None))
    return [one.text.removesuffix("?") for one in drawn(quiz, questions, member, number)]


def shown(html: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"Canary-\d\d", html)))


def answers(quiz: Quiz, names: list[str], *, right: bool = True) -> dict[int, list[str]]:
    texts = {one.text.removesuffix("?"): one for one in quiz.questions.all()}
    return {texts[one].pk: [texts[one].accepted[0] if right else "no"] for one in names}


def url(name: str, quiz: Quiz) -> str:
    return reverse(name, args=["seminar", "margins", quiz.pk])


def test_each_person_and_try_is_asked_some_the_same_each_time(people: People, quiz: Quiz) -> None:
    orders = [
        asked_of(quiz, one, number) for one in (people.carol, people.dan) for number in (1, 2)
    ]
    assert all(len(one) == DRAWN and one == sorted(one) for one in orders)
    assert len({tuple(one) for one in orders}) > 1
    for key in ("carol", "dan"):
        client, mine = people.client(key), asked_of(quiz, getattr(people, key))
        for page in (quiz.reading.get_absolute_url(), url("quiz_detail", quiz)):
            for _again in range(2):
                assert shown(client.get(page).content.decode()) == mine


def test_over_many_people_every_question_is_drawn_about_as_often(
    people: People, quiz: Quiz
) -> None:
    questions = list(quiz.questions.all())
    counts = dict.fromkeys([one.pk for one in questions], 0)
    for pk in range(1, 401):
        for one in drawn(quiz, questions, Membership(pk=pk), 1):
            counts[one.pk] += 1
    assert sum(counts.values()) == 400 * DRAWN
    assert min(counts.values()) > 60  # a hundred each
    assert max(counts.values()) < 140


@pytest.mark.once
@pytest.mark.parametrize("with_htmx", [True, False])
def test_no_response_holds_what_was_not_drawn(people: People, quiz: Quiz, with_htmx: bool) -> None:
    from tests.discussions.base import say

    say(quiz.reading, people.dan)  # some addresses are of a thread
    client, mine = people.client("carol"), asked_of(quiz, people.carol)
    client.raise_request_exception = False
    headers = {"HX-Request": "true"} if with_htmx else {}
    for _name, address in addresses(quiz):
        for query in ("", "?again=1"):
            response = client.get(address + query, headers=headers)
            whole = repr(response.headers) + response.getvalue().decode(errors="replace")
            assert set(shown(whole)) <= set(mine), address
            assert not re.search(r"key-\d\d", whole), address


def test_what_was_drawn_is_what_is_handed_in(people: People, quiz: Quiz) -> None:
    mine = asked_of(quiz, people.carol)
    client = people.client("carol")
    form = form_in(client.get(url("quiz_detail", quiz)).content.decode())
    assert len([name for name in form.fields if name[0] == "q"]) == DRAWN
    fields = as_form(answers(quiz, mine), asked=form.fields["asked"][0][0])
    assert client.post(url("attempt_create", quiz), fields).status_code == 302
    attempt = Attempt.objects.get()
    assert [attempt.score, attempt.max_score, attempt.answers.count()] == [DRAWN] * 3
    html = markup(client.get(url("quiz_detail", quiz)))
    assert shown(html) == mine
    assert "was added after you answered" not in html
    again = markup(client.get(url("quiz_detail", quiz) + "?again=1"))
    assert shown(again) == asked_of(quiz, people.carol, 2)
    assert "Of 12 questions 3 are drawn for each person and try." in again


def test_answers_to_what_was_not_drawn_count_for_nothing(people: People, quiz: Quiz) -> None:
    mine = asked_of(quiz, people.carol)
    others = [f"Canary-{one:02}" for one in range(POOL) if f"Canary-{one:02}" not in mine]
    with pytest.raises(SubmissionRefused):
        submit_attempt(quiz=quiz, responses=answers(quiz, others), by=people.carol)
    attempt = submit_attempt(quiz=quiz, responses=answers(quiz, [*mine, *others]), by=people.carol)
    assert [attempt.score, attempt.answers.count()] == [DRAWN] * 2


def test_words_of_a_form_of_an_earlier_try_are_not_lost(people: People, quiz: Quiz) -> None:
    """Two tabs: what the second has was asked in the try that the first handed in."""
    # Somebody whose second try is asked others: by lot it may be the same.
    key = next(
        key
        for key in ("carol", "dan", "alice", "bob")
        if asked_of(quiz, getattr(people, key)) != asked_of(quiz, getattr(people, key), 2)
    )
    member = getattr(people, key)
    mine, client = asked_of(quiz, member), people.client(key)
    asked = form_in(client.get(url("quiz_detail", quiz)).content.decode()).fields["asked"][0][0]
    submit_attempt(quiz=quiz, responses=answers(quiz, mine), by=member)
    given = {pk: [f"my words {pk}"] for pk in answers(quiz, mine)}
    fields = as_form(given, asked=asked)
    response = htmx(client, "post", url("attempt_create", quiz), fields)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Other questions are asked here by now" in html
    assert all(f"my words {pk}" in html for pk in given)
    assert set(shown(html)) <= {*mine, *asked_of(quiz, member, 2)}


def test_what_was_begun_stays_where_a_question_comes_in(people: People, quiz: Quiz) -> None:
    mine = asked_of(quiz, people.carol)
    keep_answers(quiz=quiz, responses=answers(quiz, mine), by=people.carol)
    apply_guide(reading=quiz.reading, text=guide(POOL + 1), by=people.alice)
    assert len(set(mine) - set(asked_of(quiz, people.carol))) <= 1
    html = people.client("carol").get(url("quiz_detail", quiz)).content.decode()
    given = [row[0][0] for name, row in form_in(html).fields.items() if name[0] == "q"]
    assert len([one for one in given if one]) >= DRAWN - 1


def test_more_than_there_are_is_refused_and_all_are_all(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading, guide(DRAWN))
    assert len(asked_of(quiz, people.carol)) == DRAWN
    assert "are drawn" not in markup(people.client("carol").get(url("quiz_detail", quiz)))


def test_a_guest_is_shown_as_many(people: People, quiz: Quiz) -> None:
    html = people.client("grace").get(quiz.reading.get_absolute_url()).content.decode()
    assert len(shown(html)) == DRAWN


def test_results_count_who_was_asked(people: People, quiz: Quiz) -> None:
    members = [people.carol, people.dan, *add_members(people, people.monday, 8)]
    for member in members:
        submit_attempt(quiz=quiz, responses=answers(quiz, asked_of(quiz, member)), by=member)
    html = markup(people.client("alice").get(reverse("quiz_results", args=["seminar", "margins"])))
    assert len(set(shown(html))) == POOL
    assert "10 of 10" in html


def test_the_page_asks_as_few_queries_as_without(people: People, reading: Reading) -> None:
    counts = []
    for head in ("Tries: 2", f"Draw: {DRAWN}\nTries: 2"):
        add_quiz(people, reading, guide(head=head))
        client = people.client("carol")
        client.get(reading.get_absolute_url())
        with PageQueries() as queries:
            client.get(reading.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]
