"""What is added to a draft is refused where it is wrong, with its words."""

import pytest

from readings.models import GuideDraft, Reading
from tests.base import People
from tests.forms import form_on
from tests.readings.guide_drafts import URL


@pytest.mark.parametrize(
    ("part", "sent", "said"),
    [
        ("note", {"body": "Kept words", "quote": "not there"}, "are not in ¶ 1"),
        ("note", {"body": "Kept words", "paragraph": "99"}, "The text has no ¶ 99"),
        ("note", {"body": "Kept words\n\n## Note ¶ 1\n\nMore"}, "Line 3"),
        ("note", {"body": "  "}, 'aria-invalid="true"'),
        ("checkpoint", {"body": "### Kept words?\n\n- (x) a\n- [x] b"}, "Line 4"),
        ("prompt", {"body": "Asked of: nobody\n\nKept words"}, "Line 1"),
    ],
)
def test_what_is_wrong_is_said_in_place(
    people: People, reading: Reading, part: str, sent: dict[str, str], said: str
) -> None:
    client = people.client("alice")
    client.post(URL)
    page = f"{URL}items/?part={part}&at=1"
    form = form_on(client, page).as_it_stands | {key: [value] for key, value in sent.items()}
    answer = client.post(page, form)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert "Kept words" in html or not sent["body"].strip()
    assert GuideDraft.objects.get().marks == []
