"""Reactions to a comment."""

import re

import pytest

from discussions.models import Comment, Reaction, Thread
from discussions.moderation.thread_actions import lock
from discussions.reactions import react
from readings.models import Anonymity, Reading
from readings.setup.actions import change_settings
from seminars.models import Event
from seminars.reaction_kinds import ReactionKind
from tests.base import People, htmx, markup
from tests.discussions.base import answer, first_of, hidden, say, url
from tests.discussions.gates import assert_closed_to_strangers
from tests.queries import PageQueries


def address(comment: Comment) -> str:
    return url("comment_reactions", comment.thread.reading, comment.pk)


def button(kind: str, words: str, *, pressed: bool) -> tuple[str, str]:
    """How the button of a kind begins, and what it says after its sign."""
    name = "undo" if pressed else "react"
    return f'name="{name}" value="{kind}" aria-pressed="{str(pressed).lower()}"', f"</svg> {words}"


def shows(text: str, kind: str, words: str, *, pressed: bool) -> bool:
    start, said = button(kind, words, pressed=pressed)
    at = text.find(start)
    return at >= 0 and said in text[at : at + 400].partition("</button>")[0]


def page_of(people: People, who: str, thread: Thread) -> str:
    return markup(people.client(who).get(thread.get_absolute_url()))


def test_pressed_and_pressed_again(people: People, comment: Comment) -> None:
    client = people.client("dan")
    response = client.post(address(comment), {"react": "insight"}, follow=True)
    assert response.redirect_chain[-1][0].endswith(f"#c{comment.pk}")
    assert "Insight: added" in markup(response)
    assert shows(page_of(people, "dan", comment.thread), "insight", "Insight 1", pressed=True)
    assert shows(page_of(people, "bob", comment.thread), "insight", "Insight 1", pressed=False)
    client.post(address(comment), {"undo": "insight"})
    assert shows(page_of(people, "dan", comment.thread), "insight", "Insight", pressed=False)
    assert [
        one.kind for one in Event.objects.filter(kind__startswith="reaction").order_by("pk")
    ] == [
        "reaction.added",
        "reaction.removed",
    ]


def test_answer_in_place_is_the_reactions_alone(people: People, comment: Comment) -> None:
    people.client("bob").post(address(comment), {"react": "agree"})
    response = htmx(people.client("dan"), "post", address(comment), {"react": "agree"})
    text = markup(response)
    assert text.startswith(f'<form class="reactions" id="c{comment.pk}-reactions"')
    assert shows(text, "agree", "Agree 2", pressed=True)
    assert text.count("data-focus") == 1
    assert "A remark of mine." not in text


def test_twice_is_once(people: People, comment: Comment) -> None:
    client = people.client("dan")
    for _ in range(2):
        assert client.post(address(comment), {"react": "thanks"}).status_code == 302
    assert Reaction.objects.count() == 1
    for _ in range(2):
        assert client.post(address(comment), {"undo": "thanks"}).status_code == 302
    assert not Reaction.objects.exists()


def test_author_and_guests_read_them_and_press_none(people: People, comment: Comment) -> None:
    people.client("dan").post(address(comment), {"react": "agree"})
    for who in ("carol", "grace"):
        text = page_of(people, who, comment.thread)
        assert "Agree 1" in text
        assert 'name="react"' not in text


def test_not_on_words_that_are_hidden_or_withdrawn(people: People, comment: Comment) -> None:
    people.client("dan").post(address(comment), {"react": "agree"})
    answer(comment.thread, people.dan)
    hidden(comment, people.alice)
    for who in ("carol", "dan", "alice"):
        assert "Agree 1" not in page_of(people, who, comment.thread)
    assert people.client("dan").post(address(comment), {"react": "agree"}).status_code == 403


def test_quiet_in_a_locked_thread(people: People, comment: Comment) -> None:
    people.client("dan").post(address(comment), {"react": "agree"})
    lock(thread=comment.thread, by=people.alice)
    assert people.client("bob").post(address(comment), {"react": "agree"}).status_code == 403
    text = page_of(people, "bob", comment.thread)
    assert "Agree 1" in text
    assert 'name="react"' not in text


def told(response: object) -> list[str]:
    """The lines of who reacted, as they are read."""
    items = re.findall(r"<li>(.*?)</li>", markup(response).partition('class="reactors"')[2], re.S)
    return [" ".join(re.sub(r"<.*?>", "", one).split()) for one in items]


def test_who_reacted_is_told_by_name(people: People, comment: Comment) -> None:
    for who, kind in (("dan", "insight"), ("bob", "agree"), ("alice", "agree")):
        people.client(who).post(address(comment), {"react": kind})
    page = people.client("carol").get(address(comment))
    assert told(page) == ["Agree Bob, Alice", "Insight Dan"]
    assert comment.html in markup(page)
    in_place = htmx(people.client("bob"), "get", address(comment))
    assert told(in_place) == ["Agree You, Alice", "Insight Dan"]
    assert markup(in_place).count("data-focus") == 1
    assert "Who reacted" in page_of(people, "carol", comment.thread)
    people.client("dan").post(address(comment), {"undo": "insight"})
    assert told(people.client("carol").get(address(comment))) == ["Agree Bob, Alice"]


def test_nothing_leads_to_nobody(people: People, comment: Comment) -> None:
    assert "Who reacted" not in page_of(people, "dan", comment.thread)
    assert told(people.client("dan").get(address(comment))) == [
        "Nobody any more: what was there was taken back."
    ]
    people.client("dan").post(address(comment), {"react": "agree"})
    assert "Who reacted" not in page_of(people, "grace", comment.thread), "a guest"


def test_where_people_may_be_anonymous_none_is_named(people: People, comment: Comment) -> None:
    for who in ("dan", "bob"):
        people.client(who).post(address(comment), {"react": "agree"})
    Reading.objects.update(anonymity=Anonymity.OPTIONAL)
    for who in ("carol", "alice"):
        page = people.client(who).get(address(comment))
        assert told(page) == ["Agree Bob, 1 participant"]
        assert "participants are not named here" in markup(page)
        assert "Dan" not in markup(page)
    assert told(people.client("dan").get(address(comment))) == ["Agree You, Bob"]


def test_who_reacted_waits_with_the_talk(people: People, reading: Reading) -> None:
    """Until one has written, others are not named; staff are, whose words can be read."""
    change_settings(reading=reading, by=people.alice, peek_after=1)
    comment = first_of(say(reading, people.bob, "From staff."))
    people.client("carol").post(address(comment), {"react": "thanks"})
    react(comment=comment, kind="thanks", by=people.alice)
    page = people.client("dan").get(address(comment))
    assert told(page) == ["Thanks Alice, 1 participant"]
    assert "once you have written enough yourself" in markup(page)


def test_bad_input(people: People, comment: Comment) -> None:
    client = people.client("dan")
    for sent in ({}, {"react": "anger"}, {"undo": "1"}):
        assert client.post(address(comment), sent).status_code == 400


def test_gates(people: People, comment: Comment) -> None:
    assert_closed_to_strangers(people, address(comment))
    for who in ("carol", "grace"):  # the author, a guest
        assert people.client(who).post(address(comment), {"react": "agree"}).status_code == 403
    assert people.client("grace").get(address(comment)).status_code == 403
    assert people.client("dan").put(address(comment)).status_code == 405
    hidden(comment, people.alice)
    assert people.client("dan").get(address(comment)).status_code == 403
    assert not Reaction.objects.exists()


@pytest.mark.once
def test_fixed_number_of_queries(people: People, thread: Thread) -> None:
    client = people.client("bob")
    client.get(thread.get_absolute_url())
    counts = []
    for _ in range(2):
        with PageQueries() as asked:
            client.get(thread.get_absolute_url())
        counts.append(len(asked))
        for _ in range(5):
            comment = answer(thread, people.carol)
            for kind in ReactionKind.values:
                people.client("dan").post(address(comment), {"react": kind})
    assert counts[0] == counts[1]
    assert first_of(thread).reactions.count() == 0
