"""What is kept of a page is what would be rendered anew, for everybody, whatever happened.

A kept fragment that is not true any more, or that was made for others, would show words to
people who may not see them. So random sequences of what members do are played through the real
actions, and after each of them the page that is kept is held against two others: the same page
with nothing kept, byte for byte; and each block as it is rendered for that very member, without
any class of viewers. And no page holds a word that its reader may not see.
"""

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.test import Client

from discussions.comments.actions import edit_comment, reply, undo_withdrawal, withdraw
from discussions.common.errors import StaleComment
from discussions.models import Comment, CommentState, Thread
from discussions.moderation.actions import hide, restore
from discussions.moderation.thread_actions import lock, unlock
from discussions.threads.actions import remove_highlight, start_thread
from readings.models import Fragment, Guide, GuideItem, Passage, Reading, Visit
from readings.page.fragments import forget_fragments, render, rendered_blocks
from readings.page.page import build_page, forget_pages
from readings.page.revision_text import revision_text
from readings.page.shell import card_renderer, forget_shells
from readings.page.slots import Own
from readings.page.standing import find_standing
from readings.passages.segments import Segment, create_passage
from seminars import actions as people_actions
from seminars.models import Group, Membership
from tests.base import People, make_people, make_reading, sign_in
from tests.discussions.base import answer, first_of, say
from tests.readings.gates import end_text, let_somebody_through

REFUSED = (PermissionDenied, ValidationError, StaleComment)
WORDS = {"p1": "reads one text", "p2": "same words", "p3": "left it wide"}
MEMBERS = ("alice", "bob", "carol", "dan", "grace")
_VARIES = re.compile(
    rb'(csrf-token" content="|csrfmiddlewaretoken" value="|client_key" value=")[^"]*'
)


def forget_all() -> None:
    """Keep nothing, in memory or in the table."""
    forget_fragments()
    forget_pages()
    forget_shells()
    Fragment.objects.all().delete()


class World:
    """A seminar that reads, and what may happen in it. Each thing said holds a word of its own."""

    def __init__(self) -> None:
        self.people: People = make_people()
        self.reading: Reading = make_reading(self.people)
        self.clients: dict[int, Client] = {}
        self.said = 0
        # Everybody has been here, so that there is something new to each.
        for key in MEMBERS:
            Visit.objects.create(
                seminar=self.people.seminar,
                reading=self.reading,
                membership=getattr(self.people, key),
                begun_at=self.reading.created_at,
                revision=self.reading.revision,
            )

    @property
    def members(self) -> list[Membership]:
        return list(
            self.people.seminar.memberships.current().select_related("user", "group", "seminar")
        )

    def client(self, member: Membership) -> Client:
        if member.pk not in self.clients:
            self.clients[member.pk] = sign_in(member.user)
        return self.clients[member.pk]

    def words(self) -> str:
        self.said += 1
        return f"Canary{self.said}x sings."

    # --- What may happen ------------------------------------------------------------------------
    def happen(self, what: str, choose: random.Random) -> None:
        """Let something happen, by somebody; nothing does where it is not allowed."""
        by = choose.choice(self.members)
        with suppress(*REFUSED), transaction.atomic():
            getattr(self, what)(by, choose)

    def start(self, by: Membership, choose: random.Random) -> None:
        keys = sorted(choose.sample(sorted(WORDS), choose.choice([1, 1, 1, 2])))
        segments = choose.choice(
            [[Segment(key, quote=WORDS[key]) for key in keys], [Segment(keys[0])], []]
        )
        quoted = bool(segments and segments[0].quote)
        body = "" if quoted and choose.random() < 0.3 else self.words()
        start_thread(
            reading=self.reading,
            segments=segments,
            audience=choose.choice(["me", "group", "seminar", "staff"]),
            kind=choose.choice(["comment", "question"]) if body else "comment",
            body=body,
            by=by,
        )

    def respond(self, by: Membership, choose: random.Random) -> None:
        threads = list(Thread.objects.visible_to(by))
        if threads:
            reply(thread=choose.choice(threads), parent=None, body=self.words(), by=by)

    def edit(self, by: Membership, choose: random.Random) -> None:
        self.on_comment(
            by.comments,
            choose,
            lambda one: edit_comment(comment=one, body=self.words(), version=one.version, by=by),
        )

    def withdraw(self, by: Membership, choose: random.Random) -> None:
        self.on_comment(by.comments, choose, lambda one: withdraw(comment=one, by=by))

    def undo(self, by: Membership, choose: random.Random) -> None:
        gone = by.comments.filter(state=CommentState.WITHDRAWN)
        self.on_comment(gone, choose, lambda one: undo_withdrawal(comment=one, by=by))

    def hide(self, by: Membership, choose: random.Random) -> None:
        self.on_comment(
            Comment.objects.filter(seq=1),
            choose,
            lambda one: hide(comment=one, reason="off_topic", by=by, version=one.version),
        )

    def restore(self, by: Membership, choose: random.Random) -> None:
        hidden = Comment.objects.filter(state=CommentState.HIDDEN)
        self.on_comment(
            hidden, choose, lambda one: restore(comment=one, by=by, version=one.version)
        )

    def on_comment(self, found: Any, choose: random.Random, do: Callable[[Comment], Any]) -> None:
        comments = list(found.order_by("pk").select_related("thread", "author"))
        if comments:
            do(choose.choice(comments))

    def lock(self, by: Membership, choose: random.Random) -> None:
        threads = list(Thread.objects.visible_to(by))
        if threads:
            choose.choice([lock, unlock])(thread=choose.choice(threads), by=by)

    def unmark(self, by: Membership, choose: random.Random) -> None:  # noqa: ARG002
        for thread in by.threads.filter(last_seq=0, withdrawn_at=None)[:1]:
            remove_highlight(thread=thread, by=by)

    def rename(self, by: Membership, choose: random.Random) -> None:
        by.user.name = choose.choice(["Ada <b>", "Bede", "Cleo & Co", "Dov\x02own\x1f1\x1fx\x03"])
        by.user.save(update_fields=["name"])

    def move(self, by: Membership, choose: random.Random) -> None:
        member = choose.choice(self.members)
        groups = [None, *Group.objects.filter(seminar=self.people.seminar).order_by("pk")]
        roles = ["instructor", "assistant", "participant", "guest"]
        people_actions.update_membership(
            membership=member, role=choose.choice(roles), group=choose.choice(groups), by=by
        )

    def rename_group(self, by: Membership, choose: random.Random) -> None:
        group = choose.choice(list(Group.objects.filter(seminar=self.people.seminar)))
        people_actions.rename_group(group=group, name=f"Group {choose.randrange(99)}", by=by)

    def guide(self, by: Membership, choose: random.Random) -> None:
        key = choose.choice(sorted(WORDS))
        words = choose.choice([WORDS[key], ""])
        place = create_passage(reading=self.reading, segments=[Segment(key, quote=words)])
        GuideItem.objects.create(
            seminar=self.people.seminar,
            guide=Guide.objects.get_or_create(
                seminar=self.people.seminar,
                reading=self.reading,
                defaults={"title": "T", "applied_by": by},
            )[0],
            passage=place,
            kind="term",
            body="Said.",
            html=f"<p>{self.words()}</p>",
            position=1,
            created_by=by,
        )

    def unguide(self, by: Membership, choose: random.Random) -> None:  # noqa: ARG002
        GuideItem.objects.update(removed_at=self.reading.created_at)

    def gate(self, by: Membership, choose: random.Random) -> None:
        end_text(self.reading, by, choose)

    def through(self, by: Membership, choose: random.Random) -> None:  # noqa: ARG002
        let_somebody_through(choose.choice(self.members), choose)

    def displace(self, by: Membership, choose: random.Random) -> None:  # noqa: ARG002
        """What a new revision does to a passage: it changes, or its block is gone."""
        heads = Passage.objects.filter(continues=None, reading=self.reading)
        for passage in heads.order_by("?")[:1]:
            passage.placement = choose.choice(["changed", "unanchored", "exact"])
            passage.block_key = choose.choice([passage.block_key, "gone", "p1"])
            passage.earlier_quote = "Before."
            passage.save()

    # --- What must hold -------------------------------------------------------------------------
    def page(self, member: Membership) -> bytes:
        answer = self.client(member).get(self.reading.get_absolute_url())
        assert answer.status_code == 200
        return _VARIES.sub(rb"\1", answer.content)

    def must_hold(self, member: Membership) -> None:
        kept = self.page(member)
        self.shows_nothing_foreign(member, kept)
        self.is_as_for_this_member_alone(member)

    def shows_nothing_foreign(self, member: Membership, page: bytes) -> None:
        said = set(re.findall(r"Canary\d+x", page.decode()))
        visible = Comment.objects.visible_to(member).exclude(state=CommentState.WITHDRAWN)
        readable = " ".join(
            [
                *(one.body for one in visible if one.is_published or one.author_id == member.pk),
                *GuideItem.objects.served_to(member).values_list("html", flat=True),
            ]
        )
        assert said <= set(re.findall(r"Canary\d+x", readable))
        end = member.gate_in(self.reading.pk)
        for block in self.reading.revision.blocks.exclude(kind="heading"):
            assert (block.text[-20:] in page.decode()) == (end is None or block.position <= end)
        assert not re.search(r"[\x02\x03\x1f]", page.decode())

    def is_as_for_this_member_alone(self, member: Membership) -> None:
        """Each block, held against the same rendered for them and nobody else."""
        seminar, reading = self.people.seminar, self.reading
        standing = find_standing(member.user_id, seminar.slug, reading.slug)
        assert standing is not None
        assert standing.visit is not None
        page = build_page(standing=standing, visit=standing.visit, render=card_renderer(standing))
        keys = list(page.fragments)
        alone = render(
            reading=standing.reading,
            text=revision_text(standing.reading),
            membership=standing.membership,
            keys=keys,
        )
        own = Own(member.pk, page.own.unread)
        for key in keys:
            slotted, talk, altered = alone[key]
            fragment = page.fragments[key]
            assert fragment.slotted.fill(page.own) == slotted.fill(own), key
            assert (fragment.talk, fragment.altered) == (talk, altered)


HAPPEN = 25  # events in one sequence
EVENTS = [
    *("start", "start", "start", "start", "respond", "respond", "edit", "withdraw", "undo"),
    *("hide", "hide", "restore", "lock", "unmark", "rename", "move", "rename_group"),
    *("guide", "unguide", "displace", "gate", "through", "through"),
]


@contextmanager
def undone() -> Iterator[None]:
    """Undo all that is written within; what is kept in memory stays, and must not come back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_kept_pages_are_those_that_would_be_rendered_anew(seed: int) -> None:
    choose = random.Random(seed)  # noqa: S311 - a test's choices
    with undone():
        world = World()
        for what in choose.choices(EVENTS, k=HAPPEN):
            world.happen(what, choose)
            world.must_hold(choose.choice(world.members))
        members = world.members
        for member in members:
            world.must_hold(member)
        kept = [world.page(member) for member in members]
        forget_all()
        assert [world.page(member) for member in members] == kept


# --- Each thing that happens, by name ----------------------------------------------------------
def test_post_renders_its_own_block_and_no_other(people: People, reading: Reading) -> None:
    thread = say(reading, people.dan)
    say(reading, people.dan, block="p2", quote="")
    page = reading.get_absolute_url()
    carol, bob = people.client("carol"), people.client("bob")
    carol.get(page), bob.get(page)
    before = rendered_blocks()
    carol.get(page), bob.get(page)
    assert rendered_blocks() == before
    answer(thread, people.dan)
    carol.get(page)
    assert rendered_blocks() == before + 1
    carol.get(page)
    bob.get(page)
    assert rendered_blocks() == before + 2  # once more, for another class of viewers


def test_class_of_viewers_shares_what_is_kept(people: People, reading: Reading) -> None:
    say(reading, people.dan)
    people.dan.group = people.monday
    people.dan.save()
    page = reading.get_absolute_url()
    assert "data-own" not in people.client("carol").get(page).content.decode()
    before = rendered_blocks()
    assert "data-own" in people.client("dan").get(page).content.decode()
    assert rendered_blocks() == before


def test_private_thread_costs_its_own_block_alone(people: People, reading: Reading) -> None:
    say(reading, people.carol, "Mine alone.", audience="me")
    page = reading.get_absolute_url()
    people.client("bob").get(page)
    people.client("dan").get(page)
    people.carol.group = people.thursday  # of dan's class
    people.carol.save()
    people.client("dan").get(page)
    before = rendered_blocks()
    assert "Mine alone." in people.client("carol").get(page).content.decode()
    assert rendered_blocks() == before + 1
    assert "Mine alone." not in people.client("dan").get(page).content.decode()


def test_another_process_finds_the_fragments_in_the_table(people: People, reading: Reading) -> None:
    say(reading, people.dan)
    page = reading.get_absolute_url()
    first = people.client("carol").get(page).content
    forget_fragments()  # as a process that has just begun
    before = rendered_blocks()
    again = people.client("carol").get(page).content
    assert rendered_blocks() == before
    assert _VARIES.sub(rb"\1", again) == _VARIES.sub(rb"\1", first)


def test_withdrawn_words_do_not_stay_in_the_table(people: People, reading: Reading) -> None:
    thread = say(reading, people.dan, "Canary of Dan.")
    for key in MEMBERS:
        people.client(key).get(reading.get_absolute_url())
    assert any(b"Canary of Dan." in bytes(one.body) for one in Fragment.objects.all())
    withdraw(comment=first_of(thread), by=people.dan)
    assert not any(b"Canary of Dan." in bytes(one.body) for one in Fragment.objects.all())


@pytest.mark.parametrize(
    "write",
    [
        lambda: Comment.objects.update(html="<p>Changed by hand.</p>"),
        lambda: Comment.objects.bulk_update(
            [Comment(pk=one.pk, html="<p>Changed by hand.</p>") for one in Comment.objects.all()],
            ["html"],
        ),
        lambda: connection.cursor().execute(
            "UPDATE discussions_comment SET html = '<p>Changed by hand.</p>'"
        ),
    ],
    ids=["queryset", "bulk", "sql"],
)
def test_no_way_of_writing_is_missed(
    people: People, reading: Reading, write: Callable[[], object]
) -> None:
    say(reading, people.dan)
    page = reading.get_absolute_url()
    client = people.client("carol")
    client.get(page)
    write()
    assert "Changed by hand." in client.get(page).content.decode()
