"""What is put right in a question keeps it the same question, with the answers that it has."""

import re

import pytest
from django.urls import reverse

from quizzes.attempts import SubmissionRefused, regrade, submit_attempt
from quizzes.models import Answer, Attempt, Choice, Question, QuestionVersion, Quiz
from readings.guides.actions import NotConfirmed, apply_guide
from readings.models import Reading
from seminars.models import Event
from tests.base import People, markup
from tests.forms import confirmed
from tests.quizzes.base import (
    GUIDE,
    SECRETS,
    add_quiz,
    as_form,
    form_in,
    right_answers,
    wrong_answers,
)

TYPOS = {
    "of the question": ("Where do readers stop?", "Where does a reader stop?"),
    "of a choice": ("At the end.", "At its end."),
    "of the right choice": ("At different places.", "At different place."),
    "of one word": ("- [ ] A library", "- [ ] A librery"),
    "a right choice rewritten": ("At different places.", "Wherever each likes."),
    "a feedback": ("Feedback-right: so it says.", "Feedback-right: it says so."),
    "the title": ("What the margin is for", "What a margin is for"),
    "an accepted answer more": ("the margin | margin", "the margin | margin | margins"),
    "case": ("Feedback: Feedback-words.", "Case: matters\nFeedback: Feedback-words."),
    "the place": ('See: ¶ 1 "stops at another place"', "See: ¶ 1"),
    "the order of choices": (
        "- [x] A margin\n- [x] A conversation\n",
        "- [x] A conversation\n- [x] A margin\n",
    ),
}


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading)


def put_right(
    people: People, quiz: Quiz, *changes: tuple[str, str], confirmed: str | None = None
) -> None:
    text = GUIDE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    apply_guide(reading=quiz.reading, text=text, by=people.alice, confirmed=confirmed)


@pytest.mark.parametrize("change", TYPOS.values(), ids=TYPOS)
def test_nobody_is_asked_again(people: People, quiz: Quiz, change: tuple[str, str]) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    questions = set(Question.objects.values_list("pk", flat=True))
    with pytest.raises(NotConfirmed) as asked:
        put_right(people, quiz, change, confirmed="")
    assert not asked.value.preview.consequences  # nothing changes for anybody
    put_right(people, quiz, change, confirmed=asked.value.preview.digest)
    assert Quiz.objects.get() == quiz
    assert {*Question.objects.values_list("pk", flat=True)} == questions
    page = people.client("carol").get(quiz.reading.get_absolute_url()).content.decode()
    assert "All right: 4 of 4 right." in page
    assert not Event.objects.filter(kind="attempts.regraded").exists()


def test_a_typo_of_what_nobody_answered_is_no_version(people: People, quiz: Quiz) -> None:
    put_right(people, quiz, TYPOS["of the question"])
    assert not QuestionVersion.objects.exists()
    assert quiz.questions.get(kind="one_choice").version == 1


def test_a_try_keeps_the_version_that_it_answered(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    put_right(people, quiz, TYPOS["of the question"], TYPOS["of a choice"])
    question = quiz.questions.get(kind="one_choice")
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.dan)
    tries = Answer.objects.filter(question=question).order_by("pk")
    assert [answer.version for answer in tries] == [1, 2]
    url = reverse("quiz_detail", args=["seminar", "margins", quiz.pk])
    html = markup(people.client("carol").get(url))
    assert "Where does a reader stop?" in html
    assert "put right after you answered" in html
    assert "Where do readers stop?" in html
    assert "<q>At the end.</q>" in html
    assert "put right" not in markup(people.client("dan").get(url))


KEY = ("- ( ) At the end.\n  > Feedback-wrong: rarely.\n- (x)", "- (x) At the end.\n- ( )")
WORDS = ("Answer: the margin | margin", "Answer: the spine | margin")


def test_a_changed_key_marks_the_answers_anew(people: People, quiz: Quiz) -> None:
    for member, responses in ((people.carol, right_answers), (people.dan, wrong_answers)):
        submit_attempt(quiz=quiz, responses=responses(quiz), by=member)
    put_right(people, quiz, KEY, WORDS)
    scores = {one.membership: one.score for one in Attempt.objects.all()}
    assert scores == {people.carol: 2, people.dan: 2}  # two of four, the other way round
    event = Event.objects.get(kind="attempts.regraded")
    assert (event.actor, event.audience) == (people.alice, "staff")
    assert event.detail == {"quiz": quiz.pk, "attempts": 2}
    html = markup(people.client("alice").get(reverse("quiz_results", args=["seminar", "margins"])))
    assert len(re.findall(r"Put right by Alice, .*?: 2 results changed", html)) == 2


def test_marked_anew_twice_nothing_changes_the_second_time(people: People, quiz: Quiz) -> None:
    for member, responses in ((people.carol, right_answers), (people.dan, wrong_answers)):
        submit_attempt(quiz=quiz, responses=responses(quiz), by=member)
    put_right(people, quiz, KEY, WORDS)
    before = list(Attempt.objects.values()), list(Answer.objects.values())
    every = set(quiz.questions.values_list("pk", flat=True))
    assert regrade(quiz, every, by=people.alice) == []
    assert (list(Attempt.objects.values()), list(Answer.objects.values())) == before
    assert Event.objects.filter(kind="attempts.regraded").count() == 1


def test_what_changes_is_shown_before_it_is_done(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    with pytest.raises(NotConfirmed) as asked:
        put_right(people, quiz, KEY, confirmed="")
    (one,) = asked.value.preview.consequences
    assert (one.member, one.before, one.after) == (
        "Carol, first try",
        "4 of 4 points",
        "3 of 4 points",
    )
    assert Attempt.objects.get().score == 4
    assert not QuestionVersion.objects.exists()


def test_the_page_of_the_guide_asks_first(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    client = people.client("alice")
    url = reverse("reading_guide", args=["seminar", "margins"])
    sent = {"text": GUIDE.replace(*KEY), "version": "1"}
    answer = client.post(url, sent)
    page = markup(answer)
    assert "1 result would change." in page
    assert "Carol, first try" in page
    assert "4 of 4 points" in page
    assert "3 of 4 points" in page
    assert "- (x) At the end." in page  # the guide is in the form still
    assert Attempt.objects.get().score == 4
    assert client.post(url, {**sent, "confirmed": "1"}).status_code == 200  # not what was shown
    assert Attempt.objects.get().score == 4
    assert confirmed(client, url, answer).status_code == 302
    assert Attempt.objects.get().score == 3


def test_a_question_taken_off_counts_for_nobody(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    start = GUIDE.index("### What was left wide?")
    apply_guide(reading=quiz.reading, text=GUIDE[:start], by=people.alice)
    attempt = Attempt.objects.get()
    assert [attempt.score, attempt.max_score] == [0, 3]
    assert attempt.answers.count() == 4
    url = reverse("quiz_detail", args=["seminar", "margins", quiz.pk])
    assert "Not yet: 0 of 3 right." in people.client("carol").get(url).content.decode()
    html = markup(people.client("alice").get(reverse("quiz_results", args=["seminar", "margins"])))
    assert "Taken off: counts for nobody" in html
    # And back again, with what was answered.
    apply_guide(reading=quiz.reading, text=GUIDE, by=people.alice)
    attempt.refresh_from_db()
    assert attempt.max_score == 4


def test_an_added_question_asks_nobody_again(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    more = GUIDE + "\n### How many margins has a page?\n\nAnswer: four\n"
    apply_guide(reading=quiz.reading, text=more, by=people.alice)
    url = reverse("quiz_detail", args=["seminar", "margins", quiz.pk])
    html = people.client("carol").get(url).content.decode()
    assert "All right: 4 of 4 right." in html
    assert "How many margins has a page?" in html
    assert "was added after you answered" in html
    again = people.client("carol").get(url + "?again=1").content.decode()
    assert len([name for name in form_in(again).fields if name[0] == "q"]) == 5


def test_what_was_picked_and_is_offered_no_more_is_shown_still(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    put_right(people, quiz, ("- [ ] A library\n  > Feedback-several: look again.", "- [ ] Ships"))
    assert Choice.objects.exclude(retired_at=None).get().text == "A library"
    url = reverse("quiz_detail", args=["seminar", "margins", quiz.pk])
    assert "A library" in people.client("carol").get(url).content.decode()
    assert "A library" not in people.client("dan").get(url).content.decode()
    gone = str(Choice.objects.exclude(retired_at=None).get().key)
    several = quiz.questions.get(kind="several")
    with pytest.raises(SubmissionRefused):
        submit_attempt(
            quiz=quiz, responses={**right_answers(quiz), several.pk: [gone]}, by=people.dan
        )


def test_who_reads_another_question_than_is_asked_now_is_told(people: People, quiz: Quiz) -> None:
    client = people.client("carol")
    form = form_in(client.get(quiz.reading.get_absolute_url()).content.decode())
    asked = form.fields["asked"][0][0]
    fields = as_form(right_answers(quiz), asked=asked)
    put_right(people, quiz, TYPOS["a feedback"], WORDS)  # what is read is the same
    put_right(people, quiz, ("Where do readers stop?", "Where do readers never stop?"))
    response = client.post(form.action, fields)
    html = response.content.decode()
    assert response.status_code == 422
    assert "put right what is asked here" in html
    assert "never stop" in html
    assert not any(secret in html for secret in SECRETS if secret not in str(fields))
    assert not Attempt.objects.submitted()
    fields["asked"] = form_in(html).fields["asked"][0][0]
    assert client.post(form.action, fields).status_code == 302


def test_a_changed_key_alone_refuses_nobody(people: People, quiz: Quiz) -> None:
    client = people.client("carol")
    form = form_in(client.get(quiz.reading.get_absolute_url()).content.decode())
    fields = as_form(right_answers(quiz), asked=form.fields["asked"][0][0])
    put_right(people, quiz, WORDS)
    assert client.post(form.action, fields).status_code == 302
