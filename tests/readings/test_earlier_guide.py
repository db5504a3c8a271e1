"""The file of a guide that a reading had before."""

from readings.guides import apply_guide
from readings.models import Reading
from tests.base import People
from tests.queries import PageQueries
from tests.quizzes.base import ALL_TYPES, SECRETS
from tests.readings.guide_drafts import GUIDE_URL

OTHER = "---\nguide: 1\ntitle: Other\n---\n\n## Note ¶ 1\n\nA note.\n"
URL = f"{GUIDE_URL}earlier/1/"


def test_its_file_is_as_it_was(people: People, reading: Reading) -> None:
    for text in (ALL_TYPES, OTHER):
        apply_guide(reading=reading, text=text, by=people.alice)
    answer = people.client("alice").get(URL)
    assert answer.content.decode() == ALL_TYPES
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert 'filename="margins-guide-1.md"' in answer.headers["Content-Disposition"]
    assert people.client("alice").get(f"{GUIDE_URL}earlier/2/").status_code == 404
    assert people.client("alice").post(URL).status_code == 405


def test_it_is_nobody_elses(people: People, reading: Reading) -> None:
    for text in (ALL_TYPES, OTHER):
        apply_guide(reading=reading, text=text, by=people.alice)
    for who, status in {"bob": 403, "carol": 403, "grace": 403, "mallory": 404}.items():
        answer = people.client(who).get(URL)
        assert answer.status_code == status
        assert not any(secret in answer.content.decode() for secret in SECRETS)


def test_as_many_queries_for_many_earlier_guides(people: People, reading: Reading) -> None:
    client = people.client("alice")
    counts = []
    for number in range(4):
        text = OTHER.replace("A note", f"Note {number}")
        apply_guide(reading=reading, text=text, by=people.alice)
        client.get(GUIDE_URL)
        with PageQueries() as queries:
            client.get(GUIDE_URL)
        counts.append(len(queries))
    assert counts[1] == counts[3]
