"""A link is written in the draft of a guide, where its other essay may not be there yet."""

import pytest

from discussions.models import Thread
from readings.guides import format_guide, link_of, parse_guide
from readings.models import Essay, GuideDraft, Reading
from tests.base import People, make_reading
from tests.forms import form_on
from tests.queries import PageQueries
from tests.readings.guide_drafts import URL, add, bodies, press, publish
from tests.seminars.helpers import words

SENT = {
    "essay": "on Width",
    "far_paragraph": "1",
    "far_quote": "reads one text",
    "quote": "stops at another place",
    "link_kind": "contradicts",
    "body": "Does it?\n\nSay why.",
}


@pytest.fixture
def far(people: People, reading: Reading) -> Reading:
    made = make_reading(people, "width")
    Essay.objects.filter(pk=made.essay_id).update(title="On width")
    return made


def test_it_is_written_shown_changed_and_published(
    people: People, reading: Reading, far: Reading
) -> None:
    client = people.client("alice")
    client.post(URL)
    page = client.get(f"{URL}items/?part=link&at=1").content.decode()
    assert '<option value="On width">' in page
    assert 'name="essay" value="On width"' in page  # there is no other
    assert '<option value="same word">uses the same word as' in page
    add(client, "link", 1, **SENT)
    assert bodies() == [
        '→ "on Width" ¶ 1 "reads one text"\nKind: contradicts\n\nDoes it?\n\nSay why.'
    ]
    shown = words(client.get(URL))
    assert "contradicts on Width ¶ 1 reads one text" in shown
    assert "1 link" in shown
    assert "waits" not in shown
    item = f"{URL}items/1/"
    form = form_on(client, item).as_it_stands
    assert {key: form[key] for key in SENT} == {key: [value] for key, value in SENT.items()}
    assert client.post(item, form | {"far_quote": [""], "body": [""]}).status_code == 302
    assert bodies() == ['→ "on Width" ¶ 1\nKind: contradicts']
    publish(client)
    thread = Thread.objects.get(kind="link")
    assert (thread.far_reading_id, thread.last_seq) == (far.pk, 0)
    assert not GuideDraft.objects.exists()


def test_it_moves_goes_and_comes_back(people: People, reading: Reading, far: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    add(client, "link", 1, **SENT)
    add(client, "note", 1, body="A note.")
    before = bodies()
    press(client, "guide_item_place", to="later")
    assert bodies() == before[::-1]
    press(client, "guide_item_removal", version="2")
    assert bodies() == ["A note."]
    press(client, "guide_item_removal", undo="1")
    assert sorted(bodies()) == sorted(before)
    press(client, "guide_draft_step")
    assert bodies() == ["A note."]


def test_one_that_waits_says_so_and_is_not_previewed(people: People, reading: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    add(client, "link", 1, **SENT)
    assert "waits for “on Width”" in words(client.get(URL))
    assert "on Width" not in words(client.get(f"{URL}preview/"))
    publish(client)
    assert not Thread.objects.filter(kind="link").exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"essay": ""}, 'aria-invalid="true"'),
        ({"far_paragraph": "", "far_quote": ""}, "Say in which paragraph"),
        ({"quote": "not there"}, "are not in ¶ 1"),
        ({"body": "Kept\n\n## Note ¶ 1\n\nMore"}, "would begin another part"),
    ],
)
def test_what_is_wrong_is_said_in_place(
    people: People, reading: Reading, sent: dict[str, str], said: str
) -> None:
    client = people.client("alice")
    client.post(URL)
    page = f"{URL}items/?part=link&at=1"
    fields = {key: [value] for key, value in (SENT | sent).items()}
    answer = client.post(page, form_on(client, page).as_it_stands | fields)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert said in html
    assert "reads one text" in html or "far_quote" in sent
    assert GuideDraft.objects.get().marks == []
    assert "Not ready" in words(client.get(URL))


def test_more_links_take_no_more_queries(people: People, reading: Reading, far: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    add(client, "link", 1, **SENT)
    with PageQueries() as one:
        client.get(URL)
    for at in (1, 2, 3):
        add(client, "link", at, **(SENT | {"quote": "", "body": "", "far_paragraph": str(at)}))
    with PageQueries() as many:
        client.get(URL)
    assert len(many) == len(one)


def test_its_words_read_back(people: People, reading: Reading) -> None:
    link = link_of('→ “A "wide" margin” ¶ 3\nKind: same word\n\nWords.')
    assert (link.essay, link.kind, link.words) == ('A "wide" margin', "same word", "Words.")
    assert link_of(link.body) == link


def test_a_file_reads_back_as_it_was() -> None:
    text = (
        "---\nguide: 1\ntitle: Guide to margins\n---\n\n"
        '## Link ¶ 3 "left it wide" → "On width" ¶ 2 "an invitation"\n'
        "\nKind: supports\n\nTwo\nlines.\n"
        '\n## Link "left it wide" → "A “wide” margin → ours" "an invitation"\n'
        "\n## Link ¶ 1 -> “On width” ¶ 2\n\nWords without a kind.\n"
        "\n## Note ¶ 1\n\nA note.\n"
    )
    parsed = parse_guide(text)
    written = format_guide(parsed)
    again = parse_guide(written)
    assert format_guide(again) == written
    assert [(one.kind, one.anchor, one.body) for one in again.items] == [
        (one.kind, one.anchor, one.body) for one in parsed.items
    ]
    links = [link_of(one.body) for one in again.items if one.kind == "link"]
    assert [one.essay for one in links] == ["On width", "A “wide” margin → ours", "On width"]
    assert [one.kind for one in links] == ["supports", "", ""]
    assert [one.words for one in links] == ["Two\nlines.", "", "Words without a kind."]
