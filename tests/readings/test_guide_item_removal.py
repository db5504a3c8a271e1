"""An item of a draft is taken off, and put back."""

from readings.models import Reading
from tests.base import People
from tests.readings.guide_drafts import URL, add, bodies, press


def test_an_item_is_taken_off_and_put_back_in_its_place(people: People, reading: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    for words in ("First", "Second"):
        add(client, "note", 1, body=words)
    press(client, "guide_item_removal")
    assert bodies() == ["Second"]
    assert "Note: removed." in client.get(URL).content.decode()
    press(client, "guide_item_removal", undo="1")
    assert bodies() == ["First", "Second"]
