"""Publishing one's own answer: the form in its place and on its page, and what becomes of it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from discussions.comments.actions import undo_withdrawal, withdraw
from discussions.models import Comment, Thread
from discussions.moderation.actions import approve
from quizzes.models import Answer, PublishedAnswer, Quiz
from readings.guides.actions import apply_guide
from readings.models import Anonymity, Reading
from readings.setup.actions import change_settings
from seminars.models import Event, Membership, PostsHeld, Seminar
from tests.at_once import at_once
from tests.base import PARAGRAPHS, People, htmx, markup
from tests.discussions.base import first_of, url
from tests.discussions.test_posts_at_once import TIMES
from tests.forms import send
from tests.queries import PageQueries
from tests.quizzes.published import (
    ASKED,
    OPEN_GUIDE,
    PUBLISHED,
    WRITTEN,
    add_open_checkpoint,
    hand_in,
    publish,
)
from tests.readings.revised import revise

PAGE = "/s/seminar/r/margins/"


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_open_checkpoint(people, reading)


@pytest.fixture
def carols(people: People, quiz: Quiz) -> Answer:
    return hand_in(quiz, people.carol)


def address(answer: Answer) -> str:
    reading, quiz = answer.attempt.quiz.reading, answer.attempt.quiz_id
    return url("answer_publication", reading, quiz, answer.question_id)


def fields(body: str = PUBLISHED, **more: Any) -> dict[str, Any]:
    return {"body": body, "audience": "seminar", **more}


def kept_in(response: Any) -> str:
    """The words that stand in the form."""
    (words,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", response.content.decode(), re.DOTALL)
    return str(words).strip()


def page_of(people: People, key: str = "carol") -> str:
    return markup(people.client(key).get(PAGE))


# --- Offering it ---------------------------------------------------------------------------------
def test_it_is_offered_once_the_answer_is_in(people: People, quiz: Quiz) -> None:
    assert "Publish it" not in page_of(people)
    answer = hand_in(quiz, people.carol)
    page = page_of(people)
    assert page.count("Publish it at ¶ 2") == 2  # one for each question
    assert f'href="{address(answer)}"' in page
    assert "Publish it" not in page_of(people, "dan")
    assert "Publish it" not in page_of(people, "alice")


def test_only_open_answers_can_be_published(people: People, reading: Reading) -> None:
    text = OPEN_GUIDE.replace("Open:", "Answer: a doubt", 1)
    quiz = add_open_checkpoint(people, reading, text)
    answer = hand_in(quiz, people.carol, "a doubt")
    assert page_of(people).count("Publish it at ¶ 2") == 1
    assert people.client("carol").get(address(answer)).status_code == 404


def test_the_form_has_the_words_and_says_who_reads_them(people: People, carols: Answer) -> None:
    client = people.client("carol")
    for response in (client.get(address(carols)), htmx(client, "get", address(carols))):
        html = markup(response)
        assert response.status_code == 200
        assert kept_in(response) == WRITTEN
        assert "classmates who have not handed in this checkpoint do not see it until" in html
        assert re.findall(r'<option value="([^"]+)"( selected)?>', html) == [
            (f"group:{people.monday.pk}", " selected"),
            ("seminar", ""),
        ]
    assert ASKED in markup(client.get(address(carols)))
    assert "<html" not in markup(htmx(client, "get", address(carols)))


@pytest.mark.parametrize(
    ("default", "chosen"), [("seminar", "seminar"), ("me", "group"), ("group", "group")]
)
def test_it_begins_with_the_seminars_audience(
    people: People, carols: Answer, default: str, chosen: str
) -> None:
    Seminar.objects.update(default_audience=default)
    html = markup(people.client("carol").get(address(carols)))
    (selected,) = re.findall(r'<option value="([^"]+)" selected>', html)
    assert selected.partition(":")[0] == chosen


def test_it_is_nobody_elses(people: People, carols: Answer) -> None:
    path = address(carols)
    for key, status in (("dan", 404), ("alice", 404), ("grace", 403), ("mallory", 404)):
        assert people.client(key).get(path).status_code == status, key
        assert people.client(key).post(path, fields()).status_code == status, key
    assert Client().get(path)["Location"].startswith("/accounts/login/")
    assert people.client("carol").put(path).status_code == 405
    assert not PublishedAnswer.objects.exists()


# --- Publishing ----------------------------------------------------------------------------------
def test_it_starts_a_thread_on_the_paragraph(people: People, carols: Answer) -> None:
    client = people.client("carol")
    answered = client.post(address(carols), fields("What *I* publish."))
    thread = Thread.objects.get(author=people.carol)
    assert answered["Location"] == f"{PAGE}#t{thread.pk}"
    assert thread.passage
    assert (thread.passage.block_key, thread.passage.quote) == ("p2", "")
    assert (thread.audience, thread.kind) == ("seminar", "comment")
    assert thread.answered_item == carols.attempt.quiz.item
    assert first_of(thread).html == "<p>What <em>I</em> publish.</p>"
    assert Event.objects.filter(kind="thread.started", target_id=thread.pk).exists()
    page = markup(client.get(PAGE))
    assert "Published at ¶ 2." in page  # said once
    assert re.search(rf'<a href="{PAGE}#t{thread.pk}"> ?Published at ¶ 2 ?</a>', page)
    assert page.count("Publish it at ¶ 2") == 1  # the other question's


def test_the_thread_says_which_question_it_answers(people: People, carols: Answer) -> None:
    thread = publish(carols)
    page = markup(people.client("carol").get(url("thread_detail", thread.reading, thread.pk)))
    asked = f'<a href="{PAGE}#quiz-{carols.attempt.quiz_id}" dir="auto">{ASKED}</a>'
    assert f"Answers a question of a checkpoint: {asked}" in page


def test_in_place_it_comes_with_the_blocks_where_it_stands(people: People, carols: Answer) -> None:
    client = people.client("carol")
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{PAGE}"}
    answered = client.post(address(carols), fields(), headers=headers)
    html = markup(answered)
    thread = Thread.objects.get()
    assert html.startswith(f'<div class="publication" id="publication-{carols.question_id}">')
    assert f'href="{PAGE}#t{thread.pk}" data-focus' in html
    assert "<hx-partial" in html
    assert f'id="t{thread.pk}"' in html
    assert "Published at" in answered["HX-Trigger"]
    # On the checkpoint's own page there are no such blocks.
    Thread.objects.update(withdrawn_at=timezone.now())
    headers["HX-Current-URL"] = f"http://testserver{url('quiz_detail', thread.reading, 1)}"
    assert "<hx-partial" not in markup(client.post(address(carols), fields(), headers=headers))


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (fields("x" * 10_001), "This has 10001 characters, and 10000 are the most."),
        (fields("\u200b"), "Readers would see nothing of this."),
        (fields(audience="me"), "Who may read it is not what it was when you opened this page"),
        (fields("Hello @Dan.", audience="group:1"), "Dan does not see this thread"),
    ],
)
def test_what_cannot_be_published_is_told_with_the_words_kept(
    people: People, carols: Answer, sent: dict[str, Any], told: str
) -> None:
    sent["audience"] = sent["audience"].replace("group:1", f"group:{people.monday.pk}")
    client = people.client("carol")
    by_script = htmx(client, "post", address(carols), sent)
    for refused in (client.post(address(carols), sent), by_script):
        assert refused.status_code == 422
        assert told in markup(refused)
        assert kept_in(refused) == sent["body"]
    assert not Thread.objects.exists()


def test_a_preview_keeps_nothing(people: People, carols: Answer) -> None:
    client, sent = people.client("carol"), fields("See ¶ 1, *really*.", preview="1")
    for shown in (client.post(address(carols), sent), htmx(client, "post", address(carols), sent)):
        html = markup(shown)
        assert re.search(rf'<a href="{PAGE}#p1"[^>]*>¶ 1</a>, <em>really</em>', html)
    assert not Thread.objects.exists()


def test_anonymous_to_classmates_where_the_reading_allows_it(
    people: People, carols: Answer
) -> None:
    change_settings(
        reading=carols.attempt.quiz.reading, by=people.alice, anonymity=Anonymity.OPTIONAL
    )
    send(people.client("carol"), address(carols), anonymous="on")
    assert Thread.objects.get(author=people.carol).alias
    hand_in(Quiz.objects.get(pk=carols.attempt.quiz_id), people.dan)
    # Dan is of another group, and the form began with Carol's.
    assert "Carol" not in page_of(people, "dan").partition("<article")[2]


def test_the_answer_of_the_latest_try_is_published(people: People, carols: Answer) -> None:
    hand_in(carols.attempt.quiz, people.carol, "On second thoughts.")
    assert kept_in(people.client("carol").get(address(carols))) == "On second thoughts."


# --- Twice ---------------------------------------------------------------------------------------
def test_sent_twice_it_is_one_thread_and_the_same_answer(people: People, carols: Answer) -> None:
    client = people.client("carol")
    first, second = (client.post(address(carols), fields()) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Thread.objects.filter(author=people.carol).count() == 1


@pytest.mark.parametrize("other", [{"body": "Other words."}, {"audience": "group"}])
def test_published_already_it_is_refused_with_the_way_there(
    people: People, carols: Answer, other: dict[str, str]
) -> None:
    thread = publish(carols)
    sent = fields() | other
    for by_script in (False, True):
        headers = {"HX-Request": "true"} if by_script else {}
        if other.get("audience"):
            sent["audience"] = f"group:{people.monday.pk}"
        refused = people.client("carol").post(address(carols), sent, headers=headers)
        html = markup(refused)
        assert refused.status_code == 422
        assert "You have published this answer already. Nothing was posted now." in html
        assert f'href="{PAGE}#t{thread.pk}"' in html
        assert kept_in(refused) == sent["body"]
    assert Thread.objects.filter(author=people.carol).count() == 1


def test_published_already_the_form_leads_there(people: People, carols: Answer) -> None:
    thread = publish(carols)
    client = people.client("carol")
    assert client.get(address(carols))["Location"] == f"{PAGE}#t{thread.pk}"
    piece = htmx(client, "get", address(carols))
    assert piece["HX-Retarget"] == f"#publication-{carols.question_id}"
    assert "Published at ¶ 2" in markup(piece)


def test_each_question_has_its_own(people: People, carols: Answer) -> None:
    other = carols.attempt.answers.exclude(pk=carols.pk).get()
    assert publish(carols) != publish(other)
    assert "Publish it at" not in page_of(people)


def test_who_takes_it_back_may_publish_it_again(people: People, carols: Answer) -> None:
    first = publish(carols)
    comment = first_of(first)
    assert page_of(people).count("Published at ¶ 2") == 1
    withdraw(comment=comment, by=people.carol)
    assert "Published at ¶ 2" not in page_of(people)
    undo_withdrawal(comment=comment, by=people.carol)
    assert page_of(people).count("Published at ¶ 2") == 1
    withdraw(comment=comment, by=people.carol)
    send(people.client("carol"), address(carols))
    second = Thread.objects.filter(author=people.carol).latest("pk")
    assert second != first
    assert f"#t{second.pk}" in page_of(people)


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_are_one(transactional_db: None, settings: Any) -> None:
    from tests.base import make_people, make_reading

    people = make_people()
    reading = make_reading(people)
    carols = hand_in(add_open_checkpoint(people, reading), people.carol)
    client = people.client("carol")
    cookies = client.cookies.output(header="", sep=";")

    def press() -> str:
        window = Client(headers={"cookie": cookies})
        return str(window.post(address(carols), fields())["Location"])

    (place,) = set(at_once(*[press] * TIMES))
    assert place == f"{PAGE}#t{Thread.objects.get().pk}"
    assert PublishedAnswer.objects.count() == 1


# --- Rules of the seminar ------------------------------------------------------------------------
def test_what_waits_for_staff_says_so(people: People, carols: Answer) -> None:
    Seminar.objects.update(posts_held=PostsHeld.ALL)
    assert "Staff look at each comment here" in markup(people.client("carol").get(address(carols)))
    people.client("carol").post(address(carols), fields())
    page = page_of(people)
    assert "It waits for staff: until they publish it" in page
    comment = Comment.objects.get()
    approve(comment=comment, by=people.alice, version=comment.version)
    page = page_of(people)
    assert "It waits for staff" not in page
    assert page.count("Published at ¶ 2") == 1


def test_a_closed_reading_takes_none(people: People, carols: Answer) -> None:
    thread = publish(carols)
    other = carols.attempt.answers.exclude(pk=carols.pk).get()
    past = timezone.now() - timedelta(minutes=1)
    change_settings(reading=thread.reading, by=people.alice, closes_at=past)
    page = page_of(people)
    assert "Publish it at" not in page
    assert page.count("Published at ¶ 2") == 1
    client = people.client("carol")
    for refused in (client.get(address(other)), client.post(address(other), fields())):
        assert refused.status_code == 403
        assert "This reading was closed on" in markup(refused)


def test_who_is_muted_is_told_so(people: People, carols: Answer) -> None:
    until = timezone.now() + timedelta(days=1)
    Membership.objects.filter(pk=people.carol.pk).update(muted_until=until)
    client = people.client("carol")
    for refused in (client.get(address(carols)), client.post(address(carols), fields())):
        assert refused.status_code == 403
        assert "Staff have muted you until" in markup(refused)
    assert not Thread.objects.exists()


def test_it_is_held_to_the_pace_of_posts(people: People, carols: Answer, settings: Any) -> None:
    settings.POSTS_PER_MINUTE = 1
    publish(carols)
    other = carols.attempt.answers.exclude(pk=carols.pk).get()
    refused = people.client("carol").post(address(other), fields())
    assert refused.status_code == 429


def test_where_the_paragraph_is_gone_there_is_no_place_for_it(
    people: People, carols: Answer
) -> None:
    revise(carols.attempt.quiz.reading, [PARAGRAPHS[0], "Nothing of what was there is left."])
    assert "Publish it at" not in page_of(people)
    refused = people.client("carol").post(address(carols), fields())
    assert refused.status_code in {403, 404}
    assert not Thread.objects.exists()


def test_it_goes_with_its_paragraph(people: People, carols: Answer) -> None:
    revise(carols.attempt.quiz.reading, ["A new one, and the first.", *PARAGRAPHS])
    assert "Publish it at ¶ 3" in page_of(people)
    send(people.client("carol"), address(carols))
    assert "Published at ¶ 3" in page_of(people)


def test_the_thread_stays_where_it_began(people: People, carols: Answer) -> None:
    """Also where a guide moves the checkpoint to another paragraph."""
    publish(carols)
    moved = OPEN_GUIDE.replace("## Checkpoint ¶ 2", "## Checkpoint ¶ 1")
    apply_guide(reading=carols.attempt.quiz.reading, text=moved, by=people.alice)
    page = page_of(people)
    assert "Published at ¶ 2" in page
    assert "Publish it at ¶ 1" in page
    refused = people.client("carol").post(address(carols), fields("Other words."))
    assert "Published at ¶ 2" in markup(refused)


def test_a_guide_that_asks_something_else_leaves_the_thread(people: People, carols: Answer) -> None:
    thread = publish(carols)
    other = OPEN_GUIDE.replace(ASKED, "Something else?").replace("And who would read it?", "Who?")
    other = other.replace("Open:", "Answer: a doubt")
    apply_guide(reading=thread.reading, text=other, by=people.alice)
    page = markup(people.client("carol").get(url("thread_detail", thread.reading, thread.pk)))
    assert f"Answers a question of a checkpoint: <bdi>{ASKED}</bdi>" in page


def test_the_page_takes_a_fixed_number_of_queries(people: People, carols: Answer) -> None:
    client = people.client("carol")

    def queries() -> int:
        client.get(address(carols))
        with PageQueries() as captured:
            assert client.get(address(carols)).status_code == 200
        return len(captured)

    before = queries()
    for number in range(4):
        hand_in(carols.attempt.quiz, people.dan, f"Number {number}.")
    assert queries() == before
