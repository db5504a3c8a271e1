"""Taking back that a seminar is to be deleted."""

from typing import Any

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from discussions.models import Thread
from lifecycle.deletion_actions import ask_deletion, take_back_deletion
from lifecycle.deletion_mail import make_deletion_mail, make_kept_mail
from readings.models import Reading
from seminars.models import Seminar, SeminarDeletion
from tests.base import People
from tests.discussions.base import say
from tests.forms import form_on
from tests.lifecycle.deletions import SEMINAR, UNDO, WHOLE, ask


def test_it_is_taken_back_and_all_is_there(
    people: People, reading: Reading, django_capture_on_commit_callbacks: Any
) -> None:
    say(reading, people.carol, "Words that stay.")
    client = people.client("alice")
    ask(client)
    mail.outbox.clear()
    form = form_on(client, WHOLE, UNDO)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(UNDO, form.as_it_stands).headers["Location"] == WHOLE
    assert client.post(UNDO).status_code == 302  # sent twice
    assert SeminarDeletion.objects.standing().count() == 0
    assert Seminar.objects.get().deleted_from is None
    assert people.client("carol").get(SEMINAR).status_code == 200
    assert Thread.objects.count() == 1
    assert len(mail.outbox) == 4
    assert "will not be deleted" in mail.outbox[0].subject


def test_a_mail_that_was_not_sent_before_it_was_taken_back_is_not_sent(people: People) -> None:
    user = people.alice.user
    ask_deletion(seminar=people.seminar, by=user)
    assert make_kept_mail(people.carol.pk) is None
    take_back_deletion(seminar=people.seminar, by=user)
    assert make_deletion_mail(people.carol.pk) is None


def test_one_that_is_to_be_deleted_is_not_archived(people: People) -> None:
    client = people.client("alice")
    ask(client)
    assert client.post(reverse("seminar_archive", args=["seminar"])).status_code == 403
    Seminar.objects.update(archived_at=timezone.now())
    assert client.post(UNDO).status_code == 302
    assert Seminar.objects.get().archived_at is not None  # as it was before
