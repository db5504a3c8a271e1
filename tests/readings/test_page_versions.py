"""The database raises the versions of pages, and no table that shapes a page is left out."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from readings.models import BlockVersion, PageVersion, PeopleVersion, Reading
from readings.page.standing import find_standing
from readings.page.triggers import install, installed, lift, registered_watches
from seminars.models import Membership
from tests.base import People, make_reading
from tests.discussions.base import say

# Rows that no reading's page shows, each with the reason.
SHAPE_NO_PAGE = {
    "PersonalMute": "the membership says how many they are, and is watched",
    "EarlierGuide": "how a guide was: the page has it as it is",
    "GuideDraft": "those who write it read it, on its own page",
    "GuideDraftStep": "what the draft was, for who takes a change back",
    "PracticeCard": "the practice has pages of its own",
    "EarlierMark": "staff read it where they mark",
    "Draft": "a file that is still being read",
    "QueuedMail": "the page tells of no mail",
    "NewsRead": "the bell is counted for each request",
    "NewsReceipt": "the bell is counted for each request",
    "MailChoice": "the page tells of no mail",
    "NewsMail": "the page tells of no mail",
    "QuestionVersion": "how a question was: the page has it as it is",
    "SeminarDeletion": "the seminar says that it is closed, and is watched",
    "SignedInSession": "the page does not tell where one is signed in",
    "AnsweredForm": "no form of a page is made by it",
    "Guide": "the page shows its items",
    "RevisionAlignment": "of two texts, for moving from one to the other",
    "Revision": "a published one does not change; which is read stands on the reading",
    "Visit": "read anew with each page",
    "Reanchoring": "the page shows the passages as they are",
    "ReanchoredPassage": "the page shows the passages as they are",
    "PageVersion": "a version itself",
    "BlockVersion": "a version itself",
    "PeopleVersion": "a version itself",
    "Fragment": "what is kept",
    "Extension": "asked for with where one stands; the page is shaped by what it comes to",
    "ReadingGroup": "who opens the page is asked each time",
    "CommentRevision": "the history has a page of its own",
    "Reaction": "who opens the thread is told",
    "Mention": "the comment's own HTML shows it",
    "Resolution": "the thread's row says where its question stands",
    "Endorsement": "the thread's row says so, and who opens the thread",
    "Announcement": "the seminar's page and the home page show it",
    "AnnouncementReceipt": "those pages show it no more",
    "Roster": "a list of people that nobody has confirmed",
    "Unit": "the seminar's page shows readings under theirs",
    "Report": "the desk's",
    "ReviewItem": "the desk's",
    "ModerationReason": "the desk's",
    "Decision": "the log",
    "Event": "tells what other rows are",
    "Invitation": "not on the page",
}


def test_each_table_shapes_pages_and_is_watched_or_says_why_not() -> None:
    watched = {one.model.__name__ for one in registered_watches()}
    for app in ("accounts", "seminars", "readings", "discussions", "quizzes"):
        for model in apps.get_app_config(app).get_models():
            name = model.__name__
            assert (name in watched) != (name in SHAPE_NO_PAGE), name


@pytest.mark.django_db
def test_every_watch_stands_in_the_database() -> None:
    assert {one.table for one in registered_watches()} <= installed(connection)


@pytest.mark.django_db
def test_triggers_are_set_anew_after_a_table_was_made_anew(reading: Reading) -> None:
    lift(connection)
    assert not installed(connection)
    install(connection)
    before = PageVersion.objects.get(reading=reading).page
    Reading.objects.filter(pk=reading.pk).update(position=7)
    assert PageVersion.objects.get(reading=reading).page != before


def test_without_triggers_nothing_is_kept(people: People, reading: Reading) -> None:
    lift(connection)
    PageVersion.objects.all().delete()
    page = reading.get_absolute_url()
    client = people.client("carol")
    assert "Late." not in client.get(page).content.decode()
    say(reading, people.dan, "Late.")
    assert "Late." in client.get(page).content.decode()


def test_version_of_a_state_that_was_rolled_back_comes_never_again(
    people: People, reading: Reading
) -> None:
    def after_a_thread() -> int:
        with transaction.atomic():
            say(reading, people.dan)
            version = PageVersion.objects.get(reading=reading).page
            transaction.set_rollback(True)
        return version

    assert len({after_a_thread() for _ in range(3)}) == 3


def test_thread_raises_its_blocks_and_its_page_alone(people: People, reading: Reading) -> None:
    other = make_reading(people, slug="other")
    before = dict(PageVersion.objects.values_list("reading", "page"))
    say(reading, people.dan, block="p2", quote="")
    after = dict(PageVersion.objects.values_list("reading", "page"))
    assert after[reading.pk] != before[reading.pk]
    assert after[other.pk] == before[other.pk]
    assert list(BlockVersion.objects.values_list("reading", "block_key")) == [(reading.pk, "p2")]


def test_name_and_role_raise_the_version_of_the_seminars_people(people: People) -> None:
    def version() -> int:
        return PeopleVersion.objects.get(seminar=people.seminar).version

    seen = {version()}
    people.carol.user.name = "Caroline"
    people.carol.user.save()
    seen.add(version())
    Membership.objects.filter(pk=people.dan.pk).update(role="guest")
    seen.add(version())
    people.monday.name = "Tuesday"
    people.monday.save()
    seen.add(version())
    assert len(seen) == 4
    # When they last signed in is nobody's business.
    people.carol.user.last_login = timezone.now()
    people.carol.user.save(update_fields=["last_login"])
    assert version() in seen


def test_reading_that_is_gone_leaves_no_versions(people: People) -> None:
    reading = make_reading(people, slug="short")
    say(reading, people.dan)
    key = reading.pk
    reading.threads.all().delete()
    reading.delete()
    assert not PageVersion.objects.filter(reading=key).exists()
    assert not BlockVersion.objects.exists()


@pytest.mark.parametrize("who", ["alice", "bob", "carol", "dan", "grace"])
@pytest.mark.parametrize("days", [None, -1, 1])
@pytest.mark.parametrize("guests", [True, False])
def test_one_query_lets_in_whom_the_rule_lets_in(
    people: People, reading: Reading, who: str, days: int | None, guests: bool
) -> None:
    opens = timezone.now() + timedelta(days=days) if days else None
    Reading.objects.filter(pk=reading.pk).update(opens_at=opens, open_to_guests=guests)
    member = getattr(people, who)
    found = find_standing(member.user_id, people.seminar.slug, reading.slug)
    allowed = Reading.objects.visible_to(member).filter(pk=reading.pk).exists()
    assert (found is not None) == allowed
    if found:
        assert found.membership == member
        assert found.membership.role == member.role
        assert found.membership.group == member.group
        assert found.reading == reading
        assert found.reading.opens_at == opens
        assert found.visit is None


def test_one_query_finds_nothing_for_strangers_and_who_is_removed(
    people: People, reading: Reading
) -> None:
    assert find_standing(people.mallory.pk, people.seminar.slug, reading.slug) is None
    Membership.objects.filter(pk=people.carol.pk).update(removed_at=timezone.now())
    assert find_standing(people.carol.user_id, people.seminar.slug, reading.slug) is None
