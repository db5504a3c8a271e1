"""One essay of the library."""

from django.test import Client

from readings.models import Essay, Reading
from tests.base import People, make_people, make_reading
from tests.readings.library import publish, upload


def test_tells_what_is_known_and_where_it_can_be_read(people: People) -> None:
    client = people.client("alice")
    essay = publish(client, upload(client), venue="The Fence", published="2021-05-03").essay
    page = client.get(f"/library/essays/{essay.pk}/").content.decode()
    for known in ("Small gates", "Nora Field", "The Fence", "3 May 2021", "English", "gates.md"):
        assert known in page
    assert f"/s/seminar/readings/?essay={essay.pk}" in page


def test_essay_that_is_read_links_to_its_reading(people: People, reading: Reading) -> None:
    page = people.client("alice").get(f"/library/essays/{reading.essay_id}/").content.decode()
    assert reading.get_absolute_url() in page
    assert "Put it before" not in page


def test_draft_and_others_essays_are_not_there(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    assert draft.essay is None
    assert not Essay.objects.exists()
    theirs = make_reading(make_people("other")).essay
    for pk in (theirs.pk, theirs.pk + 1):
        assert client.get(f"/library/essays/{pk}/").status_code == 404


def test_who_may_see_it(people: People, reading: Reading) -> None:
    url = f"/library/essays/{reading.essay_id}/"
    for key in ("bob", "carol", "grace", "mallory"):
        assert people.client(key).get(url).status_code == 403
    assert Client().get(url).status_code == 302
    assert people.client("alice").post(url).status_code == 405
