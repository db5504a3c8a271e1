"""Links that come from files of annotations."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discussions.links import link_kinds
from discussions.models import Comment, Thread
from discussions.threads import linked_ends
from readings.models import Block, Reading
from tests.base import People, make_people, make_reading
from tests.discussions.annotation_files import file_of, sorts, take_in, upload
from tests.discussions.base import WORDS, answer, first_of
from tests.discussions.links import (
    FAR_WORDS,
    link,
    make_far_reading,
    narrow,
)
from tests.examples import examples
from tests.queries import PageQueries


@pytest.fixture
def far(people: People) -> Reading:
    return make_far_reading(people)


@dataclass(frozen=True)
class Copy:
    """Another seminar that reads the same two essays."""

    people: People
    margins: Reading
    fences: Reading


@pytest.fixture
def copy(people: People) -> Copy:
    others = make_people("other")
    return Copy(others, make_reading(others), make_far_reading(others))


def links_of(people: People) -> list[tuple[object, ...]]:
    """What the links of a seminar join, and how; in any order."""
    found = Thread.objects.filter(seminar=people.seminar, kind="link")
    return sorted(
        (
            (
                ends.near.title,
                *((row.block_key, row.start, row.quote) for row in ends.near.rows),
                ends.kind.code,
                ends.far.title,
                *((row.block_key, row.start, row.quote) for row in ends.far.rows),
            )
            for ends in linked_ends(found).values()
        ),
        key=repr,
    )


def test_out_of_one_seminar_and_into_another(
    people: People, reading: Reading, far: Reading, copy: Copy
) -> None:
    thread = link(reading, far, people.carol, "Both stop at a wall.")
    answer(thread, people.dan, "Do they?")
    preview = upload(copy.people, copy.margins, file_of(people, reading))
    assert sorts(preview) == {"Links": 1, "Replies": 1}
    assert "On margins ¶ 1 answers Good fences ¶ 2" in preview.content.decode()
    take_in(copy.people, copy.margins, file_of(people, reading), audience="seminar")
    taken = Thread.objects.get(seminar=copy.people.seminar)
    assert (taken.reading, taken.far_reading) == (copy.margins, copy.fences)
    assert taken.is_link
    assert taken.audience == "seminar"
    first, second = taken.comments.order_by("seq")
    assert first.body.startswith("*Written by Carol in testserver")
    assert first.body.endswith("Both stop at a wall.")
    assert second.parent == first
    assert links_of(people) == links_of(copy.people)


def test_the_files_of_both_readings_bring_each_link_once(
    people: People, reading: Reading, far: Reading, copy: Copy
) -> None:
    answer(link(reading, far, people.carol, "Words."), people.dan)
    link(far, reading, people.carol, block="p3", quote="", far_block="p2", far_quote="")
    for _ in range(2):
        take_in(copy.people, copy.fences, file_of(people, far))
        take_in(copy.people, copy.margins, file_of(people, reading))
    assert links_of(people) == links_of(copy.people)
    assert Comment.objects.filter(seminar=copy.people.seminar).count() == 3


def test_own_links_are_here_already(people: People, reading: Reading, far: Reading) -> None:
    link(reading, far, people.carol)
    for one in (reading, far):
        assert sorts(upload(people, one, file_of(people, one))) == {"Here already": 1}


def test_into_a_copy_in_the_same_seminar(people: People, reading: Reading, far: Reading) -> None:
    """The other text is known by its address, this one by its title."""
    link(reading, far, people.carol)
    again = make_reading(people, slug="again")
    take_in(people, again, file_of(people, reading))
    taken = Thread.objects.get(reading=again)
    assert taken.far_reading == far


def without_fences(people: People, reading: Reading, far: Reading, copy: Copy) -> dict[str, Any]:
    """A file with a link whose other text is not in the copy; the whole file."""
    link(reading, far, people.carol, "Both stop at a wall.")
    copy.fences.essay.title = "Something else"
    copy.fences.essay.save(update_fields=["title"])
    return file_of(people, reading)


def test_without_its_other_text_a_link_becomes_a_thread_and_says_so(
    people: People, reading: Reading, far: Reading, copy: Copy
) -> None:
    whole = without_fences(people, reading, far, copy)
    preview = upload(copy.people, copy.margins, whole)
    assert sorts(preview) == {"Links that become threads": 1}
    assert "“Good fences” is no reading here in which you may write" in preview.content.decode()
    take_in(copy.people, copy.margins, whole)
    taken = Thread.objects.get(seminar=copy.people.seminar)
    assert not taken.is_link
    assert taken.passage is not None
    assert taken.passage.quote == WORDS
    body = first_of(taken).body
    assert f"On margins answers Good fences\n\n> {FAR_WORDS}\n\nBoth stop" in body


def test_what_became_a_thread_is_here_already_when_its_other_text_comes(
    people: People, reading: Reading, far: Reading, copy: Copy
) -> None:
    take_in(copy.people, copy.margins, without_fences(people, reading, far, copy))
    copy.fences.essay.title = far.essay.title
    copy.fences.essay.save(update_fields=["title"])
    assert sorts(upload(copy.people, copy.fences, file_of(people, far))) == {"Here already": 1}


# Guests write nowhere; and one may write before one reads what others wrote.
CLOSED_TO_WRITERS = ["for another group", "not yet open", "behind a gate"]


@pytest.mark.parametrize("how", CLOSED_TO_WRITERS)
def test_a_text_that_is_closed_to_the_importer_is_not_there(
    people: People, reading: Reading, far: Reading, copy: Copy, how: str
) -> None:
    """What is said is the same as of a text that nobody reads here."""
    link(reading, far, people.carol, "Zanzibar.")
    whole = file_of(people, reading)
    who = narrow(copy.people, copy.fences, how)
    assert sorts(upload(copy.people, copy.margins, whole, who)) == {"Links that become threads": 1}
    take_in(copy.people, copy.margins, whole, who)
    assert not Thread.objects.filter(seminar=copy.people.seminar, kind="link").exists()


def test_words_that_are_not_there_make_a_thread(
    people: People, reading: Reading, far: Reading, copy: Copy
) -> None:
    link(reading, far, people.carol)
    whole = file_of(people, reading)
    Block.objects.filter(revision=copy.fences.revision, key="p2").update(text="Nothing.")
    preview = upload(copy.people, copy.margins, whole)
    assert "its words are not in “Good fences”" in preview.content.decode()


@pytest.mark.parametrize(
    ("kind", "becomes", "turned", "said"),
    [
        ({"value": "contradicts"}, "contradicts", False, ""),
        ({"value": "widerspricht", "schema:identifier": "contradicts"}, "contradicts", False, ""),
        ({"value": "is supported by"}, "supports", True, ""),
        ({"value": "refutes"}, "answers", False, "“refutes” is no kind of link here"),
        ({"value": ""}, "answers", False, "it is of no kind"),
    ],
)
def test_kind_is_that_of_the_same_name_or_else_the_first(
    people: People,
    reading: Reading,
    far: Reading,
    kind: dict[str, str],
    becomes: str,
    said: str,
    *,
    turned: bool,
) -> None:
    item = written_elsewhere(kind)
    preview = upload(people, reading, item)
    assert sorts(preview) == {"Links": 1}
    assert said in preview.content.decode()
    take_in(people, reading, item)
    taken = Thread.objects.get()
    assert taken.link_kind is not None
    assert taken.link_kind.code == becomes
    assert taken.reading == (far if turned else reading)


def written_elsewhere(kind: dict[str, str], **fields: Any) -> dict[str, Any]:
    """A link as another program may write it, which knows nothing of our addresses."""

    def end(source: str, words: str, title: str) -> dict[str, Any]:
        return {
            "source": source,
            "schema:isPartOf": {"schema:name": title},
            "selector": {"type": "TextQuoteSelector", "exact": words},
        }

    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://example.org/anno/1",
        "type": "Annotation",
        "motivation": "linking",
        "target": [
            end("https://example.org/a", WORDS, "Whatever"),
            end("https://example.org/b", FAR_WORDS, "good  FENCES"),
        ],
        "body": {"type": "TextualBody", "purpose": "classifying"} | kind,
    } | fields


def test_statement_says_where_a_link_begins(people: People, reading: Reading, far: Reading) -> None:
    """Targets are a set to a program that reads JSON-LD: it may write them in another order."""
    link(far, reading, people.carol, block="p3", quote="", far_block="p2", far_quote="")
    whole = file_of(people, reading)
    whole["first"]["items"][0]["target"].reverse()
    whole["first"]["items"][0]["id"] = "https://example.org/anno/2"
    take_in(people, reading, whole)
    first, second = links_of(people)
    assert first == second


def test_two_targets_in_one_text_are_words_over_two_places(
    people: People, reading: Reading, far: Reading
) -> None:
    item = written_elsewhere({"value": "answers"})
    for target in item["target"]:
        target["source"] = "https://example.org/a"
    assert "Links" not in sorts(upload(people, reading, item))


def test_fixed_number_of_queries_to_take_in(
    people: People, reading: Reading, far: Reading, copy: Copy
) -> None:
    link_kinds(copy.people.seminar)
    counts = []
    for size in (1, 20):
        for _ in range(size):
            link(reading, far, people.carol)
        whole = file_of(people, reading)
        with PageQueries() as queries:
            upload(copy.people, copy.margins, whole)
        counts.append(len(queries))
    assert counts[0] == counts[1]


ends = st.sampled_from([("p1", ""), ("p1", WORDS), ("p2", "two readers"), ("h1", "readers stop")])
far_ends = st.sampled_from([("p1", ""), ("p2", FAR_WORDS), ("p3", "the gate open")])
kinds = st.sampled_from(["answers", "supports", "same_word"])


@settings(
    max_examples=examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    made=st.lists(st.tuples(ends, far_ends, kinds, st.booleans(), st.booleans()), max_size=4),
    from_far=st.booleans(),
)
def test_whatever_is_linked_a_copy_has_the_same_links(
    people: People,
    reading: Reading,
    far: Reading,
    copy: Copy,
    made: list[tuple[Any, ...]],
    *,
    from_far: bool,
) -> None:
    with transaction.atomic():
        for near_end, far_end, kind, has_words, is_turned in made:
            places = (near_end, far_end)
            a, b = reversed(places) if is_turned else places
            near, other = (far, reading) if is_turned else (reading, far)
            link(
                near,
                other,
                people.carol,
                "Words." if has_words else "",
                kind=kind,
                block=a[0],
                quote=a[1],
                far_block=b[0],
                far_quote=b[1],
            )
        if made:
            source, target = (far, copy.fences) if from_far else (reading, copy.margins)
            take_in(copy.people, target, file_of(people, source), "bob", audience="seminar")
        assert links_of(people) == links_of(copy.people)
        transaction.set_rollback(True)
