"""Whoever moves to another group leaves what they wrote with the group in which they wrote it."""

from importlib import import_module

import pytest
from django.apps import apps

from discussions.models import Comment, ReviewItem, Thread
from readings.models import Reading
from seminars.models import Membership
from seminars.move_actions import move_members
from tests.base import People
from tests.discussions.base import answer, first_of, reported, say
from tests.discussions.test_search import count_of, found
from tests.discussions.test_thread_list import listed


@pytest.fixture
def moved(people: People, reading: Reading) -> list[Thread]:
    """A thread that Carol began in the Monday group, and one after she had moved to Thursday."""
    before = say(reading, people.carol, "Before the lighthouse.")
    move_members(members=[people.carol.pk], group=people.thursday, by=people.alice)
    carol = Membership.objects.select_related("seminar", "user", "group").get(pk=people.carol.pk)
    return [before, say(reading, carol, "After the lighthouse.", block="p2", quote="")]


def test_search_finds_each_in_its_group(people: People, moved: list[Thread]) -> None:
    for group, words in ((people.monday, "Before"), (people.thursday, "After")):
        page = found(people, "lighthouse", "dan", whose=f"group-{group.pk}")
        assert count_of(page, "In threads") == 1
        assert f"{words} the lighthouse." in page
        assert count_of(page, group.name) == 1


def test_the_list_of_threads_does(people: People, reading: Reading, moved: list[Thread]) -> None:
    assert listed(people, reading, "?group=Monday") == ["B"]
    assert listed(people, reading, "?group=Thursday") == ["A"]
    # Dan is of the Thursday group.
    assert listed(people, reading, "?show=group", "dan") == ["A"]


def test_the_desk_does(people: People, moved: list[Thread]) -> None:
    items = [reported(first_of(one), people.dan) for one in moved]
    client = people.client("alice")
    for item, group in zip(items, ("Monday", "Thursday"), strict=True):
        text = client.get(f"/s/seminar/desk/reviews/?case={item.pk}").content.decode()
        assert group in text.split('class="case', 1)[1].split("<form", 1)[0]
    for item, of in zip(items, (people.monday, people.thursday), strict=True):
        text = client.get(f"/s/seminar/desk/reviews/?group={of.pk}").content.decode()
        assert f'name="item" value="{item.pk}"' in text
        assert text.count('name="item"') == 1
    assert ReviewItem.objects.open().count() == 2


def test_words_outlive_their_group(people: People, moved: list[Thread]) -> None:
    reply = answer(moved[0], people.dan, "Mine.")
    assert reply.author_group_id == people.thursday.pk
    Membership.objects.filter(group=people.thursday).update(group=None)
    people.thursday.delete()
    reply.refresh_from_db()
    moved[1].refresh_from_db()
    assert (reply.author_group, moved[1].author_group) == (None, None)
    assert "After the lighthouse." in found(people, "lighthouse", "dan")


def test_earlier_words_are_of_the_group_of_now(people: People, moved: list[Thread]) -> None:
    """Where nobody wrote it down, as the migration fills it in."""
    for model in (Comment, Thread):
        model.objects.update(author_group=None)
    filled = import_module("discussions.migrations.0018_author_groups_filled")
    filled.keep_groups(apps, None)
    for model in (Comment, Thread):
        groups = set(model.objects.values_list("author_group", flat=True))
        assert groups == {people.thursday.pk}
