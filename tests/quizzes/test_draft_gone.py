"""The draft is published or discarded while a form of it is open: the form says so, and keeps its
words."""

import pytest

from readings.models import GuideDraft, Reading
from tests.base import People
from tests.forms import form_on
from tests.readings.guide_drafts import URL, add, press

BODY = "Title: Stop\n\n### First?\n\nAnswer: a"
ITEM, QUESTION = f"{URL}items/1/", f"{URL}items/1/questions/2/"


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        (f"{URL}items/?part=note&at=1", {"body": "Kept words"}),
        (ITEM, {"body": "Title: Kept words\n\n### First?\n\nAnswer: a"}),
        (f"{URL}questions/?at=2", {"words": "Kept words", "line_0": "a", "line_1": "b"}),
        (QUESTION, {"words": "Kept words"}),
        (f"{ITEM}head/", {"title": "Kept words"}),
    ],
)
def test_the_words_stay_and_nothing_is_saved(
    people: People, reading: Reading, page: str, sent: dict[str, str]
) -> None:
    client = people.client("alice")
    client.post(URL)
    add(client, "checkpoint", 2, body=BODY)
    form = form_on(client, page).as_it_stands | {key: [value] for key, value in sent.items()}
    form = {key: value for key, value in form.items() if key != "act"}
    press(client, "guide_draft_removal")
    before = GuideDraft.objects.values().get()
    answer = client.post(page, form)
    html = answer.content.decode()
    assert answer.status_code in {409, 422}
    assert "meanwhile" in html
    assert "Kept words" in html
    assert GuideDraft.objects.values().get() == before
