"""No kind of row is forgotten when a person is erased: a new model says what becomes of it."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Value
from django.db.models.functions import Cast, Concat

from accounts.models import User
from personal_data.erasure_actions import erase_person
from personal_data.what_is_kept import TREATMENTS, Treatment
from readings.models import Draft
from seminars.models import Membership
from tests.personal_data.dump import holders
from tests.personal_data.person import World, make_zora_world
from tests.seeds import Seed, fixture_of

seed_world = fixture_of(Seed(make_zora_world))
PEOPLE = (User, Membership)
# In whatever they have written, whether or not somebody has thought of it.
EVERYWHERE = "qxeverywhere"
LONG = 200  # letters: what is shorter is a code
# These name her as the one to whom it was said.
BY_OTHERS = {("discussions.Thread", "addressee")}
# The words of a row that is theirs may stay there.
STAY = {Treatment.STAYS, Treatment.NOBODYS}


def ours() -> list[type[models.Model]]:
    return [one for one in apps.get_models() if not one.__module__.startswith("tests.")]


def test_each_kind_of_row_has_its_treatment() -> None:
    """Say in personal_data/what_is_kept.py what becomes of it, and see in its modules to that."""
    labels = {one._meta.label for one in ours() if not one.__module__.startswith("allauth.")}
    assert labels <= set(TREATMENTS), labels - set(TREATMENTS)
    known = {one._meta.label for one in apps.get_models()}
    assert set(TREATMENTS) <= known, set(TREATMENTS) - known


def test_what_names_a_person_is_about_somebody() -> None:
    for model in ours():
        names = any(field.related_model in PEOPLE for field in model._meta.concrete_fields)
        treatment = TREATMENTS.get(model._meta.label, Treatment.GOES)
        assert not (names and treatment is Treatment.NOBODYS), model._meta.label


def written_by(person: World) -> list[tuple[type[models.Model], str, Any]]:
    """The columns for words of all rows that name her, as (model, column, rows)."""
    found = []
    members = Membership.objects.filter(user=person.zora)
    for model in ours():
        if TREATMENTS.get(model._meta.label, Treatment.GOES) in STAY or model in PEOPLE:
            continue
        rows = model._base_manager.none()
        for field in model._meta.concrete_fields:
            if (model._meta.label, field.name) in BY_OTHERS:
                continue
            if field.related_model is User:
                rows |= model._base_manager.filter(**{field.name: person.zora})
            elif field.related_model is Membership:
                rows |= model._base_manager.filter(**{f"{field.name}__in": members})
        if model is Draft:
            rows = rows.filter(revision=None)  # the others are the essays' by now
        for field in model._meta.concrete_fields:
            is_text = type(field) in (models.TextField, models.CharField) and not field.choices
            if is_text and (field.max_length or LONG) >= LONG:
                found.append((model, field.name, rows))
    return found


@pytest.mark.django_db
def test_words_in_any_column_go(seed_make_zora_world: World) -> None:
    """Also where a column is new: no word is left in rows that are hers, whatever wrote it."""
    world = seed_make_zora_world
    marked = 0
    for model, column, rows in written_by(world):
        keys = list(rows.values_list("pk", flat=True))
        word = Concat(Value(EVERYWHERE), Cast("pk", models.TextField()))
        marked += model._base_manager.filter(pk__in=keys).update(**{column: word})
    assert marked > 50
    erase_person(user=world.zora, words="go")
    assert "\n".join(holders(EVERYWHERE)) == ""
