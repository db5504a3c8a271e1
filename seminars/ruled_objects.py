"""What the permission rules look at: any object that has these, and nothing more of it."""

from datetime import datetime
from typing import Any, Protocol

from seminars.models import Membership


class ThreadLike(Protocol):
    """A thread, as far as the rules look at it."""

    author_id: int
    group_id: int | None
    audience: str
    author: Membership
    reading: Any

    @property
    def reading_ids(self) -> tuple[int, ...]: ...
    @property
    def is_locked(self) -> bool: ...
    @property
    def is_held(self) -> bool: ...
    @property
    def is_question(self) -> bool: ...
    @property
    def is_link(self) -> bool: ...
    @property
    def is_highlight(self) -> bool: ...


class CommentLike(Protocol):
    """A comment, as far as the rules look at it."""

    author_id: int
    author: Membership
    thread: Any
    staff_reason: str
    withdrawn_from: str
    seq: int | None

    @property
    def is_pending(self) -> bool: ...
    @property
    def is_returned(self) -> bool: ...
    @property
    def is_removed(self) -> bool: ...
    @property
    def is_purged(self) -> bool: ...
    @property
    def is_hidden(self) -> bool: ...
    @property
    def is_withdrawn(self) -> bool: ...
    @property
    def is_published(self) -> bool: ...


class ReadingLike(Protocol):
    """A reading, as far as the rules look at it."""

    opens_at: datetime | None
    open_to_guests: bool
    removed_at: datetime | None

    @property
    def group_ids(self) -> frozenset[int]: ...
    def is_closed_to(self, member: Membership) -> bool: ...


class PersonLike(Protocol):
    is_host: bool
    is_active: bool


class EssayLike(Protocol):
    """An essay, as far as the rules look at it."""

    created_by_id: int

    @property
    def editor_ids(self) -> frozenset[int]: ...


class RevisionLike(Protocol):
    """A revision of an essay, as far as the rules look at it."""

    @property
    def essay(self) -> Any: ...


class AnnouncementLike(Protocol):
    """An announcement, as far as the rules look at it."""

    created_by_id: int
