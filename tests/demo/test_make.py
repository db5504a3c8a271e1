"""The demonstration seminar is whole: every part of every file has found its place."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from demo.people import read
from discussions.models import Comment, Decision, ReviewItem, Thread
from discussions.threads.linked import shown_links
from discussions.threads.unread_counts import new_threads
from documents import import_document
from gradebook.book import load_book
from quizzes.models import AnswerMark, Attempt, Question, Quiz
from readings.drafts.actions import import_now, publish
from readings.models import GuideItem, Reading, ReadingGate, Visit
from readings.setup.actions import create_reading
from seminars.models import Membership, Seminar
from tests.base import make_people

FOLDER = Path(django_settings.BASE_DIR) / "demo"
ESSAYS = Path(django_settings.BASE_DIR).parent / "shared" / "essays"


def test_is_as_large_as_a_seminar(demonstration: Seminar) -> None:
    members = Membership.objects.filter(seminar=demonstration)
    assert members.count() >= 12
    assert demonstration.groups.count() == 2
    assert set(members.values_list("role", flat=True)) == {
        "instructor",
        "assistant",
        "participant",
        "guest",
    }
    assert Comment.objects.filter(seminar=demonstration).count() >= 60
    assert Attempt.objects.filter(seminar=demonstration).count() >= 30


def test_shows_every_side_of_moderation(demonstration: Seminar) -> None:
    assert ReviewItem.objects.filter(state="open").count() == 1
    actions = set(Decision.objects.values_list("action", flat=True))
    assert {"hide", "dismiss", "lock"} <= actions
    assert Thread.objects.filter(audience="me").exists()


def test_one_answer_is_published_to_who_has_answered(demonstration: Seminar) -> None:
    answered = Thread.objects.filter(seminar=demonstration, answered_item__isnull=False)
    sees = {
        key: answered.visible_to(demonstration.memberships.get(user__email=f"{key}@example.org"))
        for key in ("osei", "sofia", "amina", "ruth")
    }
    assert [key for key, threads in sees.items() if threads] == ["osei", "sofia"]


def test_its_gradebook_shows_each_kind_of_figure(demonstration: Seminar) -> None:
    people = list(
        Membership.objects.filter(seminar=demonstration, role="participant").select_related("user")
    )
    instructor = Membership.objects.get(seminar=demonstration, role="instructor")
    book = load_book(instructor, people)
    assert book
    assert sum(one.weight for one in book.categories) == 100
    assert {one.kind for one in book.columns} == {"checkpoint", "open", "by_hand"}
    assert {one.is_released for one in book.columns} == {True, False}
    figures = [figure for row in book.rows for figure in row.figures.values()]
    states = {figure.state for figure in figures}
    assert {"done", "nothing", "waiting", "excused", "given"} <= states
    assert any(figure.is_dropped for figure in figures)
    assert any(figure.given and figure.given.comment for figure in figures)
    assert all(row.total is not None for row in book.rows)


def test_its_checkpoints_show_how_they_can_behave(demonstration: Seminar) -> None:
    hinted = Quiz.objects.get(title="The treaty as a fence")
    assert (hinted.tries, hinted.grade_by, hinted.penalty) == (3, "best", 10)
    assert hinted.asks_confidence
    assert all(question.hints for question in hinted.questions.all())
    assert hinted.attempts.filter(number=3).exists()
    marked = AnswerMark.objects.exclude(levels=[]).filter(answer__question__kind="open")
    assert marked.exclude(released_at=None).exists()
    assert marked.filter(released_at=None).exists()


def test_the_participant_stands_before_a_gate_that_others_passed(
    demonstration: Seminar, client: Client
) -> None:
    gate = ReadingGate.objects.get()
    assert gate.is_soft
    assert set(gate.passings.values_list("how", flat=True)) == {"handed_in", "skipped"}
    page = _page_of(client, "amina", "/s/china-and-nato/r/good-fences/")
    assert "The text goes on" in page
    assert "good fences make good neighbours" not in page
    assert "good fences make good neighbours" in _page_of(
        client, "lena", "/s/china-and-nato/r/good-fences/"
    )


def test_the_participant_has_questions_to_practise_and_the_instructor_a_bank(
    demonstration: Seminar, client: Client
) -> None:
    due = _page_of(client, "amina", "/s/china-and-nato/practice/")
    assert "how did NATO’s language about China change" in due
    assert client.get("/s/china-and-nato/practice/").context["due"]
    bank = _page_of(client, "osei", "/library/questions/?q=language")
    assert "how did NATO’s language about China change" in bank


def _page_of(client: Client, key: str, address: str) -> str:
    client.force_login(User.objects.get(email=f"{key}@example.org"))
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_its_essays_are_linked_by_people_and_by_a_guide(demonstration: Seminar) -> None:
    links = Thread.objects.filter(kind="link", withdrawn_at=None)
    assert links.filter(guide_item=None).count() == 6
    assert links.exclude(guide_item=None).count() == 1
    assert links.values("link_kind").distinct().count() >= 5
    assert links.values("author").distinct().count() == 7
    assert links.filter(comment_count=0).count() == 1
    assert links.filter(comment_count__gte=2).count() == 3
    assert links.filter(author__group__name="Thursday group").count() == 2
    people = {one.user.email: one for one in demonstration.memberships.select_related("user")}
    shown = {key: shown_links(people[f"{key}@example.org"]) for key in ("amina", "yuki", "ruth")}
    assert {key: len(links) for key, links in shown.items()} == {"amina": 7, "yuki": 6, "ruth": 6}
    (own,) = [one for one in shown["amina"] if one.card.is_own]
    assert own.card.is_of_group
    for one in shown["amina"]:
        assert one.near.words
        assert one.far.words
        assert not one.near.change
        assert one.near.place
        assert one.far.place


def test_every_part_of_its_guides_has_a_place(demonstration: Seminar) -> None:
    for reading in Reading.objects.filter(seminar=demonstration):
        assert reading.guide.unplaced == []
        assert GuideItem.objects.notes_of(reading).count() >= 8
        assert Thread.objects.filter(reading=reading, kind="guide").count() >= 4
        assert Question.objects.filter(quiz__reading=reading).count() >= 8


@pytest.mark.parametrize("path", sorted((FOLDER / "essays").glob("*.md")), ids=lambda p: p.stem)
def test_essays_have_what_the_page_can_show(path: Path) -> None:
    document = import_document(path.read_bytes(), path.name)
    kinds = {block.kind for block in document.blocks}
    assert {"heading", "paragraph", "list_item", "blockquote", "pullquote"} <= kinds
    assert sum(len(block.text.split()) for block in document.blocks) >= 1200
    assert len(document.notes) >= 8


def test_who_wrote_has_been_there_and_finds_what_is_new(demonstration: Seminar) -> None:
    wrote = set(Comment.objects.values_list("author", "thread__reading"))
    assert set(Visit.objects.values_list("membership", "reading")) >= wrote
    amina = demonstration.memberships.get(user__email="amina@example.org")
    new = new_threads([amina])
    assert all(new[amina.pk, reading.pk] > 2 for reading in Reading.objects.all())
    assert all(visit.progress for visit in amina.visits.filter(reading__kind="essay"))
    general = Reading.including_general.get(kind="general")
    assert new[amina.pk, general.pk] >= 2


def test_is_made_once(demonstration: Seminar) -> None:
    out = StringIO()
    call_command("demo", stdout=out)
    assert "is there already" in out.getvalue()
    assert Seminar.objects.count() == 1


def test_is_refused_in_production(db: None, settings: Any) -> None:
    settings.DEVELOPMENT = False
    with pytest.raises(CommandError, match="SECRET_KEY"):
        call_command("demo")
    assert not Seminar.objects.exists()


def test_is_whole_or_not_at_all(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quotation that does not stand in its paragraph undoes everything."""

    def broken(name: str) -> Any:
        data = read(name)
        if name == "discussion.yaml":
            entry = next(one for one in reversed(data) if "quote" in one)
            entry["quote"] = "words that stand nowhere"
        return data

    monkeypatch.setattr("demo.make.read", broken)
    with pytest.raises(ValueError, match="words that stand nowhere"):
        call_command("demo", stdout=StringIO())
    assert not Seminar.objects.exists()


@pytest.mark.parametrize("name", ["000_d426bc64149d0b8e.txt", "004_66ca0ccfed9321d0.txt"])
def test_guides_attach_to_the_founding_essays(db: None, name: str) -> None:
    if not (ESSAYS / name).exists():
        pytest.skip("The founding essays are not beside this folder.")
    people = make_people()
    draft = import_now(data=(ESSAYS / name).read_bytes(), filename=name, by=people.alice.user)
    revision = publish(draft=draft, metadata={}, by=people.alice.user)
    added = create_reading(essay=revision.essay, by=people.alice).guide
    assert added is not None
    assert added.unplaced == ()
    kinds = [placed.item.kind for placed in added.placed]
    assert len([kind for kind in kinds if kind not in {"prompt", "checkpoint"}]) >= 8
    assert kinds.count("prompt") >= 4
    assert Question.objects.filter(quiz__reading__seminar=people.seminar).count() >= 8


def test_guides_link_the_founding_essays_once_both_are_there(db: None) -> None:
    """What the first says of the second waits for it, and each quotation is found."""
    names = ["000_d426bc64149d0b8e.txt", "004_66ca0ccfed9321d0.txt"]
    if not all((ESSAYS / name).exists() for name in names):
        pytest.skip("The founding essays are not beside this folder.")
    people = make_people()
    waiting = []
    for name in names:
        draft = import_now(data=(ESSAYS / name).read_bytes(), filename=name, by=people.alice.user)
        revision = publish(draft=draft, metadata={}, by=people.alice.user)
        added = create_reading(essay=revision.essay, by=people.alice).guide
        assert added is not None
        assert added.unplaced == ()
        waiting.append(len(added.waiting))
    assert waiting == [3, 0]
    links = shown_links(people.carol)
    assert len(links) == GuideItem.objects.filter(kind="link").count() == 13
    assert len({one.near.reading.pk for one in links}) == 2
    assert {one.kind.code for one in links} == {
        "answers",
        "contradicts",
        "supports",
        "example",
        "same_word",
    }
    for one in links:
        assert one.near.words
        assert one.far.words
        assert one.card.comments == 1


def test_files_are_what_they_say() -> None:
    for path in FOLDER.glob("*.yaml"):
        assert yaml.safe_load(path.read_text(encoding="utf-8")), path
