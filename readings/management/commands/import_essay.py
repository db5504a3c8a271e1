"""Import an essay, and put it before a seminar: what the upload page does, from a shell."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug
from django.db import transaction

from accounts.models import User
from documents import ImportRefused, Metadata
from readings.drafts import actions as library
from readings.essays import essay_fields, translated, translated_refusal
from readings.guides import AppliedGuide, GuideRefused
from readings.management.progress_bar import told_on
from readings.models import Reading, Revision
from readings.setup import MAX_SLUG, AlreadyRead, actions
from seminars.models import Membership, Seminar
from seminars.permissions import INSTRUCTING_ROLES


class Command(BaseCommand):
    help = (
        "Import FILE into the library and publish it; with --seminar, put it before that seminar."
        " Nothing is changed if any step fails."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the essay: Markdown or plain text")
        parser.add_argument("--seminar", metavar="SLUG", help="put it before this seminar")
        parser.add_argument("--guide", type=Path, metavar="FILE", help="add this guide to it")
        parser.add_argument("--reading", metavar="SLUG", default="", help="its address there")
        parser.add_argument(
            "--by",
            metavar="EMAIL",
            help="who imports it (else the seminar's first instructor, or the first host)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        seminar = _seminar(options["seminar"])
        if seminar is None and (options["guide"] or options["reading"]):
            raise CommandError("--guide and --reading need --seminar: name the seminar.")
        member = _member(seminar, options["by"]) if seminar else None
        user = member.user if member else _user(options["by"])
        guide = _text(options["guide"]) if options["guide"] else ""
        data = _bytes(options["file"])
        revision: Revision | None = None
        try:
            with transaction.atomic():
                revision = self._import(data, options["file"].name, user)
                if member:
                    self._read(revision, member, _slug(seminar, options["reading"]), guide)
        except BaseException as error:
            if revision and not Revision.objects.filter(pk=revision.pk).exists():
                # The rows are gone with the transaction; the file is no part of it.
                revision.source.storage.delete(str(revision.source.name))
            raise _plainly(error, options) from error

    def _import(self, data: bytes, filename: str, user: User) -> Revision:
        self.stdout.write(f"Reading {filename} …")
        draft = library.import_now(
            data=data, filename=filename, by=user, on_progress=told_on(self.stderr)
        )
        document = draft.document
        self.stdout.write(
            f"  {len(document['blocks'])} blocks, {len(document['notes'])} notes,"
            f" {len(document['repairs'])} repairs"
        )
        for warning in document["warnings"]:
            self.stdout.write(f"  Please look: {translated(warning['message'])}")
        metadata = essay_fields(Metadata.from_json(document["metadata"]))
        # Who imports from a shell is not asked; what cannot be told is taken for English.
        metadata["language"] = metadata["language"] or "en"
        revision = library.publish(draft=draft, metadata=metadata, by=user)
        self.stdout.write(f"“{metadata['title']}” is in the library.")
        return revision

    def _read(self, revision: Revision, member: Membership, slug: str, guide: str) -> None:
        new = actions.create_reading(essay=revision.essay, by=member, slug=slug, guide=guide)
        address = new.reading.get_absolute_url()
        self.stdout.write(f"“{member.seminar.name}” reads it at {address}")
        if new.guide:
            self._tell(new.guide)

    def _tell(self, guide: AppliedGuide) -> None:
        self.stdout.write(f"Added “{guide.title}” to it: {len(guide.placed)} parts")
        for one in guide.unplaced:
            self.stdout.write(f"  No place: line {one.line}, {one.heading}: {one.reason}")
        for one in guide.waiting:
            self.stdout.write(f"  Line {one.line}, {one.heading}: {one.reason}")


def _plainly(error: BaseException, options: dict[str, Any]) -> BaseException:
    """The error as a person can use it: with the file, and the line where there is one."""
    if isinstance(error, ImportRefused):
        return CommandError(f"{options['file']}: {translated_refusal(error)}")
    if isinstance(error, GuideRefused):
        return CommandError(f"{options['guide']}:\n{error}")
    if isinstance(error, AlreadyRead | PermissionDenied):
        return CommandError(str(error))
    return error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.") from error


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode()
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: a guide is text in UTF-8, and this is not.") from error


def _seminar(slug: str | None) -> Seminar | None:
    if not slug:
        return None
    found = Seminar.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no seminar “{slug}”.")
    return found


def _slug(seminar: Seminar | None, slug: str) -> str:
    if not slug:
        return ""
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise CommandError(f"“{slug}” is no address: letters, digits and hyphens.") from error
    if len(slug) > MAX_SLUG:
        raise CommandError(f"An address has at most {MAX_SLUG} characters.")
    if Reading.including_general.filter(seminar=seminar, slug=slug).exists():
        raise CommandError(f"The seminar has a reading “{slug}” already.")
    return slug


def _member(seminar: Seminar, email: str | None) -> Membership:
    members = seminar.memberships.current().select_related("user", "seminar")
    instructors = members.with_role(*INSTRUCTING_ROLES)
    if email:
        instructors = instructors.filter(user__email__iexact=email)
    found = instructors.order_by("pk").first()
    if found is None:
        who = f"{email} is not" if email else "Nobody is"
        raise CommandError(f"{who} an instructor of “{seminar.name}”.")
    return found


def _user(email: str | None) -> User:
    people = (
        User.objects.filter(email__iexact=email) if email else User.objects.filter(is_host=True)
    )
    found = people.filter(is_active=True).order_by("pk").first()
    if found is None:
        raise CommandError(
            f"There is no account of {email}." if email else "Name who imports it: --by EMAIL."
        )
    return found
