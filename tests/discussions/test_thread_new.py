"""Picking words without selecting them."""

from readings.models import Reading
from tests.base import People, htmx, make_reading, markup
from tests.discussions.base import url
from tests.discussions.gates import assert_closed_to_strangers


def test_sentences_of_the_paragraph_can_be_ticked(people: People, reading: Reading) -> None:
    page = people.client("carol").get(url("thread_new", reading, query="?block=p3"))
    text = markup(page)
    assert '<input type="checkbox" name="sentence" value="0-29">' in text
    assert "The margin was made for this." in text
    assert "Comment on ¶ 3" in text
    assert 'name="words"' in text


def test_audiences_are_those_that_the_member_has(people: People, reading: Reading) -> None:
    page = url("thread_new", reading, query="?block=p1")
    carol = markup(people.client("carol").get(page))
    assert "My group (Monday)" in carol
    assert f'name="audience" value="group:{people.monday.pk}" checked' in carol
    alice = markup(people.client("alice").get(page))
    assert 'name="audience" value="group' not in alice
    assert 'name="audience" value="seminar" checked' in alice


def test_without_a_block_it_is_about_the_whole_essay(people: People, reading: Reading) -> None:
    text = people.client("carol").get(url("thread_new", reading)).content.decode()
    assert "Comment on the whole essay" in text
    assert 'name="sentence"' not in text


def test_one_sentence_needs_no_ticking(people: People) -> None:
    reading = make_reading(people, paragraphs=["One sentence alone."])
    text = people.client("carol").get(url("thread_new", reading, query="?block=p1"))
    assert 'name="sentence"' not in text.content.decode()
    assert "One sentence alone." in text.content.decode()


def test_fragment(people: People, reading: Reading) -> None:
    page = url("thread_new", reading, query="?block=p1")
    text = htmx(people.client("carol"), "get", page).content.decode()
    assert "<html" not in text
    assert 'id="picker"' in text
    assert 'name="page"' not in text


def test_gates(people: People, reading: Reading) -> None:
    page = url("thread_new", reading, query="?block=p1")
    assert_closed_to_strangers(people, page)
    assert people.client("grace").get(page).status_code == 403
    assert people.client("carol").post(page).status_code == 405
    unknown = url("thread_new", reading, query="?block=p99")
    assert people.client("carol").get(unknown).status_code == 404
