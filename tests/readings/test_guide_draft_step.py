"""Changes of a draft are taken back step by step."""

from readings.guides import draft_steps
from readings.models import GuideDraft, GuideDraftStep, Reading
from tests.base import People
from tests.forms import form_on
from tests.readings.guide_drafts import URL, add, bodies, press


def test_what_was_added_changed_moved_and_removed_comes_back(
    people: People, reading: Reading
) -> None:
    client = people.client("alice")
    client.post(URL)
    states = [bodies()]
    for words in ("First", "Second"):
        add(client, "note", 1, body=words)
        states.append(bodies())
    page = f"{URL}items/1/"
    client.post(page, form_on(client, page).as_it_stands | {"body": ["Changed"]})
    states.append(bodies())
    press(client, "guide_item_place", to="later")
    states.append(bodies())
    press(client, "guide_item_removal")
    while states:
        press(client, "guide_draft_step")
        assert bodies() == states.pop()
        if not states[1:]:
            break
    press(client, "guide_draft_step")
    assert bodies() == []
    assert "guide_draft_step" not in client.get(URL).content.decode()
    assert 'id="draft-step"' not in client.get(URL).content.decode()


def test_a_form_that_was_open_does_not_take_it_for_what_it_was(
    people: People, reading: Reading
) -> None:
    """The same words, and yet another state: whoever had changed it must be told."""
    client = people.client("alice")
    client.post(URL)
    add(client, "note", 1, body="First")
    page = f"{URL}items/1/"
    client.post(page, form_on(client, page).as_it_stands | {"body": ["Second"]})
    late = form_on(client, page).as_it_stands
    press(client, "guide_draft_step")
    client.post(page, form_on(client, page).as_it_stands | {"body": ["Third"]})
    assert client.post(page, late | {"body": ["Late"]}).status_code == 409
    assert bodies() == ["Third"]


def test_twice_is_as_once(people: People, reading: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    for words in ("First", "Second"):
        add(client, "note", 1, body=words)
    sent = {"version": str(GuideDraft.objects.get().edit_version)}
    client.post(f"{URL}step/", sent)
    answer = client.post(f"{URL}step/", sent, follow=True)
    assert "Somebody else changed this meanwhile." in answer.content.decode()
    assert bodies() == ["First"]


def test_only_the_last_steps_are_kept(people: People, reading: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    for number in range(4):
        add(client, "note", 1, body=f"Note {number}")
    most, draft_steps.MOST_STEPS = draft_steps.MOST_STEPS, 2
    try:
        add(client, "note", 1, body="The last")
    finally:
        draft_steps.MOST_STEPS = most
    assert GuideDraftStep.objects.count() == 2


def test_one_is_led_to_where_it_was(people: People, reading: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    add(client, "note", 1, body="First")
    add(client, "note", 3, body="Second")
    version = GuideDraft.objects.get().edit_version
    answer = client.post(f"{URL}step/", {"version": str(version)})
    assert answer.headers["Location"] == f"{URL}#p3"
