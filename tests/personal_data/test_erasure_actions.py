"""Erasing a person: what others keep, who takes over, and when it is done."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.mail import queue_mail
from accounts.models import QueuedMail, User
from discussions.common.counters import wrong_counts
from discussions.models import Comment, CommentState, Thread, member_label
from personal_data.background import erase_whose_time_is_over
from personal_data.erasure_actions import ask_erasure, erase_person, take_back_erasure
from personal_data.models import Erasure
from personal_data.waiting_erasure import seminars_to_hand_over
from quizzes.models import Attempt
from readings.models import Essay
from seminars.models import Membership, Seminar
from seminars.rosters.actions import keep_roster
from tests.base import PASSWORD, People, make_people, make_reading, sign_in
from tests.discussions.base import say
from tests.personal_data.person import ADDRESS, WORD, World, make_zora_world
from tests.seeds import Seed, fixture_of

seed_world = fixture_of(Seed(make_zora_world))
LINK = "https://x.test/"


@pytest.fixture
def world(seed_make_zora_world: World) -> World:
    # Another instructor takes over, where she instructs.
    return seed_make_zora_world


def erased(world: World, words: str) -> User:
    erase_person(user=world.zora, words=words)
    return User.objects.get(pk=world.zora.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["stay", "go"])
def test_others_keep_their_words_and_the_numbers_are_right(world: World, words: str) -> None:
    theirs = Comment.objects.exclude(author__user=world.zora)
    before = set(theirs.values_list("pk", "state"))
    erased(world, words)
    assert set(theirs.values_list("pk", "state")) == before
    assert Comment.objects.get(pk=world.replied.pk).body == "So I think."
    assert wrong_counts() == []
    dan = Membership.objects.get(pk=world.people.dan.pk)
    assert dan.personal_mutes == 0


@pytest.mark.django_db
def test_words_that_stay_are_those_of_a_former_member(world: World) -> None:
    erased(world, "stay")
    comment = world.replied.thread.comments.get(seq=1)
    author = Membership.objects.get(pk=comment.author_id)
    assert member_label(author, world.people.carol).name == "A former member"
    assert WORD in comment.body
    assert comment.state == CommentState.PUBLISHED
    page = sign_in(world.people.carol.user).get(comment.thread.get_absolute_url())
    assert "A former member" in page.content.decode()
    assert Attempt.objects.filter(membership=world.member).exists()


@pytest.mark.django_db
def test_a_place_stays_where_others_replied_and_goes_where_nobody_did(world: World) -> None:
    hers = Thread.objects.filter(author=world.member)
    alone = hers.get(passage__block_key="p2", passage__quote="a conversation", kind="comment")
    erased(world, "go")
    alone.refresh_from_db()
    assert alone.withdrawn_at is not None
    thread = Thread.objects.get(pk=world.replied.thread_id)
    assert thread.withdrawn_at is None
    assert thread.comment_count == 1
    page = sign_in(world.people.dan.user).get(thread.get_absolute_url()).content.decode()
    assert "So I think." in page
    assert "withdrawn" in page.lower()
    assert not Attempt.objects.filter(membership=world.member).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["stay", "go"])
def test_private_notes_and_highlights_go_in_any_case(world: World, words: str) -> None:
    hers = Thread.objects.filter(author=world.member)
    assert hers.filter(audience="me").exists()
    assert hers.filter(last_seq=0, kind="comment", held_at=None).exists()
    erased(world, words)
    assert not hers.filter(audience="me").exists()
    assert not hers.filter(last_seq=0, kind="comment", held_at=None).exists()


@pytest.mark.django_db
def test_a_mention_is_of_a_former_member_and_the_other_is_still_spoken_to(world: World) -> None:
    erased(world, "stay")
    spoken = Comment.objects.filter(author=world.people.carol, body__contains="what of that")
    assert len(spoken) == 2
    for comment in spoken:
        assert comment.body == "A former member and @Dan, what of that?"
        assert '<bdi class="mention">@Dan</bdi>' in comment.html
        assert [one.member for one in comment.mentions.all()] == [world.people.dan]


@pytest.mark.django_db
def test_a_namesake_keeps_the_name() -> None:
    people = make_people()
    reading = make_reading(people)
    User.objects.filter(pk=people.dan.user_id).update(name="Carol")
    thread = say(reading, people.alice, "@Carol, what of this?")
    erase_person(user=people.carol.user, words="stay")
    assert "@Carol" in thread.comments.get().body


@pytest.mark.django_db
def test_an_essay_that_is_read_goes_to_who_instructs_there(
    world: World, django_capture_on_commit_callbacks: object
) -> None:
    read = Essay.objects.get(title="Of walls")
    unread = Essay.objects.get(title__startswith="Alone")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        erased(world, "stay")
    read.refresh_from_db()
    assert read.created_by == world.others.alice.user
    assert not Essay.objects.filter(pk=unread.pk).exists()
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    source = read.revisions.get().source
    assert [path.name for path in files] == [Path(source.path).name]
    assert Path(source.path).read_bytes().startswith(b"# Of walls")


@pytest.mark.django_db
def test_nobody_can_sign_in_and_the_row_says_nothing(world: World) -> None:
    browser = sign_in(world.zora)
    row = erased(world, "stay")
    assert browser.get("/").status_code == 302
    assert (row.name, row.is_active, row.is_host, row.time_zone) == ("", False, False, "")
    assert not row.has_usable_password()
    sent = {"login": ADDRESS, "password": PASSWORD}
    assert Client().post("/accounts/login/", sent).status_code == 422
    assert not Membership.objects.current().filter(user=row).exists()
    erase_person(user=row, words="go")  # twice is as once
    assert WORD in Comment.objects.get(pk=world.replied.thread.comments.get(seq=1).pk).body


@pytest.mark.django_db
def test_an_only_instructor_hands_over_first(world: World) -> None:
    alice = world.people.alice.user
    assert seminars_to_hand_over(alice) == [world.people.seminar]
    with pytest.raises(ValidationError, match="Two views has no other instructor"):
        ask_erasure(user=alice, words="stay", link=LINK)
    with pytest.raises(ValidationError):
        erase_person(user=alice, words="stay")
    assert User.objects.get(pk=alice.pk).erased_at is None


@pytest.mark.django_db
def test_it_waits_a_week_and_can_be_taken_back(world: World) -> None:
    browser = sign_in(world.zora)
    erasure = ask_erasure(user=world.zora, words="go", link=LINK)
    assert erasure.due_at - erasure.asked_at == timedelta(days=7)
    assert browser.get("/").status_code == 302  # signed out everywhere
    assert [one.to for one in mail.outbox if LINK in str(one.body)] == [[ADDRESS.title().lower()]]
    again = ask_erasure(user=world.zora, words="stay", link=LINK)
    assert (again.pk, again.words) == (erasure.pk, "go")
    assert erase_whose_time_is_over() == 0
    assert take_back_erasure(user=world.zora)
    assert not take_back_erasure(user=world.zora)
    Erasure.objects.all().update(due_at=timezone.now())
    assert erase_whose_time_is_over() == 0
    assert User.objects.get(pk=world.zora.pk).erased_at is None


@pytest.mark.django_db
def test_the_worker_erases_whose_time_is_over(world: World) -> None:
    ask_erasure(user=world.zora, words="go", link=LINK)
    Erasure.objects.update(due_at=timezone.now())
    assert erase_whose_time_is_over() == 1
    assert erase_whose_time_is_over() == 0
    erasure = Erasure.objects.get()
    assert erasure.done_at is not None
    assert not take_back_erasure(user=world.zora)


@pytest.mark.django_db
def test_who_instructs_alone_by_then_waits_on(world: World) -> None:
    ask_erasure(user=world.zora, words="go", link=LINK)
    Erasure.objects.update(due_at=timezone.now())
    Membership.objects.filter(pk=world.others.alice.pk).update(role="participant")
    assert erase_whose_time_is_over() == 0
    assert User.objects.get(pk=world.zora.pk).erased_at is None
    Membership.objects.filter(pk=world.others.alice.pk).update(role="instructor")
    assert erase_whose_time_is_over() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["archived_at", "deleted_from"])
@pytest.mark.parametrize("words", ["stay", "go"])
def test_a_member_of_a_seminar_that_is_read_alone_is_erased(
    world: World, words: str, column: str
) -> None:
    Seminar.objects.filter(pk=world.people.seminar.pk).update(**{column: timezone.now()})
    assert erased(world, words).erased_at is not None
    assert not Membership.objects.current().filter(user=world.zora).exists()


@pytest.mark.django_db
def test_who_cannot_be_erased_keeps_nobody_waiting(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder lies where the disk should have the file that is called by her name."""
    read = Essay.objects.get(title="Of walls").revisions.get()
    assert "Qxname" in read.source_name
    place = Path(read.source.path)
    place.unlink()
    place.mkdir()
    for user in (world.zora, world.people.dan.user):
        ask_erasure(user=user, words="stay", link=LINK)
    Erasure.objects.update(due_at=timezone.now())
    assert erase_whose_time_is_over() == 1
    assert User.objects.get(pk=world.people.dan.user_id).erased_at is not None
    assert User.objects.get(pk=world.zora.pk).erased_at is None
    assert f"Account {world.zora.pk}" in caplog.text
    assert "Qxname" not in caplog.text
    place.rmdir()  # and now there is none: that keeps nobody here
    assert erase_whose_time_is_over() == 1


@pytest.mark.django_db
def test_a_longer_address_and_other_words_are_not_theirs(people: People) -> None:
    """“ann@x.org” stands in “joann@x.org”, and the name Will is a word."""
    will = User.objects.create_user("ann@x.org", PASSWORD, name="Will")
    line = "Joann,joann@x.org,Monday\n"
    roster = keep_roster(text=f"{line}Ann,ann@x.org,Monday\n", source_name="", by=people.alice)
    for to in ("joann@x.org", "ann@x.org.uk", "ann@x.org"):
        message = EmailMessage(subject="Hello", body="The mail will be read.", to=[to])
        queue_mail(message, run_after=timezone.now() + timedelta(hours=1))
    erase_person(user=will, words="stay")
    roster.refresh_from_db()
    assert roster.text == line
    waiting = [mail.message for mail in QueuedMail.objects.order_by("pk")]
    assert [one["to"] for one in waiting] == [["joann@x.org"], ["ann@x.org.uk"]]
    assert {one["body"] for one in waiting} == {"The mail will be read."}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="looks into SQLite's own file")
def test_nothing_of_them_is_left_in_the_file() -> None:
    """Not in pages that are free, either, nor in the log of what was written."""
    world = make_zora_world()
    name = settings.DATABASES["default"]["NAME"]

    def held() -> bytes:
        files = [Path(f"{name}{ending}") for ending in ("", "-wal")]
        return b"".join(path.read_bytes() for path in files if path.exists()).lower()

    assert b"qxname" in held()
    erase_person(user=world.zora, words="go")
    assert b"qxname" not in held()
    assert b"qxaddress" not in held()
    assert WORD.encode() not in held()
