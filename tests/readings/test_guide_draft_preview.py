"""The draft as participants will see it: asked, and nothing told."""

from readings.models import Reading
from tests.base import People
from tests.forms import add_guide
from tests.queries import PageQueries
from tests.quizzes.base import ALL_TYPES, SECRETS
from tests.readings.guide_drafts import GUIDE_URL, URL, add

PREVIEW = f"{URL}preview/"


def test_every_type_is_asked_and_no_key_told(people: People, reading: Reading) -> None:
    client = people.client("alice")
    add_guide(client, GUIDE_URL, {"text": ALL_TYPES})
    client.post(URL)
    html = client.get(PREVIEW).content.decode()
    for secret in SECRETS:
        assert secret not in html
    assert html.count('class="question"') == 10
    for shown in (
        "At different places.",  # one choice
        "A library",  # several
        ">True<",
        "a library card",  # match
        "Printers left it wide.",  # order
        "prices",  # gap
        "Said <em>of readers</em>.",
        "Is no method older?",
    ):
        assert shown in html
    assert "<form" not in html.partition('id="text"')[2].partition("</article>")[0]


def test_without_a_draft_there_is_none(people: People, reading: Reading) -> None:
    client = people.client("alice")
    answer = client.get(PREVIEW)
    assert answer.status_code == 302
    assert answer.headers["Location"] == GUIDE_URL
    assert people.client("bob").get(PREVIEW).status_code == 403
    assert people.client("mallory").get(PREVIEW).status_code == 404
    assert client.post(PREVIEW).status_code == 405


def test_as_many_queries_for_many_items(people: People, reading: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    counts = []
    for number in (1, 2, 3):
        add(client, "checkpoint", number, body="### Which?\n\n- (x) This\n- ( ) That")
        client.get(PREVIEW)
        with PageQueries() as queries:
            client.get(PREVIEW)
        counts.append(len(queries))
    assert len(set(counts)) == 1
