"""The essay as it will stand, in parts that stay light."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from documents import NAMES
from readings.drafts.preview import REPAIR_NAMES
from readings.models import Draft
from tests.base import People, markup
from tests.queries import PageQueries
from tests.readings.library import ESSAY, metadata, publish, upload


def url(draft: Draft) -> str:
    return f"/library/import/{draft.pk}/"


def repairs(draft: Draft) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = draft.document["repairs"]
    return found


def test_shows_the_text_its_numbers_and_notes(people: People) -> None:
    client = people.client("alice")
    page = client.get(url(upload(client))).content.decode()
    assert "A gate is a fence that has changed its mind" in page
    assert 'id="p1"' in page
    assert 'id="note-1"' in page
    assert "Said by a carpenter." in page
    assert "Only you see it until you publish it." in page


def test_every_repair_stands_beside_its_place_with_the_means_to_refuse_it(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    assert repairs(draft), "the essay needs a repair, or this tests nothing"
    page = markup(client.get(url(draft)))
    for repair in repairs(draft):
        assert f'form="repairs-form" name="refuse" value="{repair["id"]}"' in page


def test_every_repair_has_a_name_in_plain_words() -> None:
    assert set(NAMES) <= set(REPAIR_NAMES)


def test_language_is_asked_for_where_it_cannot_be_told(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    document = draft.document
    document["metadata"]["language"] = ""
    Draft.objects.filter(pk=draft.pk).update(document=document)
    assert "We could not tell it from the text." in client.get(url(draft)).content.decode()
    response = client.post(f"{url(draft)}publication/", metadata(language=""))
    assert response.status_code == 422
    draft.refresh_from_db()
    assert draft.revision is None


def test_words_of_the_file_are_no_markup(people: People) -> None:
    client = people.client("alice")
    wicked = ESSAY.replace(
        "It closes again.", "It <script>alert(1)</script> <img src=x onerror=alert(2)> closes."
    )
    page = client.get(url(upload(client, wicked))).content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page


def test_another_persons_draft_is_not_there(people: People) -> None:
    draft = upload(people.client("alice"))
    people.bob.role = "instructor"
    people.bob.save(update_fields=["role"])
    bob = people.client("bob")
    for suffix in ("publication/", "removal/", "edits/", "history/", "repairs/"):
        assert bob.post(f"{url(draft)}{suffix}", metadata()).status_code == 404
    assert bob.get(url(draft)).status_code == 404
    assert Draft.objects.filter(pk=draft.pk, revision=None).exists()
    assert default_storage.exists(str(draft.source.name))


def test_published_draft_leads_to_its_essay(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    essay = publish(client, draft).essay
    assert client.get(url(draft))["Location"] == f"/library/essays/{essay.pk}/"


@pytest.mark.parametrize("key", ["bob", "carol", "grace", "mallory"])
def test_library_is_for_instructors(people: People, key: str) -> None:
    draft = upload(people.client("alice"))
    assert people.client(key).get(url(draft)).status_code == 403


def test_anonymous_signs_in_first_and_wrong_method(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    assert Client().get(url(draft)).status_code == 302
    assert client.post(url(draft)).status_code == 405


def test_draft_that_is_not_read_yet_leads_to_its_progress(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    Draft.objects.filter(pk=draft.pk).update(state="waiting")
    assert client.get(url(draft))["Location"] == f"{url(draft)}progress/"


def long_essay(paragraphs: int) -> str:
    parts = ["# A long walk\n"]
    for n in range(paragraphs):
        if n % 50 == 0:
            parts.append(f"## Stage {n // 50}\n")
        parts.append(f"On day {n} they *walked* as far as the next gate, and no further.\n")
    return "\n".join(parts)


class Tags(HTMLParser):
    """Counts the elements of a page."""

    count = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
        self.count += 1


def test_a_long_essay_comes_in_parts_of_which_none_is_heavy(people: People) -> None:
    client = people.client("alice")
    draft = upload(client, long_essay(600))
    seen: list[str] = []
    address: str | None = url(draft)
    while address:
        page = client.get(address).content.decode()
        tags = Tags()
        tags.feed(page)
        assert tags.count <= 1_500, address
        seen += re.findall(r"On day (\d+) they", page.partition('id="part"')[2])
        found = re.search(r'rel="next" href="([^"]+)"', page)
        address = found[1] if found else None
    # The name of the next part may be its first words; a paragraph is on one part alone.
    assert list(dict.fromkeys(map(int, seen))) == list(range(600))


def test_a_fixed_number_of_queries(people: People) -> None:
    client = people.client("alice")
    short, long = upload(client), upload(client, long_essay(200), "walk.md")
    counts = []
    for draft in (short, long):
        with PageQueries() as queries:
            client.get(url(draft))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_picture_without_a_description_is_a_warning_with_the_means_to_describe_it(
    people: People,
) -> None:
    client = people.client("alice")
    draft = upload(client)
    document = draft.document
    document["blocks"].append(
        {
            "kind": "figure",
            "level": None,
            "number": None,
            "text": "",
            "html": '<img src="picture:1.png" alt="">',
            "note_refs": [],
            "key": "fig",
            "marker": "",
        }
    )
    Draft.objects.filter(pk=draft.pk).update(document=document)
    page = client.get(url(draft)).content.decode()
    assert "Describe this picture" in page
    assert f"{url(draft)}blocks/fig/?form=picture" in page
