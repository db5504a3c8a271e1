"""The page that keeps what was written: words, and not the values of what was picked."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from config.refusals import refuse, sent_fields, words_to_copy
from tests.base import People


def test_a_choice_is_no_words() -> None:
    fields = [
        ("q7", "12"),
        ("picked", "q7"),
        ("q8", "12"),
        ("role", "guest"),
        ("body", "I say so."),
    ]
    assert words_to_copy(fields) == [("q8", "12"), ("body", "I say so.")]


@pytest.mark.django_db
def test_what_was_picked_is_sent_again_and_not_shown_as_words() -> None:
    fields = {"q7": "12", "picked": "q7", "body": "I say so."}
    request = RequestFactory().post(
        "/s/seminar/", fields, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert sent_fields(request)
    gone = refuse(request, 404, "Gone.", page="404.html").content.decode()
    assert "I say so." in gone
    assert 'name="q7"' not in gone
    again = refuse(request, 403, "Again.", page="404.html", can_send_again=True).content.decode()
    assert '<input type="hidden" name="q7" value="12">' in again


@pytest.mark.django_db
def test_a_report_that_comes_too_late_shows_its_words_alone(people: People, client: Client) -> None:
    client.force_login(people.carol.user)
    url = reverse("comment_reports", args=[people.seminar.slug, "gone", 404])
    data = {"reason": "spam", "picked": "reason", "detail": "It sells ships."}
    text = client.post(url, data, headers={"Sec-Fetch-Site": "same-origin"}).content.decode()
    assert "It sells ships." in text
    assert ">spam<" not in text
