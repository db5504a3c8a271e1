"""Links that a guide carries: two essays before a seminar, and a guide for each."""

from typing import Any

import pytest

from discussions.models import Comment, LinkKind, Thread
from discussions.threads.actions import remove_highlight
from discussions.threads.linked import ShownLink, shown_links
from readings.guides import GuideRefused, apply_guide
from readings.guides.actions import AppliedGuide
from readings.guides.summary import GuideSummary
from readings.models import Essay, GuideItem, Passage, Reading
from readings.setup.actions import (
    change_settings,
    create_reading,
    remove_reading,
    restore_reading,
)
from readings.setup.copy_actions import copy_seminar
from seminars.models import Membership
from tests.base import People, make_reading
from tests.discussions.base import answer

FAR_TEXT = [
    "Whoever writes in a margin answers somebody.",
    "A wide margin is an invitation, and a narrow one a refusal.",
]
LINK = '## Link ¶ 3 "Printers left it wide" → "On width" ¶ 2 "an invitation"\n'
WORDS = "The printer's choice is read here\nas a gesture."
ANSWERED = LINK + f"\nKind: supports\n\n{WORDS}\n"


def guide(*items: str) -> str:
    return "---\nguide: 1\ntitle: Guide to margins\n---\n\n" + "\n".join(items)


def lay(people: People, reading: Reading, *items: str) -> AppliedGuide:
    return apply_guide(reading=reading, text=guide(*items), by=people.alice)


def make_far(people: People, **fields: Any) -> Reading:
    far = make_reading(people, "width", FAR_TEXT, **fields)
    Essay.objects.filter(pk=far.essay_id).update(title="On width")
    far.essay.refresh_from_db()
    return far


@pytest.fixture
def far(people: People, reading: Reading) -> Reading:
    return make_far(people)


def only(viewer: Membership) -> ShownLink:
    (link,) = shown_links(viewer)
    return link


def standing() -> list[Thread]:
    return list(Thread.objects.filter(kind="link", withdrawn_at=None))


def test_a_link_is_a_thread_between_the_two_texts(
    people: People, reading: Reading, far: Reading
) -> None:
    added = lay(people, reading, ANSWERED)
    assert not added.unplaced
    assert not added.waiting
    link = only(people.carol)
    assert (link.near.title, link.near.place, link.near.words) == (
        "On margins",
        "¶ 3",
        "Printers left it wide",
    )
    assert (link.far.title, link.far.place, link.far.words) == (
        "On width",
        "¶ 2",
        "an invitation",
    )
    assert link.kind.code == "supports"
    comment = Comment.objects.get(thread=link.pk)
    assert (comment.body, comment.author) == (WORDS, people.alice)
    assert "<br" not in comment.html  # its lines end as those of a file do
    assert people.client("carol").get(link.thread_url).status_code == 200


def test_it_needs_neither_words_nor_a_kind(people: People, reading: Reading, far: Reading) -> None:
    lay(people, reading, "## Link ¶ 1 -> “on  WIDTH” ¶ 1\n")
    link = only(people.carol)
    assert link.kind.code == "answers"
    assert link.card.is_highlight
    assert (link.near.words, link.far.words) == ("", "")
    assert not Comment.objects.exists()


@pytest.mark.parametrize("written", ["same word", "same_word", "uses the same word as", "ECHOES"])
def test_a_kind_is_known_by_its_names(
    people: People, reading: Reading, far: Reading, written: str
) -> None:
    lay(people, reading, LINK)
    LinkKind.objects.filter(code="same_word").update(own_name="echoes")
    lay(people, reading, LINK + f"Kind: {written}\n")
    assert only(people.carol).kind.code == "same_word"


def test_a_kind_that_the_seminar_has_not_is_reported(
    people: People, reading: Reading, far: Reading
) -> None:
    added = lay(people, reading, LINK + "Kind: rebuts\n")
    (lost,) = added.unplaced
    assert "no kind of link “rebuts”" in lost.reason
    assert "contradicts" in lost.reason
    assert shown_links(people.alice) == []


def test_it_waits_for_the_other_essay(people: People, reading: Reading) -> None:
    added = lay(people, reading, "## Note ¶ 1\nA note.\n", ANSWERED)
    (waiting,) = added.waiting
    assert (waiting.line, waiting.reason) == (9, "waits for “On width”")
    assert not added.unplaced
    assert shown_links(people.alice) == []
    assert GuideItem.objects.filter(kind="link").count() == 1
    summary = GuideSummary.of(reading)
    assert summary
    assert (summary.links, [one["reason"] for one in summary.waiting]) == (
        0,
        ["waits for “On width”"],
    )
    page = people.client("alice").get(reading.get_absolute_url() + "guide/").content.decode()
    assert "waits for “" in page
    assert "On width" not in people.client("carol").get(reading.get_absolute_url()).content.decode()


@pytest.mark.parametrize("how", ["put before the seminar", "put back"])
def test_it_is_made_once_the_other_essay_comes(people: People, reading: Reading, how: str) -> None:
    far = make_far(people)
    remove_reading(reading=far, by=people.alice)
    lay(people, reading, ANSWERED)
    assert standing() == []
    if how == "put back":
        restore_reading(reading=far, by=people.alice)
    else:
        essay = far.essay
        far.delete()
        create_reading(essay=essay, by=people.alice)
    link = only(people.carol)
    assert link.far.words == "an invitation"
    assert link.card.author_id == people.alice.pk
    summary = GuideSummary.of(reading)
    assert summary
    assert (summary.links, summary.waiting) == (1, [])


def test_both_guides_may_link_to_each_other(people: People, reading: Reading, far: Reading) -> None:
    lay(people, reading, ANSWERED)
    lay(people, far, '## Link ¶ 2 "a refusal" → "On margins" ¶ 3\n')
    assert len(shown_links(people.carol, reading=reading, other=far)) == 2


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ('¶ 3 → "On width" ¶ 2 "a wide gate"', "In “On width”: The words “a wide gate” are not"),
        ('¶ 3 → "On width" ¶ 7', "The text has no ¶ 7; its last paragraph is ¶ 2."),
        ('¶ 3 → "On margins" ¶ 1', "another essay than its own"),
    ],
)
def test_words_that_are_not_there_are_reported(
    people: People, reading: Reading, far: Reading, heading: str, reason: str
) -> None:
    added = lay(people, reading, f"## Link {heading}\n")
    (lost,) = added.unplaced
    assert reason in lost.reason.replace("\u2068", "").replace("\u2069", "")
    summary = GuideSummary.of(reading)
    assert summary
    assert [one["line"] for one in summary.unplaced] == [lost.line]
    assert standing() == []


def test_near_words_that_are_not_there_are_reported(
    people: People, reading: Reading, far: Reading
) -> None:
    added = lay(people, reading, '## Link ¶ 3 "no such words" → "On width" ¶ 2\n')
    assert "are not in ¶ 3" in added.unplaced[0].reason
    assert not GuideItem.objects.exists()


@pytest.mark.parametrize(
    ("heading", "problem"),
    [
        ("Link ¶ 3", "where it leads"),
        ('Link → "On width" ¶ 2', "where it leads"),
        ("Link ¶ 3 → On width ¶ 2", "where it leads"),
        ('Link ¶ 3 → "On width"', "say where it leads"),
        ('Link ¶ 3 → "" ¶ 2', "say where it leads"),
    ],
)
def test_a_malformed_link_refuses_the_file(
    people: People, reading: Reading, heading: str, problem: str
) -> None:
    with pytest.raises(GuideRefused) as refused:
        lay(people, reading, "## Note ¶ 1\nx\n", f"## {heading}\n")
    (one,) = refused.value.problems
    assert (one.line, problem in one.message) == (9, True)


def test_words_that_say_nothing_refuse_the_file(people: People, reading: Reading) -> None:
    with pytest.raises(GuideRefused):
        lay(people, reading, LINK + "\n&#8203;\n")


def test_a_changed_guide_keeps_the_conversation(
    people: People, reading: Reading, far: Reading
) -> None:
    lay(people, reading, ANSWERED)
    (thread,) = standing()
    answer(thread, people.carol, "A gesture of whom?")
    lay(
        people,
        reading,
        '## Link ¶ 2 "no method is older" → "On width" ¶ 2 "a refusal"\n'
        f"Kind: contradicts\n\n{WORDS} Or is it?\n",
    )
    assert standing() == [thread]
    link = only(people.carol)
    assert (link.near.words, link.far.words) == ("no method is older", "a refusal")
    assert link.kind.code == "contradicts"
    assert [one.body for one in thread.comments.all()] == [
        f"{WORDS} Or is it?",
        "A gesture of whom?",
    ]
    assert Passage.objects.filter(reading=far).count() == 1
    lay(people, reading, "## Note ¶ 1\nNothing else.\n")
    assert standing() == [thread]  # it was answered
    assert GuideItem.objects.get(kind="link").removed_at


def test_what_nobody_answered_goes_with_its_item_and_comes_back(
    people: People, reading: Reading, far: Reading
) -> None:
    lay(people, reading, ANSWERED)
    (thread,) = standing()
    lay(people, reading, "## Note ¶ 1\nNothing else.\n")
    assert standing() == []
    lay(people, reading, ANSWERED)
    assert standing() == [thread]


def test_applied_again_it_is_the_same(people: People, reading: Reading, far: Reading) -> None:
    lay(people, reading, ANSWERED, "## Link ¶ 1 → “On width” ¶ 1\n")
    before = standing()
    passages = Passage.objects.count()
    lay(people, reading, ANSWERED, "## Link ¶ 1 → “On width” ¶ 1\n")
    assert standing() == before
    assert Passage.objects.count() == passages
    assert Comment.objects.get().version == 1


def test_two_links_between_the_same_essays_are_told_apart(
    people: People, reading: Reading, far: Reading
) -> None:
    one = '## Link ¶ 1 "one text" → "On width" ¶ 1 "answers somebody"\n'
    other = '## Link ¶ 2 "two readers" → "On width" ¶ 2 "a narrow one"\n'
    lay(people, reading, one)
    (thread,) = standing()
    answer(thread, people.carol)
    lay(people, reading, other)
    assert len(standing()) == 2
    thread.refresh_from_db()
    assert thread.passage
    assert thread.passage.quote == "one text"


def test_words_that_come_later_begin_the_conversation(
    people: People, reading: Reading, far: Reading
) -> None:
    lay(people, reading, LINK)
    lay(people, reading, ANSWERED)
    (thread,) = standing()
    assert [one.body for one in thread.comments.all()] == [WORDS]


def test_words_that_come_later_join_what_was_said(
    people: People, reading: Reading, far: Reading
) -> None:
    lay(people, reading, LINK)
    (thread,) = standing()
    answer(thread, people.carol, "One line\nand another.")
    lay(people, reading, ANSWERED)
    lay(people, reading, ANSWERED)
    assert standing() == [thread]
    thread.refresh_from_db()
    assert [one.body for one in thread.comments.all()] == ["One line\nand another.", WORDS]
    lay(people, reading, LINK)
    assert standing() == [thread]


def test_one_that_leads_to_another_essay_is_another(
    people: People, reading: Reading, far: Reading
) -> None:
    """Who could read the one conversation may not be able to read what the other is about."""
    third = make_reading(people, "third", FAR_TEXT)
    Essay.objects.filter(pk=third.essay_id).update(title="A third")
    lay(people, reading, ANSWERED)
    (thread,) = standing()
    answer(thread, people.carol)
    lay(people, reading, ANSWERED.replace("On width", "A third"))
    assert [one.far_reading_id for one in standing()] == [far.pk, third.pk]
    assert GuideItem.objects.filter(kind="link", removed_at=None).count() == 1


def test_one_that_waits_for_another_essay_is_not_there_meanwhile(
    people: People, reading: Reading, far: Reading
) -> None:
    lay(people, reading, ANSWERED)
    lay(people, reading, ANSWERED.replace("On width", "On height"))
    assert standing() == []


def test_what_its_author_took_off_does_not_come_back_by_itself(
    people: People, reading: Reading, far: Reading
) -> None:
    lay(people, reading, LINK)
    (thread,) = standing()
    remove_highlight(thread=thread, by=people.alice)
    remove_reading(reading=far, by=people.alice)
    restore_reading(reading=far, by=people.alice)
    assert standing() == []
    summary = GuideSummary.of(reading)
    assert summary
    assert "add the guide again" in summary.waiting[0]["reason"]
    lay(people, reading, LINK)
    assert standing() == [thread]


def test_who_may_not_open_the_other_essay_sees_no_link(
    people: People, reading: Reading, far: Reading
) -> None:
    lay(people, reading, ANSWERED)
    change_settings(reading=far, by=people.alice, groups=[people.monday])
    assert len(shown_links(people.carol)) == 1
    assert shown_links(people.dan) == []
    pages = [reading.get_absolute_url(), f"{reading.get_absolute_url()}?print=1"]
    for page in pages:
        words = people.client("dan").get(page).content.decode()
        assert "gesture" not in words
        assert "On width" not in words


@pytest.mark.parametrize("away", ["removed", "other words", "another essay"])
def test_it_moves_here_whatever_is_there(
    people: People, reading: Reading, far: Reading, away: str
) -> None:
    lay(people, reading, ANSWERED)
    (thread,) = standing()
    answer(thread, people.carol)
    moved = ANSWERED.replace('¶ 3 "Printers left it wide"', '¶ 2 "no method is older"')
    if away == "removed":
        remove_reading(reading=far, by=people.alice)
    elif away == "other words":
        moved = moved.replace("an invitation", "a wide gate")
    else:
        moved = moved.replace("On width", "On height")
    lay(people, reading, moved)
    assert standing() == [thread]
    thread.refresh_from_db()
    assert thread.passage
    assert thread.passage.quote == "no method is older"
    lay(people, reading, ANSWERED)
    assert standing() == [thread]


def test_a_copy_of_the_seminar_has_its_links(
    people: People, reading: Reading, far: Reading
) -> None:
    """Without what was said about them: each guide is added anew, and waits for the other essay."""
    lay(people, reading, ANSWERED)
    lay(people, far, '## Link ¶ 2 "a refusal" → "On margins" ¶ 3\n')
    (thread, _other) = standing()
    answer(thread, people.carol)
    made = copy_seminar(seminar=people.seminar, name="Next term", weeks=20, by=people.alice)
    assert not made.without_guide
    links = Thread.objects.filter(seminar=made.seminar, kind="link", withdrawn_at=None)
    assert sorted(one.far_reading.slug for one in links if one.far_reading) == ["margins", "width"]
    assert {one.link_kind.seminar_id for one in links if one.link_kind} == {made.seminar.pk}
    assert Comment.objects.filter(seminar=made.seminar).count() == 1
