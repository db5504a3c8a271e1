"""Whatever people write by hand, in whatever form: of words that nobody sees, it says so."""

import importlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django import forms

from readings.models import Reading
from tests.base import People
from tests.discussions.base import first_of, new_thread_data, reported, say, url

ROOT = Path(__file__).resolve().parents[1]
INVISIBLE = "\u200b\u2060\u3164"
TOLD = "Readers would see nothing of this."
# Secrets, and the words of an essay, of which each repair decides for itself.
OTHER_FILES = {"accounts/sign_in_forms.py", "readings/drafts/edit_forms.py"}
# Never shown as they come: looked for in the text, read as a file, or checked as a date
# or as a code.
LOOKED_UP = {
    ("PassageForm", "words"),
    ("ThreadForm", "words"),
    ("LinkForm", "words"),
    ("LinkForm", "far_words"),
    ("PassagePlaceForm", "words"),
    ("PassagePlaceForm", "block"),
    ("SavedPlaceForm", "block"),
    ("GuideForm", "text"),
    ("MetadataForm", "published"),
    ("AuthenticateForm", "code"),
    ("ReauthenticateByCodeForm", "code"),
    ("ActivateAppForm", "code"),
    ("DeletionForm", "password"),
    ("ErasureForm", "password"),
}
UNSEEN = ["\u200b", "\u00a0\u3164", "#", "> ", "&nbsp;", "```\n```", "---", "&#8203;"]


def written_fields() -> Iterator[tuple[str, str, forms.Field]]:
    """Every field of our forms in which people write in their own words."""
    for path in sorted(ROOT.glob("*/**/*forms.py")):
        place = path.relative_to(ROOT)
        if place.parts[0] in {"tests", ".venv", "config", "var"} or str(place) in OTHER_FILES:
            continue
        name = ".".join(place.with_suffix("").parts)
        module = importlib.import_module(name)
        for form in vars(module).values():
            if not isinstance(form, type) or not issubclass(form, forms.Form | forms.ModelForm):
                continue
            if form.__module__ != name:
                continue
            for field_name, field in form.base_fields.items():
                plain = isinstance(field, forms.CharField) and not field.widget.is_hidden
                if plain and (form.__name__, field_name) not in LOOKED_UP:
                    yield form.__name__, field_name, field


@pytest.mark.parametrize(
    ("form", "name", "field"),
    [pytest.param(*one, id=f"{one[0]}.{one[1]}") for one in written_fields()],
)
def test_no_form_takes_words_that_nobody_sees(form: str, name: str, field: forms.Field) -> None:
    """Refused, or taken for none at all."""
    with suppress(forms.ValidationError):
        assert not field.clean(INVISIBLE)


@pytest.mark.parametrize("body", UNSEEN)
def test_a_thread_and_a_reply_of_nothing_are_refused_with_the_words(
    people: People, reading: Reading, body: str
) -> None:
    client = people.client("carol")
    thread = say(reading, people.dan)
    pages = {
        url("thread_list", thread.reading): new_thread_data(body=body),
        url("comment_create", thread.reading, thread.pk): {"body": body},
    }
    for address, data in pages.items():
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.post(address, data, headers=headers)
            assert answer.status_code == 422
            page = answer.content.decode()
            assert TOLD in page or "Write something first." in page
    thread.refresh_from_db()
    assert thread.last_seq == 1


def test_the_same_for_changes_and_reports(people: People, reading: Reading) -> None:
    comment = first_of(say(reading, people.carol))
    page = url("comment_revisions", comment.thread.reading, comment.pk)
    answer = people.client("carol").post(page, {"body": "&nbsp;", "version": comment.version})
    assert answer.status_code == 422
    assert TOLD in answer.content.decode()
    assert "&amp;nbsp;" in answer.content.decode()
    page = url("comment_reports", comment.thread.reading, comment.pk)
    answer = people.client("dan").post(page, {"reason": "other", "detail": INVISIBLE})
    assert answer.status_code == 422
    assert TOLD in answer.content.decode()
    assert not comment.reports.exists()


def test_a_decision_with_an_invisible_note_is_refused(people: People, reading: Reading) -> None:
    comment = first_of(say(reading, people.carol))
    case = reported(comment, people.dan)
    page = f"/s/{people.seminar.slug}/desk/reviews/{case.pk}/decision/"
    data = {"decision": "dismiss", "version": 1, "review_version": 1, "note_to_member": INVISIBLE}
    answer = people.client("alice").post(page, data)
    assert answer.status_code == 422
    assert TOLD in answer.content.decode()
