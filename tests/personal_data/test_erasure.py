"""/profile/erasure/: somebody has themselves erased."""

import pytest
from django.test import Client
from django.urls import reverse

from personal_data.models import Erasure
from tests.base import PASSWORD, People, markup, sign_in
from tests.forms import form_on

URL = "/profile/erasure/"


def test_it_says_what_goes_and_what_stays(people: People) -> None:
    page = markup(people.client("carol").get(URL))
    assert "What goes in any case" in page
    assert "A former member" in page
    assert reverse("erasure") in markup(people.client("carol").get("/profile/"))


def test_a_stranger_signs_in_first() -> None:
    assert Client().get(URL).status_code == 302


def test_with_the_password_one_is_signed_out_everywhere(people: People) -> None:
    browser, other = people.client("carol"), people.client("carol")
    answer = browser.post(URL, {"words": "go", "password": PASSWORD})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("account_login")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert "You are signed out everywhere" in markup(browser.get(answer["Location"]))
    assert other.get("/").status_code == 302
    assert Erasure.objects.get().words == "go"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"words": "go", "password": "wrong"}, "This is not your password."),
        ({"words": "go"}, "This field is required."),
        ({"words": "some", "password": PASSWORD}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said(people: People, sent: dict[str, str], said: str) -> None:
    answer = people.client("carol").post(URL, sent)
    assert answer.status_code == 422
    assert said in markup(answer)
    assert not Erasure.objects.exists()


def test_nobody_tries_many_passwords(people: People) -> None:
    """By the form of the page, which carries what a form is known by that is sent twice."""
    browser = people.client("carol")
    sent = form_on(browser, URL).as_it_stands | {"words": "go"}
    assert "client_key" in sent
    answers = [browser.post(URL, sent | {"password": f"no {n}"}) for n in range(11)]
    assert "Too many tries" in markup(answers[-1])


def test_an_only_instructor_is_led_to_where_they_hand_over(people: People) -> None:
    page = markup(people.client("alice").get(URL))
    assert reverse("people", args=["seminar"]) in page
    assert "danger" not in page
    answer = people.client("alice").post(URL, {"words": "stay", "password": PASSWORD})
    assert answer.status_code == 422
    assert "no other instructor" in markup(answer)


def test_who_signs_in_meanwhile_is_led_to_keep_their_account(people: People) -> None:
    people.client("carol").post(URL, {"words": "stay", "password": PASSWORD})
    browser = Client()
    sent = {"login": "carol@example.org", "password": PASSWORD, "next": "/notebook/"}
    answer = browser.post("/accounts/login/", sent)
    assert answer["Location"] == URL
    page = markup(browser.get(URL))
    assert "Keep my account" in page
    browser.post(reverse("erasure_withdrawal"))
    sent |= {"next": "/notebook/"}
    assert sign_in(people.carol.user).get("/").status_code == 200
    assert Client().post("/accounts/login/", sent)["Location"] == "/notebook/"


def test_by_put_there_is_nothing(people: People) -> None:
    assert people.client("carol").put(URL).status_code == 405
