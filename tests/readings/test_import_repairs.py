"""Refusing a repair at its place, and taking it back; what was edited is done again."""

from readings.drafts.edit_log import edited
from readings.models import Draft
from tests.base import People, markup
from tests.readings.editing import edit, key_of
from tests.readings.library import metadata, publish, upload


def url(draft: Draft) -> str:
    return f"/library/import/{draft.pk}/repairs/"


def ids(draft: Draft) -> set[str]:
    draft.refresh_from_db()
    return {repair["id"] for repair in draft.document["repairs"]}


def test_refused_repair_is_not_made_and_can_be_taken_back(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    one = draft.document["repairs"][0]["id"]
    response = client.post(url(draft), {"refuse": one}, follow=True)
    page = response.content.decode()
    assert "read again" in page
    assert f'name="accept" value="{one}"' in page
    assert one not in ids(draft)
    client.post(url(draft), {"accept": one})
    assert one in ids(draft)
    assert draft.refused_repairs == []


def test_edits_are_made_again_and_those_without_a_place_are_said(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    edit(client, draft, edit="reword", block=key_of(draft, "It closes"), words="It opens.")
    byline = next(one for one in draft.document["repairs"] if one["name"] == "lifted_to_metadata")
    edit(client, draft, edit="about", **metadata(venue="The Fence"))
    client.post(url(draft), {"refuse": byline["id"]})
    draft.refresh_from_db()
    stood = key_of(draft, "By Nora Field")
    assert edited(draft).document.metadata.venue == "The Fence"
    assert edited(draft).document.blocks[-1].text == "It opens."
    edit(client, draft, edit="reword", block=stood, words="By a friend of gates")
    page = client.post(url(draft), {"accept": byline["id"]}, follow=True).content.decode()
    assert "1 change has no place in it any more" in page
    assert "By a friend of gates" in page
    draft.refresh_from_db()
    assert len(draft.edits) == 3
    client.post(url(draft), {"refuse": byline["id"]})
    draft.refresh_from_db()
    assert "By a friend of gates" in [block.text for block in edited(draft).document.blocks]


def test_published_draft_leads_to_its_essay(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    essay = publish(client, draft).essay
    assert client.post(url(draft))["Location"] == f"/library/essays/{essay.pk}/"
    assert client.get(url(draft)).status_code == 405


MANY = "\n\n".join(
    [
        "# On Gates",
        *(f"A gate is a fence that has changed its mind again.<sup>{n}</sup>" for n in range(1, 5)),
        *(f"<sup>{n}</sup> Said by a carpenter on day {n}." for n in range(1, 5)),
    ]
)


def bound(draft: Draft) -> list[str]:
    draft.refresh_from_db()
    return [one["id"] for one in draft.document["repairs"] if one["name"] == "bound_note"]


def test_many_repairs_of_a_kind_are_one_finding_and_are_undone_together(people: People) -> None:
    client = people.client("alice")
    draft = upload(client, MANY)
    made = bound(draft)
    assert len(made) == 4
    page = markup(client.get(f"/library/import/{draft.pk}/"))
    assert page.count("4 notes bound to their references") == 1
    assert page.count('<p class="label">Bound a note to its reference</p>') == 0
    for one in made:
        assert f'name="refuse" value="{one}"' in page
    assert "Said by a carpenter on day 3." in page
    place = draft.document["repairs"][1]["block"]
    assert f'href="/library/import/{draft.pk}/#b-{draft.document["blocks"][place]["key"]}"' in page
    client.post(url(draft), {"refuse_all": "bound_note"})
    assert bound(draft) == []
    page = markup(client.get(f"/library/import/{draft.pk}/"))
    assert 'name="accept_all" value="bound_note"' in page
    client.post(url(draft), {"accept_all": "bound_note"})
    assert bound(draft) == made
    assert draft.refused_repairs == []


def test_two_repairs_of_a_kind_stand_beside_their_places(people: People) -> None:
    client = people.client("alice")
    few = "\n\n".join(part for part in MANY.split("\n\n") if "3" not in part and "4" not in part)
    draft = upload(client, few)
    assert len(bound(draft)) == 2
    page = markup(client.get(f"/library/import/{draft.pk}/"))
    assert page.count('<p class="label">Bound a note to its reference</p>') == 2
    assert "refuse_all" not in page
