"""How a person likes to read: kept by the display menu, and on a page of its own."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.base import People, htmx

URL = reverse("display_settings")
MENU = {
    "text_size": "l",
    "measure": "wide",
    "theme": "dark",
    "typeface": "legible",
    "annotations": "all",
    "text_only": "on",
    "next": "/s/seminar/",
}


def settings_of(people: People) -> dict[str, Any]:
    people.carol.user.refresh_from_db()
    names = ("text_size", "measure", "theme", "typeface", "annotations", "text_only", "single_keys")
    return {name: getattr(people.carol.user, name) for name in names}


CHOSEN = {
    "text_size": "l",
    "measure": "wide",
    "theme": "dark",
    "typeface": "legible",
    "annotations": "all",
    "text_only": True,
    "single_keys": False,
}


def test_form_of_the_menu_keeps_them_and_leads_back(people: People) -> None:
    client = people.client("carol")
    answer = client.post(URL, MENU)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/s/seminar/")
    assert settings_of(people) == CHOSEN
    page = client.get("/s/seminar/").content.decode()
    for attribute in ('data-theme="dark"', 'data-size="l"', 'data-font="legible"'):
        assert attribute in page


def test_script_gets_no_page(people: People) -> None:
    answer = htmx(people.client("carol"), "post", URL, MENU)
    assert (answer.status_code, answer.content) == (204, b"")
    assert settings_of(people) == CHOSEN


def test_page_works_by_itself(people: People) -> None:
    client = people.client("carol")
    page = client.get(URL).content.decode()
    assert 'value="m" id="id_text_size_1" required checked' in page
    assert 'name="single_keys"' in page
    answer = client.post(URL, MENU | {"next": ""}, follow=True)
    assert answer.redirect_chain == [(URL, 302)]
    assert "Your display is as you set it." in answer.content.decode()


@pytest.mark.parametrize(
    ("shown_at", "back_at"),
    [
        ("/s/seminar/r/margins/previews/", "/s/seminar/r/margins/"),
        ("/s/seminar/r/margins/threads/7/comments/?part=1", "/s/seminar/r/margins/threads/7/"),
        ("/s/seminar/r/margins/threads/?show=new", "/s/seminar/r/margins/threads/?show=new"),
        ("/nowhere/at/all/", "/"),
        ("/accounts/logout/", "/accounts/logout/"),
    ],
)
def test_leads_to_no_address_that_takes_forms_alone(
    people: People, shown_at: str, back_at: str
) -> None:
    """A page in answer to a form stands where the form led; from there one goes on above it."""
    answer = people.client("carol").post(URL, MENU | {"next": shown_at})
    assert answer.headers["Location"] == back_at


@pytest.mark.parametrize("next_url", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_leads_to_no_other_site(people: People, next_url: str) -> None:
    answer = people.client("carol").post(URL, MENU | {"next": next_url})
    assert answer.headers["Location"] == URL


def test_nothing_else_of_the_account_can_be_set(people: People) -> None:
    fields = MENU | {"is_host": "on", "name": "Somebody", "email": "other@example.org"}
    people.client("carol").post(URL, fields)
    people.carol.user.refresh_from_db()
    user = people.carol.user
    assert (user.is_host, user.name, user.email) == (False, "Carol", "carol@example.org")


def test_unknown_values_change_nothing(people: People) -> None:
    before = settings_of(people)
    client = people.client("carol")
    for wrong in ({"theme": "pink"}, {"text_size": ""}, {"measure": "x" * 99}):
        answer = client.post(URL, MENU | wrong)
        assert answer.status_code == 422, wrong
        assert 'data-theme="auto"' in answer.content.decode(), "the page is as it was"
        assert htmx(client, "post", URL, MENU | wrong).status_code == 422
    assert settings_of(people) == before


def test_anonymous_signs_in_first(people: People) -> None:
    way_in = f"{reverse('account_login')}?next={URL}"
    assert Client().get(URL).headers["Location"] == way_in
    # What was sent is kept on the page that leads there.
    answer = Client().post(URL, MENU)
    assert answer.status_code == 401
    assert f'href="{reverse("account_login")}' in answer.content.decode()


def test_refuses_other_methods(people: People) -> None:
    assert people.client("carol").put(URL).status_code == 405
