"""The log of what a person has changed in a draft, and the document that comes of it.

Each entry of `Revision.edits` is an edit (importing.edits) and what it says of
itself. The first `edits_done` are in force; the others were undone.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from documents import Document, Metadata
from documents.editing import Edit, Edited, apply, from_json, to_json
from readings.models import Revision

_KEPT = "_edited"


class EditedMeanwhile(ValueError):
    """The draft is not in the state that the person saw: another window has changed it."""


def version_of(revision: Revision) -> str:
    """Name the state of a draft: what was read, without which repairs, and the whole log."""
    refused = [repair["id"] for repair in revision.document.get("refused", [])]
    whole = [refused, revision.edits, len(revision.document.get("blocks", []))]
    # PostgreSQL gives a JSON object back with its names in another order.
    state = json.dumps(whole, sort_keys=True)
    return f"{revision.edits_done}-{sha256(state.encode()).hexdigest()[:12]}"


def entry(edit: Edit, said: str) -> dict[str, Any]:
    return {**to_json(edit), "says": said}


def edit_of(logged: Mapping[str, Any]) -> Edit:
    return from_json({name: value for name, value in logged.items() if name != "says"})


def edits_in_force(revision: Revision) -> list[Edit]:
    return [edit_of(logged) for logged in revision.edits[: revision.edits_done]]


def edited(revision: Revision) -> Edited:
    """Return the draft's document with the edits in force made on it.

    A long essay takes a while, and a request asks more than once: the answer is
    kept with this `revision` for as long as it is in the same state.
    """
    state, whole = revision.__dict__.get(_KEPT, ("", None))
    if whole is None or state != version_of(revision):
        whole = apply(Document.from_json(revision.document), edits_in_force(revision))
        remember(revision, whole)
    result: Edited = whole
    return result


def remember(revision: Revision, whole: Edited) -> None:
    revision.__dict__[_KEPT] = (version_of(revision), whole)


def settle(revision: Revision, metadata: Mapping[str, Any], seen: str | None = None) -> None:
    """Put the edits, and what is known of the essay, into the document; the log is empty then.

    For publishing, inside its transaction: the row is held from here on. Raises
    EditedMeanwhile where `seen` names another state than that of now.
    """
    held = Revision.objects.select_for_update(of=("self",)).filter(
        pk=revision.pk, published_at=None
    )
    if (now := held.first()) is None:
        return  # there is no draft any more, as whoever publishes will find
    if seen and version_of(now) != seen:
        raise EditedMeanwhile("The essay was changed in another window.")
    document = edited(now).document
    known = {name: value for name, value in metadata.items() if hasattr(document.metadata, name)}
    about = Metadata.from_json({**document.to_json()["metadata"], **known})
    revision.document = {**now.document, **replace(document, metadata=about).to_json()}
    revision.edits, revision.edits_done = [], 0
