"""Both engines find the same words as anchoring.find_phrases says stand in a text."""

import random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from anchoring import find_phrases, parse_query
from database.full_text import (
    SCOPE,
    TermsField,
    Wanted,
    install,
    make_anew,
    searched_models,
    write_terms_anew,
)
from discussions.comments.actions import edit_comment
from discussions.models import Comment
from readings.models import Block, Note, Reading
from tests.base import People
from tests.discussions.base import answer, first_of, say

TEXTS = [
    "Critics take this as proof that Beijing uses channels as bargaining chips. It does.",
    "A channel to an alliance of thirty-two is a duller prize: l’alliance atlantique.",
    "Die Straße nach İSTANBUL, ılık; dış politika; naïve CAFÉ.",
    "北约与中国合作的可能性。国际合作，NATO与欧盟。",
    "日本語の文章は人々を動かす。ｶﾀｶﾅ",
    "협력은 어렵다. 한국의 외교",
    "ความร่วมมือระหว่างประเทศ",
    "السَّلامُ عليكم، إلى مدرسة. کتاب شָׁלוֹם",
    "हिन्दी में बात; x² of 1,000 and 2e5, C:\\dir 'quoted' a:* | b & !c <-> d",
    "Ёлка и йод; don't and can’t: AND OR NOT NEAR(a b)",
]
TYPED = [
    *("channel", '"channel"', "bargaining-chips", '"duller prize"', '"prize duller"', "alliance"),
    *(
        "STRASSE istanbul",
        "ILIK",
        "cafe naive",
        "合作",
        "作",
        "法",
        "与中国",
        "国际合作 nato",
        '"nato 与"',
    ),
    *("人々", "カタカナ", "협력", "외교", "ร่วมมือ", "السلام", "الى", "كتاب", "שלום", "हिन्दी", "x²"),
    *("1,000", "2e5", "dir", "'quoted'", "a:*", "!c <->", "елка", "don't", "AND", "NEAR(a", "b)"),
    *("*", '"a b"', "\x00channel", "\ue0001", "it does"),
]


@pytest.fixture
def blocks(reading: Reading) -> list[Block]:
    made = [
        Block(revision=reading.revision, position=100 + n, key=f"x{n}", kind="paragraph", text=text)
        for n, text in enumerate(TEXTS)
    ]
    return Block.objects.bulk_create(made)


def found(model: Any, typed: str, scope: int) -> set[int]:
    query = parse_query(typed)
    if query.is_empty:
        return set()
    rows = model.objects.filter(terms__match=Wanted(query, [scope]))
    return set(rows.values_list("pk", flat=True))


@pytest.mark.parametrize("typed", TYPED)
def test_finds_what_stands_there(reading: Reading, blocks: list[Block], typed: str) -> None:
    expected = {
        one.pk
        for one in blocks
        if parse_query(typed).phrases and all(find_phrases(one.text, parse_query(typed)))
    }
    assert found(Block, typed, reading.revision_id) & {one.pk for one in blocks} == expected


def test_finds_what_stands_there_of_chance_texts(reading: Reading) -> None:
    source = random.Random(20261129)  # noqa: S311 - no secret
    alphabet = 'aab bc ’-"ßİıéçñ国际合作の협력ร่กŁ２²'

    def chance(longest: int) -> str:
        return "".join(source.choices(alphabet, k=source.randint(1, longest)))

    made = Block.objects.bulk_create(
        Block(
            revision=reading.revision, position=100 + n, key=f"x{n}", kind="verse", text=chance(40)
        )
        for n in range(150)
    )
    for _ in range(150):
        typed = chance(6)
        query = parse_query(typed)
        expected = {one.pk for one in made if query.phrases and all(find_phrases(one.text, query))}
        here = {one.pk for one in made}
        assert found(Block, typed, reading.revision_id) & here == expected, typed


def test_other_scopes_are_not_looked_through(reading: Reading, blocks: list[Block]) -> None:
    assert found(Block, "channel", reading.revision_id)
    assert not found(Block, "channel", reading.revision_id + 1)
    # A scope is nobody's word.
    assert parse_query(f"{SCOPE}{reading.pk}") == parse_query(str(reading.pk))


def test_index_is_kept_true_by_every_write(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "About *lighthouses*.")
    scope = people.seminar.pk
    comment = first_of(thread)
    assert found(Comment, "lighthouse", scope) == {comment.pk}
    edit_comment(comment=comment, body="About harbours.", version=comment.version, by=people.carol)
    assert not found(Comment, "lighthouse", scope)
    assert found(Comment, "harbours", scope) == {comment.pk}
    reply = answer(thread, people.dan, "Harbours, too. https://example.org/secret")
    assert found(Comment, "harbours", scope) == {comment.pk, reply.pk}
    reply.delete()
    assert found(Comment, "harbours", scope) == {comment.pk}


def test_markup_is_no_word(people: People, reading: Reading) -> None:
    thread = say(
        reading, people.carol, "[here](https://example.org/nowhere)\n\n- one\n- two & three"
    )
    scope, pk = people.seminar.pk, first_of(thread).pk
    assert found(Comment, "here one two three", scope) == {pk}
    for typed in ("nowhere", "href", "amp", "onetwo"):
        assert not found(Comment, typed, scope), typed


def test_terms_are_not_loaded_with_their_rows(people: People, reading: Reading) -> None:
    say(reading, people.carol)
    for model in (Comment, Block, Note):
        assert model.objects.all()[0].get_deferred_fields() == {"terms"}


def test_rebuilding_puts_right_what_went_wrong(people: People, reading: Reading) -> None:
    comment = first_of(say(reading, people.carol, "About lighthouses."))
    scope = people.seminar.pk
    assert not any(write_terms_anew(Comment))
    Comment.objects.filter(pk=comment.pk).update(terms="")
    assert not found(Comment, "lighthouses", scope)
    call_command("rebuild_search", verbosity=0)
    assert found(Comment, "lighthouses", scope) == {comment.pk}


def test_an_index_that_is_gone_is_made_again(people: People, reading: Reading) -> None:
    comment = first_of(say(reading, people.carol, "About lighthouses."))
    connection.check_constraints()  # PostgreSQL alters no table before
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # As when a migration makes the table anew: its triggers go with the old one.
            cursor.execute("DROP TRIGGER discussions_comment_index_update")
        else:
            cursor.execute("DROP INDEX discussions_comment_index")
    Comment.objects.filter(pk=comment.pk).update(html="<p>Harbours.</p>", terms="")
    list(write_terms_anew(Comment))
    connection.check_constraints()
    install(connection)
    assert found(Comment, "harbours", people.seminar.pk) == {comment.pk}
    make_anew(connection, Comment)
    assert found(Comment, "harbours", people.seminar.pk) == {comment.pk}


def test_every_model_with_terms_says_where_they_come_from() -> None:
    models = searched_models()
    assert {one.__name__ for one in models} == {"Block", "Comment", "GuideItem", "Note"}
    for model in models:
        field = model._meta.get_field("terms")
        assert isinstance(field, TermsField)
        names = {one.attname for one in model._meta.concrete_fields}
        assert {field.source, field.scope} <= names
