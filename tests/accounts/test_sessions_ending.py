"""Signing out everywhere: in every process, and answered once."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.second_factors import confirm
from tests.accounts.test_session_list import FIREFOX, IPHONE, browser, is_in
from tests.base import People
from tests.security.test_sessions import HOME, other_process

__all__ = ["other_process"]
ENDING = reverse("sessions_ending")


@pytest.mark.django_db(transaction=True)
def test_out_at_the_next_request_in_every_process(
    people: People,
    other_process: Callable[[Client, str], int],
) -> None:
    there, here = browser(people, IPHONE), browser(people, FIREFOX)
    for _ in range(2):  # the second time by what each process has kept of the first
        assert other_process(there, HOME) == other_process(here, HOME) == 200
        assert is_in(there)
    confirm(here)
    here.post(ENDING, {"scope": "others"})
    assert other_process(there, HOME) == 302
    assert other_process(here, HOME) == 200
    assert not is_in(there)


def test_sent_twice(people: People) -> None:
    here = browser(people, FIREFOX)
    confirm(here)
    sent = {"scope": "others", "client_key": "0a3d2f5e-5b4f-4f6a-9d1b-6a54f5d0c111"}
    answers = [here.post(ENDING, sent) for _ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {reverse("session_list")}
    assert is_in(here)
