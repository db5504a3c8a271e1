"""An authenticator app and recovery codes: setting up, signing in, and what is refused."""

from typing import Any

import pytest
from allauth.mfa import urls as theirs
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.accounts.second_factors import (
    CODES,
    PERIOD,
    SECOND_STEP,
    SET_UP,
    SIGN_IN,
    TURN_OFF,
    code_of,
    confirm,
    first_step,
    forget_used_codes,
    set_up_app,
    types_of,
)
from tests.accounts.test_account_pages import assert_ours
from tests.base import PASSWORD, People
from tests.seminars.helpers import words
from tests.views import routes

HOME = reverse("home")
INDEX = reverse("mfa_index")
NEW_CODES = reverse("mfa_generate_recovery_codes")


def test_app_is_set_up_and_asked_for(people: People) -> None:
    client = people.client("carol")
    secret, codes = set_up_app(client)
    assert len({*codes}) == 10
    page = words(client.get(INDEX))
    assert "Authenticator app On" in page
    assert "Recovery codes 10 left" in page
    other = Client()
    answer = first_step(other)
    assert answer.headers["Location"] == SECOND_STEP
    assert other.get(HOME).status_code == 302, "a password alone does not let in"
    assert_ours(other.get(SECOND_STEP).content.decode())
    assert other.post(SECOND_STEP, {"code": code_of(secret)}).headers["Location"] == HOME
    assert other.get(HOME).status_code == 200


def test_leads_to_the_page_one_came_for(people: People) -> None:
    secret, _codes = set_up_app(people.client("carol"))
    client = Client()
    first_step(client, next="/s/seminar/")
    answer = client.post(SECOND_STEP, {"code": code_of(secret)})
    assert answer.headers["Location"] == "/s/seminar/"


def test_words_are_kept_over_both_steps(people: People) -> None:
    """Signed out while writing: what was written is sent again after signing in with a code."""
    secret, _codes = set_up_app(people.client("carol"))
    client = Client()
    name, page = reverse("profile"), reverse("profile")
    kept = client.post(name, {"name": "Caro with words", "time_zone": ""})
    assert kept.status_code == 401
    assert "Caro with words" in kept.content.decode()
    first_step(client)
    between = client.post(name, {"name": "Caro with words", "time_zone": ""})
    assert between.status_code == 401, "between the two steps nobody is in"
    assert "Caro with words" in between.content.decode()
    client.post(SECOND_STEP, {"code": code_of(secret)})
    assert client.post(name, {"name": "Caro with words", "time_zone": ""}).status_code == 302
    assert "Caro with words" in client.get(page).content.decode()


def test_code_is_taken_once(people: People) -> None:
    secret, _codes = set_up_app(people.client("carol"))
    code = code_of(secret)
    first, second = Client(), Client()
    for client in (first, second):
        first_step(client)
    assert first.post(SECOND_STEP, {"code": code}).status_code == 302
    answer = second.post(SECOND_STEP, {"code": code})
    assert answer.status_code == 422
    assert "it was used already" in words(answer)


def test_code_of_the_set_up_page_does_not_sign_in(people: People) -> None:
    client = people.client("carol")
    confirm(client)
    client.get(SET_UP)
    secret = client.session["mfa.totp.secret"]
    code = code_of(secret)
    assert client.post(SET_UP, {"code": code}).status_code == 302
    other = Client()
    first_step(other)
    assert other.post(SECOND_STEP, {"code": code}).status_code == 422


@pytest.mark.parametrize("late", [-PERIOD * 2, PERIOD * 2, PERIOD * 10])
def test_code_of_another_time_is_refused(people: People, late: int) -> None:
    secret, _codes = set_up_app(people.client("carol"))
    client = Client()
    first_step(client)
    code = code_of(secret, timezone.now().timestamp() + late)
    assert client.post(SECOND_STEP, {"code": code}).status_code == 422


@pytest.mark.parametrize("code", ["", "000", "abc def", "\u0661\u0662", "1" * 4000, "\0"])
def test_wrong_code_comes_back(people: People, code: str) -> None:
    set_up_app(people.client("carol"))
    client = Client()
    first_step(client)
    answer = client.post(SECOND_STEP, {"code": code})
    assert answer.status_code == 422
    assert client.get(HOME).status_code == 302


def test_stops_after_some_tries_even_with_the_right_code(people: People) -> None:
    secret, _codes = set_up_app(people.client("carol"))
    for _ in range(5):
        client = Client()
        first_step(client)
        assert client.post(SECOND_STEP, {"code": "000000"}).status_code == 422
    answer = client.post(SECOND_STEP, {"code": code_of(secret)})
    assert answer.status_code == 422
    assert "Too many tries" in words(answer)


def test_recovery_code_lets_in_once(people: People) -> None:
    _secret, codes = set_up_app(people.client("carol"))
    mail.outbox.clear()
    client, again = Client(), Client()
    for each in (client, again):
        first_step(each)
    assert client.post(SECOND_STEP, {"code": codes[3]}).status_code == 302
    (told,) = mail.outbox
    assert told.subject == "Colloquy: A recovery code was used"
    assert "9 are left" in told.body
    assert again.post(SECOND_STEP, {"code": codes[3]}).status_code == 422
    assert again.post(SECOND_STEP, {"code": codes[4]}).status_code == 302


def test_recovery_codes_are_shown_once(people: People) -> None:
    client = people.client("carol")
    _secret, codes = set_up_app(client)
    page = client.get(CODES)
    assert "You have 10 left." in words(page)
    assert not [code for code in codes if code in page.content.decode()]
    assert client.get(reverse("mfa_download_recovery_codes")).status_code == 403


def test_new_recovery_codes_take_the_place_of_the_old(people: People) -> None:
    client = people.client("carol")
    secret, old = set_up_app(client)
    assert "The 10 codes that you have left" in words(client.get(NEW_CODES))
    new = client.post(NEW_CODES, follow=True).content.decode()
    assert not [code for code in old if code in new]
    other = Client()
    first_step(other)
    assert other.post(SECOND_STEP, {"code": old[0]}).status_code == 422
    assert other.post(SECOND_STEP, {"code": code_of(secret)}).status_code == 302


def test_turned_off_the_password_alone_lets_in(people: People) -> None:
    client = people.client("carol")
    set_up_app(client)
    assert "Turn the authenticator app off?" in words(client.get(TURN_OFF))
    assert client.post(TURN_OFF, follow=True).status_code == 200
    assert types_of(people.carol.user) == set(), "and the recovery codes are gone"
    assert first_step(Client()).headers["Location"] == HOME


@pytest.mark.django_db(transaction=True)
def test_each_change_is_told_by_mail(people: People) -> None:
    client = people.client("carol")
    set_up_app(client)
    client.post(NEW_CODES)
    client.post(TURN_OFF)
    assert [one.subject for one in mail.outbox] == [
        "Colloquy: An authenticator app was added",
        "Colloquy: You have new recovery codes",
        "Colloquy: Your authenticator app was removed",
    ]
    assert {address for one in mail.outbox for address in one.to} == {"carol@example.org"}
    assert not [one for one in mail.outbox if "127.0.0.1" in one.body]


def test_secrets_are_enciphered_where_they_lie(people: People) -> None:
    secret, codes = set_up_app(people.client("carol"))
    stored = str([*Authenticator.objects.values_list("data", flat=True)])
    assert not [one for one in (secret, *codes) if one in stored]


def test_without_the_sites_key_no_code_is_right(people: People, settings: Any) -> None:
    secret, codes = set_up_app(people.client("carol"))
    settings.SECRET_KEY = "another key of the site, as long as one is"
    client = Client()
    first_step(client)
    for code in (code_of(secret), codes[0]):
        assert client.post(SECOND_STEP, {"code": code}).status_code == 422


def test_with_a_former_key_of_the_site_they_hold(people: People, settings: Any) -> None:
    secret, _codes = set_up_app(people.client("carol"))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the site, as long as one is"
    client = Client()
    first_step(client)
    assert client.post(SECOND_STEP, {"code": code_of(secret)}).status_code == 302


# What changes a factor or shows a secret, and how: none without saying once more who one is.
GUARDED = [
    ("get", SET_UP),
    ("post", SET_UP),
    ("get", TURN_OFF),
    ("post", TURN_OFF),
    ("get", NEW_CODES),
    ("post", NEW_CODES),
    ("get", CODES),
    ("get", reverse("mfa_download_recovery_codes")),
    ("get", reverse("mfa_add_webauthn")),
    ("post", reverse("mfa_add_webauthn")),
]


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_nothing_is_shown_or_changed_without_saying_who_one_is(
    people: People, method: str, path: str
) -> None:
    if path != SET_UP:
        set_up_app(people.client("carol"))
    before = types_of(people.carol.user)
    client = people.client("carol")
    answer = getattr(client, method)(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert types_of(people.carol.user) == before


def test_a_session_that_confirmed_long_ago_confirms_again(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = people.client("carol")
    confirm(client)
    assert client.get(SET_UP).status_code == 200
    later = timezone.now().timestamp() + 301
    monkeypatch.setattr("time.time", lambda: later)
    assert client.get(SET_UP).status_code == 302


def test_one_can_confirm_by_a_code(people: People) -> None:
    secret, _codes = set_up_app(people.client("carol"))
    client = people.client("carol")
    by_code = reverse("mfa_reauthenticate")
    page = client.get(reverse("account_reauthenticate")).content.decode()
    assert f'href="{by_code}"' in page
    assert_ours(client.get(by_code).content.decode())
    assert client.post(by_code, {"code": "000000"}).status_code == 422
    forget_used_codes()
    assert client.post(by_code, {"code": code_of(secret)}).status_code == 302
    assert client.get(TURN_OFF).status_code == 200


def test_second_step_is_for_who_took_the_first(people: People) -> None:
    assert Client().get(SECOND_STEP).headers["Location"] == SIGN_IN
    assert people.client("carol").get(SECOND_STEP).headers["Location"] == HOME


def test_first_step_is_forgotten_when_one_leaves(people: People) -> None:
    secret, _codes = set_up_app(people.client("carol"))
    client = Client()
    first_step(client)
    client.post(reverse("account_logout"), {"next": SIGN_IN})
    assert client.post(SECOND_STEP, {"code": code_of(secret)}).headers["Location"] == SIGN_IN


def test_a_new_password_by_mail_does_not_go_around_it(people: People) -> None:
    set_up_app(people.client("carol"))
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "carol@example.org"})
    link = next(
        line for line in str(mail.outbox[-1].body).splitlines() if line.startswith("http")
    ).removeprefix("http://testserver")
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "quite another phrase", "password2": "quite another phrase"})
    assert client.get(HOME).status_code == 302
    assert first_step(client, password="quite another phrase").headers["Location"] == SECOND_STEP


PAGES = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
}
# What the tests above, those of passkeys, or no GET shows.
ELSEWHERE = {
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "mfa_login_webauthn",
}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_is_in_our_look(people: People, name: str) -> None:
    client = people.client("carol")
    confirm(client)
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert_ours(answer.content.decode())
    assert "no-store" in answer.headers["Cache-Control"]
    assert Client().get(reverse(name)).status_code == 302


def test_no_page_is_forgotten() -> None:
    names = {route.name for route in routes() if route.name.startswith("mfa_")}
    assert names == PAGES | ELSEWHERE
    assert theirs.urlpatterns


def test_secrets_stand_in_no_page_of_kept_words(people: People) -> None:
    """A form with a code whose token is too old is not shown again with what it said."""
    client = Client(enforce_csrf_checks=True)
    answer = client.post(SECOND_STEP, {"code": "314159"})
    assert answer.status_code == 403
    assert "314159" not in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
