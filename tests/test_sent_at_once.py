"""Every form of the site sent many times at the same moment: one effect, and no error.

`python -m scripts.sweep` sends each fifty times and prints what came of it.
"""

import os
from collections import Counter
from typing import Any

import pytest
from django.db import transaction

from tests.at_once import at_once
from tests.forms import SiteForm, site_forms
from tests.permissions.world import World, make_world
from tests.test_sent_twice import DONE, rows, send, with_more

TIMES = int(os.environ.get("SENT_AT_ONCE", "4"))
# What takes away from the others what they are about comes last.
LAST = ("withdrawal", "removal", "discard", "publication", "membership_detail")
# What two at once may each add, and nobody sees: where a reader is, what is kept of a page.
BESIDE = {"Visit", "PageVersion", "BlockVersion", "Alignment"}


def one_of_each(world: World) -> list[SiteForm]:
    """One form of each view, and one for each of its buttons; what removes things at the end."""
    found: dict[Any, SiteForm] = {}
    for form in site_forms(world, all_alike=False):
        found.setdefault((form.view, form.button and form.button[1]), form)
    return sorted(found.values(), key=lambda form: any(word in form.view for word in LAST))


def effect_of_one(world: World, form: SiteForm) -> tuple[int, Counter[str]]:
    """What the form does when it is sent once; it is taken back."""
    with transaction.atomic():
        before = rows()
        status = send(world.people.client(form.who), form, by_script=False).status_code
        after = rows()
        transaction.set_rollback(True)
    return status, difference(before, after)


def difference(before: Counter[str], after: Counter[str]) -> Counter[str]:
    names = {*before, *after} - BESIDE
    return Counter(
        {name: after[name] - before[name] for name in names if after[name] != before[name]}
    )


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_every_form_sent_many_times_at_once_has_one_effect() -> None:
    world = with_more(make_world())
    wrong, tried = [], 0
    for form in one_of_each(world):
        status, expected = effect_of_one(world, form)
        if status not in DONE:
            continue
        tried += 1
        clients = [world.people.client(form.who) for _ in range(TIMES)]
        before = rows()
        answers = at_once(*(_sending(client, form) for client in clients))
        made = difference(before, rows())
        told = Counter(map(str, answers))
        if TIMES > 4:
            print(f"{form.view:24} {TIMES} at once: {dict(told)}, rows {dict(made)}")  # noqa: T201
        if set(answers) != {status} or made != expected:
            wrong.append(
                f"{form.view} {form.button}: {dict(told)} and not {status}, "
                f"{dict(made)} and not {dict(expected)}"
            )
    assert not wrong, "\n".join(wrong)
    assert tried > 20


def _sending(client: Any, form: SiteForm) -> Any:
    return lambda: send(client, form, by_script=False).status_code
