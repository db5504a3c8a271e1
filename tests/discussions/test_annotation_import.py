"""Annotations that come from a file: ours, and those of Hypothesis."""

from typing import Any

import pytest
from django.test import Client

from discussions.comments.actions import withdraw
from discussions.models import Comment, Thread
from readings.models import Passage, Reading
from tests.base import People, make_reading
from tests.discussions.annotation_files import (
    api,
    client_export,
    hypothesis_row,
    sorts,
    take_in,
    upload,
)
from tests.discussions.base import WORDS, answer, first_of, hidden, say, url
from tests.discussions.gates import assert_closed_to_strangers
from tests.queries import PageQueries


# --- Hypothesis ------------------------------------------------------------------------------
@pytest.mark.parametrize("form", [api, client_export])
def test_both_forms_of_hypothesis(people: People, reading: Reading, form: Any) -> None:
    response = take_in(people, reading, form(hypothesis_row()))
    assert response.status_code == 302
    thread = Thread.objects.get()
    assert thread.author == people.alice
    assert thread.audience == "me"
    assert thread.origin == "https://hypothes.is/a/abc"
    assert thread.passage is not None
    assert thread.passage.quote == WORDS
    assert thread.passage.placement == "exact"
    assert first_of(thread).body == (
        "*Written by Jane Doe in Hypothesis, 3 May 2022*\n\nA *remark* from outside."
    )


def test_name_is_the_accounts_where_no_other_is_shown(people: People, reading: Reading) -> None:
    row = hypothesis_row(user_info={"display_name": None}, tags=["method", "to read"])
    take_in(people, reading, api(row))
    body = Comment.objects.get().body
    assert body.startswith("*Written by jane in Hypothesis")
    assert "hypothes.is" not in body
    assert body.endswith("Tags: method, to read")


def test_highlight_says_whose_it_was(people: People, reading: Reading) -> None:
    take_in(people, reading, api(hypothesis_row(text="")))
    assert Comment.objects.get().body == "*Highlighted by Jane Doe in Hypothesis, 3 May 2022*"


def test_replies_stand_under_what_they_answer(people: People, reading: Reading) -> None:
    first = hypothesis_row("r1", text="First.", references=["abc"], target=[{"source": "x"}])
    second = hypothesis_row("r2", text="Second.", references=["abc", "r1"], target=[])
    take_in(people, reading, api(second, first, hypothesis_row()))
    thread = Thread.objects.get()
    one, two, three = thread.comments.order_by("seq")
    assert (two.parent, three.parent) == (one, two)
    assert "Second." in three.body
    assert thread.comment_count == 3


def test_reply_without_what_it_answers_is_not_lost(people: People, reading: Reading) -> None:
    row = hypothesis_row("r1", references=["gone"], target=[{"source": "x"}])
    take_in(people, reading, api(row))
    assert Thread.objects.get().passage is None


def test_reply_goes_to_the_nearest_that_is_there(people: People, reading: Reading) -> None:
    row = hypothesis_row("r1", references=["abc", "deleted"], target=[])
    take_in(people, reading, api(hypothesis_row(), row))
    assert Thread.objects.get().comment_count == 2


def test_page_note_is_about_the_whole_reading(people: People, reading: Reading) -> None:
    take_in(people, reading, api(hypothesis_row(target=[{"source": "https://example.org/"}])))
    assert Thread.objects.get().passage is None


def test_words_over_two_paragraphs(people: People, reading: Reading) -> None:
    exact = "stops at another place.\n\n   Where two readers stop"
    row = hypothesis_row(exact=exact)
    row["target"][0]["selector"][2] |= {"prefix": "and each reader ", "suffix": " at the same"}
    take_in(people, reading, api(row))
    quotes = [(one.block_key, one.quote) for one in Passage.objects.order_by("pk")]
    assert quotes == [("p1", "stops at another place."), ("p2", "Where two readers stop")]


def test_changed_words_are_shown_with_those_of_old(people: People, reading: Reading) -> None:
    exact = "Printers left it very wide, and readers filled it with many doubts"
    row = hypothesis_row(exact=exact)
    row["target"][0]["selector"][2] |= {"prefix": "The margin was made for this. ", "suffix": "."}
    assert sorts(upload(people, reading, api(row))) == {"On words that have changed": 1}
    take_in(people, reading, api(row))
    passage = Passage.objects.get()
    assert passage.placement == "changed"
    assert passage.earlier_quote == exact
    page = people.client("alice").get(Thread.objects.get().get_absolute_url())
    assert "This passage changed" in page.content.decode()


def test_words_that_are_not_here_are_quoted(people: People, reading: Reading) -> None:
    row = hypothesis_row(exact="An elephant never forgets its *first* telescope")
    assert sorts(upload(people, reading, api(row))) == {"Without a place": 1}
    take_in(people, reading, api(row), audience="seminar")
    thread = Thread.objects.get()
    assert thread.passage is None
    assert r"> An elephant never forgets its \*first\* telescope" in first_of(thread).body
    page = people.client("dan").get(reading.get_absolute_url()).content.decode()
    assert "elephant" in page


# --- Ours ------------------------------------------------------------------------------------
def exported(people: People, reading: Reading, who: str = "alice") -> dict[str, Any]:
    page = url("annotation_collection", reading, query="?page=all")
    whole: dict[str, Any] = people.client(who).get(page).json()
    return whole


def test_out_of_one_reading_and_into_another(people: People, reading: Reading) -> None:
    question = say(reading, people.carol, "What is *together*?", kind="question")
    answer(answer(question, people.dan, "This.").thread, people.bob, "That.")
    say(reading, people.dan, "All of it.", block="p2", quote="")
    say(reading, people.dan, "The whole.", block="")
    other = make_reading(people, slug="again")
    take_in(people, other, exported(people, reading), audience="seminar")
    first, second, third = Thread.objects.filter(reading=other).order_by("pk")
    assert first.kind == "question"
    assert first.passage is not None
    assert first.passage.quote == WORDS
    assert [one.parent_id is not None for one in first.comments.order_by("seq")] == [
        False,
        True,
        True,
    ]
    assert "by Carol in testserver" in first_of(first).body
    assert first_of(first).body.endswith("What is *together*?")
    assert second.passage is not None
    assert second.passage.is_whole_block
    assert second.passage.block_key == "p2"
    assert third.passage is None


def test_what_is_here_is_not_taken_in_again(people: People, reading: Reading) -> None:
    """The reading's own threads, and what the same file brought before."""
    answer(say(reading, people.carol), people.dan)
    whole = exported(people, reading)
    assert sorts(upload(people, reading, whole)) == {"Here already": 2}
    reply = hypothesis_row("r1", references=["abc"], target=[])
    for _ in range(2):
        take_in(people, reading, api(hypothesis_row(), reply))
    assert Thread.objects.count() == 2
    assert Comment.objects.count() == 4


def test_a_later_file_brings_what_is_new(people: People, reading: Reading) -> None:
    take_in(people, reading, api(hypothesis_row()))
    take_in(people, reading, api(hypothesis_row(), hypothesis_row("r1", references=["abc"])))
    assert Thread.objects.get().comment_count == 2


def test_withdrawn_ones_do_not_come_back(people: People, reading: Reading) -> None:
    take_in(people, reading, api(hypothesis_row()))
    withdraw(comment=Comment.objects.get(), by=people.alice)
    assert sorts(upload(people, reading, api(hypothesis_row()))) == {"Here already": 1}


def test_two_members_may_take_in_the_same(people: People, reading: Reading) -> None:
    for who in ("alice", "carol"):
        take_in(people, reading, api(hypothesis_row()), who)
    assert {thread.author for thread in Thread.objects.all()} == {people.alice, people.carol}


def test_a_known_origin_tells_nothing_of_what_one_may_not_see(
    people: People, reading: Reading
) -> None:
    """Dan's file with the IRI of Carol's private thread: to him it is not there."""
    thread = say(reading, people.carol, audience="me")
    page = f"http://testserver{thread.get_absolute_url()}"
    item = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": page,
        "type": "Annotation",
        "target": f"http://testserver{reading.get_absolute_url()}",
        "body": {"type": "TextualBody", "value": "Dan's own."},
    }
    assert sorts(upload(people, reading, item, "dan")) == {"About the whole reading": 1}


# --- Who reads them --------------------------------------------------------------------------
def test_only_me_unless_staff_choose_otherwise(people: People, reading: Reading) -> None:
    preview = upload(people, reading, api(hypothesis_row()), "carol").context["form"]
    assert [value for value, _ in preview.fields["audience"].choices] == ["me"]
    preview = upload(people, reading, api(hypothesis_row()), "bob").context["form"]
    assert [value for value, _ in preview.fields["audience"].choices] == [
        "me",
        f"group:{people.monday.pk}",
        "seminar",
        "staff",
    ]
    response = take_in(people, reading, api(hypothesis_row()), "carol", audience="seminar")
    assert response.status_code == 422
    assert not Thread.objects.exists()


def test_group_and_private_ones_are_seen_by_whom_they_are_for(
    people: People, reading: Reading
) -> None:
    take_in(
        people,
        reading,
        api(hypothesis_row(text="Zanzibar.")),
        "bob",
        audience=f"group:{people.monday.pk}",
    )
    take_in(people, reading, api(hypothesis_row("x", text="Zanzibar.")), "carol")
    seen = {
        who: people.client(who).get(url("thread_list", reading)).content.count(b"Zanzibar")
        for who in ("alice", "bob", "carol", "dan")
    }
    assert seen == {"alice": 1, "bob": 1, "carol": 2, "dan": 0}


def test_imported_words_are_moderated_as_all_are(people: People, reading: Reading) -> None:
    take_in(people, reading, api(hypothesis_row(text="Zanzibar.")), "bob", audience="seminar")
    hidden(Comment.objects.get(), people.alice)
    page = people.client("dan").get(url("thread_list", reading)).content.decode()
    assert "Zanzibar" not in page


def test_markdown_and_names_can_do_nothing(people: People, reading: Reading) -> None:
    row = hypothesis_row(
        text="<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>",
        user_info={"display_name": "*Eve*](javascript:alert(1)) <b>\n\n# x"},
        tags=["<i onclick=alert(1)>"],
    )
    take_in(people, reading, api(row))
    html = Comment.objects.get().html
    for tag in ("<script", "<img", "<b>", "<i ", "<h1", "<a "):
        assert tag not in html


# --- The page --------------------------------------------------------------------------------
def test_fixed_number_of_queries_for_the_preview(people: People, reading: Reading) -> None:
    counts = []
    for size in (1, 200):
        rows = [hypothesis_row(f"{size}-{n}") for n in range(size)]
        with PageQueries() as queries:
            upload(people, reading, api(*rows))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_gates(people: People, reading: Reading) -> None:
    page = url("annotation_import", reading)
    assert_closed_to_strangers(people, page)
    assert_closed_to_strangers(people, page, {"words": "x"})
    assert people.client("grace").get(page).status_code == 403
    assert people.client("carol").put(page).status_code == 405
    assert people.client("carol").get(page).status_code == 200
    assert Client().post(page).status_code == 302
