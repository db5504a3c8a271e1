"""Revisions of a text that is linked with another: both ends are right, or say they are not."""

from collections.abc import Callable

import pytest

from discussions.threads.linked import LinkEnd, ShownLink, shown_links
from readings.guides import apply_guide
from readings.models import Passage, Reading, ReanchoredPassage
from readings.passages.segments import Segment
from readings.revisions.actions import withdraw_revision
from readings.setup.actions import remove_reading
from seminars.models import Membership
from tests.base import PARAGRAPHS, People, make_people
from tests.discussions.pairs import link, make_pair
from tests.queries import PageQueries
from tests.readings.revised import REVISED, revise
from tests.seminars.helpers import words

STOPS, TALK, WIDE = (
    "each reader stops at another place",
    "a conversation begins",
    "Printers left it wide",
)
MOVED = [*PARAGRAPHS[:2], "A paragraph that is new.", PARAGRAPHS[2]]

Ends = tuple[Segment, Segment]
Pick = Callable[[ShownLink], LinkEnd]


@pytest.fixture
def pair(people: People) -> tuple[Reading, Reading]:
    return make_pair(people)


def at(near: tuple[str, str], far: tuple[str, str]) -> Ends:
    return Segment(near[0], quote=near[1]), Segment(far[0], quote=far[1])


def only(viewer: Membership) -> ShownLink:
    (shown,) = shown_links(viewer)
    return shown


@pytest.mark.parametrize("end", ["near", "far"])
@pytest.mark.parametrize(
    ("block", "quote", "revision", "says"),
    [
        ("p3", WIDE, MOVED, ("¶ 4", WIDE, False, False)),
        ("p1", STOPS, REVISED, ("¶ 1", "each reader stops", True, False)),
        ("p2", TALK, REVISED, (None, TALK, True, True)),
    ],
    ids=["moved", "changed", "gone"],
)
def test_either_end_goes_with_its_text(
    people: People,
    pair: tuple[Reading, Reading],
    end: str,
    block: str,
    quote: str,
    revision: list[str],
    says: tuple[str | None, str, bool, bool],
) -> None:
    """And the other stays as it was; a revision that is taken back leaves no trace."""
    place, words_now, is_changed, is_lost = says
    other = ("p1", "one text")
    ends = at((block, quote), other) if end == "near" else at(other, (block, quote))
    link(*pair, people.carol, ends=ends, body="Look.")
    before = only(people.dan)
    revised = revise(pair[0] if end == "near" else pair[1], revision)

    shown = only(people.dan)
    moved, still = (shown.near, shown.far) if end == "near" else (shown.far, shown.near)
    if place:
        assert moved.place == place
    assert moved.words == words_now
    assert (moved.change is not None, moved.is_lost) == (is_changed, is_lost)
    assert (still.place, still.words, still.change) == ("¶ 1", "one text", None)

    withdraw_revision(revision=revised, by=people.alice.user)
    after = only(people.dan)
    for one, was in ((after.near, before.near), (after.far, before.far)):
        assert (one.place, one.words, one.change) == (was.place, was.words, None)


def test_both_pages_and_the_thread_say_it(people: People, pair: tuple[Reading, Reading]) -> None:
    """Also where they were read before: what was kept of them is made anew."""
    near, far = pair
    link(near, far, people.carol, ends=at(("p1", "one text"), ("p2", TALK)), body="Look.")
    client = people.client("dan")
    pages = {
        "near": near.get_absolute_url(),
        "far": far.get_absolute_url(),
        "thread": only(people.dan).thread_url,
    }
    for page in pages.values():
        assert "are gone" not in words(client.get(page))
    revised = revise(far, REVISED)
    said = {key: words(client.get(page)) for key, page in pages.items()}
    assert "Its words are gone" in said["near"]
    assert "Its words here are gone" in said["far"]
    assert "1 passage that you can see changed" in said["far"]
    assert "are gone" in said["thread"] or "no longer" in said["thread"]
    withdraw_revision(revision=revised, by=people.alice.user)
    for page in pages.values():
        assert "are gone" not in words(client.get(page))


def changes(people: People, reading: Reading) -> str:
    return words(people.client("alice").get(f"{reading.get_absolute_url()}changes/"))


@pytest.mark.parametrize("end", ["near", "far"])
def test_the_outcome_names_links_at_either_end(
    people: People, pair: tuple[Reading, Reading], end: str
) -> None:
    near, far = pair
    place, other = ("p2", TALK), ("p1", "one text")
    ends = at(place, other) if end == "near" else at(other, place)
    thread = link(near, far, people.carol, ends=ends, body="Look.")
    revise(near if end == "near" else far, REVISED)
    page = people.client("alice").get(
        f"{(near if end == 'near' else far).get_absolute_url()}changes/"
    )
    said = words(page)
    assert "Words that are gone (1)" in said
    assert said.count("Link by Carol") == 1
    assert "answers Against margins" in said
    assert only(people.alice).thread_url in page.content.decode()
    assert str(thread.pk) in only(people.alice).thread_url
    assert "1 passage" not in changes(people, far if end == "near" else near)


def test_the_outcome_counts_links_of_one_person_and_tells_nothing_else(
    people: People, pair: tuple[Reading, Reading]
) -> None:
    near, far = pair
    ends = at(("p1", "one text"), ("p2", TALK))
    link(near, far, people.carol, ends=ends, body="Mine.", audience="me")
    revise(far, REVISED)
    said = changes(people, far)
    assert "1 in threads that only their authors see" in said
    assert TALK not in said
    assert "Carol" not in said
    assert "On margins" not in said


@pytest.mark.parametrize("end", ["near", "far"])
def test_the_outcome_has_nothing_of_a_link_with_a_text_that_was_taken_away(
    people: People, pair: tuple[Reading, Reading], end: str
) -> None:
    near, far = pair
    here, away = (near, far) if end == "near" else (far, near)
    place, other = ("p2", TALK), ("p1", "one text")
    ends = at(place, other) if end == "near" else at(other, place)
    link(near, far, people.carol, ends=ends, body="Look.")
    remove_reading(reading=away, by=people.alice)
    revise(here, REVISED)
    said = changes(people, here)
    assert TALK not in said
    assert "Carol" not in said
    assert "in threads that only" not in said


def test_more_links_take_no_more_queries(people: People, pair: tuple[Reading, Reading]) -> None:
    others = make_people("other")
    counts = []
    for owner, number in ((people, 1), (others, 20)):
        near, far = pair if owner is people else make_pair(owner)
        for _i in range(number):
            ends = at(("p1", "one text"), ("p2", TALK))
            link(near, far, owner.carol, ends=ends, body="Look.")
        revise(far, REVISED)
        client = owner.client("alice")
        with PageQueries() as asked:
            assert client.get(f"{far.get_absolute_url()}changes/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_link_of_a_guide_goes_with_the_other_text(
    people: People, pair: tuple[Reading, Reading]
) -> None:
    """A guide that is added again finds its words there anew, or says that they are gone."""
    near, far = pair
    one = '## Link ¶ 1 → "Against margins" ¶ {} "Printers left it"\n\n'
    other = '## Link ¶ 2 → "Against margins" ¶ {} "{}"\n\nWhat has this to do with the other?\n\n'
    head = "---\nguide: 1\ntitle: G\n---\n\n"
    guide = head + one.format(3) + other.format(2, TALK)
    apply_guide(reading=near, text=guide, by=people.alice)
    revise(far, [REVISED[0], "A paragraph that is new.", REVISED[1], REVISED[2]])
    kept, lost = shown_links(people.carol)
    assert (kept.far.place, kept.far.change) == ("¶ 4", None)
    assert lost.far.is_lost
    added = apply_guide(reading=near, text=guide, by=people.alice)
    assert len(added.unplaced) == 2
    assert "They stand in ¶ 4." in added.unplaced[0].reason
    assert [one.pk for one in shown_links(people.carol)] == [kept.pk, lost.pk]
    guide = head + one.format(4) + other.format(1, "one text")
    added = apply_guide(reading=near, text=guide, by=people.alice)
    assert not added.unplaced
    shown = shown_links(people.carol)
    assert [(one.pk, one.far.place, one.far.change) for one in shown] == [
        (kept.pk, "¶ 4", None),
        (lost.pk, "¶ 1", None),
    ]
    assert Passage.objects.filter(reading=far).count() == 2


def test_the_outcome_names_links_that_wait(people: People, pair: tuple[Reading, Reading]) -> None:
    near, _far = pair
    guide = '---\nguide: 1\ntitle: G\n---\n\n## Link ¶ 2 → "Another" ¶ 1\n'
    apply_guide(reading=near, text=guide, by=people.alice)
    revise(near, REVISED)
    said = changes(people, near)
    assert "Guide: link" in said
    assert "Another" in said


def test_an_end_that_lost_its_words_is_placed_by_hand(
    people: People, pair: tuple[Reading, Reading]
) -> None:
    near, far = pair
    link(near, far, people.carol, ends=at(("p1", "one text"), ("p2", TALK)), body="Look.")
    revise(far, REVISED)
    lost = ReanchoredPassage.objects.get(placement="unanchored")
    page = f"{far.get_absolute_url()}changes/{lost.pk}/place/"
    client = people.client("alice")
    assert "Link by Carol" in words(client.get(page))
    sent = {"act": "place", "number": "2", "words": "grown narrow"}
    assert client.post(page, sent).status_code == 302
    shown = only(people.dan)
    assert (shown.far.words, shown.far.place, shown.far.is_lost) == ("grown narrow", "¶ 2", False)
    assert shown.near.change is None
