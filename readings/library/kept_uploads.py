"""Files that could not be imported, kept for another try: the last one of each person.

One file for each person and no more, so that refused uploads do not pile up.
"""

from pathlib import PurePath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.text import get_valid_filename

from accounts.models import User

MAX_BYTES = 80  # a disk counts bytes: a letter may be four; the column of the path takes 100


def short_name(filename: str) -> str:
    """Return the end of a file's name, which tells it apart and says what it is; or `essay`."""
    end = PurePath(filename).name.encode(errors="ignore")[-MAX_BYTES:].decode(errors="ignore")
    return end if end.strip(". ") else "essay"


def name_on_disk(filename: str) -> str:
    """The same in characters that every storage takes."""
    try:
        return get_valid_filename(short_name(filename))
    except SuspiciousFileOperation:
        return "essay"


def _folder(user: User) -> str:
    return f"kept/{user.pk}"


def keep(*, data: bytes, filename: str, user: User) -> None:
    """Keep this file in place of the one before."""
    forget(user=user)
    default_storage.save(f"{_folder(user)}/{short_name(filename)}", ContentFile(data))


def name_of(*, user: User) -> str:
    """Return the name of the file that is kept for `user`, or an empty string."""
    try:
        _, files = default_storage.listdir(_folder(user))
    except FileNotFoundError:
        return ""
    return files[0] if files else ""


def read(*, user: User) -> bytes:
    with default_storage.open(f"{_folder(user)}/{name_of(user=user)}") as file:
        data: bytes = file.read()
    return data


def forget(*, user: User) -> None:
    name = name_of(user=user)
    if name:
        default_storage.delete(f"{_folder(user)}/{name}")
