"""What is written of a part of a guide's draft and is not ready: kept beside its text, as typed.

A part is a note, a prompt, a checkpoint as text, its head, or a question. New ones have a key by
which pages name them; of one that is in the draft already there is one at most, and the part
stays as it is until its form is done. Each has a version: a form that has not seen the last one is
refused, but for the form that wrote it, whose answer may have been lost.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.idempotency import FIELD
from documents.whole_number import whole_number
from readings.guides.draft_items import ItemChanged
from readings.guides.guide_file import MAX_CHARACTERS
from readings.models import GuideDraft
from seminars.edit_forms import DIGITS

MOST_PARTS = 100  # each is read and judged whenever the page of the draft is shown
MOST_FIELDS = 200  # a question of thirty lines has some 140
MOST_CHARACTERS = MAX_CHARACTERS  # of all of them: as much as the guide itself
MOST_DONE = 100  # more than are open at once
# What a form carries for itself, and what it tries: nothing that is written of the part.
CARRIED = {
    "csrfmiddlewaretoken",
    FIELD,
    *("act", "attempt", "block", "kept", "kept_version", "run", "turn"),
}
_NAME = re.compile(r"[a-z_0-9]{1,40}")
_RUN = re.compile(r"[0-9a-f-]{1,40}")

Fields = dict[str, list[str]]


class TooMuch(ValueError):
    """The draft holds as much as it can of what is not ready; the message says so."""


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """Which part is written: `of` says what it is, `item` and `part` name one that is there.

    A new one has neither, and belongs to `paragraph`.
    """

    of: str  # "note", "prompt", "checkpoint", "head", "question"
    paragraph: int | None
    item: int = 0
    part: int = 0

    @property
    def target(self) -> tuple[str, int, int]:
        return self.of, self.item, self.part


@dataclass(frozen=True, slots=True)
class SentForm:
    """What a form sends, and what it says of itself.

    `form` is new with each page, `run` with each time that a script takes the form up, and
    `turn` counts what that has sent. `kept` and `seen` are the key and the version of what the
    page showed.
    """

    place: DraftPlace
    form: str
    run: str = ""
    turn: int = 0
    kept: int = 0
    seen: int = 0
    fields: Fields = field(default_factory=dict)

    @classmethod
    def of(cls, sent: QueryDict, place: DraftPlace) -> "SentForm":
        run = sent.get("run", "")
        return cls(
            place=place,
            form=_uuid(sent.get(FIELD, "")),
            run=run if _RUN.fullmatch(run) else "",
            turn=_number(sent, "turn"),
            kept=_number(sent, "kept"),
            seen=_number(sent, "kept_version"),
            fields=_fields(sent),
        )

    @property
    def writer(self) -> str:
        return self.run or self.form


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What is kept of one form; `by` is a membership, `at` an ISO time."""

    key: int
    edit_version: int
    place: DraftPlace
    fields: Fields
    form: str
    writer: str
    turn: int
    by: int
    at: str

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Unfinished":
        return cls(**{**kept, "place": DraftPlace(**kept["place"])})

    @property
    def as_sent(self) -> QueryDict:
        """The fields as a form sends them, with what names them."""
        sent = QueryDict(mutable=True)
        for name, values in self.fields.items():
            sent.setlist(name, list(values))
        sent["kept"], sent["kept_version"] = str(self.key), str(self.edit_version)
        return sent


def unfinished_in(draft: GuideDraft) -> list[Unfinished]:
    return [Unfinished.read(one) for one in draft.unfinished]


def unfinished_at(draft: GuideDraft, place: DraftPlace, key: int = 0) -> Unfinished | None:
    """What is written of the part that is there, or of the new one with this key."""
    kept = unfinished_in(draft)
    if key:
        return next((one for one in kept if one.key == key), None)
    same = (one for one in kept if one.place.target == place.target)
    return next(same, None) if place.item else None


def put_unfinished(draft: GuideDraft, kept: Sequence[Unfinished]) -> None:
    """Let these be all that is not ready in a held draft; raise TooMuch."""
    size = sum(len(one) for part in kept for values in part.fields.values() for one in values)
    if len(kept) > MOST_PARTS or size > MOST_CHARACTERS:
        raise TooMuch(_("Too much in this draft is not ready. Finish some of it first."))
    draft.unfinished = [asdict(one) for one in kept]


def find_sent(kept: Sequence[Unfinished], sent: SentForm) -> int | None:
    """Where the part stands of which this form is: by its key, its place, or the page's own key."""
    for i, one in enumerate(kept):
        if sent.kept:
            is_same = one.key == sent.kept
        elif sent.place.item:
            is_same = one.place.target == sent.place.target
        else:
            is_same = bool(sent.form) and one.form == sent.form
        if is_same:
            return i
    return None


def has_seen(sent: SentForm, kept: Unfinished) -> bool:
    return sent.seen == kept.edit_version or bool(sent.run and sent.run == kept.writer)


def take_finished(draft: GuideDraft, sent: SentForm | None) -> bool:
    """Take what was kept of a form that is done out of the held draft; say whether it was there.

    What somebody else has begun of the same part stays. Raises ItemChanged where somebody has
    gone on with what the form showed, or has taken it off.
    """
    if sent is None:
        return False
    if sent.run:
        draft.done_forms = [*draft.done_forms, sent.run][-MOST_DONE:]
    kept = unfinished_in(draft)
    at = find_sent(kept, sent)
    if at is None:
        if sent.kept:
            raise ItemChanged(None)
        return False
    if not has_seen(sent, kept[at]):
        if sent.kept:
            raise ItemChanged(kept[at])
        return False
    del kept[at]
    put_unfinished(draft, kept)
    return True


def brought_back(
    before: Sequence[Mapping[str, Any]],
    now: Sequence[Mapping[str, Any]],
    form: str,
    keys: Iterator[int],
) -> list[Mapping[str, Any]]:
    """What is not ready once a step is taken back, `form` being that of what was typed in it.

    What was typed on since in another form stays, as that is a step before this one. What comes
    back has a version that nobody has seen.
    """
    there = {one["key"]: one for one in now}
    back = []
    for one in before:
        other = there.get(one["key"])
        if other == one or (other and other["writer"] != form):
            back.append(other)
        else:
            back.append({**one, "edit_version": next(keys), "writer": ""})
    return back


def _fields(sent: QueryDict) -> Fields:
    """What is written in the form, without what is empty, in lines that end as the file's do."""
    fields: Fields = {}
    for name, values in sent.lists():
        if name in CARRIED or not _NAME.fullmatch(name) or len(fields) >= MOST_FIELDS:
            continue
        lines = [one.replace("\r\n", "\n").replace("\0", "\ufffd") for one in map(str, values)]
        if any(one.strip() for one in lines):
            fields[name] = lines
    return fields


def _number(sent: QueryDict, name: str) -> int:
    return whole_number(sent.get(name, ""), digits=DIGITS) or 0


def _uuid(written: str) -> str:
    try:
        return str(UUID(written))
    except ValueError:
        return ""
