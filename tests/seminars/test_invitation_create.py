"""Making an invitation: its link is shown once."""

import re
from datetime import timedelta

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from seminars.models import Invitation
from tests.base import People, make_people
from tests.seminars.helpers import assert_for_instructors, words

URL = reverse("invitation_create", args=["seminar"])
FIELDS = {"role": "participant", "group": "", "max_uses": "12", "days": "7"}


def everything_stored() -> str:
    """All text in all tables, as whoever reads the database would have it."""
    texts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            texts += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(texts)


def test_shows_a_link_that_lets_in(people: People) -> None:
    client = people.client("alice")
    assert "Make the link" in words(client.get(URL))
    answer = client.post(URL, FIELDS | {"group": people.monday.pk})
    page = answer.content.decode()
    found = re.search(r'value="(http://testserver(/join/[^"/]+/))" readonly', page)
    assert found
    told = r"Lets in 12 people, until .+\. Role: Participant\. Group: \S*Monday"
    assert re.search(told, words(answer))
    assert answer.headers["Cache-Control"] == "private, no-store"
    people.client("mallory").post(found[2])
    member = people.seminar.memberships.get(user=people.mallory)
    assert (member.role, member.group) == ("participant", people.monday)


def test_keeps_what_was_asked(people: People) -> None:
    before = timezone.now()
    people.client("alice").post(URL, FIELDS | {"role": "guest"})
    invitation = Invitation.objects.get()
    assert (invitation.role, invitation.group, invitation.max_uses) == ("guest", None, 12)
    assert invitation.created_by == people.alice
    lasts = invitation.expires_at - before
    assert timedelta(days=7) <= lasts < timedelta(days=7, minutes=1)


def test_token_is_nowhere_in_the_database(people: People) -> None:
    """Nor is it after somebody signed out has opened the link, sessions included."""
    answer = people.client("alice").post(URL, FIELDS)
    found = re.search(r"/join/([^/]+)/", answer.content.decode())
    assert found
    visitor = people.client("mallory")
    visitor.logout()
    assert visitor.get(found[0]).status_code == 200
    assert visitor.get(reverse("account_signup")).status_code == 200
    stored = everything_stored()
    assert Invitation.objects.get().token_hash in stored
    assert found[1] not in stored
    people_page = people.client("alice").get(reverse("people", args=["seminar"]))
    assert found[1] not in people_page.content.decode()


def test_bad_input_comes_back(people: People) -> None:
    client = people.client("alice")
    other = make_people("other")
    for wrong in (
        {"max_uses": "0"},
        {"max_uses": "1001"},
        {"days": "0"},
        {"days": "9999999"},
        {"days": "soon"},
        {"role": "owner"},
        {"group": other.monday.pk},
    ):
        answer = client.post(URL, FIELDS | wrong)
        assert answer.status_code == 422, wrong
        assert 'aria-invalid="true"' in answer.content.decode() or "role" in wrong
    assert 'value="soon"' in client.post(URL, FIELDS | {"days": "soon"}).content.decode()
    assert not Invitation.objects.exists()


def test_who_may(people: People) -> None:
    assert_for_instructors(people, URL)
    assert_for_instructors(people, URL, "post")
    assert people.client("alice").delete(URL).status_code == 405
