"""Which reading a command means, and who acts."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from readings.models import Reading
from seminars.models import Membership
from seminars.permissions import INSTRUCTING_ROLES


def add_reading_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--seminar", metavar="SLUG", required=True, help="the seminar")
    parser.add_argument("--reading", metavar="SLUG", required=True, help="the reading in it")


def reading_named(seminar: str, slug: str) -> Reading:
    found = Reading.objects.filter(seminar__slug=seminar, slug=slug)
    reading = found.select_related("seminar", "essay", "revision").first()
    if reading is None:
        raise CommandError(f"There is no reading “{slug}” in a seminar “{seminar}”.")
    return reading


def instructor_of(reading: Reading, email: str | None) -> Membership:
    members = reading.seminar.memberships.current().select_related("user", "seminar")
    instructors = members.with_role(*INSTRUCTING_ROLES)
    if email:
        instructors = instructors.filter(user__email__iexact=email)
    found = instructors.order_by("pk").first()
    if found is None:
        who = f"{email} is not" if email else "Nobody is"
        raise CommandError(f"{who} an instructor of “{reading.seminar.name}”.")
    return found
