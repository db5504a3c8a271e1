"""Reporting a comment."""

from typing import Any

import pytest

from discussions.models import Comment, Report
from discussions.moderation.actions import dismiss
from readings.models import Reading
from tests.base import People, htmx
from tests.discussions.base import first_of, hidden, reported, say, url
from tests.discussions.gates import assert_closed_to_strangers


def address(comment: Comment) -> str:
    return url("comment_reports", comment.thread.reading, comment.pk)


def data(**fields: Any) -> dict[str, Any]:
    return {"reason": "unkind", "detail": "Look at the tone."} | fields


def test_form(people: People, comment: Comment) -> None:
    text = people.client("dan").get(address(comment)).content.decode()
    assert "Unkind or insulting" in text
    assert "<em>together</em>" in text
    fragment = htmx(people.client("dan"), "get", address(comment)).content.decode()
    assert "<html" not in fragment


@pytest.mark.parametrize("who", ["dan", "grace", "bob", "alice"])
def test_whoever_reads_it_may_report_it(people: People, comment: Comment, who: str) -> None:
    response = people.client(who).post(address(comment), data(), follow=True)
    assert "Reported. Staff will look at it." in response.content.decode()
    report = Report.objects.get()
    assert (report.reason, report.detail, report.comment_version) == (
        "unkind",
        "Look at the tone.",
        1,
    )
    assert report.reporter == getattr(people, who)


def test_fragment(people: People, comment: Comment) -> None:
    response = htmx(people.client("dan"), "post", address(comment), data())
    assert response.status_code == 200
    assert "Reported." in response.content.decode()
    assert "Reported." in response.headers["HX-Trigger"]


@pytest.mark.parametrize("fields", [{"reason": ""}, {"reason": "dull"}, {"detail": "x" * 1001}])
def test_bad_input_keeps_the_text(people: People, comment: Comment, fields: dict[str, Any]) -> None:
    response = people.client("dan").post(address(comment), data(**fields))
    assert response.status_code == 422
    assert data(**fields)["detail"] in response.content.decode()
    assert 'class="error"' in response.content.decode()
    assert not Report.objects.exists()


def test_what_was_dismissed_is_said(people: People, comment: Comment) -> None:
    item = reported(comment, people.dan)
    dismiss(review_item=item, by=people.alice, review_version=1, version=1)
    response = people.client("dan").post(address(comment), data())
    assert response.status_code == 422
    assert "left it as it is" in response.content.decode()


def test_a_second_report_is_told_that_there_is_one(people: People, comment: Comment) -> None:
    dan, told = people.client("dan"), "You have reported this comment already"
    assert told not in dan.get(address(comment)).content.decode()
    htmx(dan, "post", address(comment), data())
    assert told in dan.get(address(comment)).content.decode()
    again = htmx(dan, "post", address(comment), data())
    assert "You had reported this already" in again.content.decode()
    assert Report.objects.count() == 1
    assert told not in people.client("bob").get(address(comment)).content.decode()


def test_author_is_not_told_who_reported(people: People, comment: Comment) -> None:
    reported(comment, people.dan)
    text = people.client("carol").get(comment.thread.get_absolute_url()).content.decode()
    assert "Dan" not in text
    assert "It hurts." not in text


def test_gates(people: People, reading: Reading, comment: Comment) -> None:
    assert_closed_to_strangers(people, address(comment))
    assert_closed_to_strangers(people, address(comment), data())
    assert people.client("carol").get(address(comment)).status_code == 403
    assert people.client("carol").post(address(comment), data()).status_code == 403
    assert people.client("dan").put(address(comment)).status_code == 405
    private = first_of(say(reading, people.carol, audience="group"))
    assert people.client("dan").post(address(private), data()).status_code == 404
    hidden(comment, people.alice)
    assert people.client("dan").get(address(comment)).status_code == 403
