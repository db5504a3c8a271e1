"""Speaking to somebody by name: who is meant, who is told, and what the writer hears."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from discussions.comments import render_anew
from discussions.comments.actions import edit_comment, reply
from discussions.common.errors import UnreachedMention
from discussions.common.readers import members_in_audience, members_who_see
from discussions.models import Comment, Mention, Thread
from readings.guides import apply_guide
from readings.models import Reading
from rendering.names import Names
from seminars.audience import Audience
from seminars.models import Event, Membership
from tests.base import People, htmx, make_people, make_reading
from tests.discussions.base import answer, first_of, new_thread_data, say, url

KEYS = ("alice", "bob", "carol", "dan", "grace")


def named(comment: Comment) -> list[str]:
    members = Mention.objects.filter(comment=comment).select_related("member__user")
    return [one.member.name for one in members]


# --- Who sees a thread ---------------------------------------------------------------------------
@pytest.mark.parametrize("open_to_guests", [True, False])
@pytest.mark.parametrize("audience", Audience.values)
def test_who_sees_is_the_rule_of_each_member(
    people: People, audience: str, open_to_guests: bool
) -> None:
    reading = make_reading(people, open_to_guests=open_to_guests)
    people.bob.assists.add(people.thursday)
    staff = (people.alice, people.bob)
    to_one = audience == Audience.MEMBER
    for author in staff if to_one else (people.carol, people.dan, people.bob):
        name = f"member:{people.dan.pk}" if to_one else audience
        thread = say(reading, author, audience=name)
        expected = {
            key
            for key in KEYS
            if Thread.objects.visible_to(getattr(people, key)).filter(pk=thread.pk).exists()
        }
        found = {one.name.lower() for one in members_who_see(thread)}
        before = members_in_audience(
            reading,
            audience=audience,
            group_id=thread.group_id,
            addressee_id=thread.addressee_id,
            by=author,
        )
        assert found == expected == {one.name.lower() for one in before}


def test_nobody_elsewhere_sees_it(people: People, reading: Reading) -> None:
    make_people("other")
    thread = say(reading, people.carol)
    people.dan.removed_at = people.dan.joined_at
    people.dan.save(update_fields=["removed_at"])
    assert {one.name for one in members_who_see(thread)} == {"Alice", "Bob", "Carol", "Grace"}


# --- Names in words ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Anna", ["anna"]),
        ("well, @anna: yes", ["anna"]),
        ("@Anna Lee and @Anna", ["anna lee", "anna"]),
        ("@Annabel", []),
        ("mail@anna.org", []),
        ("@ Anna", []),
        ("@@Anna", ["anna"]),
        ("@王小明你好", ["王小明"]),
        ("@O’Neill’s", ["o’neill"]),
    ],
)
def test_names_are_whole_words(text: str, found: list[str]) -> None:
    names = Names(["Anna", "Anna Lee", "王小明", "O’Neill"])
    assert list(names.found_in(text)) == found


def test_mention_is_kept_shown_and_recorded(people: People, thread: Thread) -> None:
    comment = answer(thread, people.dan, "As @carol said, and @Nobody. `@Carol` is code.")
    assert named(comment) == ["Carol"]
    assert comment.html.count('<bdi class="mention">@carol</bdi>') == 1
    assert "@Nobody" in comment.html
    event = Event.objects.get(kind="member.mentioned")
    assert (event.target_id, event.actor, event.audience) == (comment.pk, people.dan, "seminar")
    assert event.detail == {"thread": thread.pk, "seq": comment.seq, "member": people.carol.pk}


def test_first_words_of_a_thread_mention(people: People, reading: Reading) -> None:
    comment = first_of(say(reading, people.carol, "What do you say, @Dan?"))
    assert named(comment) == ["Dan"]
    assert '<bdi class="mention">@Dan</bdi>' in comment.html


def test_prompt_of_a_guide_mentions_whom_the_class_has(people: People, reading: Reading) -> None:
    """A guide may come from another class: a name that means nobody here stays a word of it."""
    guide = """---
guide: 1
title: G
---

## Prompt ¶ 1

What does %s say,
and @Zenobia?
"""
    for who in ("@Carol", "@Dan"):  # laid anew, it says something else
        apply_guide(reading=reading, text=guide % who, by=people.alice)
        comment = Comment.objects.get(thread__kind="guide")
        assert f'<bdi class="mention">{who}</bdi> say,' in comment.html
        assert "and @Zenobia?" in comment.html
        assert "<br>" not in comment.html  # its lines end where the file's editor was full
        assert named(comment) == [who[1:]]
    told = Event.objects.filter(kind="member.mentioned").order_by("pk")
    assert [one.actor for one in told] == [people.alice, people.alice]


def test_nobody_can_write_a_mention_by_hand(people: People, thread: Thread) -> None:
    comment = answer(thread, people.dan, '<bdi class="mention">@Mallory</bdi> and @Carol')
    assert comment.html.count("<bdi") == 1
    assert "&lt;bdi" in comment.html


def test_names_with_signs_do_no_harm(people: People, thread: Thread) -> None:
    User.objects.filter(pk=people.carol.user_id).update(name="C <b>& *x*")
    comment = answer(thread, people.dan, "@C <b>& *x* hello")
    assert named(comment) == ["C <b>& *x*"]
    assert '<bdi class="mention">@C &lt;b&gt;&amp; *x*</bdi> hello' in comment.html


def test_editing_mentions_anew(people: People, thread: Thread) -> None:
    comment = answer(thread, people.dan, "@Carol and @Alice")
    changed = edit_comment(
        comment=comment, body="@Carol and @Bob", version=comment.version, by=people.dan
    )
    assert sorted(named(changed)) == ["Bob", "Carol"]
    told = Event.objects.filter(kind="member.mentioned").order_by("pk")
    assert [one.detail["member"] for one in told][2:] == [people.bob.pk]


def test_mention_survives_another_name_and_another_renderer(people: People, thread: Thread) -> None:
    comment = answer(thread, people.dan, "@Carol, see.")
    User.objects.filter(pk=people.carol.user_id).update(name="Caroline")
    Comment.objects.filter(pk=comment.pk).update(renderer_version=0)
    assert list(render_anew()) == [comment.pk]
    assert '<bdi class="mention">@Carol</bdi>' in Comment.objects.get(pk=comment.pk).html


def test_words_without_a_sign_ask_nothing(people: People, thread: Thread) -> None:
    def queries(body: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer(thread, people.dan, body)
        return len(asked)

    queries("To warm up.")
    plain = queries("Nobody is meant.")
    one = queries("@Carol is meant.")
    Membership.objects.bulk_create(
        Membership(
            seminar=people.seminar,
            user=User.objects.create_user(f"more{n}@example.org", name=f"More {n}"),
        )
        for n in range(20)
    )
    assert queries("Nobody is meant again.") == plain
    assert queries("@Carol is meant again.") == one


# --- Out of reach --------------------------------------------------------------------------------
def test_who_is_out_of_reach_is_told_to_the_writer(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, audience="group")
    with pytest.raises(UnreachedMention, match=r"Dan.*does not see this thread") as told:
        reply(thread=thread, parent=None, body="@Dan and @Bob", by=people.carol, warned=())
    assert told.value.members == [people.dan.pk]
    assert thread.comments.count() == 1
    warned = told.value.members
    said = reply(thread=thread, parent=None, body="@Dan and @Bob", by=people.carol, warned=warned)
    assert named(said) == ["Bob"]
    assert "@Dan" in said.html
    assert said.html.count("<bdi") == 1


def test_of_two_of_a_name_who_sees_the_thread_is_meant(people: People, reading: Reading) -> None:
    User.objects.filter(pk=people.dan.user_id).update(name="Carol")
    thread = say(reading, people.bob, audience="group")
    said = reply(thread=thread, parent=None, body="@Carol", by=people.bob, warned=())
    assert [one.member for one in said.mentions.all()] == [people.carol]


def warns(response: Any, body: str, pk: int) -> bool:
    text = response.content.decode()
    field = f'name="warned" value="{pk}"'
    return (
        response.status_code == 422
        and "does not see this thread" in text
        and (body in text and field in text)
    )


@pytest.mark.parametrize("by_script", [True, False])
def test_reply_form_warns_once(people: People, reading: Reading, by_script: bool) -> None:
    thread = say(reading, people.carol, audience="group")
    client = people.client("carol")
    sent: dict[str, Any] = {"body": "@Dan, come.", "client_key": str(uuid.uuid4())}
    address = url("comment_create", reading, thread.pk)
    post = (
        (lambda data: htmx(client, "post", address, data))
        if by_script
        else (lambda data: client.post(address, data))
    )
    assert warns(post(sent), "@Dan, come.", people.dan.pk)
    assert thread.comments.count() == 1
    assert post(sent | {"warned": f"{people.dan.pk} nonsense"}).status_code in {200, 302}
    assert thread.comments.count() == 2


@pytest.mark.parametrize("by_script", [True, False])
def test_form_of_a_new_thread_warns_once(people: People, reading: Reading, by_script: bool) -> None:
    client = people.client("carol")
    sent = new_thread_data(body="@Dan, come.", audience="me")
    address = url("thread_list", reading)
    post = (
        (lambda data: htmx(client, "post", address, data))
        if by_script
        else (lambda data: client.post(address, data))
    )
    assert warns(post(sent), "@Dan, come.", people.dan.pk)
    assert not Thread.objects.exists()
    assert post(sent | {"warned": str(people.dan.pk)}).status_code in {200, 302}
    assert Thread.objects.count() == 1


@pytest.mark.parametrize("by_script", [True, False])
def test_form_of_an_edit_warns_once(people: People, reading: Reading, by_script: bool) -> None:
    comment = first_of(say(reading, people.carol, audience="group"))
    client = people.client("carol")
    sent = {"body": "@Dan, come.", "version": comment.version}
    address = url("comment_revisions", reading, comment.pk)
    post = (
        (lambda data: htmx(client, "post", address, data))
        if by_script
        else (lambda data: client.post(address, data))
    )
    assert warns(post(sent), "@Dan, come.", people.dan.pk)
    assert post(sent | {"warned": str(people.dan.pk)}).status_code in {200, 302}
    comment.refresh_from_db()
    assert comment.body == "@Dan, come."
