"""What a member wrote, for each who may see it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from discussions.models import Comment, Thread
from discussions.moderation.actions import remove, return_to_author
from discussions.moderation.rare_actions import undo
from discussions.questions.actions import endorse
from readings.models import Anonymity, Reading
from readings.setup.actions import change_settings
from seminars.actions import remove_membership, update_membership
from tests.base import People, make_people, make_reading, markup
from tests.discussions.base import answer, first_of, hidden, reported, say, url
from tests.discussions.gates import assert_closed_to_strangers

EVERYBODY = ("alice", "bob", "carol", "dan")


def address(people: People, of: str = "carol") -> str:
    return f"/s/seminar/people/{getattr(people, of).pk}/words/"


def page(people: People, who: str, of: str = "carol", query: str = "") -> str:
    response = people.client(who).get(address(people, of) + query)
    assert response.status_code == 200
    return markup(response)


def readers(people: People, words: str, of: str = "carol") -> set[str]:
    """Who finds the words on the page of Carol."""
    return {who for who in EVERYBODY if words in page(people, who, of)}


def test_closed_to_strangers_and_guests(people: People) -> None:
    assert_closed_to_strangers(people, address(people))
    assert people.client("grace").get(address(people)).status_code == 403


def test_nobody_of_another_seminar(people: People) -> None:
    others = make_people("elsewhere")
    path = f"/s/seminar/people/{others.carol.pk}/words/"
    assert people.client("alice").get(path).status_code == 404


@pytest.mark.parametrize(
    ("audience", "seen_by"),
    [
        ("seminar", {"alice", "bob", "carol", "dan"}),
        ("group", {"alice", "bob", "carol"}),
        ("staff", {"alice", "bob", "carol"}),
        ("me", {"carol"}),
    ],
)
def test_each_sees_what_they_see_of_that_person_anyway(
    people: People, reading: Reading, audience: str, seen_by: set[str]
) -> None:
    thread = say(reading, people.carol, "Words of Carol.", audience=audience)
    assert readers(people, "Words of Carol.") == seen_by
    for who in EVERYBODY:
        found = people.client(who).get(thread.get_absolute_url()).status_code == 200
        assert found is (who in seen_by), "the page of the thread says the same"


def test_replies_in_their_places(people: People, reading: Reading) -> None:
    last = say(reading, people.carol, "The third.", block="p3", quote="the margin was")
    thread = say(reading, people.dan, "Dan’s words.", block="p2", quote="method")
    reply = answer(thread, people.carol, "A reply.", parent=first_of(thread))
    text = page(people, "alice")
    order = re.findall(r'<article class="leaf" id="(\w+)"', text)
    assert order == [f"c{reply.pk}", f"c{first_of(last).pk}"]
    assert "To Dan: <q>Dan’s words.</q>" in text
    assert "method</mark>" in text
    assert f'href="{url("comment_detail", reading, reply.pk)}"' in text
    assert f'href="{reading.get_absolute_url()}#p2"' in text
    assert "Withdraw" not in text
    assert ">Edit<" not in text
    assert "Dan’s words." not in page(people, "alice", of="alice")


def test_nothing_but_words(people: People, reading: Reading) -> None:
    """A highlight is none of theirs, and what is withdrawn is nobody's."""
    say(reading, people.carol, "")
    mine = first_of(say(reading, people.carol, "Words of Carol."))
    people.client("carol").post(url("comment_withdrawal", reading, mine.pk))
    for who in EVERYBODY:
        assert '<article class="leaf"' not in page(people, who)
    assert "Carol has written nothing yet that you can read." in page(people, "dan")


def test_hidden_words_are_for_their_author_and_moderators(people: People, reading: Reading) -> None:
    thread = say(reading, people.dan, "Words of Dan.")
    hidden(first_of(thread), people.alice)
    # Bob looks after Monday, and Dan is in the other group.
    assert readers(people, "Words of Dan.", of="dan") == {"alice", "dan"}
    assert "Show the words" in page(people, "alice", of="dan")
    assert "Hidden by staff" not in page(people, "carol", of="dan")
    hidden(first_of(say(reading, people.carol, "Of Carol.")), people.alice)
    assert readers(people, "Of Carol.") == {"alice", "bob", "carol"}


def test_hidden_words_are_not_told_with_what_answers_them(people: People, reading: Reading) -> None:
    thread = say(reading, people.dan, "Words of Dan.")
    answer(thread, people.carol, "Words of Carol.", parent=first_of(thread))
    hidden(first_of(thread), people.alice)
    for who in EVERYBODY:
        text = page(people, who)
        assert "Words of Carol." in text
        assert "Words of Dan." not in text
        assert "To Dan" not in text


def test_a_reading_that_is_not_open(people: People, reading: Reading) -> None:
    say(reading, people.carol, "Words of Carol.")
    reading.opens_at = timezone.now() + timedelta(days=1)
    reading.save()
    assert readers(people, "Words of Carol.") == {"alice", "bob"}
    assert readers(people, "On margins") == {"alice", "bob"}


def test_who_has_moved_or_gone(people: People, reading: Reading) -> None:
    say(reading, people.carol, "For Monday.", audience="group")
    say(reading, people.carol, "For all.")
    update_membership(
        membership=people.carol, role="participant", group=people.thursday, by=people.alice
    )
    assert readers(people, "For Monday.") == {"alice", "bob", "carol"}
    remove_membership(membership=people.carol, by=people.alice)
    assert "For all." in page(people, "dan")
    assert "not in the seminar any more" in page(people, "dan")
    assert people.client("carol").get(address(people)).status_code == 404


def test_a_search_tells_nothing_of_what_one_may_not_read(people: People, reading: Reading) -> None:
    say(reading, people.carol, "A secret.", audience="group")
    assert '<article class="leaf"' in page(people, "bob", query="?q=secret")
    assert '<article class="leaf"' not in page(people, "dan", query="?q=secret")
    assert "<span>A group</span>" not in page(people, "dan")


def test_what_somebody_wrote_anonymously_is_known_to_them_alone(people: People) -> None:
    reading = make_reading(people, anonymity=Anonymity.OPTIONAL)
    thread = say(reading, people.carol, "Words of Carol.", anonymous=True)
    assert readers(people, "Words of Carol.") == {"carol"}
    assert f"as {thread.alias}" in page(people, "carol")
    assert readers(people, thread.alias) == {"carol"}
    answer(thread, people.dan, "Words of Dan.", parent=first_of(thread))
    for who in EVERYBODY:
        text = page(people, who, of="dan")
        assert f"To {thread.alias}: <q>Words of Carol.</q>" in text
        assert who == "carol" or "Carol" not in text.replace("Words of Carol.", "")


def test_what_is_withheld_until_one_has_written(people: People, reading: Reading) -> None:
    say(reading, people.dan, "Words of Dan.")
    change_settings(reading=reading, by=people.alice, peek_after=1)
    assert readers(people, "Words of Dan.", of="dan") == {"alice", "bob", "dan"}
    say(reading, people.carol)
    assert readers(people, "Words of Dan.", of="dan") == {"alice", "bob", "carol", "dan"}


def test_a_word_to_one_member(people: People, reading: Reading) -> None:
    audience = f"member:{people.carol.pk}"
    say(reading, people.alice, "Well done.", audience=audience)
    assert readers(people, "Well done.", of="alice") == {"alice", "bob", "carol"}


def test_one_rule_says_whose_words_they_are(
    people: People, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the rule tells of none, no page does."""
    say(reading, people.carol, "Words of Carol.")
    rule = type(Comment.objects.all())
    monkeypatch.setattr(rule, "known_to_be_by", lambda self, *_: self.none())
    assert readers(people, "Words of Carol.") == set()


def test_the_people_page_leads_here(people: People) -> None:
    text = markup(people.client("dan").get("/s/seminar/people/"))
    assert f'<a href="{address(people)}">Carol</a>' in text


def test_ones_own_page_leads_to_the_notebook(people: People) -> None:
    link = '<a class="btn" href="/s/seminar/notebook/">'
    assert link in page(people, "carol")
    assert link not in page(people, "dan")


def test_a_fixed_number_of_queries(people: People, reading: Reading) -> None:
    client = people.client("bob")
    counts = []
    for size in (1, 100):
        for _ in range(size):
            say(reading, people.carol)
            answer(say(reading, people.dan), people.carol)
        with CaptureQueriesContext(connection) as queries:
            client.get(address(people))
        counts.append(len(queries))
    assert Thread.objects.count() == 202
    assert counts[0] == counts[1] < 23  # three of them the bell’s


def test_staff_find_what_was_made_of_the_words(people: People, reading: Reading) -> None:
    """The figures of the record lead to the words that they count."""
    thread = say(reading, people.dan, "A question?", kind="question")
    said = {name: answer(thread, people.carol, f"{name} words.") for name in ("Hidden", "Removed")}
    hidden(said["Hidden"], people.alice)
    remove(comment=said["Removed"], reason="Spam", by=people.alice, version=1)
    returned, undone, good = (
        answer(thread, people.carol, f"{name} words.") for name in ("Returned", "Undone", "Good")
    )
    return_to_author(comment=returned, reason="Unkind", by=people.alice, version=1)
    undo(
        decision=return_to_author(comment=undone, reason="Unkind", by=people.alice, version=1),
        by=people.alice,
    )
    endorse(comment=good, by=people.alice)
    for standing, words in {
        "hidden": {"Hidden", "Removed"},
        "returned": {"Returned"},
        "endorsed": {"Good"},
    }.items():
        for who in ("alice", "bob"):
            text = page(people, who, query=f"?standing={standing}")
            found = {
                one
                for one in ("Hidden", "Removed", "Returned", "Undone", "Good")
                if f"{one} words." in text
            }
            assert found == words, (standing, who)
    text = page(people, "alice")
    for name, count in (("Hidden or removed", 2), ("Returned", 1), ("Endorsed", 1)):
        assert f'<span>{name}</span> <span class="count">{count}</span>' in text
    # Who is no staff learns nothing of it.
    for query in ("", "?standing=endorsed"):
        text = page(people, "dan", query=query)
        assert "What staff made of it" not in text
    reported(good, people.dan)
    desk = people.client("alice").get("/s/seminar/desk/reviews/").content.decode()
    for standing in ("hidden", "returned", "endorsed"):
        assert f"/people/{people.carol.pk}/words/?standing={standing}" in desk
