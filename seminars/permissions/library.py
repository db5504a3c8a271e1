"""Who may use and change what stands in the library: a person, as there is no seminar yet."""

from typing import Any

from seminars.ruled_objects import EssayLike, PersonLike, RevisionLike


def can_use_library(person: PersonLike, *, instructs: bool) -> bool:
    """Import essays and start seminars: the host's staff, and whoever instructs somewhere."""
    return person.is_active and (person.is_host or instructs)


def can_host(person: PersonLike) -> bool:
    """See how the site stands: whoever hosts it."""
    return person.is_active and person.is_host


def can_delete_any_seminar(person: PersonLike) -> bool:
    """Have a seminar deleted, and take that back, without being in it: the host."""
    return can_host(person)


def can_change_essay(person: Any, essay: EssayLike) -> bool:
    """Its text, title, authors and the rest: its owner, and with whom the owner shares it.

    All seminars that read it share them. Others who instruct one make a copy of their own.
    """
    return bool(person.pk == essay.created_by_id or person.pk in essay.editor_ids)


def can_share_essay(person: Any, essay: EssayLike) -> bool:
    """Say who else may change it: its owner alone, so that nobody gives away what is lent."""
    return bool(person.pk == essay.created_by_id)


def can_remove_essay(person: Any, essay: EssayLike) -> bool:
    """Take it out of the library, and put it back: its owner's alone."""
    return can_share_essay(person, essay)


def can_withdraw_revision(person: Any, revision: RevisionLike) -> bool:
    """Who may change the essay: it goes for everybody who reads it."""
    return can_change_essay(person, revision.essay)
