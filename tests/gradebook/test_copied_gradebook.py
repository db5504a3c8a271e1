"""A seminar's copy has the settings of its gradebook, and no mark."""

from decimal import Decimal

from gradebook.actions import begin_gradebook
from gradebook.models import GivenMark, Gradebook, GradeCategory, GradeColumn, GradeRelease
from quizzes.models import Quiz
from readings.guides import apply_guide
from readings.models import Reading
from readings.setup.copy_actions import copy_seminar
from seminars.models import Seminar
from tests.base import People, make_reading
from tests.gradebook.base import GUIDE

COPY = "/s/seminar/readings/copy/"


def copied(people: People) -> Seminar:
    return copy_seminar(seminar=people.seminar, name="Autumn", weeks=26, by=people.alice).seminar


def test_categories_and_columns_come_along(people: People) -> None:
    reading = make_reading(people, required_posts=1)
    apply_guide(reading=reading, text=GUIDE.format(slug="margins"), by=people.alice)
    begin_gradebook(by=people.alice)
    talks = GradeCategory.objects.create(
        seminar=people.seminar, name="Talks", position=9, weight=30, drop_lowest=1, drop_from=4
    )
    item = Quiz.objects.of(reading).get().item
    rows = (
        {"kind": "by_hand", "title": "Ten minutes", "maximum": 10},
        {"kind": "checkpoint", "item": item, "weight": Decimal(5), "counts": False},
        {"kind": "participation", "reading": reading, "weight": Decimal(2)},
    )
    for row in rows:
        GradeColumn.objects.create(seminar=people.seminar, category=talks, **row)
    hand = GradeColumn.objects.get(kind="by_hand")
    GivenMark.objects.create(
        seminar=people.seminar,
        column=hand,
        membership=people.carol,
        points=7,
        reason="Said so.",
        created_by=people.alice,
    )
    new = copied(people)
    theirs = GradeCategory.objects.get(seminar=new, name="Talks")
    assert theirs.weight == Decimal(30)
    assert (theirs.drop_lowest, theirs.drop_from) == (1, 4)
    names = GradeCategory.objects.values_list("name", flat=True)
    assert set(names.filter(seminar=new)) == set(names.filter(seminar=people.seminar))
    columns = {one.kind: one for one in GradeColumn.objects.filter(seminar=new)}
    assert columns["by_hand"].title == "Ten minutes"
    assert columns["participation"].reading == Reading.objects.get(seminar=new)
    assert columns["checkpoint"].item == Quiz.objects.get(reading__seminar=new).item
    assert not columns["checkpoint"].counts
    assert {one.category_id for one in columns.values()} == {theirs.pk}
    assert not GivenMark.objects.filter(seminar=new).exists()
    assert not GradeRelease.objects.filter(seminar=new).exists()
    assert Gradebook.objects.get(seminar=new).begun_by.user == people.alice.user


def test_the_page_says_so_before(people: People) -> None:
    client = people.client("alice")
    assert "gradebook" not in client.get(COPY).content.decode().partition("What is copied")[2]
    begin_gradebook(by=people.alice)
    assert "gradebook" in client.get(COPY).content.decode().partition("What is copied")[2]


def test_without_one_there_is_none(people: People) -> None:
    make_reading(people)
    assert not Gradebook.objects.filter(seminar=copied(people)).exists()
