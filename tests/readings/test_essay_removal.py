"""Whose essay it is takes it out of the library, and puts it back."""

from readings.models import Reading
from tests.base import People, make_people
from tests.forms import send
from tests.seminars.helpers import words


def test_who_reads_it_reads_on(people: People, reading: Reading) -> None:
    other = make_people("other")
    Reading.objects.create(
        seminar=other.seminar,
        essay=reading.essay,
        revision=reading.revision,
        slug="margins",
        created_by=other.alice,
    )
    alice, url = people.client("alice"), f"/library/essays/{reading.essay_id}/removal/"
    page = words(alice.get(url))
    assert "Two views" in page
    assert "1 seminar of other instructors" in page
    assert send(alice, url).url == "/library/"
    library = words(alice.get("/library/"))
    assert "Put back … On margins" in library
    assert alice.get(f"/library/essays/{reading.essay_id}/").status_code == 404
    assert people.client("carol").get(reading.get_absolute_url()).status_code == 200
    assert (
        alice.post(url, {"undo": "1"}).headers["Location"] == f"/library/essays/{reading.essay_id}/"
    )
    assert alice.get(f"/library/essays/{reading.essay_id}/").status_code == 200


def test_only_its_owner(people: People, reading: Reading) -> None:
    url = f"/library/essays/{reading.essay_id}/removal/"
    people.bob.role = "instructor"
    people.bob.save(update_fields=["role"])
    reading.essay.editors.add(people.bob.user)
    assert people.client("bob").post(url).status_code == 403
    assert people.client("bob").get(url).status_code == 403
    other = make_people("other")
    assert other.client("alice").get(url).status_code == 404
    assert "Take out …" not in words(people.client("bob").get(url.removesuffix("removal/")))


def test_two_of_one_title_are_told_apart_where_one_is_chosen(
    people: People, reading: Reading
) -> None:
    other = make_people("other")
    page = words(people.client("alice").get("/library/"))
    assert "added" in page
    chosen = other.alice.user
    reading.essay.editors.add(chosen)
    text = words(other.client("alice").get("/s/other/readings/"))
    assert "On margins (Ada Reader, added" in text
