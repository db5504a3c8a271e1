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
        """Their whole name as it is written, and not as a part of other words: a mail says “will”
        of others than Will."""
        bare = self.name.strip()
        return re.compile(rf"(?<!\w){re.escape(bare)}(?!\w)") if bare else None

    @cached_property
    def _addresses(self) -> re.Pattern[str]:
        """Any of their addresses, and not as a part of a longer one, which is somebody else's."""
        any_of = "|".join(map(re.escape, sorted(self.addresses)))
        return re.compile(rf"(?<![\w.+-])(?:{any_of})(?![\w-]|\.\w)", re.IGNORECASE)

    def is_addressed_in(self, text: str) -> bool:
        """Whether one of their addresses stands there."""
        return bool(self._addresses.search(text))

    def is_named_in(self, text: str) -> bool:
        return bool(self._name and self._name.search(text)) or self.is_addressed_in(text)

    def is_named_by_file(self, name: str) -> bool:
        """Whether a file is called by their name or address, in whatever capitals, and with lines
        in place of spaces."""
        said = name.replace("_", " ").replace("-", " ")
        if self.is_addressed_in(name) or self.is_addressed_in(said):
            return True
        return bool(self._name and re.search(self._name.pattern, said, re.IGNORECASE))

    def taken_from(self, value: Any) -> Any:
        """Return a text, or what JSON has of them, with “A former member” where they are named."""
        if isinstance(value, dict):
            return {key: self.taken_from(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.taken_from(one) for one in value]
        if isinstance(value, str) and self._name:
            return self._name.sub(_("A former member"), value)
        return value
