"""Files of annotations that are wrong: each is refused whole, with what to do."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussions.exchange.incoming import FileRefused, read_annotations
from discussions.models import Thread
from readings.models import Reading
from tests.base import People
from tests.discussions.annotation_files import api, hypothesis_row, sorts, take_in, upload
from tests.discussions.base import url

WRONG: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "line 1"),
    "cut": (b'{"rows": [\n{"id": "a",\n"text": "unfin', "line 3"),
    "binary": (b"\xff\xfe\x00\x01PK", "not UTF-8"),
    "words": (b"Dear all", "broken JSON: line 1"),
    "number": (b"12", "holds no annotations"),
    "other": (b'{"type": "FeatureCollection"}', "holds no annotations"),
    "nothing": (b'{"rows": []}', "There are no annotations"),
    "strings": (b'{"rows": ["a", "b"]}', "Annotation 1"),
    "null": (b'{"annotations": [null]}', "Annotation 1"),
    "no id": (b'{"rows": [{"text": "x"}]}', "it has no id"),
    "no target": (b'{"items": [{"id": "urn:x:1"}]}', "it has no target"),
    "cover": (b'{"type": "AnnotationCollection", "first": "http://x/1"}', "only the cover"),
    "deep": (b"[" * 100_000, "not one of annotations"),
    "huge number": (b'{"rows": ' + b"9" * 5000 + b"}", "not one of annotations"),
    "too many": (
        json.dumps({"rows": [hypothesis_row(str(n)) for n in range(2001)]}).encode(),
        "at most 2000",
    ),
    "too large": (b" " * (5 * 1024 * 1024 + 1), "5 MB"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_file_is_refused_with_what_to_do(people: People, reading: Reading, name: str) -> None:
    data, said = WRONG[name]
    response = upload(people, reading, data)
    assert response.status_code == 422
    assert said in response.content.decode().replace("&#x27;", "'").replace("&quot;", '"')
    assert not Thread.objects.exists()


def test_no_file_and_a_file_no_longer_kept(people: People, reading: Reading) -> None:
    page = url("annotation_import", reading)
    client = people.client("alice")
    assert "Choose the file" in client.post(page).content.decode()
    response = client.post(page, {"kept": "0" * 64, "audience": "me"})
    assert response.status_code == 422
    assert "no longer kept" in response.content.decode()


def test_another_file_chosen_meanwhile_is_not_taken_for_this_one(
    people: People, reading: Reading
) -> None:
    kept = upload(people, reading, api(hypothesis_row("a"))).context["form"].digest
    upload(people, reading, api(hypothesis_row("b")))
    data = {"kept": kept, "audience": "me"}
    response = people.client("alice").post(url("annotation_import", reading), data)
    assert response.status_code == 422
    assert not Thread.objects.exists()


def test_too_long_and_empty_ones_are_left_out_and_said(people: People, reading: Reading) -> None:
    rows = [hypothesis_row("long", text="x" * 10_001), hypothesis_row("ok")]
    rows.append(hypothesis_row("empty", text="", target=[]))
    rows.append(hypothesis_row("below", references=["long"], target=[]))
    preview = upload(people, reading, api(*rows))
    assert sorts(preview) == {"In their place": 1, "Left out": 3}
    page = preview.content.decode()
    assert "longer than 10,000 characters" in page
    assert "what it answers is left out" in page
    take_in(people, reading, api(*rows))
    assert Thread.objects.get().origin.endswith("/ok")


def test_replies_that_answer_each_other_end(people: People, reading: Reading) -> None:
    rows = [hypothesis_row("a", references=["b"]), hypothesis_row("b", references=["a"])]
    assert sorts(upload(people, reading, api(*rows))) == {"Left out": 2}


IN_FILES = {
    *("id", "rows", "annotations", "items", "target", "selector", "type", "exact", "references"),
    *("user_info", "created", "body", "motivation", "first", "uri", "tags", "source", "purpose"),
    *("rdf:subject", "schema:isPartOf", "schema:name"),
}
keys = st.sampled_from(sorted(IN_FILES))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=25,
)


@settings(max_examples=400, deadline=None)
@given(value=json_values)
def test_whatever_the_json_says_it_is_read_or_refused(value: Any) -> None:
    refused, found = "", []
    try:
        found = read_annotations(json.dumps(value).encode())
    except FileRefused as error:
        refused = str(error)
    assert bool(found) != bool(refused)
    assert all(one.origin and "\x00" not in one.text for one in found)


def test_times_are_those_of_the_file() -> None:
    (one,) = read_annotations(json.dumps(api(hypothesis_row())).encode())
    assert one.written == datetime(2022, 5, 3, 10, 11, 12, 123456, tzinfo=UTC)
    (one,) = read_annotations(json.dumps(api(hypothesis_row(created="soon"))).encode())
    assert one.written is None
