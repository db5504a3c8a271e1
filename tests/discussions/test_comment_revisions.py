"""Changing one's own words, and what they were before."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from anchoring import word_diff
from discussions.comments.actions import edit_comment
from discussions.models import Comment
from discussions.moderation.actions import lock
from readings.models import Reading
from tests.base import People, htmx
from tests.discussions.base import answer, first_of, hidden, say, url
from tests.discussions.gates import assert_closed_to_strangers


def address(comment: Comment) -> str:
    return url("comment_revisions", comment.thread.reading, comment.pk)


def data(**fields: Any) -> dict[str, Any]:
    return {"body": "Now it says this.", "version": 1} | fields


def test_form_has_the_words(people: People, comment: Comment) -> None:
    text = people.client("carol").get(address(comment)).content.decode()
    assert "What is *together*?</textarea>" in text
    fragment = htmx(people.client("carol"), "get", address(comment)).content.decode()
    assert "<html" not in fragment
    assert "data-focus" in fragment


def test_change_is_saved(people: People, comment: Comment) -> None:
    response = people.client("carol").post(address(comment), data())
    place = f"{comment.thread.get_absolute_url()}?comment={comment.pk}#c{comment.pk}"
    assert response.headers["Location"] == place
    comment.refresh_from_db()
    assert comment.body == "Now it says this."


def test_fragment_is_the_conversation(people: People, comment: Comment) -> None:
    text = htmx(people.client("carol"), "post", address(comment), data()).content.decode()
    assert f"#conversation-{comment.thread_id}" in text
    assert "Now it says this." in text


def test_history_shows_what_changed_to_who_sees_the_comment(
    people: People, comment: Comment
) -> None:
    answer(comment.thread, people.dan, parent=comment)
    edit_comment(comment=comment, body="What is *apart*?", version=1, by=people.carol)
    for who in ("dan", "alice", "grace"):
        text = people.client(who).get(address(comment)).content.decode()
        assert "What is *<del>together</del><ins>apart</ins>*?" in text
        assert "<textarea" not in text
    detail = people.client("dan").get(comment.thread.get_absolute_url()).content.decode()
    assert ">edited</a>" in detail


def test_stale_change_shows_both_texts(people: People, comment: Comment) -> None:
    edit_comment(comment=comment, body="From one window.", version=1, by=people.carol)
    for response in (
        people.client("carol").post(address(comment), data()),
        htmx(people.client("carol"), "post", address(comment), data()),
    ):
        assert response.status_code == 409
        text = response.content.decode()
        assert "From one window." in text
        assert "Now it says this." in text
        assert 'name="version" value="2"' in text
    comment.refresh_from_db()
    assert comment.body == "From one window."


def test_words_hidden_while_one_wrote_are_not_lost(people: People, comment: Comment) -> None:
    hidden(comment, people.alice)
    response = people.client("carol").post(address(comment), data())
    assert response.status_code == 409
    assert "Now it says this." in response.content.decode()
    assert "Save mine instead" not in response.content.decode()


@pytest.mark.parametrize("fields", [{"body": ""}, {"body": "x" * 10_001}, {"version": "x"}])
def test_bad_input_keeps_the_text(people: People, comment: Comment, fields: dict[str, Any]) -> None:
    for response in (
        people.client("carol").post(address(comment), data(**fields)),
        htmx(people.client("carol"), "post", address(comment), data(**fields)),
    ):
        assert response.status_code == 422
        assert data(**fields)["body"] in response.content.decode()
    comment.refresh_from_db()
    assert comment.version == 1


def test_gates(people: People, reading: Reading, comment: Comment) -> None:
    assert_closed_to_strangers(people, address(comment))
    assert_closed_to_strangers(people, address(comment), data())
    assert people.client("carol").put(address(comment)).status_code == 405
    for who in ("dan", "alice", "bob", "grace"):
        assert people.client(who).post(address(comment), data()).status_code == 403
        assert htmx(people.client(who), "get", address(comment)).status_code == 403
    private = first_of(say(reading, people.carol, audience="group"))
    assert people.client("dan").get(address(private)).status_code == 404
    lock(thread=comment.thread, by=people.alice)
    assert people.client("carol").post(address(comment), data()).status_code == 403


@given(st.text(max_size=80), st.text(max_size=80))
def test_difference_holds_both_texts(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert "".join(one.text for one in pieces if one.kind != "added") == before
    assert "".join(one.text for one in pieces if one.kind != "removed") == after


def test_very_long_texts_without_a_common_word_are_exchanged_as_wholes() -> None:
    before, after = "a " * 5000, "b " * 5000
    assert [one.kind for one in word_diff(before, after)] == ["removed", "added", "same"]


def test_edit_after_the_first_minutes_is_dated(people: People, comment: Comment) -> None:
    ago = timezone.now() - timedelta(hours=2)
    Comment.objects.filter(pk=comment.pk).update(created_at=ago)
    people.client("carol").post(address(comment), data())
    comment.refresh_from_db()
    assert comment.edited_at is not None
    assert comment.edited_at - ago > timedelta(hours=1)
