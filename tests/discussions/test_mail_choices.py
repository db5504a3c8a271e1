"""What goes out to me by mail: chosen for all, by seminar, and otherwise for a part."""

from django.test import Client

from discussions.models import MailChoice
from readings.models import Reading
from tests.base import People, markup
from tests.discussions.base import say

PAGE = "/news/mail/"


def test_it_lists_all_seminars_and_what_is_otherwise(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    user = people.carol.user
    MailChoice.objects.create(user=user, scope=f"thread:{thread.pk}", cadence="off")
    page = markup(people.client("carol").get(PAGE))
    assert "All my seminars" in page
    assert "Two views" in page
    assert "reads one text together" in page
    assert '<option value="standard" selected>' in page
    assert Client().get(PAGE).status_code == 302


def test_a_choice_is_kept_and_taken_away(people: People) -> None:
    client, scope = people.client("carol"), f"seminar:{people.seminar.pk}"
    for _ in range(2):
        assert client.post(PAGE, {"scope": scope, "cadence": "weekly"}).status_code == 302
    assert MailChoice.objects.get().cadence == "weekly"
    client.post(PAGE, {"scope": scope, "cadence": ""})
    assert not MailChoice.objects.exists()


def test_what_is_not_mine_or_nothing_is_refused(people: People) -> None:
    client = people.client("carol")
    for scope, cadence in (("seminar:987654", "off"), ("all", "hourly"), ("all", ""), ("", "")):
        response = client.post(PAGE, {"scope": scope, "cadence": cadence})
        assert response.status_code == 422
        assert "There is no such choice." in response.content.decode()
    assert not MailChoice.objects.exists()
    assert people.client("mallory").get(PAGE).status_code == 200


def test_it_says_when_by_ones_own_zone(people: People) -> None:
    page = markup(people.client("carol").get(PAGE))
    assert "Daily mails go out at 7:00 in your time zone, UTC, weekly ones on Mondays." in page
    people.carol.user.set_profile(name="Carol", time_zone="Asia/Tokyo")
    assert "your time zone, Asia/Tokyo," in markup(people.client("carol").get(PAGE))
