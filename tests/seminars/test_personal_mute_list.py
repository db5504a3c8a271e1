"""The list of those whom one has muted for oneself."""

from django.urls import reverse

from seminars.models import Membership
from seminars.personal_mutes import mute_for_self
from tests.base import People, make_user, markup
from tests.seminars.helpers import queries

URL = reverse("personal_mute_list", args=["seminar"])


def test_has_them_with_a_way_back_that_can_be_undone(people: People) -> None:
    client = people.client("carol")
    assert "Nobody." in markup(client.get(URL))
    mute_for_self(member=people.dan, by=people.carol)
    page = markup(client.get(URL))
    assert "Dan" in page
    action = reverse("personal_mute", args=["seminar", people.dan.pk])
    assert f'action="{action}"' in page
    response = client.post(action, {"undo": "1"}, follow=True)
    shown = markup(response)
    assert "You read Dan again as before." in shown
    assert "Undo" in shown
    client.post(action)
    assert "Unmute" in markup(client.get(URL))


def test_has_nobody_elses(people: People) -> None:
    mute_for_self(member=people.dan, by=people.alice)
    assert "Nobody." in markup(people.client("carol").get(URL))


def test_nobody_is_named_who_cannot_be_muted(people: People) -> None:
    for who in (people.alice.pk, people.carol.pk, 999_999, "x"):
        assert "again as before" not in markup(people.client("carol").get(f"{URL}?unmuted={who}"))


def test_the_way_to_it(people: People) -> None:
    client = people.client("carol")
    assert URL in markup(client.get(reverse("news", args=["seminar"])))
    assert URL not in markup(client.get(reverse("people", args=["seminar"])))
    mute_for_self(member=people.dan, by=people.carol)
    assert URL in markup(client.get(reverse("people", args=["seminar"])))


def test_refusals(people: People) -> None:
    for who, status in {"grace": 403, "mallory": 404}.items():
        assert people.client(who).get(URL).status_code == status
    assert people.client("carol").post(URL).status_code == 405


def test_queries_are_the_same_for_few_and_many(people: People) -> None:
    client = people.client("carol")
    mute_for_self(member=people.dan, by=people.carol)
    client.get(URL)
    few = queries(client, URL)
    for number in range(10):
        other = Membership.objects.create(seminar=people.seminar, user=make_user(f"other{number}"))
        mute_for_self(member=other, by=people.carol)
    client.get(URL)  # the number at the bell is counted anew
    assert queries(client, URL) == few
