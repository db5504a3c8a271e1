"""Gates: a text ends at a checkpoint until it is handed in, and opens then, in every way out."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from discussions.models import Thread
from quizzes.attempts import submit_attempt
from quizzes.models import Quiz
from readings.guides.actions import apply_guide
from readings.models import GatePassing, Reading, ReadingGate
from readings.models import Note as EssayNote
from readings.setup.actions import change_settings
from readings.setup.copy_actions import copy_seminar
from readings.setup.extension_actions import give_extension
from seminars.models import Event, Membership
from tests.base import PARAGRAPHS, People, htmx, make_reading
from tests.discussions.base import answer, first_of, say, url
from tests.queries import PageQueries
from tests.quizzes.base import as_form, right_answers, wrong_answers
from tests.quizzes.written_gates import HEADING_BEHIND, NOTE_BEHIND, gated_guide
from tests.readings.revised import revise

BEHIND = "The margin was made for this"
TITLE = "What the margin is for"


@pytest.fixture
def reading(people: People) -> Reading:
    return make_reading(people)


def add_gate(people: People, reading: Reading, gate: str) -> Quiz:
    apply_guide(reading=reading, text=gated_guide(gate), by=people.alice)
    people.seminar.refresh_from_db()
    return Quiz.objects.of(reading).get(title=TITLE)


def page_of(people: People, key: str) -> str:
    return str(people.client(key).get("/s/seminar/r/margins/").content.decode())


def hand_in(quiz: Quiz, by: Membership, *, right: bool = True) -> None:
    submit_attempt(
        quiz=quiz, responses=right_answers(quiz) if right else wrong_answers(quiz), by=by
    )


@pytest.mark.parametrize("kind", ["soft", "hard"])
@pytest.mark.parametrize("key", ["carol", "grace"])
def test_the_text_ends_at_the_gate(people: People, reading: Reading, kind: str, key: str) -> None:
    add_gate(people, reading, kind)
    page = page_of(people, key)
    assert "a conversation begins" in page
    assert TITLE in page
    for behind in (BEHIND, "Behind:", "Whose pens filled it?", NOTE_BEHIND):
        assert behind not in page
    assert "The text goes on" in page
    assert "More behind the checkpoint" in page


@pytest.mark.parametrize("key", ["alice", "bob"])
def test_staff_read_all_of_it_and_see_the_gate(people: People, reading: Reading, key: str) -> None:
    add_gate(people, reading, "hard")
    page = page_of(people, key)
    assert BEHIND in page
    assert "Hard gate: members are not shown what follows" in page
    assert "The text goes on" not in page


def test_without_a_gate_nobody_is_told_of_one(people: People, reading: Reading) -> None:
    add_gate(people, reading, "none")
    for key in ("carol", "alice"):
        page = page_of(people, key)
        assert BEHIND in page
        assert "gate" not in page.partition("<article")[2].partition("</article>")[0]
    assert not people.seminar.has_gates


# --- The ways through ----------------------------------------------------------------------------
def test_handing_in_opens_it(people: People, reading: Reading) -> None:
    quiz = add_gate(people, reading, "hard")
    carol = people.client("carol")
    before = carol.get("/s/seminar/r/margins/")
    answered = url_of("attempt_create", quiz)
    response = carol.post(answered, as_form(wrong_answers(quiz)))
    assert response["Location"].endswith(f"#quiz-{quiz.pk}")
    after = carol.get("/s/seminar/r/margins/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert BEHIND in after.content.decode()
    assert BEHIND not in page_of(people, "dan")


def test_with_htmx_the_page_is_loaded_anew(people: People, reading: Reading) -> None:
    quiz = add_gate(people, reading, "hard")
    carol, answers = people.client("carol"), as_form(wrong_answers(quiz))
    first = htmx(carol, "post", url_of("attempt_create", quiz), answers)
    assert first["HX-Refresh"] == "true"
    page = carol.get("/s/seminar/r/margins/").content.decode()
    assert "Handed in. The text goes on below" in page
    again = htmx(carol, "post", url_of("attempt_create", quiz), answers)
    assert "HX-Refresh" not in again.headers
    assert "Not yet" in again.content.decode()


def test_points_open_it_or_enough_tries_without_them(people: People, reading: Reading) -> None:
    quiz = add_gate(people, reading, "hard, 60 %, 2 tries")
    assert "once 60 % of this is right, or after 2 tries" in page_of(people, "carol")
    hand_in(quiz, people.carol, right=False)
    assert BEHIND not in page_of(people, "carol")
    hand_in(quiz, people.carol, right=False)
    assert BEHIND in page_of(people, "carol")
    hand_in(quiz, people.dan)
    assert BEHIND in page_of(people, "dan")


def test_who_had_handed_it_in_before_there_was_a_gate_is_through(
    people: People, reading: Reading
) -> None:
    quiz = add_gate(people, reading, "none")
    hand_in(quiz, people.carol, right=False)
    add_gate(people, reading, "hard")
    assert BEHIND in page_of(people, "carol")
    assert BEHIND not in page_of(people, "dan")
    # Another gate asks for more; what stands open stays so.
    add_gate(people, reading, "hard, 100 %")
    assert BEHIND in page_of(people, "carol")


def test_where_nothing_can_be_handed_in_any_more_all_is_read(
    people: People, reading: Reading
) -> None:
    add_gate(people, reading, "hard")
    now = timezone.now()
    change_settings(reading=reading, by=people.alice, closes_at=now - timedelta(hours=1))
    assert BEHIND in page_of(people, "carol")
    assert BEHIND in page_of(people, "grace")
    reading.refresh_from_db()
    give_extension(
        reading=reading, membership=people.carol, by=people.alice, closes_at=now + timedelta(days=1)
    )
    assert BEHIND not in page_of(people, "carol")
    assert BEHIND in page_of(people, "dan")


def passings(quiz: Quiz) -> QuerySet[GatePassing]:
    return GatePassing.objects.filter(gate__item=quiz.item)


def url_of(name: str, quiz: Quiz) -> str:
    return url(name, quiz.reading, quiz.pk)


# --- Moving --------------------------------------------------------------------------------------
def test_a_guide_that_takes_it_off_opens_it(people: People, reading: Reading) -> None:
    add_gate(people, reading, "hard")
    assert BEHIND not in page_of(people, "carol")
    add_gate(people, reading, "none")
    assert BEHIND in page_of(people, "carol")
    assert not ReadingGate.objects.exists()
    assert not people.seminar.has_gates


def test_it_goes_with_its_passage_to_another_revision(people: People, reading: Reading) -> None:
    add_gate(people, reading, "hard")
    revise(reading, ["A paragraph that is new, and stands before all others.", *PARAGRAPHS])
    page = page_of(people, "carol")
    assert "stands before all others" in page
    assert "a conversation begins" in page
    assert BEHIND not in page
    assert BEHIND in page_of(people, "alice")


def test_it_comes_along_into_another_term(people: People, reading: Reading) -> None:
    add_gate(people, reading, "hard")
    copied = copy_seminar(seminar=people.seminar, name="Next", weeks=20, by=people.alice).seminar
    copied.refresh_from_db()
    assert copied.has_gates
    assert ReadingGate.objects.get(seminar=copied).kind == "hard"


def test_the_page_takes_as_many_queries_for_a_long_text(people: People) -> None:
    def queries(paragraphs: int, slug: str) -> int:
        texts = [PARAGRAPHS[0], PARAGRAPHS[1], *(f"{PARAGRAPHS[2]} {i}" for i in range(paragraphs))]
        reading = make_reading(people, slug=slug, paragraphs=texts)
        apply_guide(reading=reading, text=gated_guide("hard"), by=people.alice)
        for number in range(paragraphs):
            say(reading, people.dan, f"Number {number}.")
            say(reading, people.dan, f"Number {number}.", block=f"p{3 + number}", quote="")
        client = people.client("carol")
        client.get(reading.get_absolute_url())
        client.get(reading.get_absolute_url())
        with PageQueries() as captured:
            page = client.get(reading.get_absolute_url()).content.decode()
        assert BEHIND not in page
        return len(captured)

    assert queries(2, "short") == queries(40, "long")


def test_a_gate_behind_which_nothing_stands_closes_nothing(
    people: People, reading: Reading
) -> None:
    text = gated_guide("hard").replace("## Checkpoint ¶ 2", "## Checkpoint ¶ 3")
    apply_guide(reading=reading, text=text, by=people.alice)
    page = page_of(people, "carol")
    assert BEHIND in page
    assert "The text goes on" not in page
    assert "The end, and what is still open" in page


def test_a_gate_that_has_lost_its_place_closes_nothing(people: People, reading: Reading) -> None:
    quiz = add_gate(people, reading, "hard")
    quiz.item.passage.block_key = "gone"
    quiz.item.passage.save(update_fields=["block_key"])
    assert BEHIND in page_of(people, "carol")


# --- One's own -----------------------------------------------------------------------------------
def test_ones_own_words_behind_it_stay_ones_own(people: People, reading: Reading) -> None:
    own = say(reading, people.carol, "My own zebra.", block="p3", quote="made for this")
    first_of(say(reading, people.dan, "Of another.", block="p3", quote="made for this"))
    answer(own, people.dan, "A reply of Dan.")
    add_gate(people, reading, "hard")
    notebook = people.client("carol").get("/s/seminar/notebook/").content.decode()
    assert "My own zebra." in notebook
    assert "made for this" in notebook
    assert "Printers left it wide" not in notebook
    assert HEADING_BEHIND not in notebook
    thread = people.client("carol").get(url("thread_detail", reading, own.pk)).content.decode()
    assert "My own zebra." in thread
    assert "A reply of Dan." not in thread
    assert "Printers left it wide" not in thread
    listed = people.client("carol").get(url("thread_list", reading)).content.decode()
    assert "My own zebra." in listed
    assert "1 reply" not in listed
    assert "Of another." not in listed


# --- Posting -------------------------------------------------------------------------------------
def test_nothing_is_posted_behind_it(people: People, reading: Reading) -> None:
    add_gate(people, reading, "hard")
    carol = people.client("carol")
    assert carol.get(url("thread_new", reading, query="?block=p3")).status_code == 404
    told = set()
    for quote in ("made for this", "words that are nowhere"):
        data = {"block": "p3", "exact": quote, "body": "Mine.", "audience": "seminar"}
        response = carol.post(url("thread_list", reading), {**data, "kind": "comment"})
        told.add(response.status_code)
        assert response.status_code == 422
        assert "Mine." in response.content.decode()
        assert "Printers" not in response.content.decode()
    assert not Thread.objects.filter(author=people.carol).exists()


def test_who_has_read_up_to_it_has_not_read_to_the_end(people: People, reading: Reading) -> None:
    add_gate(people, reading, "hard")
    carol = people.client("carol")
    carol.get("/s/seminar/r/margins/")
    place = url("reading_place", reading)
    assert carol.post(place, {"block": "p2", "progress": 100}).status_code == 204
    assert 0 < people.carol.visits.get().progress < 90
    assert carol.post(place, {"block": "p3", "progress": 100}).status_code == 422


def test_events_behind_it_are_not_told(people: People, reading: Reading) -> None:
    add_gate(people, reading, "hard")
    say(reading, people.alice, "Behind.", block="p3", quote="made for this")
    say(reading, people.alice, "In front.")
    carol = Membership.objects.get(pk=people.carol.pk)
    told = Event.objects.visible_to(carol).filter(target_type__in=["thread", "comment"])
    # The guide's own prompt at the second paragraph, and what was said in front.
    assert told.filter(kind="comment.published").count() == 2
    every = Event.objects.visible_to(people.alice).filter(kind="comment.published")
    assert every.count() == 3
    hints = people.client("carol").get(url("reading_hints", reading, query="?after=0")).json()
    assert sorted(one["block"] for one in hints["threads"]) == ["p1", "p2"]


def test_a_note_is_served_with_the_words_that_refer_to_it(people: People) -> None:
    reading = make_reading(people, slug="noted")
    block = reading.revision.blocks.get(key="p3")
    block.note_refs = [{"number": "2", "offset": 3}]
    block.save(update_fields=["note_refs"])
    EssayNote.objects.create(
        revision=reading.revision, position=1, number="2", text="Unseen.", html="Unseen."
    )
    apply_guide(reading=reading, text=gated_guide("hard"), by=people.alice)
    page = people.client("carol").get(reading.get_absolute_url()).content.decode()
    assert "A</em> note." in page
    assert "Unseen." not in page


# --- As many tries as there are -------------------------------------------------------------------
@pytest.mark.parametrize(
    ("tries", "told"),
    [(0, "after 3 tries"), (2, "after 2 tries"), (1, "after a try"), (5, "after 3")],
)
def test_the_way_out_is_the_last_try_where_there_are_fewer(
    people: People, reading: Reading, tries: int, told: str
) -> None:
    quiz = add_gate(people, reading, f"hard, 60 %\nTries: {tries}" if tries else "hard, 60 %")
    page = page_of(people, "carol")
    assert f"once 60 % of this is right, or {told}" in page
    assert f"before 60 % of this is right, or {told}" in page_of(people, "alice")
    listed = people.client("alice").get(url_of("gate_passings", quiz)).content.decode()
    assert f"60 % of the points, or {told}" in listed
    for _try in range(min(tries or 3, 3)):
        assert BEHIND not in page_of(people, "carol")
        hand_in(quiz, people.carol, right=False)
    assert BEHIND in page_of(people, "carol")
