"""Classmates' answers are hidden, on every channel, until one's own is in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from discussions.models import Comment, Mention, Thread
from discussions.threads import new_threads
from quizzes.models import Attempt, Quiz
from readings.guides.actions import apply_guide
from readings.models import Reading, Visit
from readings.setup.actions import change_settings
from readings.setup.copy_actions import copy_seminar
from readings.setup.extension_actions import give_extension
from seminars.models import Event, Membership
from tests.base import People, htmx, make_reading, make_user, sign_in
from tests.discussions.base import answer, first_of, say, url
from tests.discussions.reads import been
from tests.discussions.test_withheld_talk import CHANNELS
from tests.queries import PageQueries
from tests.quizzes.base import as_form
from tests.quizzes.published import (
    ASKED,
    OPEN_GUIDE,
    PUBLISHED,
    WRITTEN,
    add_open_checkpoint,
    hand_in,
    publish,
)

REPLY = "Zebra of staff."


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_open_checkpoint(people, reading)


@pytest.fixture
def published(people: People, quiz: Quiz) -> Thread:
    """What Dan has published of his answer, and what Alice says to it."""
    thread = publish(hand_in(quiz, people.dan))
    answer(thread, people.alice, REPLY)
    return thread


def again(member: Membership) -> Membership:
    return Membership.objects.select_related("seminar", "group", "user").get(pk=member.pk)


def page_of(people: People, key: str) -> str:
    return str(people.client(key).get("/s/seminar/r/margins/").content.decode())


@pytest.mark.parametrize("channel", [*CHANNELS])
def test_no_channel_tells_of_it_before_ones_own_is_in(
    people: People, reading: Reading, published: Thread, channel: str
) -> None:
    look = CHANNELS[channel]
    before = look(people, reading, published)
    for words in (PUBLISHED, REPLY, "Dan", "1 reply", f'"t{published.pk}"'):
        assert words not in before, words
    hand_in(Quiz.objects.of(reading)[0], people.carol)
    after = look(people, reading, published)
    assert PUBLISHED in after
    if channel not in {"page", "blocks", "list"}:
        assert REPLY in after


def test_neither_thread_nor_comment_is_found(
    people: People, reading: Reading, published: Thread
) -> None:
    carol, first = people.client("carol"), first_of(published)
    asked = [
        *(url(name, reading, first.pk) for name in ("comment_detail", "comment_revisions")),
        url("thread_list", reading, query=f"?comment={first.pk}"),
        url("reading_hints", reading, query="?after=0"),
        "/s/seminar/search/?q=zanzibar",
        "/s/seminar/notebook/",
        "/s/seminar/news/",
        "/s/seminar/",
        "/",
    ]
    for address in asked:
        page = carol.get(address).content.decode()
        assert PUBLISHED not in page, address
        assert f'"thread": {published.pk}' not in page, address
        assert f"threads/{published.pk}/" not in page, address
    # The words that were looked for stand there; those that were found would stand beside them.
    assert "Zanzibar" not in carol.get("/s/seminar/search/?q=zanzibar").content.decode()
    posted = carol.post(url("comment_create", reading, published.pk), {"body": "To you."})
    assert posted.status_code == 404
    hand_in(Quiz.objects.of(reading)[0], people.carol)
    assert carol.get(asked[0]).status_code in {200, 302}
    assert "Zanzibar" in carol.get("/s/seminar/search/?q=zanzibar").content.decode()
    assert f'"thread": {published.pk}' in carol.get(asked[3]).content.decode()


def test_no_event_tells_of_it(people: People, reading: Reading, published: Thread) -> None:
    def told(member: Membership) -> set[str]:
        events = Event.objects.visible_to(again(member)).filter(reading_id=reading.pk)
        return set(events.values_list("kind", flat=True))

    talk = {"thread.started", "comment.published"}
    assert not told(people.carol) & talk
    assert talk <= told(people.alice)
    assert talk <= told(people.dan)
    hand_in(Quiz.objects.of(reading)[0], people.carol)
    assert talk <= told(people.carol)


@pytest.mark.parametrize("key", ["alice", "bob", "dan"])
def test_staff_and_its_author_read_it(people: People, published: Thread, key: str) -> None:
    assert PUBLISHED in page_of(people, key)


def test_guests_answer_nothing_and_do_not_read_it(
    people: People, reading: Reading, published: Thread
) -> None:
    assert PUBLISHED not in page_of(people, "grace")
    past = timezone.now() - timedelta(minutes=1)
    change_settings(reading=reading, by=people.alice, closes_at=past)
    assert PUBLISHED in page_of(people, "grace")


def test_another_checkpoint_opens_nothing(
    people: People, reading: Reading, published: Thread
) -> None:
    hand_in(Quiz.objects.of(reading)[1], people.carol)
    assert PUBLISHED not in page_of(people, "carol")


def test_answers_that_are_only_kept_open_nothing(
    people: People, quiz: Quiz, published: Thread
) -> None:
    kept = as_form({one.pk: [WRITTEN] for one in quiz.questions.all()})
    people.client("carol").post(url("kept_answers", quiz.reading, quiz.pk), kept)
    assert Attempt.objects.filter(membership=people.carol, state="in_progress").exists()
    assert PUBLISHED not in page_of(people, "carol")


def test_what_one_said_there_stays_in_ones_notebook(
    people: People, reading: Reading, published: Thread
) -> None:
    """Who replied as staff and is a participant now has not answered."""
    answer(published, people.bob, "A word of Bob’s.")
    Membership.objects.filter(pk=people.bob.pk).update(role="participant")
    bob = people.client("bob")
    assert PUBLISHED not in page_of(people, "bob")
    notebook = bob.get("/s/seminar/notebook/").content.decode()
    assert "A word of Bob’s." in notebook
    assert PUBLISHED not in notebook


# --- From when on it is not hidden any more ------------------------------------------------------
def test_where_nothing_can_be_handed_in_any_more_all_is_read(
    people: People, reading: Reading, published: Thread
) -> None:
    now = timezone.now()
    change_settings(reading=reading, by=people.alice, closes_at=now - timedelta(hours=1))
    assert PUBLISHED in page_of(people, "carol")
    reading.refresh_from_db()
    later = now + timedelta(days=1)
    give_extension(reading=reading, membership=people.carol, by=people.alice, closes_at=later)
    assert PUBLISHED not in page_of(people, "carol")


def test_a_checkpoint_that_is_taken_off_hides_nothing(
    people: People, reading: Reading, published: Thread
) -> None:
    left = OPEN_GUIDE.partition("## Checkpoint")[0] + "## Note ¶ 1\n\nA note.\n"
    apply_guide(reading=reading, text=left, by=people.alice)
    page = page_of(people, "carol")
    assert PUBLISHED in page
    shown = CHANNELS["thread"](people, reading, published)
    assert ASKED in shown
    assert "#quiz-" not in shown


def test_a_question_that_is_put_right_stays_the_same(
    people: People, reading: Reading, published: Thread
) -> None:
    hand_in(Quiz.objects.of(reading)[0], people.carol)
    right = OPEN_GUIDE.replace(ASKED, "What would you have written there?")
    apply_guide(reading=reading, text=right, by=people.alice)
    assert PUBLISHED in page_of(people, "carol")
    assert PUBLISHED not in page_of(people, "grace")
    assert "What would you have written there?" in CHANNELS["thread"](people, reading, published)


# --- When one's own comes in ---------------------------------------------------------------------
def test_handing_in_shows_it_at_once(people: People, quiz: Quiz, published: Thread) -> None:
    carol, path = people.client("carol"), url("attempt_create", quiz.reading, quiz.pk)
    assert PUBLISHED not in page_of(people, "carol")
    sent = as_form({one.pk: [WRITTEN] for one in quiz.questions.all()})
    done = htmx(carol, "post", path, sent)
    assert done.headers["HX-Refresh"] == "true"
    page = carol.get("/s/seminar/r/margins/").content.decode()
    assert "You can read now what others published of their answers." in page
    assert PUBLISHED in page
    assert "HX-Refresh" not in htmx(carol, "post", path, sent).headers


def test_where_it_shows_nothing_the_result_comes_alone(people: People, quiz: Quiz) -> None:
    publish(hand_in(quiz, people.dan), audience="group")  # Dan's group is not Carol's
    sent = as_form({one.pk: [WRITTEN] for one in quiz.questions.all()})
    done = htmx(people.client("carol"), "post", url("attempt_create", quiz.reading, quiz.pk), sent)
    assert "HX-Refresh" not in done.headers
    assert "Your answer waits for a mark." in done.content.decode()


@pytest.mark.parametrize("was_here", [True, False])
def test_it_is_new_to_them_then(
    people: People, reading: Reading, published: Thread, was_here: bool
) -> None:
    """Also where it was published before they first came."""
    visit = been(reading, people.carol)
    if not was_here:
        Visit.objects.filter(pk=visit.pk).update(begun_at=timezone.now() + timedelta(seconds=1))
    assert new_threads([again(people.carol)]) == {}
    hand_in(Quiz.objects.of(reading)[0], again(people.carol))
    assert new_threads([again(people.carol)]) == {(people.carol.pk, reading.pk): 1}
    htmx(people.client("carol"), "get", url("thread_detail", reading, published.pk))
    assert new_threads([again(people.carol)]) == {}
    # Another try does not make new again what was read.
    hand_in(Quiz.objects.of(reading)[0], again(people.carol))
    assert new_threads([again(people.carol)]) == {}


def test_who_is_spoken_to_is_told_once_they_see_it(
    people: People, reading: Reading, quiz: Quiz
) -> None:
    been(reading, people.carol)
    publish(hand_in(quiz, people.dan), "Zanzibar, @Carol.")
    assert Mention.objects.filter(member=people.carol).exists()
    carol = people.client("carol")
    assert "Zanzibar" not in carol.get("/s/seminar/news/").content.decode()
    hand_in(quiz, again(people.carol))
    assert "Zanzibar" in carol.get("/s/seminar/news/").content.decode()


# --- The rest of the seminar ---------------------------------------------------------------------
def test_two_who_have_answered_other_checkpoints_share_no_page(
    people: People, reading: Reading, published: Thread
) -> None:
    later = Quiz.objects.of(reading)[1]
    erin = Membership.objects.create(
        seminar=people.seminar, user=make_user("erin"), group=people.monday
    )
    publish(hand_in(later, people.dan), "Yesterday, and later.")
    hand_in(later, erin)
    hand_in(Quiz.objects.of(reading)[0], again(people.carol))
    pages = {key: page_of(people, key) for key in ("carol",)}
    pages["erin"] = sign_in(erin.user).get("/s/seminar/r/margins/").content.decode()
    assert PUBLISHED in pages["carol"]
    assert "Yesterday, and later." not in pages["carol"]
    assert PUBLISHED not in pages["erin"]
    assert "Yesterday, and later." in pages["erin"]


@pytest.mark.parametrize("count", [2, 3])
def test_who_has_answered_several_reads_what_is_said_to_each(
    people: People, reading: Reading, count: int
) -> None:
    last = "\n## Checkpoint ¶ 1\n\nTitle: Last\n\n### And then?\n\nOpen:\n"
    apply_guide(reading=reading, text=OPEN_GUIDE + last, by=people.alice)
    quizzes = list(Quiz.objects.of(reading))
    threads = [publish(hand_in(one, people.dan), f"Said to {one}.") for one in quizzes]
    for one in quizzes[:count]:
        hand_in(one, again(people.carol))
    client, page = people.client("carol"), page_of(people, "carol")
    seen = [f"Said to {one}." in page for one in quizzes]
    found = [client.get(url("thread_detail", reading, one.pk)).status_code for one in threads]
    assert seen == [number < count for number in range(3)]
    assert found == [200 if number < count else 404 for number in range(3)]


def test_another_reading_keeps_its_own(people: People, reading: Reading, published: Thread) -> None:
    other = make_reading(people, slug="other", paragraphs=["Another text.", "And more of it."])
    text = OPEN_GUIDE.partition("## Checkpoint ¶ 3")[0]
    apply_guide(reading=other, text=text, by=people.alice)
    publish(hand_in(Quiz.objects.of(other)[0], people.dan), "Yonder.")
    hand_in(Quiz.objects.of(reading)[0], again(people.carol))
    carol = people.client("carol")
    assert PUBLISHED in page_of(people, "carol")
    assert "Yonder." not in carol.get(other.get_absolute_url()).content.decode()


def test_what_hangs_on_nobodys_answer_is_there_as_ever(
    people: People, reading: Reading, published: Thread
) -> None:
    say(reading, people.dan, "A plain remark.", block="p2", quote="")
    page = page_of(people, "carol")
    assert "A plain remark." in page
    assert PUBLISHED not in page


def test_it_does_not_come_along_into_another_term(
    people: People, reading: Reading, published: Thread
) -> None:
    copied = copy_seminar(seminar=people.seminar, name="Next", weeks=20, by=people.alice).seminar
    copied.refresh_from_db()
    assert not copied.has_published_answers
    assert not Comment.objects.filter(seminar=copied).exists()


def test_a_seminar_without_pays_nothing_and_one_with_asks_once(
    people: People, reading: Reading, quiz: Quiz
) -> None:
    say(reading, people.dan, "A plain remark.")
    dans = hand_in(quiz, people.dan)

    def queries(count: Callable[[], object]) -> int:
        for _ in range(2):
            count()
        with PageQueries() as captured:
            count()
        return len(captured)

    carol = people.client("carol")
    look: Callable[[], object] = lambda: carol.get("/s/seminar/r/margins/")  # noqa: E731
    without = queries(look)
    publish(dans)
    with_one = queries(look)
    assert with_one - without <= 2  # for the page, and for the bell
    for number in range(5):
        user = make_user(f"more{number}")
        member = Membership.objects.create(seminar=people.seminar, user=user)
        publish(hand_in(quiz, member))
    assert queries(look) == with_one
