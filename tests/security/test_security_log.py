"""The log says what happened to accounts, by number: no address, no name, no secret."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.second_factors import SECOND_STEP, TURN_OFF, code_of, first_step, set_up_app
from tests.base import PASSWORD, People


def test_each_step_is_a_line(people: People, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="colloquy.security")
    pk = people.carol.user.pk
    here = people.client("carol")
    secret, _codes = set_up_app(here)
    client = Client()
    first_step(client, password="a wrong password")
    first_step(client)
    client.post(SECOND_STEP, {"code": "000000"})
    client.post(SECOND_STEP, {"code": code_of(secret)})
    client.post(reverse("account_logout"))
    here.post(TURN_OFF)
    new = "quite another phrase"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    here.post(reverse("account_change_password"), sent)
    lines = [each.getMessage() for each in caplog.records if each.name == "colloquy.security"]
    assert lines == [
        f"other second factors (account {pk})",
        "wrong password",
        f"wrong code (account {pk})",
        f"signed in by password and mfa (account {pk})",
        f"signed out (account {pk})",
        f"other second factors (account {pk})",
        f"new password (account {pk})",
    ]
    assert not [one for one in lines if "carol" in one.casefold() or secret in one or new in one]
