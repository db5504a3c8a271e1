"""Filters of a search: whose words they are, what is new, tags; nobody is unmasked by one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from discussions.models import Tag, Tagging, ThreadRead
from readings.models import Anonymity, Reading, Visit
from readings.setup.actions import change_settings
from tests.base import People, make_reading
from tests.discussions.base import answer, say
from tests.discussions.test_search import count_of, found


@pytest.mark.parametrize("who", ["alice", "bob", "dan", "grace"])
def test_who_is_anonymous_is_in_no_list_and_under_no_group(people: People, who: str) -> None:
    reading = make_reading(people, "anonymous", anonymity=Anonymity.OPTIONAL)
    thread = say(reading, people.carol, "A lighthouse.", anonymous=True)
    page = found(people, "lighthouse", who)
    assert f"<b>{thread.alias}</b>" in page
    assert "Carol" not in page
    assert "Monday" not in page
    for filters in ({"by": "Carol"}, {"by": thread.alias}, {"whose": f"group-{people.monday.pk}"}):
        assert "A lighthouse." not in found(people, "lighthouse", who, **filters), filters
    assert "A lighthouse." in found(people, "lighthouse", "carol", whose="mine")


def test_what_is_withheld_is_not_found_nor_counted(people: People) -> None:
    reading = make_reading(people, "peek")
    change_settings(reading=reading, by=people.alice, peek_after=1)
    thread = say(reading, people.dan, "A lighthouse.")
    answer(thread, people.alice, "My lighthouse.")
    page = found(people, "lighthouse")
    assert "A lighthouse." not in page
    assert count_of(page, "In threads") == page.count('class="said"') == count_of(page, "Comments")
    say(reading, people.carol, "Another lighthouse.")
    assert count_of(found(people, "lighthouse"), "In threads") == 3


def test_what_is_new_to_me(people: People, reading: Reading) -> None:
    before = say(reading, people.dan, "Lighthouse before.")
    before.comments.update(published_at=timezone.now() - timedelta(days=2))
    thread = say(reading, people.dan, "Lighthouse after.")
    answer(thread, people.carol, "Lighthouse mine.")
    assert count_of(found(people, "lighthouse"), "New to me") == 0  # she was never there
    Visit.objects.create(
        seminar=people.seminar,
        reading=reading,
        membership=people.carol,
        begun_at=timezone.now() - timedelta(days=1),
    )
    page = found(people, "lighthouse", whose="new")
    assert count_of(page, "New to me") == count_of(page, "In threads") == 1
    assert "Lighthouse after." in page
    ThreadRead.objects.create(seminar=people.seminar, membership=people.carol, thread=thread, seq=2)
    assert count_of(found(people, "lighthouse"), "New to me") == 0
    answer(thread, people.dan, "Lighthouse again.")
    assert "Lighthouse again." in found(people, "lighthouse", whose="new")


def test_by_tag(people: People, reading: Reading) -> None:
    tag = Tag.objects.create(seminar=people.seminar, name="history")
    tagged, hidden = (
        say(reading, people.dan, "Old lighthouse."),
        say(reading, people.dan, "Secret lighthouse.", audience="group"),
    )
    for thread in (tagged, hidden):
        Tagging.objects.create(
            seminar=people.seminar, thread=thread, tag=tag, created_by=people.alice
        )
    say(reading, people.dan, "New lighthouse.")
    assert count_of(found(people, "lighthouse"), "history") == 1
    page = found(people, "lighthouse", tag="history")
    assert "Old lighthouse." in page
    assert "New lighthouse." not in page
    assert count_of(found(people, "lighthouse", "alice"), "history") == 2
    assert "Nothing found" in found(people, "lighthouse", tag="nothing")
