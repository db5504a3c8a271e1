"""What goes out to me by mail: chosen for all, by seminar, and otherwise for a part."""

import re

from django.test import Client

from discussions.models import MailChoice
from readings.models import Reading
from tests.base import People, make_reading, markup
from tests.discussions.base import answer, say
from tests.seminars.helpers import queries

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


# --- Otherwise for a part ------------------------------------------------------------------------
def options(page: str) -> list[str]:
    """The scopes that can be added."""
    form = page[page.index('id="otherwise-scope"') :]
    return re.findall(r'value="([a-z]+:[0-9]+)"', form[: form.index("</select>")])


def test_one_reading_and_one_thread_are_to_be_chosen(people: People, reading: Reading) -> None:
    watched = say(reading, people.carol)
    answer(watched, people.dan)
    say(reading, people.dan)  # no news of hers
    client = people.client("carol")
    assert options(markup(client.get(PAGE))) == [f"reading:{reading.pk}", f"thread:{watched.pk}"]
    for scope in (f"reading:{reading.pk}", f"thread:{watched.pk}"):
        assert client.post(PAGE, {"scope": scope, "cadence": "off"}).status_code == 302
    rows = MailChoice.objects.values_list("user__name", "scope", "cadence")
    assert set(rows) == {
        ("Carol", f"reading:{reading.pk}", "off"),
        ("Carol", f"thread:{watched.pk}", "off"),
    }
    page = markup(client.get(PAGE))
    assert "otherwise-scope" not in page  # nothing else is left to be added
    assert "The thread on “reads one text together” in" in page


def test_a_thread_that_one_came_from_is_chosen_already(people: People, reading: Reading) -> None:
    thread = say(reading, people.dan)
    client = people.client("carol")
    page = markup(client.get(f"{PAGE}?for=thread:{thread.pk}"))
    assert f'<option value="thread:{thread.pk}" selected>' in page
    assert client.post(PAGE, {"scope": f"thread:{thread.pk}", "cadence": "off"}).status_code == 302
    assert MailChoice.objects.get().scope == f"thread:{thread.pk}"


def test_what_is_out_of_reach_can_neither_be_named_nor_chosen(
    people: People, reading: Reading
) -> None:
    thread = say(reading, people.dan, audience="group")
    client = people.client("carol")
    scopes = [f"thread:{thread.pk}", "thread:x", "thread:987654", "reading:987654", "all:1", "x:1"]
    for scope in scopes:
        assert scope not in markup(client.get(PAGE, {"for": scope}))
        assert client.post(PAGE, {"scope": scope, "cadence": "off"}).status_code == 422
    assert not MailChoice.objects.exists()


def test_the_queries_are_as_many_for_much(people: People, reading: Reading) -> None:
    client, counts = people.client("carol"), []
    for times in (1, 12):
        for _ in range(times):
            answer(say(reading, people.carol), people.dan)
            make_reading(people, f"more-{Reading.objects.count()}")
        client.get(PAGE)
        counts.append(queries(client, PAGE))
    assert counts[0] == counts[1]


# --- Beside the news -----------------------------------------------------------------------------
def test_choices_stand_beside_the_news(people: People, reading: Reading) -> None:
    client = people.client("carol")
    MailChoice.objects.create(user=people.carol.user, scope=f"reading:{reading.pk}", cadence="off")
    for news, scope in (("/news/", "all"), ("/s/seminar/news/", f"seminar:{people.seminar.pk}")):
        page = markup(client.get(news))
        assert f'name="scope" value="{scope}"' in page
        assert "On margins: <b>Never</b>" in re.sub("[\u2068\u2069]", "", page)
        sent = {"scope": scope, "cadence": "weekly", "back": "news"}
        answered = client.post(PAGE, sent, follow=True)
        assert answered.request["PATH_INFO"] == news
        page = markup(answered)
        assert "Your choice is kept." in page
        assert '<option value="weekly" selected>' in page
    assert people.client("mallory").get("/news/").status_code == 200
