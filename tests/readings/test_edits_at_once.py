"""Edits of one draft from many windows at the same time."""

import pytest

from documents.editing.edits import Reword
from readings.drafts import edit_actions
from readings.drafts.edit_log import EditedMeanwhile
from readings.models import Draft
from tests.at_once import at_once
from tests.base import People
from tests.readings.editing import key_of, seen
from tests.readings.library import upload


@pytest.mark.django_db(transaction=True)
def test_eight_edits_at_once_lose_nothing(people: People) -> None:
    """One is made; the seven others are told, and can make theirs again."""
    draft = upload(people.client("alice"))
    version, key = seen(draft), key_of(draft, "It closes")

    def click(number: int) -> None:
        edit_actions.record_edit(
            draft=Draft.objects.get(pk=draft.pk),
            edit=Reword(key, f"Words {number}."),
            seen=version,
            by=people.alice.user,
        )

    made = at_once(*[lambda number=number: click(number) for number in range(8)])
    assert [type(one) for one in made if one is not None] == [EditedMeanwhile] * 7
    draft.refresh_from_db()
    assert len(draft.edits) == draft.edits_done == 1
