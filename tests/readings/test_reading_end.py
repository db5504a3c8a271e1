"""The end of an essay: what is still open there, what is new, and what comes next."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from discussions.models import Thread
from quizzes.attempts.actions import submit_attempt
from quizzes.models import Quiz
from readings.guides import apply_guide
from readings.models import Reading
from readings.setup.extension_actions import give_extension
from tests.base import People, htmx, make_reading
from tests.discussions.base import answer, first_of, hidden, say
from tests.discussions.reads import been
from tests.forms import send
from tests.seminars.helpers import queries, words

DAY = timedelta(days=1)
GUIDE = (
    "---\nguide: 1\ntitle: G\n---\n\n## Prompt ¶ 3\n\nWhat do you doubt?\n\n"
    "## Checkpoint ¶ 2\n\nTitle: Stop\n\n### Which?\n\n- (x) This.\n- ( ) That.\n\n"
    "## Checkpoint ¶ 3\n\nTitle: Stop again\n\n### Which now?\n\n- (x) This.\n- ( ) That.\n"
)


@pytest.fixture
def asking(reading: Reading) -> Reading:
    apply_guide(reading=reading, text=GUIDE, by=reading.created_by)
    reading.required_posts, reading.required_replies = 2, 1
    reading.due_at = timezone.now() + 3 * DAY
    reading.save()
    return reading


def page_of(reading: Reading) -> str:
    return reverse("reading_end", args=["seminar", reading.slug])


def end(people: People, reading: Reading, who: str = "carol") -> str:
    return words(people.client(who).get(page_of(reading)))


def hand_in(quiz: Quiz, by: Any) -> None:
    given = {one.pk: [str(one.choices.earliest("position").key)] for one in quiz.questions.all()}
    submit_attempt(quiz=quiz, responses=given, by=by)


def test_counts_what_is_asked(people: People, asking: Reading) -> None:
    page = end(people, asking)
    assert "3 things are still open. Due" in page
    assert "2 checkpoints to answer 0 of 2" in page
    assert "2 more posts 0 of 2" in page
    assert "1 more reply to somebody 0 of 1" in page
    first = Quiz.objects.of(asking)[0]
    assert f"#quiz-{first.pk}" in people.client("carol").get(page_of(asking)).content.decode()


def test_ticks_what_is_done(people: People, asking: Reading) -> None:
    for quiz in Quiz.objects.of(asking):
        hand_in(quiz, people.carol)
    say(asking, people.carol, "One.")
    say(asking, people.carol, "Two.", audience="group")
    prompt = Thread.objects.get(kind="guide")
    answer(prompt, people.carol, "I doubt this.")
    page = end(people, asking)
    assert "All that was asked of you here is done." in page
    assert "Checkpoints 2 of 2" in page
    assert "Posts 2 of 2" in page
    assert "Replies to others 1 of 1" in page
    assert "3 things are still open" in end(people, asking, "dan")


def test_what_does_not_count(people: People, asking: Reading) -> None:
    say(asking, people.carol, "For me.", audience="me")
    say(asking, people.carol, "", quote="each reader")  # a highlight
    hidden(first_of(say(asking, people.carol, "Unkind.")), people.alice)
    own = say(asking, people.dan, "Dan's.")
    answer(own, people.dan, "To myself.")
    answer(own, people.dan, "And to this.", parent=own.comments.get(seq=2))
    assert "2 more posts 0 of 2" in end(people, asking)
    dans = end(people, asking, "dan")
    assert "1 more post 1 of 2" in dans
    assert "1 more reply to somebody 0 of 1" in dans


def test_late_is_said_to_its_author(people: People, asking: Reading) -> None:
    Reading.objects.update(due_at=timezone.now() - DAY)
    say(asking, people.carol, "Late.")
    page = end(people, asking)
    assert "1 more post 1 of 2, 1 of them late" in page
    assert "What you do now counts as late." in page
    assert "late" not in end(people, asking, "bob")
    give_extension(
        reading=asking, by=people.alice, membership=people.carol, due_at=timezone.now() + DAY
    )
    page = end(people, asking)
    assert "1 more post 1 of 2" in page
    assert "late" not in page


def test_what_is_over_has_no_button(people: People, asking: Reading) -> None:
    say(asking, people.carol, "In time.")
    now = timezone.now()
    Reading.objects.update(due_at=now - 3 * DAY, late_until=now - 2 * DAY)
    response = people.client("carol").get(page_of(asking))
    assert "The time for what was asked of you here is over." in words(response)
    assert "threads/new/" not in response.content.decode()


def test_asks_nothing_of_staff_and_guests(people: People, asking: Reading) -> None:
    for key in ("alice", "bob", "grace"):
        page = end(people, asking, key)
        assert "You have read it to the end" in page
        assert " of 2" not in page


def test_leads_on(people: People, asking: Reading) -> None:
    later = make_reading(people, "later", due_at=timezone.now() + 9 * DAY)
    Reading.objects.filter(pk=later.pk).update(essay=later.essay)
    page = people.client("carol").get(page_of(asking))
    assert "Next, due" in words(page)
    assert later.get_absolute_url() in page.content.decode()
    last = words(people.client("carol").get(page_of(later)))
    assert "Next" not in last
    assert "Back to the seminar" in last
    later.groups.set([people.thursday])
    assert "Next" not in end(people, asking)
    assert "Next" in end(people, asking, "dan")


def test_tells_what_is_unread(people: People, asking: Reading) -> None:
    client = people.client("carol")
    client.get(asking.get_absolute_url())
    answer(say(asking, people.dan, "New."), people.dan, "And more.")
    page = words(client.get(page_of(asking)))
    assert "2 new comments in 1 thread" in page
    assert "new comment" not in end(people, asking, "dan")


def test_what_one_does_not_see_is_not_counted(people: People, reading: Reading) -> None:
    been(reading, people.carol)
    client = people.client("carol")
    say(reading, people.dan, "Of Thursday alone.", audience="group")
    say(reading, people.dan, "Mine alone.", audience="me")
    hidden(first_of(say(reading, people.dan, "Unkind.")), people.alice)
    assert "new comment" not in client.get(f"{reading.get_absolute_url()}end/").content.decode()
    say(reading, people.dan, "For everybody.")
    page = client.get(f"{reading.get_absolute_url()}end/").content.decode()
    assert "1 new comment" in page


def test_the_page_fetches_it_at_its_end(people: People, asking: Reading) -> None:
    client = people.client("carol")
    assert page_of(asking) in client.get(asking.get_absolute_url()).content.decode()
    piece = htmx(client, "get", page_of(asking)).content.decode()
    assert piece.strip().startswith("<section")
    assert "<html" not in piece


def test_queries_do_not_grow(people: People, asking: Reading) -> None:
    due = timezone.now() + 5 * DAY
    make_reading(people, "next", due_at=due)
    client = people.client("carol")
    client.get(asking.get_absolute_url())
    pages = [page_of(asking), asking.get_absolute_url()]
    few = [queries(client, page) for page in pages]
    for number in range(20):
        thread = say(asking, people.dan, f"Thread {number}.")
        answer(thread, people.carol)
        other = make_reading(people, f"r{number}", due_at=due, required_posts=1)
        give_extension(reading=other, by=people.alice, membership=people.carol, due_at=due + DAY)
    client.get(asking.get_absolute_url())
    assert [queries(client, page) for page in pages] == few


def test_who_may(people: People, asking: Reading) -> None:
    assert people.client("mallory").get(page_of(asking)).status_code == 404
    assert people.client("carol").post(page_of(asking)).status_code == 405


def test_the_settings_say_how_much_is_asked(people: People, reading: Reading) -> None:
    page = reverse("reading_settings", args=["seminar", reading.slug])
    client = people.client("alice")
    assert send(client, page, required_posts="3", required_replies="").status_code == 302
    reading.refresh_from_db()
    assert (reading.required_posts, reading.required_replies) == (3, 0)
    for wrong in ("-1", "51", "many"):
        assert send(client, page, required_posts=wrong).status_code == 422
