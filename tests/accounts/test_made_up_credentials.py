"""What comes of a passkey is JSON that anybody can write: nothing of it makes the site fail."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.accounts.second_factors import SECOND_STEP, confirmed_client, first_step, set_up_app
from tests.base import People

SIGN_IN_BY_KEY = reverse("mfa_login_webauthn")
ADD = reverse("mfa_add_webauthn")
CONFIRM_BY_KEY = reverse("mfa_reauthenticate_webauthn")

PARTS = st.sampled_from(["", "AA", "MQ", "e30", "oA", "!", "a" * 400, "\0", "MQ==", "ÿ"])
LEAVES = st.none() | st.booleans() | st.integers(-3, 3) | PARTS
RESPONSE = st.dictionaries(
    st.sampled_from(
        [
            "clientDataJSON",
            "attestationObject",
            "authenticatorData",
            "signature",
            "userHandle",
            "transports",
        ]
    ),
    LEAVES | st.lists(LEAVES, max_size=2),
)
CREDENTIAL = st.fixed_dictionaries(
    {},
    optional={
        "id": LEAVES,
        "rawId": LEAVES,
        "type": st.sampled_from(["public-key", "other"]) | LEAVES,
        "response": RESPONSE | LEAVES,
        "clientExtensionResults": st.dictionaries(PARTS, LEAVES) | LEAVES,
        "authenticatorAttachment": LEAVES,
    },
)
MADE_UP = CREDENTIAL | LEAVES | st.lists(LEAVES, max_size=2)
MANY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(autouse=True)
def no_limit_of_tries(settings: Any) -> None:
    settings.MFA_RATE_LIMITS = {"webauthn_login": "100000/m/ip"}
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "100000/m/ip", "reauthenticate": "100000/m/ip"}


@MANY
@given(made_up=MADE_UP)
def test_nobody_signs_in_with_it(people: People, made_up: Any) -> None:
    client = Client()
    client.get(SIGN_IN_BY_KEY, headers={"Accept": "application/json"})
    answer = client.post(SIGN_IN_BY_KEY, {"credential": json.dumps(made_up)})
    assert answer.headers["Location"] == reverse("account_login")
    assert client.get("/").status_code == 302


@MANY
@given(made_up=MADE_UP)
def test_nobody_takes_the_second_step_with_it(people: People, made_up: Any) -> None:
    if not hasattr(people, "second_step"):
        set_up_app(people.client("carol"))
        people.second_step = Client()  # type: ignore[attr-defined]
        first_step(people.second_step)  # type: ignore[attr-defined]
    client = people.second_step  # type: ignore[attr-defined]
    client.get(SECOND_STEP)
    assert client.post(SECOND_STEP, {"credential": json.dumps(made_up)}).status_code == 422


@MANY
@given(made_up=MADE_UP)
def test_nobody_adds_it(people: People, made_up: Any) -> None:
    if not hasattr(people, "adds"):
        people.adds = confirmed_client(people)  # type: ignore[attr-defined]
    client = people.adds  # type: ignore[attr-defined]
    client.get(ADD)
    answer = client.post(ADD, {"name": "Key", "credential": json.dumps(made_up)})
    assert answer.status_code == 422
    assert 'value="Key"' in answer.content.decode()


@pytest.mark.parametrize("path", [SIGN_IN_BY_KEY, ADD, CONFIRM_BY_KEY])
@pytest.mark.parametrize("sent", ["", "{", "NaN", "[" * 2000, "false", "[]", "{}"])
def test_what_is_no_json_is_refused(people: People, path: str, sent: str) -> None:
    client = Client() if path == SIGN_IN_BY_KEY else confirmed_client(people)
    client.get(path)
    assert client.post(path, {"credential": sent}).status_code in {302, 422}


def test_passkeys_are_asked_for_so_often_a_minute(people: People, settings: Any) -> None:
    settings.MFA_RATE_LIMITS = {}
    client = Client()
    answers = [client.post(SIGN_IN_BY_KEY, {"credential": "{}"}).status_code for _ in range(11)]
    assert answers == [302] * 10 + [429]
