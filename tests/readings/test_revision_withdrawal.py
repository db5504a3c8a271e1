"""Taking a revision back: what it would do is said first, in numbers."""

from django.test import Client

from readings.models import Reading
from tests.base import People
from tests.discussions.base import say
from tests.readings.revised import REVISED, revise


def test_says_what_it_will_do_and_does_it(people: People, reading: Reading) -> None:
    say(reading, people.carol, block="p2", quote="a conversation begins")
    revision = revise(reading, REVISED)
    since = say(reading, people.dan, block="p3", quote="Printers left it wide")
    client = people.client("alice")
    url = f"/library/revisions/{revision.pk}/withdrawal/"
    page = " ".join(client.get(url).content.decode().split())
    assert "1 passage stands again exactly as before" in page
    assert "1 passage made since is looked for" in page
    reading.refresh_from_db()
    assert reading.revision == revision
    response = client.post(url)
    assert response["Location"] == f"/library/essays/{reading.essay_id}/"
    reading.refresh_from_db()
    since.refresh_from_db()
    assert reading.revision.number == 1
    assert since.passage is not None
    assert since.passage.quote == "Printers left it wide"
    essay = client.get(response["Location"]).content.decode()
    assert "Withdrawn" in essay
    # A second click is answered as the first.
    assert client.post(url)["Location"] == response["Location"]
    reading.refresh_from_db()
    assert reading.revision.number == 1


def test_the_first_says_why_it_cannot(people: People, reading: Reading) -> None:
    url = f"/library/revisions/{reading.revision_id}/withdrawal/"
    assert "This is the first revision" in people.client("alice").get(url).content.decode()
    people.client("alice").post(url)
    reading.revision.refresh_from_db()
    assert reading.revision.withdrawn_at is None


def test_an_earlier_one_says_why_it_cannot(people: People, reading: Reading) -> None:
    second = revise(reading, REVISED)
    revise(reading, [*REVISED, "A last paragraph, which is new."])
    url = f"/library/revisions/{second.pk}/withdrawal/"
    assert "Withdraw the later one first" in people.client("alice").get(url).content.decode()


def test_who_may(people: People, reading: Reading) -> None:
    revision = revise(reading, REVISED)
    url = f"/library/revisions/{revision.pk}/withdrawal/"
    for key in ("bob", "carol", "grace", "mallory"):
        assert people.client(key).post(url).status_code == 403
    assert Client().post(url).status_code == 302
    assert people.client("alice").put(url).status_code == 405
    assert people.client("alice").get("/library/revisions/987654/withdrawal/").status_code == 404
    # Another instructor of the seminar reads it, and it is not theirs.
    people.bob.role = "instructor"
    people.bob.save(update_fields=["role"])
    assert "Only whose essay it is" in people.client("bob").get(url).content.decode()
    assert people.client("bob").post(url).status_code == 403
    revision.refresh_from_db()
    assert revision.withdrawn_at is None
