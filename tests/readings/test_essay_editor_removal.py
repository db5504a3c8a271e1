"""Ending to share an essay."""

from readings.models import Reading
from tests.base import People


def test_ends_at_once_and_twice_is_as_once(people: People, reading: Reading) -> None:
    reading.essay.editors.add(people.bob.user)
    url = f"/library/essays/{reading.essay_id}/editors/{people.bob.user_id}/removal/"
    for _ in range(2):
        assert people.client("alice").post(url).status_code == 302
        assert not reading.essay.editors.exists()


def test_an_editor_ends_nobodys_not_even_their_own(colleagues: People, reading: Reading) -> None:
    """They were let in by its owner; what is theirs to leave alone, they leave alone."""
    reading.essay.editors.add(colleagues.bob.user)
    url = f"/library/essays/{reading.essay_id}/editors/{colleagues.bob.user_id}/removal/"
    assert colleagues.client("bob").post(url).status_code == 403
    assert reading.essay.editor_ids == {colleagues.bob.user_id}
