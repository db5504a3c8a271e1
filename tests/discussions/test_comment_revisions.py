"""Changing one's own words, and what they were before."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from anchoring import word_diff
from discussions.comments.actions import edit_comment, rewrite
from discussions.models import Comment
from discussions.moderation.thread_actions import lock
from readings.guides import apply_guide
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
        plain = re.sub(r'<span class="vh">.*?</span>', "", text)
        assert "What is *<del>together</del><ins>apart</ins>*?" in plain
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


def test_reason_stands_in_the_history(people: People, comment: Comment) -> None:
    """And with one, even a change of the first minutes is kept."""
    people.client("carol").post(address(comment), data(reason="A <slip>."))
    text = people.client("dan").get(address(comment)).content.decode()
    assert "Why: A &lt;slip&gt;." in text
    assert "Edited by" not in text  # its author
    people.client("carol").post(address(comment), data(body="Merged.", version=2))
    text = people.client("dan").get(address(comment)).content.decode()
    assert text.count('class="diff"') == 1
    assert "Why: A &lt;slip&gt;." in text
    too_long = data(body="Mine.", version=3, reason="x" * 201)
    for answered in (
        people.client("carol").post(address(comment), too_long),
        htmx(people.client("carol"), "post", address(comment), too_long),
    ):
        assert answered.status_code == 422
        assert ">Mine.</textarea>" in answered.content.decode().replace("\n", "")
        assert "x" * 201 in answered.content.decode()


def test_what_was_added_and_removed_is_told_in_words(people: People, comment: Comment) -> None:
    people.client("carol").post(address(comment), data(body="What is *apart*?", reason="So."))
    text = people.client("dan").get(address(comment)).content.decode()
    assert '<del><span class="vh">[removed: </span>together<span class="vh">]</span></del>' in text
    assert '<ins><span class="vh">[added: </span>apart<span class="vh">]</span></ins>' in text


def test_who_edited_is_named_where_it_is_not_the_author(people: People, reading: Reading) -> None:
    guide = "---\nguide: 1\ntitle: Guide\n---\n\n## Prompt ¶ 1\n\n{}\n"
    apply_guide(reading=reading, text=guide.format("Why so?"), by=people.alice)
    prompt = Comment.objects.get(body="Why so?")
    answer(prompt.thread, people.dan)
    rewrite(comment=prompt, body="Why is it so?", by=people.bob)
    text = people.client("carol").get(address(prompt)).content.decode()
    assert "Edited by Bob" in text


def test_stale_change_shows_the_difference_and_a_way_on(people: People, comment: Comment) -> None:
    edit_comment(comment=comment, body="One and two.", version=1, by=people.carol)
    client = people.client("carol")
    for send in (client.post, lambda page, sent: htmx(client, "post", page, sent)):
        text = send(address(comment), data(body="One & three.")).content.decode()
        assert "One and two." in text
        assert ">One &amp; three.</textarea>" in text
        assert "[removed: </span>and two<" in text
        assert "[added: </span>&amp; three<" in text
    assert "Leave it as it stands" in text
    # Nothing is lost, though it is the same minute: what was there first is in the history.
    sent = data(body="One & three.", version=2, over="1")
    assert client.post(address(comment), sent).status_code == 302
    comment.refresh_from_db()
    assert comment.body == "One & three."
    assert comment.revisions.get().body == "One and two."


def test_history_of_any_length_asks_as_much(people: People, comment: Comment) -> None:
    counts = []
    client = people.client("dan")
    for size in (1, 20):
        for number in range(size):
            comment.refresh_from_db()
            body, version = f"Version {size} {number}", comment.version
            edit_comment(
                comment=comment, body=body, version=version, by=people.carol, reason="Again."
            )
        client.get(address(comment))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(comment))
        counts.append(len(queries))
    assert counts[0] == counts[1]
