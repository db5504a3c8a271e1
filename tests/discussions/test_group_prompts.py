"""Prompts that are asked of each group for itself: one item of the guide, a thread for each."""

import pytest

from discussions.models import Comment, Thread
from discussions.models import CommentState as State
from readings.guides import GuideRefused, apply_guide
from readings.models import GuideItem, Reading
from readings.setup.actions import change_settings
from seminars.actions import create_group, delete_group, update_membership
from seminars.models import Group
from tests.base import People, make_reading
from tests.discussions.base import answer, url
from tests.seminars.helpers import words

WORDS = "Which doubt do you share, and why?"
EACH, ALL = "Asked of: each group\n\n", "Asked of: everybody\n\n"


def guide(*prompts: str, at: int = 2) -> str:
    sections = "\n\n".join(f"## Prompt ¶ {at}\n\n{one}" for one in prompts)
    return f"---\nguide: 1\ntitle: G\n---\n\n{sections}\n"


def lay(people: People, reading: Reading, *prompts: str) -> None:
    apply_guide(reading=reading, text=guide(*prompts), by=people.alice)


def asked() -> dict[str, str]:
    """By group, or "all": what stands in the thread of those that were not withdrawn."""
    found = Comment.objects.filter(seq=1, thread__kind="guide", thread__withdrawn_at=None)
    return {
        one.thread.group.name if one.thread.group else "all": one.body
        for one in found.select_related("thread__group")
    }


@pytest.fixture
def each(people: People, reading: Reading) -> Reading:
    lay(people, reading, EACH + WORDS)
    return reading


def test_each_group_has_a_thread_of_its_own(people: People, each: Reading) -> None:
    assert asked() == {"Monday": WORDS, "Thursday": WORDS}
    assert GuideItem.objects.count() == 1
    seen = {
        key: Thread.objects.visible_to(getattr(people, key)).filter(kind="guide").count()
        for key in ("alice", "bob", "carol", "dan", "grace")
    }
    assert seen == {"alice": 2, "bob": 1, "carol": 1, "dan": 1, "grace": 0}
    monday = Thread.objects.get(group=people.monday)
    answer(monday, people.carol, "This one.")
    page = people.client("alice").get(each.get_absolute_url()).content.decode()
    assert page.count(WORDS) >= 1
    assert "Asked of" not in page
    listed = words(people.client("alice").get(url("thread_list", each)))
    assert "Monday" in listed
    assert "Thursday" in listed
    assert people.client("dan").get(monday.get_absolute_url()).status_code == 404


def test_other_words_and_places_keep_what_hangs_on_it(people: People, each: Reading) -> None:
    monday = Thread.objects.get(group=people.monday)
    answer(monday, people.carol, "This one.")
    lay(people, each, EACH + "Which doubt do you share, and with whom?")
    assert asked() == dict.fromkeys(
        ("Monday", "Thursday"), "Which doubt do you share, and with whom?"
    )
    assert Thread.objects.filter(kind="guide").count() == 2
    assert monday.comments.count() == 2
    lay(people, each, EACH + "Which doubt do you share, and with whom?")
    assert Thread.objects.filter(kind="guide").count() == 2


def test_asked_otherwise_it_stays_the_same_item(people: People, reading: Reading) -> None:
    """Even where it has but one word: of whom it is asked is none of its words."""
    lay(people, reading, "Why?")
    everybody = Thread.objects.get(kind="guide")
    answer(everybody, people.carol, "For all.")
    lay(people, reading, EACH + "Why?")
    assert asked() == {"all": "Why?", "Monday": "Why?", "Thursday": "Why?"}, "answered: it stays"
    answer(Thread.objects.get(group=people.monday), people.carol, "For us.")
    lay(people, reading, ALL + "Why?")
    assert asked() == {"all": "Why?", "Monday": "Why?"}
    lay(people, reading, EACH + "Why?")
    assert asked() == {"all": "Why?", "Monday": "Why?", "Thursday": "Why?"}
    assert GuideItem.objects.count() == 1
    assert Thread.objects.filter(kind="guide").count() == 3


def test_asked_otherwise_elsewhere_it_is_the_same_item(people: People, reading: Reading) -> None:
    lay(people, reading, "Why?")
    apply_guide(reading=reading, text=guide(EACH + "Why?", at=3), by=people.alice)
    assert GuideItem.objects.count() == 1
    assert asked() == {"Monday": "Why?", "Thursday": "Why?"}


def test_a_group_that_is_made_later_is_asked(people: People, each: Reading) -> None:
    friday = create_group(name="Friday", by=people.alice)
    assert asked() == dict.fromkeys(("Monday", "Thursday", "Friday"), WORDS)
    update_membership(membership=people.dan, role="participant", group=friday, by=people.alice)
    dan = people.client("dan")
    assert dan.get(Thread.objects.get(group=friday).get_absolute_url()).status_code == 200


def test_an_empty_group_can_be_deleted_still(people: People, each: Reading) -> None:
    friday = create_group(name="Friday", by=people.alice)
    delete_group(group=friday, by=people.alice)
    assert asked() == dict.fromkeys(("Monday", "Thursday"), WORDS)
    assert not Group.objects.filter(name="Friday").exists()


def test_who_moves_on_answers_where_they_are(people: People, each: Reading) -> None:
    monday, thursday = (Thread.objects.get(group=one) for one in (people.monday, people.thursday))
    mine = answer(monday, people.carol, "Mine, on Monday.")
    update_membership(
        membership=people.carol, role="participant", group=people.thursday, by=people.alice
    )
    carol = people.client("carol")
    assert carol.get(thursday.get_absolute_url()).status_code == 200
    assert carol.get(monday.get_absolute_url()).status_code == 404
    assert "Mine, on Monday." in words(carol.get("/s/seminar/notebook/"))
    assert Comment.objects.get(pk=mine.pk).state == State.PUBLISHED


def test_the_groups_of_the_reading_are_asked(people: People, each: Reading) -> None:
    answer(Thread.objects.get(group=people.thursday), people.dan, "Ours.")
    change_settings(reading=each, by=people.alice, groups=[people.monday])
    assert asked() == dict.fromkeys(("Monday", "Thursday"), WORDS), "answered: it stays"
    change_settings(reading=each, by=people.alice, groups=[people.thursday])
    assert asked() == {"Thursday": WORDS}
    change_settings(reading=each, by=people.alice, groups=[])
    assert asked() == dict.fromkeys(("Monday", "Thursday"), WORDS)
    other = make_reading(people, "narrow")
    other.groups.set([people.monday])
    apply_guide(reading=other, text=guide(EACH + "Only here?"), by=people.alice)
    groups = Thread.objects.filter(reading=other).values_list("group__name", flat=True)
    assert list(groups) == ["Monday"]


def test_without_groups_everybody_is_asked(people: People, reading: Reading) -> None:
    people.seminar.memberships.update(group=None)
    people.seminar.groups.all().delete()
    lay(people, reading, EACH + WORDS)
    assert asked() == {"all": WORDS}
    create_group(name="Friday", by=people.alice)
    assert asked() == {"Friday": WORDS}


def test_taken_off_and_laid_again(people: People, each: Reading) -> None:
    answer(Thread.objects.get(group=people.monday), people.carol, "Ours.")
    lay(people, each, "Something else entirely, about other matters.")
    assert set(asked()) == {"Monday", "all"}
    lay(people, each, EACH + WORDS)
    assert asked() == dict.fromkeys(("Monday", "Thursday"), WORDS)


def test_nobody_known_is_said_with_its_line(people: People, reading: Reading) -> None:
    with pytest.raises(GuideRefused) as refused:
        lay(people, reading, "Asked of: my friends\n\nWhy?")
    assert refused.value.problems[0].line == 8
    assert "Asked of: each group" in str(refused.value)
    with pytest.raises(GuideRefused):
        lay(people, reading, EACH.strip())
    assert not Thread.objects.exists()
