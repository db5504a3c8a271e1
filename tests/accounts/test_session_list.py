"""Where one is signed in: told by browser, and ended one by one or all at once."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import session_use
from accounts.devices import browser_of, system_of
from accounts.models import SignedInSession
from tests.accounts.second_factors import TURN_OFF, confirm, set_up_app
from tests.base import PASSWORD, People, sign_in
from tests.seminars.helpers import queries, words

URL = reverse("session_list")
HOME = reverse("home")
EVERYWHERE = reverse("sessions_ending")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)


def browser(people: People, user_agent: str, who: str = "carol") -> Client:
    user = getattr(people, who).user
    user.refresh_from_db()
    client = Client(headers={"User-Agent": user_agent})
    client.force_login(user)
    client.get(HOME)
    return client


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def ending_of(client: Client) -> str:
    """Where the session of this browser is ended."""
    row = SignedInSession.objects.get(session_key=client.session.session_key)
    return reverse("session_ending", args=[row.pk])


def test_tells_the_browsers_and_marks_this_one(people: People) -> None:
    browser(people, IPHONE)
    here = browser(people, FIREFOX)
    browser(people, FIREFOX, who="dan")
    page = words(here.get(URL))
    assert "Firefox on Linux This browser" in page
    assert "Safari on iPhone Last used" in page
    assert page.count("Signed in") == 2, "Dan's is not among them"


def test_no_address_and_no_version_is_kept(people: People) -> None:
    browser(people, FIREFOX)
    row = SignedInSession.objects.values().get(user=people.carol.user)
    assert not [value for value in row.values() if "127.0.0.1" in str(value) or value == "140"]
    assert (row["browser"], row["system"]) == ("Firefox", "Linux")


@pytest.mark.parametrize(
    ("user_agent", "browser_name", "system_name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge",
            "Windows",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome", "Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18.5 Safari/605", "Safari", "Mac"),
        (IPHONE, "Safari", "iPhone"),
        ("curl/8.5.0", "", ""),
        ("", "", ""),
        ("<script>" * 5000, "", ""),
    ],
)
def test_browsers_have_the_names_that_people_know(
    user_agent: str, browser_name: str, system_name: str
) -> None:
    assert (browser_of(user_agent), system_of(user_agent)) == (browser_name, system_name)


def test_unknown_browser_is_told_as_one(people: People) -> None:
    assert "Another kind of browser" in words(browser(people, "curl/8").get(URL))


def test_one_is_ended(people: People) -> None:
    there, here = browser(people, IPHONE), browser(people, FIREFOX)
    confirm(here)
    answer = here.post(ending_of(there), follow=True)
    assert "It is signed out there." in answer.content.decode()
    assert (is_in(there), is_in(here)) == (False, True)
    assert "iPhone" not in words(here.get(URL))


def test_words_written_there_are_kept(people: People) -> None:
    there, here = browser(people, IPHONE), browser(people, FIREFOX)
    confirm(here)
    here.post(ending_of(there))
    answer = there.post(reverse("profile"), {"name": "A name half written", "time_zone": ""})
    assert answer.status_code == 401
    assert "A name half written" in answer.content.decode()


def test_this_one_is_ended(people: People) -> None:
    there, here = browser(people, IPHONE), browser(people, FIREFOX)
    confirm(here)
    answer = here.post(ending_of(here))
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert (is_in(there), is_in(here)) == (True, False)


def test_all_others_are_ended(people: People) -> None:
    others = [browser(people, IPHONE) for _ in range(3)]
    dan = browser(people, IPHONE, who="dan")
    here = browser(people, FIREFOX)
    confirm(here)
    answer = here.post(EVERYWHERE, {"scope": "others"}, follow=True)
    assert "You are signed out everywhere else." in answer.content.decode()
    assert not [one for one in others if is_in(one)]
    assert is_in(here)
    assert is_in(dan)


def test_everywhere_is_here_too(people: People) -> None:
    there, here = browser(people, IPHONE), browser(people, FIREFOX)
    confirm(here)
    assert here.post(EVERYWHERE, {"scope": "all"}).headers["Location"] == reverse("account_login")
    assert (is_in(there), is_in(here)) == (False, False)


def test_a_session_that_was_never_written_down_ends_with_them(people: People) -> None:
    there, here = Client(), browser(people, FIREFOX)
    there.force_login(people.carol.user)
    confirm(here)
    here.post(EVERYWHERE, {"scope": "others"})
    assert not is_in(there)


@pytest.mark.parametrize("scope", ["others", "all"])
def test_asks_who_one_is_first(people: People, scope: str) -> None:
    there, here = browser(people, IPHONE), browser(people, FIREFOX)
    for path in (ending_of(there), EVERYWHERE):
        answer = here.post(path, {"scope": scope})
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert is_in(there)
    here.post(answer.headers["Location"], {"password": PASSWORD})
    assert not is_in(there), "what was asked for is done then"


def test_nobody_ends_anothers(people: People) -> None:
    there = browser(people, IPHONE)
    mallory = people.client("mallory")
    confirm(mallory)
    assert mallory.post(ending_of(there)).status_code == 404
    assert is_in(there)


def test_second_factor_on_and_off_ends_the_others(people: People) -> None:
    here = browser(people, FIREFOX)
    for change in (set_up_app, lambda one: one.post(TURN_OFF)):
        there = browser(people, IPHONE)
        assert is_in(there)
        change(here)
        assert (is_in(there), is_in(here)) == (False, True)


def test_new_password_ends_the_others_and_their_rows(people: People) -> None:
    there, here = browser(people, IPHONE), browser(people, FIREFOX)
    new = "quite another phrase"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    here.post(reverse("account_change_password"), sent)
    assert (is_in(there), is_in(here)) == (False, True)
    assert "iPhone" not in words(here.get(URL))
    assert SignedInSession.objects.filter(user=people.carol.user).count() == 1


def age(client: Client, *, began: timedelta, used: timedelta) -> None:
    now = timezone.now()
    row = SignedInSession.objects.filter(session_key=client.session.session_key)
    row.update(signed_in_at=now - began, last_used_at=now - used)


def until_the_browser_closes(client: Client) -> None:
    """As one is signed in who did not ask to be kept so."""
    session = client.session
    session.set_expiry(0)
    session.save()


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("limit", "kept", "part"),
    [
        (session_use.LIFETIME, True, "began"),
        (session_use.IDLE_ON_OWN_DEVICE, True, "used"),
        (session_use.IDLE, False, "used"),
    ],
)
def test_runs_out(people: People, limit: timedelta, kept: bool, part: str) -> None:
    for over, still_in in ((-MINUTE, True), (MINUTE, False)):
        client = browser(people, FIREFOX)
        if not kept:
            until_the_browser_closes(client)
        ages = {"began": MINUTE, "used": MINUTE} | {part: limit + over}
        age(client, **ages)
        key = client.session.session_key
        assert is_in(client) is still_in
        assert Session.objects.filter(session_key=key).exists() is still_in


def test_use_is_noted_every_ten_minutes_and_no_more(people: People) -> None:
    client = browser(people, FIREFOX)
    few = queries(client, HOME)
    assert queries(client, HOME) == few, "nothing is written"
    age(client, began=timedelta(days=3), used=timedelta(minutes=11))
    client.get(HOME)
    row = SignedInSession.objects.get(session_key=client.session.session_key)
    assert timezone.now() - row.last_used_at < MINUTE
    assert timezone.now() - row.signed_in_at > timedelta(days=2)


def test_rows_of_sessions_that_are_no_more_go(people: People) -> None:
    ended = browser(people, IPHONE)
    Session.objects.filter(session_key=ended.session.session_key).delete()
    browser(people, FIREFOX)
    assert SignedInSession.objects.filter(user=people.carol.user).count() == 1


def test_queries_do_not_grow(people: People) -> None:
    client = browser(people, FIREFOX)
    few = queries(client, URL)
    for _ in range(8):
        sign_in(people.carol.user)
    assert queries(client, URL) == few


def test_who_may(people: People) -> None:
    assert Client().get(URL).status_code == 302
    assert Client().post(EVERYWHERE).status_code == 302
    assert people.client("carol").get(EVERYWHERE).status_code == 405
    assert people.client("carol").post(URL).status_code == 405
