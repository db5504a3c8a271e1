"""A guide is written beside the text, as a draft that members do not see, and then published."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from discussions.models import Thread
from quizzes.models import Quiz
from readings.guides.draft_actions import begin_draft
from readings.guides.guide_file import parse_guide
from readings.models import Guide, GuideDraft, GuideItem, Reading
from tests.base import People
from tests.forms import add_guide
from tests.quizzes.base import GUIDE
from tests.readings.guide_drafts import GUIDE_URL, URL, add, publish

CANARY = "Canarywords"


def test_a_guide_is_written_beside_the_text_and_published(people: People, reading: Reading) -> None:
    client = people.client("alice")
    assert "Write a guide beside the text" in client.get(GUIDE_URL).content.decode()
    assert client.get(URL).status_code == 302  # there is none yet
    assert client.post(URL).status_code == 302
    assert "Nothing in it yet" in client.get(URL).content.decode()
    add(client, "note", 1, body="A *note*.", kind="term", quote="One text together")
    add(client, "prompt", 2, body="Why so?", asked="each group")
    add(client, "checkpoint", 2, body="### Which?\n\n- (x) This\n- ( ) That")
    html = client.get(URL).content.decode()
    assert "A <em>note</em>." in html
    assert "### Which?" in html
    assert not GuideItem.objects.exists()
    assert "A draft is being written" in client.get(GUIDE_URL).content.decode()
    publish(client)
    assert not GuideDraft.objects.exists()
    kinds = GuideItem.objects.of(reading).values_list("kind", flat=True)
    assert list(kinds) == ["term", "prompt", "checkpoint"]
    assert Quiz.objects.get().questions.count() == 1
    assert Thread.objects.filter(kind="guide", group=None).count() == 0


def test_members_see_nothing_of_it(people: People, reading: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    add(client, "note", 1, body=CANARY)
    add(client, "prompt", 1, body=CANARY)
    for key in ("bob", "carol", "grace"):
        member = people.client(key)
        for page in (
            "/s/seminar/r/margins/",
            "/s/seminar/r/margins/threads/",
            f"/s/seminar/search/?q={CANARY}",
            "/s/seminar/",
            URL,
            GUIDE_URL,
            f"{URL}items/1/",
        ):
            shown = member.get(page).content.decode().replace(f'value="{CANARY}"', "")
            assert f"<p>{CANARY}" not in shown
            if "q=" not in page:
                assert CANARY not in shown
    assert people.client("carol").get(URL).status_code == 403
    assert people.client("mallory").get(URL).status_code == 404


def test_published_as_it_was_begun_it_is_the_same_guide(people: People, reading: Reading) -> None:
    client = people.client("alice")
    add_guide(client, GUIDE_URL, {"text": GUIDE})
    before = list(GuideItem.objects.values_list("pk", "kind", "body", "passage"))
    client.post(URL)
    draft = GuideDraft.objects.get()
    read, written = parse_guide(GUIDE), parse_guide(draft.text)
    assert [(i.kind, i.anchor, i.body) for i in read.items] == [
        (i.kind, i.anchor, i.body) for i in written.items
    ]
    publish(client)
    assert list(GuideItem.objects.values_list("pk", "kind", "body", "passage")) == before


def test_as_many_queries_for_many_items(people: People, reading: Reading) -> None:
    client = people.client("alice")
    begin_draft(reading=reading, by=people.alice)
    add(client, "note", 1, body="Words")

    def count() -> int:
        client.get(URL)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(URL).status_code == 200
        return len(queries)

    one = count()
    for number in (1, 1, 2, 3):
        add(client, "note", number, body="Words")
    assert count() == one
    assert not Guide.objects.exists()
