"""Questions of a file become checkpoints of the guide's draft: nothing is asked before it is
published."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from readings.guides import (
    Anchor,
    Candidate,
    GuideRefused,
    ParsedItem,
    Problem,
    begin_draft,
    check_item,
    find_place,
    put_item,
)
from readings.models import Block, GuideItemKind, Reading
from seminars.models import Membership

CHECKPOINT = GuideItemKind.CHECKPOINT.value


@transaction.atomic
def import_questions(
    *, reading: Reading, by: Membership, items: Sequence[ParsedItem], paragraph: int
) -> list[int]:
    """Put checkpoints at a paragraph into the draft, which begins where there is none.

    Returns their keys in it. All or none: raises NotFound where there is no such paragraph, and
    GuideRefused.
    """
    numbered = Block.objects.filter(revision=reading.revision_id, number__isnull=False)
    find_place(Anchor(paragraph, ""), [Candidate(one) for one in numbered])
    begin_draft(reading=reading, by=by)
    placed = [check_item(CHECKPOINT, str(Anchor(paragraph, "")), one.body) for one in items]
    if not placed:
        raise GuideRefused([Problem(1, _("there is no question in this file."))])
    return [put_item(reading=reading, by=by, item=item) for item in placed]
