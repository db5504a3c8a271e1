"""Rows about a person that nobody else needs: what they have read, chosen, muted, practised."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from accounts.models import AnsweredForm, SignedInSession, User
from discussions.models import (
    MailChoice,
    Mention,
    NewsMail,
    NewsRead,
    NewsReceipt,
    Reaction,
    ThreadRead,
    ThreadSubscription,
)
from gradebook.models import GivenMark
from overview.models import ScoreOverride
from personal_data.erased_person import ErasedPerson
from quizzes.models import Accommodation, Attempt, PracticeCard, PublishedAnswer
from readings.models import Extension, Fragment, GatePassing, Visit
from seminars.models import AnnouncementReceipt, Membership, PersonalMute

# Each with the column that says whose they are, by membership.
ALWAYS: tuple[tuple[type[models.Model], str], ...] = (
    (Visit, "membership"),
    (ThreadRead, "membership"),
    (ThreadSubscription, "membership"),
    (NewsRead, "membership"),
    (NewsReceipt, "membership"),
    (AnnouncementReceipt, "membership"),
    (GatePassing, "membership"),
    (PracticeCard, "membership"),
    (Accommodation, "membership"),  # its reason may tell of an illness
    (Extension, "membership"),  # and so may its note
    (Reaction, "member"),
    (Mention, "member"),
    (PersonalMute, "membership"),
    (PersonalMute, "muted"),
)
OF_ACCOUNT: tuple[tuple[type[models.Model], str], ...] = (
    (MailChoice, "user"),
    (NewsMail, "user"),
    (AnsweredForm, "user"),
    (SignedInSession, "user"),
)
# Where all goes: what they answered, with the marks and remarks of others about that.
WITH_WORDS: tuple[tuple[type[models.Model], str], ...] = (
    (PublishedAnswer, "membership"),
    (Attempt, "membership"),
    (GivenMark, "membership"),
    (ScoreOverride, "membership"),
)


def erase_rows(person: ErasedPerson) -> None:
    """Delete them, and what of pages was kept in the seminars where they are named."""
    muting = PersonalMute.objects.filter(muted__in=person.members)
    listeners = list(muting.values_list("membership", flat=True))
    for model, column in (*ALWAYS, *(WITH_WORDS if person.all_goes else ())):
        model._base_manager.filter(**{f"{column}__in": person.members}).delete()
    _count_mutes_of(listeners)
    for model, column in (*OF_ACCOUNT, *rows_of_other_apps()):
        model._base_manager.filter(**{column: person.user}).delete()
    Fragment.objects.filter(reading__seminar__in=person.seminars).delete()


def rows_of_other_apps() -> Iterator[tuple[type[models.Model], str]]:
    """Yield what apps that are not ours keep of an account: addresses, second factors, sessions."""
    for model in apps.get_models():
        if not model.__module__.startswith("allauth."):
            continue
        for field in model._meta.concrete_fields:
            if field.related_model is User:
                yield model, field.name


def _count_mutes_of(members: list[int]) -> None:
    """Keep how many each has muted for themselves, as seminars.personal_mutes does."""
    for member in Membership.objects.filter(pk__in=members):
        member.personal_mutes = PersonalMute.objects.filter(membership=member).count()
        member.save(update_fields=["personal_mutes"])
