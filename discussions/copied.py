"""What of the talk's settings is copied for the next term: tags, and reasons of moderators."""

from django.utils.translation import ngettext

from discussions.models import ModerationReason, Tag
from seminars.models import Seminar


def copied_talk_settings(seminar: Seminar) -> list[str]:
    tags = Tag.objects.of(seminar).count()
    reasons = ModerationReason.objects.filter(seminar=seminar).count()
    return [
        phrase % {"count": count}
        for count, phrase in (
            (tags, ngettext("%(count)d tag", "%(count)d tags", tags)),
            (
                reasons,
                ngettext(
                    "%(count)d reason of moderators", "%(count)d reasons of moderators", reasons
                ),
            ),
        )
        if count
    ]


def copy_talk_settings(old: Seminar, new: Seminar) -> None:
    Tag.objects.bulk_create(Tag(seminar=new, name=tag.name) for tag in Tag.objects.of(old))
    ModerationReason.objects.bulk_create(
        ModerationReason(seminar=new, name=one.name, note=one.note, position=one.position)
        for one in ModerationReason.objects.filter(seminar=old)
    )
