"""The log of what a person has changed in a draft, and the document that comes of it.

Each entry of `Draft.edits` is an edit (documents.editing) and what it says of
itself. The first `edits_done` are in force; the others were undone.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

from documents import Document, Metadata
from documents.editing import Edit, Edited, apply, from_json, to_json
from readings.models import Draft

_KEPT = "_edited"
# What an entry has besides the edit: what it says, and the mark of the form that asked for it.
BESIDE = {"says", "sent"}


class EditedMeanwhile(ValueError):
    """The draft is not in the state that the person saw: another window has changed it."""


def version_of(draft: Draft) -> str:
    """Name the state of a draft: what was read, without which repairs, and the whole log."""
    refused = [repair["id"] for repair in draft.refused_repairs]
    whole = [refused, draft.edits, len(draft.document.get("blocks", []))]
    # PostgreSQL gives a JSON object back with its names in another order.
    state = json.dumps(whole, sort_keys=True)
    return f"{draft.edits_done}-{sha256(state.encode()).hexdigest()[:12]}"


def entry(edit: Edit, said: str, sent: str) -> dict[str, Any]:
    return {**to_json(edit), "says": said, "sent": sent}


def edit_of(logged: Mapping[str, Any]) -> Edit:
    return from_json({name: value for name, value in logged.items() if name not in BESIDE})


def edits_in_force(draft: Draft) -> list[Edit]:
    return [edit_of(logged) for logged in draft.edits[: draft.edits_done]]


def edited(draft: Draft) -> Edited:
    """Return the draft's document with the edits in force made on it.

    A long essay takes a while, and a request asks more than once: the answer is
    kept with this `draft` for as long as it is in the same state.
    """
    state, whole = draft.__dict__.get(_KEPT, ("", None))
    if whole is None or state != version_of(draft):
        whole = apply(Document.from_json(draft.document), edits_in_force(draft))
        remember(draft, whole)
    result: Edited = whole
    return result


def remember(draft: Draft, whole: Edited) -> None:
    draft.__dict__[_KEPT] = (version_of(draft), whole)


def with_metadata(document: Document, metadata: Mapping[str, Any]) -> Document:
    """Return the document with what a person has written about the essay."""
    known = {name: value for name, value in metadata.items() if hasattr(document.metadata, name)}
    about = Metadata.from_json({**asdict(document.metadata), **known})
    return replace(document, metadata=about)
