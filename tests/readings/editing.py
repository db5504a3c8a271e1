"""Edits in a preview, as the forms of its page send them."""

from typing import Any

from django.test import Client

from readings.drafts.edit_log import version_of
from readings.models import Draft


def seen(draft: Draft) -> str:
    """The state of the draft, as its page names it now."""
    draft.refresh_from_db()
    return version_of(draft)


def key_of(draft: Draft, words: str) -> str:
    """The key of the block, as read, that begins with these words."""
    blocks = draft.document["blocks"]
    return next(str(block["key"]) for block in blocks if block["text"].startswith(words))


def edit(client: Client, draft: Draft, *, htmx: bool = False, **fields: Any) -> Any:
    """Send one edit; `version` is the state of now where it is not given."""
    fields.setdefault("version", seen(draft))
    headers = {"HX-Request": "true"} if htmx else {}
    response = client.post(f"/library/import/{draft.pk}/edits/", fields, headers=headers)
    draft.refresh_from_db()
    return response
