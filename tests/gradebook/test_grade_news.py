"""Who takes part is told that marks are released: at the bell, in the news and by mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from discussions.notifications import kept_news_count, write_news_mails
from discussions.notifications.feed import count_news
from gradebook.actions import hold_back_grades, take_back_mark
from seminars.models import Membership
from tests.forms import forms_of
from tests.gradebook.base import OWN, PAGE, Kept, add_column, ago, book_of, column_of, release
from tests.gradebook.test_grade_detail import given
from tests.queries import PageQueries
from tests.seminars.helpers import words

NEWS = "/news/"
TOLD = "Marks are released to you in Two views"


def bell(kept: Kept, key: str) -> int:
    user_id = getattr(kept.people, key).user_id
    count = kept_news_count(user_id)
    assert count == count_news(user_id)
    return count


def follow(kept: Kept) -> str:
    """Follow the newest row of Carol's marks, and return where it leads."""
    client = kept.people.client("carol")
    page = client.get(f"{NEWS}?show=marks").content
    forms = forms_of(page, NEWS, "")
    row = next(one for one in forms if one.action == "/news/receipts/")
    return client.post(row.action, row.as_it_stands).headers["Location"]


@pytest.fixture
def read(kept: Kept) -> Kept:
    """All have put aside what was new before."""
    for key in ("alice", "bob", "carol", "dan", "grace"):
        kept.people.client(key).post("/news/reads/", {"client_key": key.zfill(32)})
    return kept


def test_released_together_it_is_told_once_and_says_no_figure(read: Kept) -> None:
    before = {key: bell(read, key) for key in ("alice", "bob", "carol", "dan", "grace")}
    release(read)
    for key, count in before.items():
        is_told = key in {"carol", "dan"}
        assert bell(read, key) == count + is_told
        page = words(read.people.client(key).get(NEWS))
        assert page.count(TOLD) == is_told
    client = read.people.client("carol")
    assert follow(read) == OWN
    assert "7.5" not in words(client.get(NEWS)).partition(TOLD)[2][:80]


def test_held_back_it_is_told_no_more(read: Kept) -> None:
    before = bell(read, "carol")
    release(read)
    hold_back_grades(columns=book_of(read).columns, by=read.people.alice)
    assert bell(read, "carol") == before
    assert TOLD not in words(read.people.client("carol").get(NEWS))


def test_it_goes_out_by_mail(read: Kept) -> None:
    release(read)
    write_news_mails(timezone.now() + timedelta(minutes=10))
    for key, many in (("carol", 1), ("dan", 1), ("alice", 0), ("grace", 0)):
        address = getattr(read.people, key).user.email
        told = [one for one in mail.outbox if one.to == [address] and TOLD in one.body]
        assert len(told) == many, key


def test_who_joins_after_a_release_is_not_told_of_it(read: Kept) -> None:
    release(read, "alpha")
    Membership.objects.filter(pk=read.people.dan.pk).update(joined_at=timezone.now())
    assert TOLD not in words(read.people.client("dan").get(NEWS))
    assert TOLD in words(read.people.client("carol").get(NEWS))
    release(read, "beta")
    assert words(read.people.client("dan").get(NEWS)).count(TOLD) == 1


# --- Changed once it is released ------------------------------------------------------------------
def seen(kept: Kept, key: str = "carol") -> None:
    """They have put aside what is new by now."""
    number = f"{Membership.objects.count()}{bell(kept, key)}{timezone.now():%H%M%S%f}"
    kept.people.client(key).post("/news/reads/", {"client_key": number.zfill(32)})
    assert bell(kept, key) == 0


def marks_of(kept: Kept, key: str = "carol") -> str:
    return words(kept.people.client(key).get(f"{NEWS}?show=marks"))


CHANGED = "Your mark for a checkpoint in On margins was changed"


def test_a_mark_changed_by_hand_after_its_release_is_told(read: Kept) -> None:
    carol = read.people.carol
    given(read, carol, "beta", "3")  # before: it is told with the release
    release(read, "beta")
    seen(read)
    others = {key: bell(read, key) for key in ("alice", "bob", "dan", "grace")}
    given(read, carol, "beta", "2", reason="Miscounted.")
    assert bell(read, "carol") == 1
    assert marks_of(read).count(CHANGED) == 1
    assert "Miscounted." not in marks_of(read)
    assert follow(read) == f"{OWN}#figure-{column_of(read, 'beta').key}"
    assert bell(read, "carol") == 0
    given(read, carol, "beta", "1")
    assert bell(read, "carol") == 1  # it is told once more
    assert {key: bell(read, key) for key in others} == others
    seen(read)
    take_back_mark(column=column_of(read, "beta"), membership=carol, by=read.people.alice)
    assert bell(read, "carol") == 1
    assert marks_of(read).count(CHANGED) == 1


def test_what_is_not_released_or_held_back_is_not_told(read: Kept) -> None:
    carol = read.people.carol
    given(read, carol, "beta", "3")
    assert "Your mark" not in marks_of(read)
    release(read, "beta")
    seen(read)
    given(read, carol, "beta", "2")
    hold_back_grades(columns=book_of(read).columns, by=read.people.alice)
    assert bell(read, "carol") == 0
    assert "Your mark" not in marks_of(read)
    release(read, "beta")  # told with the release, and not twice
    assert bell(read, "carol") == 1
    assert "Your mark" not in marks_of(read)


def test_each_is_told_as_what_it_is(read: Kept) -> None:
    add_column(read, "Talk")
    release(read)
    seen(read)
    given(read, read.people.carol, "Talk", "8", reason="")
    assert "You have a mark for Talk" in marks_of(read)
    given(read, read.people.carol, "Talk", "9", reason="")
    assert "Your mark for Talk was changed" in marks_of(read)
    given(read, read.people.carol, "open", None, reason="", comment="Well said.")
    assert "Your mark for an open answer in On margins has a comment" in marks_of(read)
    assert bell(read, "carol") == 2
    answer = read.people.client("alice").post(
        f"{PAGE}marks/", {"text": "Email,Talk\ndan@example.org,7\n"}
    )
    digest = answer.context["plan"].digest
    seen(read, "dan")
    sent = {"text": "Email,Talk\ndan@example.org,7\n", "confirmed": digest}
    read.people.client("alice").post(f"{PAGE}marks/", sent)
    assert bell(read, "dan") == 1
    assert "You have a mark for Talk" in marks_of(read, "dan")


def test_a_changed_mark_goes_out_by_mail(read: Kept) -> None:
    release(read, "beta")
    seen(read)
    given(read, read.people.carol, "beta", "2")
    write_news_mails(timezone.now() + timedelta(minutes=10))
    told = [one for one in mail.outbox if CHANGED in one.body]
    assert [one.to for one in told] == [[read.people.carol.user.email]]


def test_of_a_reading_or_column_that_is_gone_nothing_is_told(read: Kept) -> None:
    talk = add_column(read, "Talk")
    release(read)
    seen(read)
    given(read, read.people.carol, "beta", "2")
    given(read, read.people.carol, "Talk", "2")
    assert count_news(read.people.carol.user_id) == 2
    read.readings[1].removed_at = ago(hours=1)
    read.readings[1].removed_by = read.people.alice
    read.readings[1].save(update_fields=["removed_at", "removed_by"])
    assert talk.row is not None
    talk.row.removed_at = ago(hours=1)
    talk.row.save(update_fields=["removed_at"])
    assert count_news(read.people.carol.user_id) == 0
    assert "Your mark" not in marks_of(read)


def test_queries_do_not_grow(read: Kept) -> None:
    release(read)
    counts = []
    for name in ("alpha", "beta", "open"):
        given(read, read.people.carol, name, "1")
        with PageQueries() as queries:
            marks_of(read)
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts
