"""What a proof does in its scratch place: `python -m hosting.backups.scratch BACKUP`.

It restores, compares, brings an older schema forward, and signs in as a person of the backup with
a password of its own making; all of it is thrown away afterwards. It prints what it found.
"""

import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from accounts.models import User  # noqa: E402
from hosting.backups.errors import BackupRefused  # noqa: E402
from hosting.backups.folders import hash_of  # noqa: E402
from hosting.backups.manifest import Manifest, StoredFile, TableContents  # noqa: E402
from hosting.backups.proof import MARK  # noqa: E402
from hosting.backups.restore import is_older, restore_backup  # noqa: E402
from hosting.backups.snapshots import SQLITE  # noqa: E402
from hosting.backups.tables import postgresql_tables, sqlite_tables  # noqa: E402
from readings.models import Reading  # noqa: E402
from seminars.models import Membership  # noqa: E402
from seminars.permissions import INSTRUCTING_ROLES  # noqa: E402


def prove(source: Path) -> dict[str, Any]:
    """Do all of it. Raises BackupRefused with the first thing that is not right."""
    manifest = restore_backup(source)
    compare(manifest)
    if is_older(manifest):
        call_command("migrate", verbosity=0)
    return {
        "tables": len(manifest.tables),
        "files": len(manifest.media),
        "pages": open_pages(),
    }


# --- Compared ------------------------------------------------------------------------------------
def compare(manifest: Manifest) -> None:
    found = tables_now()
    for name in sorted({*found, *manifest.tables}):
        _same(f"The table {name}", manifest.tables.get(name), found.get(name))
    media = media_now()
    for name in sorted({*media, *manifest.media}):
        _same(f"The file {name}", manifest.media.get(name), media.get(name))


def _same(what: str, expected: object, found: object) -> None:
    if expected != found:
        raise BackupRefused(f"{what} is not as it was: expected {expected}, found {found}.")


def tables_now() -> dict[str, TableContents]:
    if connection.vendor == SQLITE:
        return sqlite_tables(Path(connection.settings_dict["NAME"]))
    with transaction.atomic(), connection.cursor() as cursor:
        return postgresql_tables(cursor)


def media_now() -> dict[str, StoredFile]:
    media = Path(settings.MEDIA_ROOT)
    return {
        path.relative_to(media).as_posix(): StoredFile(path.stat().st_size, hash_of(path))
        for path in media.rglob("*")
        if path.is_file()
    }


# --- Signed in to --------------------------------------------------------------------------------
def open_pages() -> list[str]:
    """Sign in and open the home page, and a reading where there is one. Raises BackupRefused."""
    member = _somebody()
    user = member.user if member else User.objects.filter(is_active=True).first()
    if user is None:
        return []
    host = settings.ALLOWED_HOSTS[0].lstrip(".")
    client = Client(headers={"host": host}, raise_request_exception=False)
    _sign_in(client, user)
    addresses = [reverse("home")]
    if member is not None:
        of_theirs = Reading.objects.filter(seminar=member.seminar, removed_at=None)
        for reading in of_theirs.select_related("seminar").order_by("pk")[:1]:
            slugs = [reading.seminar.slug, reading.slug]
            addresses.append(reverse("reading_detail", args=slugs))
    for address in addresses:
        status = client.get(address, secure=True).status_code
        if status != 200:
            raise BackupRefused(f"Signed in to the restored backup, {address} answers {status}.")
    return addresses


def _somebody() -> Membership | None:
    """Whoever instructs a seminar that reads something, else whoever is a member of one."""
    members = Membership.objects.filter(removed_at=None, user__is_active=True)
    instructors = members.filter(role__in=INSTRUCTING_ROLES, seminar__readings__isnull=False)
    found: Membership | None = instructors.order_by("pk").first() or members.order_by("pk").first()
    return found


def _sign_in(client: Client, user: User) -> None:
    """By the form and a password, as everybody does; nobody's second factor is at hand here."""
    password = secrets.token_urlsafe(24)
    user.set_password(password)
    user.save(update_fields=["password"])
    if apps.is_installed("allauth.mfa"):
        authenticators: Any = apps.get_app_config("mfa").get_model("Authenticator")
        authenticators.objects.filter(user=user).delete()
    form = {"login": user.email, "password": password}
    answer = client.post(reverse("account_login"), form, secure=True)
    if answer.status_code != 302 or "_auth_user_id" not in client.session:
        raise BackupRefused(
            f"Nobody can sign in to the restored backup: it answers {answer.status_code}."
        )


def main(source: Path) -> None:
    if not (settings.VAR_DIR / MARK).exists():
        sys.exit("This is no scratch place: use manage.py backup --prove.")
    # Pages name their styles by a list that collectstatic has made, which is in no backup.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    try:
        found = prove(source)
    except BackupRefused as refused:
        found = {"refused": str(refused)}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
