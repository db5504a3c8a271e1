"""“You still owe”: on the home page, and with each reading on the seminar's page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from readings.models import Reading, Visit
from readings.page.visits import save_place
from readings.setup.extension_actions import give_extension
from seminars.models import Membership
from tests.base import People, make_people, make_reading
from tests.discussions.base import answer, say
from tests.seminars.helpers import queries, words

HOME, SEMINAR = "/", "/s/seminar/"
DAY = timedelta(days=1)


@pytest.fixture
def asking(reading: Reading) -> Reading:
    reading.required_posts, reading.required_replies = 2, 1
    reading.due_at = timezone.now() + 3 * DAY
    reading.save()
    return reading


def home(people: People, who: str = "carol") -> str:
    return words(people.client(who).get(HOME))


def test_counts_and_ticks(people: People, asking: Reading) -> None:
    page = home(people)
    assert "You still owe On margins In 3 days" in page
    assert "Read to the end not begun Posts 0 of 2 Replies to others 0 of 1" in page
    Visit.objects.create(
        seminar=people.seminar, reading=asking, membership=people.carol, place="p2", progress=60
    )
    say(asking, people.carol, "One.")
    answer(say(asking, people.dan, "Dan's."), people.carol)
    page = home(people)
    assert "Read to the end 60 % read Posts 1 of 2 Replies to others – done 1 of 1" in page
    assert "Posts 1 of 2" in words(people.client("carol").get(SEMINAR))
    save_place(reading=asking, by=people.carol, block="p1", progress=10)  # a look back
    assert "Read to the end 60 % read" in home(people)
    Visit.objects.update(progress=100)
    say(asking, people.carol, "Two.")
    assert "You still owe" not in home(people)
    assert "Posts – done 2 of 2" in words(people.client("carol").get(SEMINAR))


def test_links_what_is_not_done(people: People, asking: Reading) -> None:
    page = people.client("carol").get(HOME).content.decode()
    owed = page[page.index("You still owe") :]
    assert f'<a href="{asking.get_absolute_url()}">Posts</a>' in owed
    assert f'<a href="{asking.get_absolute_url()}threads/">Replies to others</a>' in owed


def test_nothing_is_owed_where_one_does_not_take_part(people: People, asking: Reading) -> None:
    for key in ("alice", "bob", "grace", "mallory"):
        assert "You still owe" not in home(people, key)
    assert "Posts" not in words(people.client("alice").get(SEMINAR))


def test_late_over_and_closed(people: People, asking: Reading) -> None:
    now = timezone.now()
    Reading.objects.update(due_at=now - DAY)
    assert "counts as late now" in home(people)
    Reading.objects.update(late_until=now - DAY / 2)
    assert "You still owe" not in home(people)
    Reading.objects.update(late_until=None, closes_at=now - DAY / 2)
    assert "You still owe" not in home(people)
    assert "Closed" in words(people.client("carol").get(SEMINAR))
    give_extension(reading=asking, by=people.alice, group=people.monday, due_at=now + DAY)
    assert "In 1 day" in home(people)
    assert "extended for you" in home(people)
    assert "Closed" not in words(people.client("carol").get(SEMINAR))
    assert "Closed" in words(people.client("dan").get(SEMINAR))


def test_reading_alone_is_owed_until_it_is_due(people: People, reading: Reading) -> None:
    assert "You still owe" not in home(people)
    Reading.objects.update(due_at=timezone.now() + 20 * DAY)
    assert "You still owe" in home(people)
    Reading.objects.update(due_at=timezone.now() - DAY)
    assert "You still owe" not in home(people)


def test_what_has_not_opened_is_not_owed(people: People, asking: Reading) -> None:
    Reading.objects.update(opens_at=timezone.now() + DAY)
    assert "You still owe" not in home(people)


def test_only_the_next_are_listed(people: People, asking: Reading) -> None:
    now = timezone.now()
    for number in range(8):
        make_reading(people, f"r{number}", due_at=now + (number + 4) * DAY)
    page = home(people)
    assert page.count("Read to the end") == 6
    assert "3 more readings have something open" in page


def test_queries_do_not_grow(people: People, asking: Reading) -> None:
    client = people.client("carol")
    Reading.objects.update(due_at=timezone.now() + DAY)  # so near that the bell asks for it, too
    few = [queries(client, page) for page in (HOME, SEMINAR)]
    for number in range(12):
        other = make_people(f"other-{number}")
        Membership.objects.create(seminar=other.seminar, user=people.carol.user)
        theirs = make_reading(other, due_at=timezone.now() + DAY, required_posts=2)
        mine = make_reading(people, f"r{number}", due_at=timezone.now() + DAY, required_posts=1)
        for reading, by in ((theirs, other.dan), (mine, people.carol)):
            answer(say(reading, by), by)
        give_extension(
            reading=mine,
            by=people.alice,
            membership=people.carol,
            due_at=timezone.now() + 2 * DAY,
        )
    assert [queries(client, page) for page in (HOME, SEMINAR)] == few


def test_the_same_person_in_two_seminars(people: People, asking: Reading) -> None:
    """What was done in one counts in that one alone, though the memberships are one person's."""
    other = make_people("other")
    twin = Membership.objects.create(seminar=other.seminar, user=people.carol.user)
    theirs = make_reading(other, due_at=timezone.now() + DAY, required_posts=1)
    say(theirs, twin, "There.")
    page = home(people)
    assert "Posts – done 1 of 1" in page
    assert "Posts 0 of 2" in page
