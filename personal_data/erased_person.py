"""Whom an erasure is about: by what strings, and in which seminars, they may be found."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from accounts.models import User
from personal_data.models import Words
from seminars.models import Membership


@dataclass(frozen=True)
class ErasedPerson:
    """An account with all its memberships, those that ended too; `words` says what goes."""

    user: User
    memberships: Sequence[Membership]
    name: str
    addresses: Collection[str]  # case folded
    words: Words

    @classmethod
    def of(cls, user: User, words: Words) -> "ErasedPerson":
        memberships = Membership.objects.filter(user=user).select_related("seminar", "user")
        more = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
        addresses = {one.casefold() for one in (user.email, *more)}
        return cls(user, list(memberships), user.name, addresses, words)

    @property
    def members(self) -> list[int]:
        """The keys of their memberships."""
        return [one.pk for one in self.memberships]

    @property
    def seminars(self) -> list[int]:
        return [one.seminar_id for one in self.memberships]

    @property
    def all_goes(self) -> bool:
        return self.words == Words.GO

    @cached_property
    def _name(self) -> re.Pattern[str] | None:
        """Their whole name, and not as a part of other words."""
        bare = self.name.strip()
        return re.compile(rf"(?<!\w){re.escape(bare)}(?!\w)", re.IGNORECASE) if bare else None

    def is_addressed_in(self, text: str) -> bool:
        """Whether one of their addresses stands there."""
        folded = text.casefold()
        return any(one in folded for one in self.addresses)

    def is_named_in(self, text: str) -> bool:
        return bool(self._name and self._name.search(text)) or self.is_addressed_in(text)

    def taken_from(self, value: Any) -> Any:
        """Return a text, or what JSON has of them, with “A former member” where they are named."""
        if isinstance(value, dict):
            return {key: self.taken_from(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.taken_from(one) for one in value]
        if isinstance(value, str) and self._name:
            return self._name.sub(_("A former member"), value)
        return value
