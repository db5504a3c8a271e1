"""What a revision changed in the text, block by block."""

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from anchoring.diff import word_diff
from readings.models import Reading
from readings.revisions.text_changes import ON_ONE_PAGE
from tests.base import PARAGRAPHS, People, make_people, make_reading, markup
from tests.discussions.base import say
from tests.readings.revised import REVISED, revise


def page_of(people: People, pk: int, query: str = "") -> str:
    response = people.client("alice").get(f"/library/revisions/{pk}/changes/{query}")
    assert response.status_code == 200
    return markup(response)


def test_words_are_set_side_by_side_and_what_is_the_same_is_folded(
    people: People, reading: Reading
) -> None:
    page = page_of(people, revise(reading, REVISED).pk)
    assert "<del>at another place</del><ins>where it pleases them</ins>." in page
    assert f"<del>{PARAGRAPHS[1]}</del>" in page
    assert f"<ins>{REVISED[1]}</ins>" in page
    assert "1 paragraph unchanged" in page
    assert PARAGRAPHS[2] not in page


def test_markup_of_an_author_is_text(people: People, reading: Reading) -> None:
    page = page_of(people, revise(reading, [*PARAGRAPHS, "<script>alert(1)</script> & so on"]).pk)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; so on" in page
    assert "<script>alert" not in page


def test_moved_paragraphs_are_named(people: People, reading: Reading) -> None:
    page = page_of(people, revise(reading, [PARAGRAPHS[2], *PARAGRAPHS[:2]]).pk)
    assert re.search(r"Moved: ¶ [123] → ¶ [123]", page)


def test_tells_where_it_is_read_and_what_became_of_it(people: People, reading: Reading) -> None:
    say(reading, people.carol, block="p2", quote="a conversation begins")
    say(reading, people.carol, block="p3", quote="Printers left it wide")
    revision = revise(reading, REVISED)
    page = page_of(people, revision.pk)
    for told in ("1 in place", "1 gone", f"{reading.get_absolute_url()}changes/"):
        assert told in page
    newer = revise(reading, [*REVISED, "A last paragraph, which is new."], move=False)
    assert f"{reading.get_absolute_url()}revision/" in page_of(people, newer.pk)


def test_a_long_text_is_shown_by_sections(people: People, reading: Reading) -> None:
    texts = [f"Paragraph {i} is new here." for i in range(ON_ONE_PAGE + 1)]
    revision = revise(reading, texts)
    # What was taken out follows the title; what is new stands in the section.
    page = page_of(people, revision.pk)
    assert f"Where readers stop ({len(texts) + 3})" in page
    for nonsense in ("%C2%B2", "99999", "x"):
        assert texts[-1] in page_of(people, revision.pk, f"?section={nonsense}")


@given(old=st.text(max_size=60), new=st.text(max_size=60))
def test_what_is_shown_is_both_texts(old: str, new: str) -> None:
    shown = word_diff(old, new)
    assert "".join(one.text for one in shown if one.kind != "added") == old
    assert "".join(one.text for one in shown if one.kind != "removed") == new


def test_the_first_revision_says_that_there_is_nothing(people: People, reading: Reading) -> None:
    assert "nothing to compare" in page_of(people, reading.revision_id)


@pytest.mark.parametrize("threads", [1, 200])
def test_fixed_number_of_queries(
    people: People, reading: Reading, threads: int, django_assert_num_queries: object
) -> None:
    for number in range(threads):
        say(reading, people.carol, f"Remark {number}.", block="p3", quote="Printers left it wide")
    revision = revise(reading, REVISED)
    client = people.client("alice")
    with django_assert_num_queries(13):  # type: ignore[operator]
        client.get(f"/library/revisions/{revision.pk}/changes/")


def test_who_may(people: People, reading: Reading) -> None:
    url = f"/library/revisions/{revise(reading, REVISED).pk}/changes/"
    for key in ("bob", "carol", "grace", "mallory"):
        assert people.client(key).get(url).status_code == 403
    assert Client().get(url).status_code == 302
    assert people.client("alice").post(url).status_code == 405
    others = make_people("other")
    theirs = make_reading(others)
    assert (
        people.client("alice").get(f"/library/revisions/{theirs.revision_id}/changes/").status_code
        == 404
    )
