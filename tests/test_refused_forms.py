"""Under every form of the site: what the server refuses keeps the words, and says why.

The forms are found by walking the pages in every role, and a view that takes a POST and has no
form among them fails. What the browser makes of the answers is in tests/browser/test_refusals.py.
"""

import re

import pytest

from config.refusals import CARRIED
from tests.faults import (
    FAULTS,
    NO_FAULT,
    SOUGHT,
    WORDS,
    Trials,
    all_forms,
    make_wide_world,
    says_why,
    visible,
    words_of,
)
from tests.forms import SiteForm
from tests.permissions.matrix import MATRIX
from tests.permissions.world import World
from tests.rules import ROOT
from tests.seeds import Seed, fixture_of

seed_world = fixture_of(Seed(make_wide_world))
# Asked for by a page's script alone, which sends no form: where one stands in the text.
# A button where the seminar has no reasons of its own, or no gradebook, as this one has; nobody
# writes into it.
WITHOUT_FORM = {"reading_place", "own_reasons", "gradebook_opening"}
# No seminar of this world is to be deleted.
WITHOUT_FORM |= {"seminar_deletion_undo", "host_seminar_deletion_undo"}
# What is sent with a password is never sent back; its other field repeats what stands above it.
WITH_PASSWORD = {"seminar_deletion", "host_seminar_deletion"}
# It stores nothing yet, and the words stay in the form: below it by a script, or on its own page.
KEEPS_NOTHING = {"comment_preview", "gradebook_settings"}
# The same of buttons: more lines for a question, an answer that is tried, the steps to a link. The
# form comes back.
ONLY_SHOWN = {("act", name) for name in ("more", "try", "show", "near", "far", "reading")}


TYPED = re.compile(r"<(?:textarea|input(?![^>]*type=))[^>]*?\bname=\"(\w+)\"")


def named_in_templates() -> set[str]:
    """The names of the fields that templates write themselves for people to write into."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]
    return {name for source in sources for name in TYPED.findall(source)} - SOUGHT


@pytest.fixture
def world(seed_make_wide_world: World) -> World:
    return seed_make_wide_world


def trouble(trials: Trials, form: SiteForm, *, by_script: bool) -> list[str]:
    """What is wrong with the answers to a form that came too late."""
    wrong = []
    names = words_of(form)
    usual = trials.answer(form, NO_FAULT, by_script=by_script)
    for fault in FAULTS:
        if not form.action.startswith(fault.below) or (not names and fault.below != "/"):
            continue
        answer = trials.answer(form, fault, by_script=by_script)
        text = answer.content.decode()
        # A script leaves the form as it stands, unless something is put into its place.
        stays = by_script and "data-refusal" in text
        said = (
            f"{form.view}{names} on {form.page}, {fault.name}, {by_script=}: {answer.status_code}"
        )
        if answer.status_code >= 500:
            wrong.append(said)
        elif answer.status_code >= 400:
            is_lost = names and not stays and WORDS not in visible(text)
            if is_lost and form.view not in WITH_PASSWORD:
                wrong.append(f"{said} loses the words")
            if not says_why(text):
                wrong.append(f"{said} says nothing")
        elif form.view in KEEPS_NOTHING or form.button in ONLY_SHOWN:
            if not by_script and WORDS not in visible(text):
                wrong.append(f"{said} loses the words")
        elif names and not answer.stored and usual.status_code < 400:
            wrong.append(f"{said} takes the words and keeps them nowhere")
    return wrong


@pytest.mark.django_db
def test_what_comes_too_late_keeps_the_words(world: World) -> None:
    forms, trials = all_forms(world), Trials(world)
    views = {form.view for form in forms}
    asked = {name for name, found in MATRIX.items() if any(row[1] for row in found.values())}
    assert asked - views <= WITHOUT_FORM, f"no form leads to {asked - views}"
    typed = {name for form in forms for name in form.text_names}
    assert named_in_templates() <= typed, f"no form asks {named_in_templates() - typed}"
    wrong = []
    written = {control.name for form in forms for control in form.controls}
    for form in forms:
        if by_itself := form.carried - CARRIED - written:
            wrong.append(f"{form.view} on {form.page}: taken for somebody’s words: {by_itself}")
        for by_script in {not words_of(form) and form.by_script, form.by_script}:
            wrong += trouble(trials, form, by_script=by_script)
    assert not wrong, "\n".join(wrong)
