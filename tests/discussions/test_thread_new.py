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
    assert f'<option value="group:{people.monday.pk}" selected>' in carol
    assert f'value="group:{people.thursday.pk}"' not in carol
    assert 'value="member:' not in carol
    alice = markup(people.client("alice").get(page))
    for group in (people.monday, people.thursday):
        assert f'<option value="group:{group.pk}">The group' in alice
    assert '<option value="seminar" selected>' in alice
    assert f'<option value="member:{people.carol.pk}">' in alice
    assert f'value="member:{people.bob.pk}"' not in alice


def test_an_assistant_writes_to_members_of_the_groups_that_they_look_after(
    people: People, reading: Reading
) -> None:
    page = url("thread_new", reading, query="?block=p1")
    bob = markup(people.client("bob").get(page))
    assert f'value="member:{people.carol.pk}"' in bob
    assert f'value="member:{people.dan.pk}"' not in bob
    assert f'value="group:{people.thursday.pk}"' not in bob
    people.bob.assists.add(people.thursday)
    bob = markup(people.client("bob").get(page))
    assert f'value="member:{people.dan.pk}"' in bob
    assert f'value="group:{people.thursday.pk}"' in bob


def test_a_link_chooses_whom_staff_write_to(people: People, reading: Reading) -> None:
    page = url("thread_new", reading, query=f"?to={people.carol.pk}")
    alice = markup(people.client("alice").get(page))
    assert f'<option value="member:{people.carol.pk}" selected>' in alice
    assert people.client("carol").get(page).status_code == 200


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
