"""“¶ 4” in a comment leads to the paragraph."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from discussions.comments.actions import edit_comment
from discussions.models import Comment
from readings.models import Block, Reading
from rendering.markdown import RENDERER_VERSION, as_html, leading_to
from tests.base import People, htmx
from tests.discussions.base import answer, first_of, say, url

PAGE = "/s/seminar/r/margins/"


def cited(body: str, paragraphs: int = 20) -> list[tuple[str, str]]:
    found = re.findall(r'<a href="(#p\d+)"[^>]*>([^<]*)</a>', as_html(body, paragraphs=paragraphs))
    return [(href, words) for href, words in found]


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ("See ¶ 4.", [("#p4", "¶ 4")]),
        ("¶4, **¶ 5** and > ¶ 6", [("#p4", "¶4"), ("#p5", "¶ 5"), ("#p6", "¶ 6")]),
        ("¶ 12–14, or ¶ 12-14", [("#p12", "¶ 12–14"), ("#p12", "¶ 12-14")]),
        ("¶¶ 2–3", [("#p2", "¶¶ 2–3")]),
        ("¶ 18–24", [("#p18", "¶ 18")]),
        ("- ¶ 4\n- ¶ 5", [("#p4", "¶ 4"), ("#p5", "¶ 5")]),
        ("¶ 21, ¶ 0, ¶ 4a, ¶ 40000, ¶, para 4", []),
        ("`¶ 4`\n\n```\n¶ 4\n```", []),
        ("[¶ 4](https://example.org/) and https://example.org/¶4", []),
        ("[see](#p4)", []),
    ],
)
def test_what_is_a_citation(body: str, links: list[tuple[str, str]]) -> None:
    assert cited(body) == links


def test_without_a_reading_there_are_none() -> None:
    assert cited("¶ 4", paragraphs=0) == []


def test_words_that_look_like_a_link_are_not_led_anywhere() -> None:
    written = as_html('<a href="#p4">x</a> `<a href="#p4">`', paragraphs=20)
    assert leading_to(PAGE, written) == written


def test_citation_leads_to_the_reading_from_every_page(people: People, reading: Reading) -> None:
    last = Block.objects.filter(revision=reading.revision).exclude(number=None).count()
    thread = say(reading, people.carol, f"As ¶ 2 says, not ¶ {last + 1}.")
    answer(thread, people.carol, "And ¶ 1.")
    comment = first_of(thread)
    assert comment.html.count("<a ") == 1
    client = people.client("carol")
    link = f'<a href="{PAGE}#p2" rel="nofollow noopener ugc">¶ 2</a>'
    own = reverse("notebook", args=[people.seminar.slug])
    for page in (thread.get_absolute_url(), own):
        assert link in client.get(page).content.decode(), page
    assert link in htmx(client, "get", thread.get_absolute_url()).content.decode()
    # On paper, and in a file, the text stands on the same page.
    for query in ("", "?file=1"):
        printed = client.get(url("reading_print", reading, query=query)).content.decode()
        assert link.replace(PAGE, "") in printed
        assert 'id="p2"' in printed
    assert f"¶ {last + 1}." in client.get(thread.get_absolute_url()).content.decode()


def test_edited_words_cite_too(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "Nothing yet.")
    edit_comment(comment=first_of(thread), body="Now ¶ 2.", version=1, by=people.carol)
    assert '<a href="#p2"' in first_of(thread).html


def test_old_comments_are_made_to_cite(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "See ¶ 2.")
    wanted = first_of(thread).html
    Comment.objects.update(html="<p>See ¶ 2.</p>", renderer_version=RENDERER_VERSION - 1)
    call_command("render_comments", stdout=StringIO())
    assert first_of(thread).html == wanted


def test_words_that_cite_nothing_ask_nothing(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "One.")
    counts = []
    for body in ("None.", "¶ 1 and ¶ 2.", "None again.", "¶ 1."):
        with CaptureQueriesContext(connection) as queries:
            answer(thread, people.carol, body)
        counts.append(len(queries))
    assert counts[1] == counts[3] == counts[2] + 1
