"""The link in a mail: it changes one person's choice for one scope, without signing in."""

import pytest
from django.core import signing
from django.test import Client

from discussions.models import MailCadence, MailChoice
from discussions.notifications import mail_choices
from discussions.notifications.mail_choices import token_for
from readings.models import Reading
from tests.base import People
from tests.discussions.base import say


def link(people: People, scope: str = "all", key: str = "carol") -> str:
    return f"/news/mail/{token_for(getattr(people, key).user_id, scope)}/"


def chosen(people: People) -> dict[str, str]:
    rows = MailChoice.objects.filter(user=people.carol.user)
    return dict(rows.values_list("scope", "cadence"))


def test_it_shows_the_choice_and_changes_nothing(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    page = Client().get(link(people, f"thread:{thread.pk}")).content.decode()
    assert "reads one text together" in page
    assert chosen(people) == {}


@pytest.mark.parametrize("scope", ["all", "seminar:1", "reading:1", "thread:1"])
def test_it_changes_its_scope_alone(people: People, scope: str) -> None:
    response = Client(enforce_csrf_checks=True).post(
        link(people, scope), {"cadence": MailCadence.WEEKLY}
    )
    assert "Your choice is kept." in response.content.decode()
    assert chosen(people) == {scope: "weekly"}
    assert MailChoice.objects.count() == 1


def test_one_click_stops_the_mails(people: People) -> None:
    for _ in range(2):
        response = Client(enforce_csrf_checks=True).post(
            link(people, "thread:3"), {"List-Unsubscribe": "One-Click"}
        )
        assert response.status_code == 200
    assert chosen(people) == {"thread:3": "off"}


def test_one_click_for_all_stops_what_was_chosen_otherwise(people: People) -> None:
    MailChoice.objects.create(user=people.carol.user, scope="thread:3", cadence="at_once")
    Client().post(link(people), {"List-Unsubscribe": "One-Click"})
    assert chosen(people) == {"all": "off"}


def test_no_choice_is_refused(people: People) -> None:
    for data in ({}, {"cadence": "hourly"}, {"cadence": ""}, {"List-Unsubscribe": "yes"}):
        assert Client().post(link(people), data).status_code == 422
    assert chosen(people) == {}


def test_forged_old_and_foreign_links_lead_nowhere(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = link(people)
    value, stamp, signature = good.removeprefix("/news/mail/").strip("/").split(":")
    others = token_for(people.dan.user_id, "all").split(":")
    tokens = [
        f"{others[0]}:{stamp}:{signature}",
        f"{value}:{stamp}:{signature[::-1]}",
        signing.dumps([people.carol.user_id, "all"], salt="something else"),
        "x",
    ]
    for token in tokens:
        for method in ("get", "post"):
            answer = getattr(Client(), method)(f"/news/mail/{token}/", {"cadence": "off"})
            assert answer.status_code == 404
    monkeypatch.setattr(mail_choices, "LINKS_LAST", -1)
    assert Client().post(good, {"cadence": "off"}).status_code == 404
    monkeypatch.undo()
    people.carol.user.is_active = False
    people.carol.user.save()
    assert Client().post(good, {"cadence": "off"}).status_code == 404
    assert not MailChoice.objects.exists()


def test_it_names_nothing_out_of_reach(people: People, reading: Reading) -> None:
    thread = say(reading, people.dan, audience="group")
    page = Client().get(link(people, f"thread:{thread.pk}")).content.decode()
    assert "Something that is gone" in page
    assert "reads one text" not in page
