"""A draft is discarded and taken up again."""

from readings.models import Reading
from tests.base import People
from tests.forms import form_on
from tests.readings.guide_drafts import GUIDE_URL, URL, add, press


def test_a_draft_is_discarded_and_taken_up_again(people: People, reading: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    add(client, "note", 1, body="Words")
    page = f"{URL}items/1/"
    sent = form_on(client, page).as_it_stands
    press(client, "guide_draft_removal")
    assert "A draft was discarded" in client.get(GUIDE_URL).content.decode()
    answer = client.post(page, sent | {"body": ["Words that took an hour"]})
    assert answer.status_code == 422
    assert "Words that took an hour" in answer.content.decode()
    client.post(f"{URL}removal/", {"undo": "1"})
    assert "Words" in client.get(URL).content.decode()
