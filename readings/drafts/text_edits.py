"""Editing a published text: a draft made of it, as if it had come from a file."""

from dataclasses import replace

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from readings.drafts.pictures import keep_pictures
from readings.drafts.publishing import newest_standing, next_number
from readings.essays import document_of
from readings.models import Essay, Revision
from readings.revisions import lock_essay


def start_text_edit(*, essay: Essay, by: User) -> Revision:
    """Return a draft with the text of the essay's newest revision, its file carried over.

    Whoever has such a draft waiting goes on with it: a second click makes no second one.
    """
    with transaction.atomic():
        lock_essay(essay.pk)
        newest = newest_standing(essay.pk)
        assert newest is not None  # noqa: S101 - an essay in the library is published
        waiting = Revision.objects.drafts_of(by).filter(essay=essay)
        for draft in waiting.order_by("-pk"):
            if draft.document.get("edited_from") == newest.pk:
                return draft
        text = document_of(essay, newest)
        whole = replace(text, format=newest.document.get("format", "text")).to_json()
        draft = Revision(
            essay=essay,
            number=next_number(essay.pk),
            document=whole | {"refused": [], "edited_from": newest.pk},
            source_name=newest.source_name,
            source_sha256=newest.source_sha256,
            created_by=by,
        )
        if newest.source:
            with newest.source.open("rb") as file:
                draft.source = ContentFile(file.read(), name=newest.source_name)
        draft.save(force_insert=True)
        # Each revision has files of its own: one thrown away takes none from another.
        keep_pictures(revision=draft, pictures=text.pictures)
    return draft
