"""Every form of the site sent twice, as by a double click or after an answer that was lost.

One effect, and the same answer. The forms are found by walking the pages, and a view that takes
a POST and has no form among them fails.
"""

import json
from collections import Counter
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from discussions.models import Comment
from quizzes.attempts.gates import let_through
from readings.models import Reading, ReadingGate
from seminars.models import Membership, Seminar
from tests.base import PASSWORD, make_reading, make_user, sign_in
from tests.discussions.annotation_files import hypothesis_row
from tests.forms import SiteForm, site_forms
from tests.permissions.matrix import MATRIX
from tests.permissions.world import World, make_world
from tests.readings.revised import REVISED, revise
from tests.seeds import Seed, fixture_of

seed_world = fixture_of(Seed(make_world))
DONE = range(200, 400)
# What says no more than that it happened: sessions, the pages that are kept.
BESIDE = {"Session", "SignedInSession", "Fragment"}
# Asked for by a page's script alone, which sends no form: where one stands in the text. And the
# host's cases, which are decided by the form of the review queue: this world has none. A list of
# reasons is begun where the seminar has none of its own, as this one has: test_own_reasons.py; a
# gradebook too: test_gradebook_opening.py. Pages of one's account are not walked, as one could lock
# oneself out on them: test_session_ending.py and test_sessions_ending.py.
WITHOUT_FORM = {
    "reading_place",
    "host_cases",
    "own_reasons",
    "gradebook_opening",
    "session_ending",
    "sessions_ending",
}
# A deletion asks for the seminar's name and a password: tests/lifecycle/test_seminar_deletion.py.
WITHOUT_FORM |= {"seminar_deletion", "seminar_deletion_undo"}
WITHOUT_FORM |= {"host_seminar_deletion", "host_seminar_deletion_undo"}
ESSAY = b"# Gates\n\nA gate is a fence that has changed its mind.\n"


GUIDE = b"""---
guide: 1
title: Other
---

## Prompt \xc2\xb6 2

Why?
"""
ANNOTATIONS = json.dumps([hypothesis_row()]).encode()
FILES = {
    "reading_guide": ("guide.md", GUIDE),
    "question_import": ("a.gift", b"Wide? {T}"),
    "annotation_import": ("a.jsonld", ANNOTATIONS),
    "grades_import": ("marks.csv", b"Email address,Talk\ncarol@example.org,7\n"),
    "roster_create": ("roster.csv", b"Vera,vera@example.org,Monday\n"),
}


def with_more(world: World) -> World:
    """With what forms need beyond the matrix: people to share with, a text to add, a newer one."""
    people = world.people
    for key in ("nora", "olga"):
        user = make_user(key)
        Membership.objects.create(seminar=people.seminar, user=user, role="instructor")
    reading = Reading.objects.get(slug="margins")
    reading.essay.editors.add(user)
    revise(reading, REVISED, move=False)
    # Whom staff have let through, to be taken back.
    let_through(gate=ReadingGate.objects.get(), member=people.grace, by=people.alice)
    free = make_reading(people, slug="free")
    free.delete()
    return world


@pytest.fixture
def world(seed_make_world: World) -> World:
    return with_more(seed_make_world)


def rows() -> Counter[str]:
    """How many rows every table of ours has."""
    return Counter(
        {
            model.__name__: model._base_manager.count()
            for model in apps.get_models()
            if model.__name__ not in BESIDE
        }
    )


def send(client: Client, form: SiteForm, *, by_script: bool) -> Any:
    sent: dict[str, Any] = dict(form.changed(1))
    if form.has_file:
        name, data = FILES.get(form.view, ("gates.md", ESSAY))
        sent["file"] = SimpleUploadedFile(name, data)
        sent.pop("text", None)
    if "password" in sent:
        sent["password"] = PASSWORD
    headers = {"HX-Request": "true"} if by_script else {}
    return client.post(form.action, sent, headers=headers)


def twice(world: World, form: SiteForm, *, by_script: bool) -> tuple[int, str]:
    """The status of the first answer, and what is wrong with the second; "" where nothing is."""
    client = world.people.client(form.who)
    with transaction.atomic():
        first = send(client, form, by_script=by_script)
        after = rows()
        # A browser that has not had the first answer has none of its cookies.
        again = send(world.people.client(form.who), form, by_script=by_script)
        more = rows() - after
        transaction.set_rollback(True)
    wrong = ""
    if first.status_code in DONE:
        if again.status_code != first.status_code:
            wrong = f"{first.status_code}, then {again.status_code}"
        elif again.headers.get("Location") != first.headers.get("Location"):
            wrong = f"to {first.headers['Location']}, then to {again.headers['Location']}"
        elif more:
            wrong = f"and again {dict(more)}"
    return first.status_code, wrong


@pytest.mark.django_db
def test_every_form_sent_twice_has_one_effect_and_the_same_answer(world: World) -> None:
    wrong, taken, refused = [], set(), {}
    for form in site_forms(world):
        for by_script in {False, form.element.get("hx-post") is not None}:
            status, what = twice(world, form, by_script=by_script)
            if status in DONE:
                taken.add(form.view)
            else:
                refused[form.view] = f"{status} for {form.changed(1)} on {form.page}"
            if what:
                wrong.append(f"{form.view} ({form.button}) on {form.page}, {by_script=}: {what}")
    assert not wrong, "\n".join(wrong)
    asked = {name for name, found in MATRIX.items() if any(row[1] for row in found.values())}
    never = asked - taken - WITHOUT_FORM
    assert not never, "\n".join(f"{name}: {refused.get(name, 'no form')}" for name in never)


@pytest.mark.django_db
def test_a_key_is_its_senders_alone(world: World) -> None:
    """Who sends the key of somebody else's page does their own, or what they may: nothing."""
    key = {"client_key": str(uuid4())}
    path = reverse("comment_create", kwargs=world.kwargs["thread all"])
    words = key | {"body": "The same words."}
    answers = [world.people.client(who).post(path, words) for who in ("carol", "dan", "grace")]
    assert [one.status_code for one in answers] == [302, 302, 403]
    places = {one.headers["Location"] for one in answers[:2]}
    said = Comment.objects.filter(body="The same words.").order_by("pk")
    assert [one.author.user.name for one in said] == ["Carol", "Dan"]
    assert len(places) == 2

    new = key | {"name": "The same name", "description": ""}
    makers = [world.users[who] for who in ("alice", "otto", "carol")]
    answers = [sign_in(user).post("/seminars/new/", new) for user in makers if user]
    assert [one.status_code for one in answers] == [302, 302, 403]
    assert answers[0].headers["Location"] != answers[1].headers["Location"]
    assert Seminar.objects.filter(name="The same name").count() == 2
