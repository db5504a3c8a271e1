"""Two people who change one thing: on no form of the site does either lose what they wrote.

The forms are found by walking the pages. A form changes what is there if the next one who
opens it finds in it what was sent.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from tests.forms import SiteForm, confirmed, forms_of, site_forms
from tests.permissions.world import World, make_world
from tests.seeds import Seed, fixture_of

seed_world = fixture_of(Seed(make_world))
DONE = {200, 201, 204, 302}
# What is about nobody but who is signed in: there the last choice is what they want.
OWN = {"signed_in", "public"}
OWN_VIEWS = {"kept_answers"}  # what one has answered so far, and nobody else sees
# It holds no values: each case in it goes by its own version, one by one (test_review_several.py).
OF_MANY = {"review_several"}


@pytest.fixture
def world(seed_make_world: World) -> World:
    return seed_make_world


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back, so that each form finds the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def shown(client: Client, form: SiteForm) -> SiteForm | None:
    """The form as its page has it now."""
    answer = client.get(form.page)
    if answer.status_code != 200:
        return None
    again = forms_of(answer.content, form.page, form.who)
    return next((one for one in again if same(one, form)), None)


def same(one: SiteForm, other: SiteForm) -> bool:
    names = [{c.name for c in form.controls} for form in (one, other)]
    return one.action == other.action and one.button == other.button and names[0] == names[1]


def values(form: SiteForm) -> dict[str, Any]:
    stands = form.as_it_stands
    return {control.name: stands.get(control.name) for control in form.controls}


def trial(client: Client, form: SiteForm) -> str | None:
    """What is wrong with the form; "" where nothing is, None where it changes nothing there."""
    before, first, second = values(form), form.changed(1), form.changed(2)
    answer = client.post(form.action, first)
    if confirmed(client, form.action, answer).status_code not in DONE:
        return None
    now = shown(client, form)
    if now is None or values(now) == before:
        return None
    stale = client.post(form.action, second)
    if stale.status_code != 409:
        return f"the second overwrites the first: {stale.status_code}"
    after = shown(client, form)
    if after is None or values(after) != values(now):
        return "the second is refused and yet something is written"
    return trial_of_the_refusal(client, form, now, second, stale)


def trial_of_the_refusal(
    client: Client, form: SiteForm, now: SiteForm, second: dict[str, list[str]], stale: Any
) -> str:
    """Whether who came second sees both, and can save over what stands there."""
    answered = list(forms_of(stale.content, form.page, form.who))
    alike = [one for one in answered if same(one, form)] or answered
    kept = next((one for one in alike if one.action == form.action), None)
    if kept is None:
        return "there is no form to save over it"
    again, text = kept.as_it_stands, stale.content.decode()
    for name, value in values(now).items():
        if "more 1" in "".join(value or []) and "more 1" not in text:
            return f"what stands now in {name} is not shown"
        if (again.get(name) or []) != (second.get(name) or []):
            return f"{name} is not kept: {again.get(name)} and not {second.get(name)}"
    answer = client.post(kept.action, again)
    if confirmed(client, kept.action, answer).status_code not in DONE:
        return "it cannot be saved knowingly"
    last = shown(client, form)
    return "" if last and values(last) != values(now) else "saving knowingly changes nothing"


@pytest.mark.django_db
def test_no_form_overwrites_what_its_sender_has_not_seen(world: World) -> None:
    changing, wrong = set(), []
    for form in site_forms(world, all_alike=False):
        is_own = (
            getattr(resolve(urlsplit(form.action).path).func, "access", "") in OWN
            or form.view in OWN_VIEWS
        )
        if not form.controls or is_own or form.view in OF_MANY:
            continue
        with undone():
            found = trial(world.people.client(form.who), form)
        if found is not None:
            changing.add(form.view)
        if found:
            wrong.append(f"{form.view} on {form.page}: {found}")
    assert not wrong, "\n".join(wrong)
    assert changing >= {
        "group_detail",
        "membership_detail",
        "reading_guide",
        "reading_settings",
        "seminar_settings",
    }, changing
