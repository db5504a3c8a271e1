"""Editing a published text: a draft made of it, as if it had come from a file."""

from dataclasses import replace

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from readings.drafts.drafts import name_on_disk
from readings.drafts.pictures import keep_pictures
from readings.essays import document_of
from readings.models import Draft, Essay, Revision
from readings.revisions import lock_essay


def start_text_edit(*, essay: Essay, by: User) -> Draft:
    """Return a draft with the text of the essay's newest revision, its file carried over.

    Published, it makes a revision of an essay that `by` may change, and of another's a copy
    that is their own (`essay_to_revise`).

    Whoever has such a draft waiting goes on with it: a second click makes no second one.
    """
    with transaction.atomic():
        lock_essay(essay.pk)
        newest = Revision.objects.newest_of(essay.pk)
        assert newest is not None  # noqa: S101 - the first revision is never withdrawn
        waiting = Draft.objects.unpublished_of(by).filter(essay=essay, edited_from=newest)
        if draft := waiting.order_by("-pk").first():
            return draft
        text = document_of(essay, newest)
        draft = Draft(
            essay=essay,
            title=essay.title,
            document=replace(text, format=newest.source_format).to_json(),
            edited_from=newest,
            source_name=newest.source_name,
            source_sha256=newest.source_sha256,
            created_by=by,
        )
        if newest.source:
            with newest.source.open("rb") as file:
                draft.source = ContentFile(file.read(), name=name_on_disk(newest.source_name))
        draft.save(force_insert=True)
        # Each has files of its own: a draft thrown away takes none from a revision.
        keep_pictures(draft=draft, pictures=text.pictures)
    return draft
