"""What of the talk's settings is copied for the next term: tags, reasons, kinds of link."""

from django.utils.translation import ngettext

from discussions.models import LinkKind, ModerationReason, Tag
from seminars.models import Seminar


def copied_talk_settings(seminar: Seminar) -> list[str]:
    tags = Tag.objects.of(seminar).count()
    reasons = ModerationReason.objects.filter(seminar=seminar).count()
    kinds = LinkKind.objects.offered_in(seminar).count()
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
            (kinds, ngettext("%(count)d kind of link", "%(count)d kinds of link", kinds)),
        )
        if count
    ]


def copy_talk_settings(old: Seminar, new: Seminar) -> None:
    Tag.objects.bulk_create(Tag(seminar=new, name=tag.name) for tag in Tag.objects.of(old))
    ModerationReason.objects.bulk_create(
        ModerationReason(seminar=new, name=one.name, note=one.note, position=one.position)
        for one in ModerationReason.objects.filter(seminar=old)
    )
    _copy_link_kinds(old, new)


def _copy_link_kinds(old: Seminar, new: Seminar) -> None:
    """Let `new` offer what `old` offers; with the default ones that are removed there, since they
    would begin again."""
    words = ("own_name", "own_passive", "is_directed", "position", "removed_at")
    for one in LinkKind.objects.filter(seminar=old):
        values = {name: getattr(one, name) for name in words}
        if one.code:
            LinkKind.objects.update_or_create(seminar=new, code=one.code, defaults=values)
        elif one.removed_at is None:
            LinkKind.objects.create(seminar=new, **values)
