"""How a seminar names its reactions."""

from django.urls import reverse

from discussions.models import Comment
from tests.base import People, markup
from tests.discussions.base import url
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors

URL = reverse("reaction_settings", args=["seminar"])


def test_renamed_and_done_without(people: People, comment: Comment) -> None:
    react = url("comment_reactions", comment.thread.reading, comment.pk)
    people.client("dan").post(react, {"react": "thanks"})
    client = people.client("alice")
    assert 'value="Agree"' in client.get(URL).content.decode()
    answer = send(client, URL, agree="Yes & so", thanks="", insight="New to me")
    assert answer.status_code == 302
    text = markup(people.client("dan").get(comment.thread.get_absolute_url()))
    assert "Yes &amp; so" in text
    assert "New to me" in text
    assert "Thanks" not in text
    assert people.client("dan").post(react, {"react": "thanks"}).status_code == 403
    assert 'value="Agree"' not in client.get(URL).content.decode()


def test_without_any_there_is_nothing_to_press(people: People, comment: Comment) -> None:
    kinds = ("agree", "question", "insight", "evidence", "thanks")
    send(people.client("alice"), URL, **dict.fromkeys(kinds, ""))
    text = markup(people.client("dan").get(comment.thread.get_absolute_url()))
    assert "reactions" not in text


def test_two_of_one_name_and_long_ones_are_refused(people: People) -> None:
    for name in ("thanks", "x" * 21):
        answer = send(people.client("alice"), URL, agree=name)
        assert answer.status_code == 422
        assert f'value="{name}"' in answer.content.decode()
    people.seminar.refresh_from_db()
    assert people.seminar.reactions == {}


def test_who_may(people: People) -> None:
    assert_for_instructors(people, URL)
    assert_for_instructors(people, URL, "post")
    assert people.client("alice").delete(URL).status_code == 405
