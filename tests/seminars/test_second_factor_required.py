"""A host may ask a second factor of hosts, or of all staff: nothing is open to them before."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from seminars.second_factor import OPEN
from tests.accounts.second_factors import (
    SET_UP,
    TURN_OFF,
    confirm,
    first_step,
    set_up_app,
    types_of,
)
from tests.base import People, sign_in
from tests.forms import addresses
from tests.permissions.world import World, make_world
from tests.seminars.helpers import words

SET_UP_FIRST = reverse("mfa_index")
HOME = reverse("home")


@pytest.fixture
def host(people: People) -> User:
    return User.objects.create_user("hugo@example.org", "correct horse battery", is_host=True)


def is_led(client: Client, path: str = HOME) -> bool:
    return client.get(path).headers.get("Location") == SET_UP_FIRST


@pytest.mark.parametrize(
    ("asked_of", "led"),
    [("off", ""), ("hosts", "hugo"), ("staff", "hugo alice bob")],
)
def test_of_whom_it_is_asked(
    people: People, host: User, settings: Any, asked_of: str, led: str
) -> None:
    settings.REQUIRE_SECOND_FACTOR = asked_of
    clients = {"hugo": sign_in(host)}
    clients |= {name: people.client(name) for name in ("alice", "bob", "carol", "mallory")}
    assert [name for name, client in clients.items() if is_led(client)] == led.split()


def test_who_has_one_goes_on(people: People, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = "staff"
    client = people.client("alice")
    assert "asks a second factor of you" in words(client.get(SET_UP_FIRST))
    set_up_app(client)
    assert client.get(HOME).status_code == 200
    assert "asks a second factor of you" not in words(client.get(SET_UP_FIRST))


def test_who_becomes_an_assistant_is_asked_at_the_next_request(
    people: People, settings: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = "staff"
    client = people.client("carol")
    assert client.get(HOME).status_code == 200
    people.carol.role = "assistant"
    people.carol.save(update_fields=["role"])
    assert is_led(client)


def test_no_address_goes_around_it(db: None, settings: Any) -> None:
    """Pages, files, fragments and what scripts ask: every view of the site."""
    world: World = make_world()
    settings.REQUIRE_SECOND_FACTOR = "staff"
    client = world.people.client("alice")
    client.raise_request_exception = False
    by_name = {name: path for name, path in addresses(world) if not is_open(name)}
    assert len(by_name) > 200
    wrong = [name for name, path in by_name.items() if not is_led(client, path)]
    script = {"HX-Request": "true"}
    posted = {name: client.post(path, headers=script) for name, path in by_name.items()}
    wrong += [name for name, answer in posted.items() if answer.status_code != 403]
    assert not wrong, wrong


def is_open(name: str) -> bool:
    return name in {*OPEN, "livez", "readyz"} or name.startswith("mfa_")


def test_words_are_kept(people: People, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = "staff"
    answer = people.client("alice").post(reverse("profile"), {"name": "Half written"})
    assert answer.status_code == 403
    assert "Half written" in answer.content.decode()
    assert "Send again" in words(answer)


def test_the_last_one_is_not_given_up(people: People, settings: Any) -> None:
    client = people.client("alice")
    set_up_app(client)
    settings.REQUIRE_SECOND_FACTOR = "staff"
    for answer in (client.get(TURN_OFF), client.post(TURN_OFF)):
        assert "add another before you remove this one" in words(answer)
    assert "totp" in types_of(people.alice.user)
    key = Authenticator.objects.create(
        user=people.alice.user, type="webauthn", data={"name": "Key", "credential": {}}
    )
    assert client.post(TURN_OFF).status_code == 302, "another is there"
    answer = client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert answer.status_code == 422
    assert types_of(people.alice.user) >= {"webauthn"}


def test_who_lost_everything_is_let_in_again_by_the_host(
    people: People, settings: Any, mailoutbox: Any
) -> None:
    client = people.client("alice")
    set_up_app(client)
    mailoutbox.clear()
    call_command("remove_second_factor", "Alice@example.org")
    assert types_of(people.alice.user) == set()
    assert client.get(HOME).status_code == 302, "and is signed out"
    assert first_step(Client(), "alice").headers["Location"] == HOME
    (told,) = mailoutbox
    assert told.to == ["alice@example.org"]
    for nobody in ("alice@example.org", "nobody@example.org"):
        with pytest.raises(CommandError):
            call_command("remove_second_factor", nobody)


def test_set_up_itself_asks_who_one_is(people: People, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = "staff"
    client = people.client("alice")
    assert client.get(SET_UP).headers["Location"].startswith(reverse("account_reauthenticate"))
    confirm(client)
    assert client.get(SET_UP).status_code == 200
