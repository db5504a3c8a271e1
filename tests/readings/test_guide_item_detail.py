"""An item of a draft is changed, and nobody overwrites what they have not seen."""

from readings.models import GuideDraft, Reading
from tests.base import People
from tests.forms import form_on, forms_of
from tests.readings.guide_drafts import URL, add


def test_of_two_who_change_one_item_the_second_sees_both(people: People, reading: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    add(client, "note", 1, body="First")
    page = f"{URL}items/1/"
    sent = form_on(client, page).as_it_stands
    other = sent | {"client_key": ["00000000-0000-4000-8000-000000000001"]}
    assert client.post(page, sent | {"body": ["Mine"]}).status_code == 302
    answer = client.post(page, other | {"body": ["Theirs"]})
    assert answer.status_code == 409
    assert "Mine" in answer.content.decode()
    assert "Theirs" in answer.content.decode()
    assert "Mine" in GuideDraft.objects.get().text
    again = next(f for f in forms_of(answer.content, page, "alice") if f.action == page)
    assert client.post(page, again.as_it_stands).status_code == 302
    assert "Theirs" in GuideDraft.objects.get().text
