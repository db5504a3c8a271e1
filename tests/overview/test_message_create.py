"""Writing to those who were chosen: to each alone, once, and told what came of it."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from lxml.html import fromstring

from discussions.models import Comment, Thread
from overview.message_actions import send_messages
from readings.models import Reading
from readings.setup.actions import change_settings
from readings.setup.general_actions import change_general_discussion, general_discussion_of
from seminars.models import Membership
from tests.base import People, htmx, markup
from tests.discussions.base import say
from tests.overview.base import OVERVIEW, member

URL = f"{OVERVIEW}messages/"


def sent(people: People, *keys: str, **fields: Any) -> dict[str, Any]:
    data = {
        "among": [str(getattr(people, key).pk) for key in keys],
        "member": [str(getattr(people, key).pk) for key in keys],
        "reading": "margins",
        "body": "How are you *getting on*?",
        "client_key": str(uuid.uuid4()),
    }
    return data | fields


def test_each_of_them_gets_a_thread_of_their_own(people: People, reading: Reading) -> None:
    response = people.client("alice").post(URL, sent(people, "carol", "dan"), follow=True)
    assert response.redirect_chain[0][0] == OVERVIEW
    assert "Sent to 2 people, to each alone: Carol, Dan." in markup(response)
    threads = Thread.objects.filter(audience="member").order_by("addressee__user__name")
    assert [one.addressee_id for one in threads] == [people.carol.pk, people.dan.pk]
    assert {one.passage for one in threads} == {None}
    for one, reads, does_not in ((threads[0], "carol", "dan"), (threads[1], "dan", "carol")):
        assert people.client(reads).get(one.get_absolute_url()).status_code == 200
        assert people.client(does_not).get(one.get_absolute_url()).status_code == 404
    assert "Dan" not in markup(people.client("carol").get(threads[0].get_absolute_url()))


def test_the_page_says_to_whom(people: People, reading: Reading) -> None:
    chosen = f"?member={people.carol.pk}&member={people.dan.pk}"
    tree = fromstring(people.client("alice").get(URL + chosen).content)
    boxes = tree.xpath("//input[@type='checkbox'][@name='member'][@checked]/@value")
    assert boxes == [str(people.carol.pk), str(people.dan.pk)]
    tree = fromstring(people.client("alice").get(URL).content)
    assert len(tree.xpath("//input[@type='checkbox'][@name='member']")) == 2
    assert not tree.xpath("//input[@name='member'][@checked]")
    Membership.objects.filter(role="participant").delete()
    assert "Nobody to write to" in markup(people.client("alice").get(URL))


def test_a_preview_sends_nothing(people: People, reading: Reading) -> None:
    for client in (people.client("alice"), people.client("bob")):
        data = sent(people, "carol", preview="1")
        shown = markup(client.post(URL, data))
        assert "Nothing is sent yet. It would go to 1 person: Carol" in shown
        assert "<em>getting on</em>" in shown
        part = markup(htmx(client, "post", URL, data))
        assert "<em>getting on</em>" in part
        assert "<form" not in part
    assert not Thread.objects.exists()


def test_sent_twice_it_is_there_once(people: People, reading: Reading) -> None:
    data = sent(people, "carol", "dan")
    first = people.client("alice").post(URL, data)
    again = people.client("alice").post(URL, data)
    assert first.headers["Location"] == again.headers["Location"]
    assert Thread.objects.count() == 2
    people.client("alice").post(URL, sent(people, "carol"))
    assert Thread.objects.count() == 3


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"body": " "}, "Write something first."),
        ({"member": []}, "Choose somebody."),
        ({"reading": "nowhere"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_with_the_words_kept(
    people: People, reading: Reading, fields: dict[str, Any], said: str
) -> None:
    data = sent(people, "carol") | fields
    response = people.client("alice").post(URL, data)
    assert response.status_code == 422
    assert said in markup(response)
    assert not Thread.objects.exists()
    assert data["body"].strip() in markup(response)
    assert f'name="among" value="{people.carol.pk}"' in markup(response)


def test_who_cannot_open_the_reading_is_named(people: People, reading: Reading) -> None:
    change_settings(reading=reading, by=people.alice, groups=[people.monday])
    response = people.client("alice").post(URL, sent(people, "carol", "dan"))
    assert response.status_code == 422
    assert "This reading is not open to Dan" in markup(response)
    assert "How are you" in markup(response)
    assert not Thread.objects.exists()


def test_an_assistant_writes_to_the_own_groups_alone(people: People, reading: Reading) -> None:
    assert people.client("bob").post(URL, sent(people, "carol")).status_code == 302
    refused = people.client("bob").post(URL, sent(people, "carol", "dan"))
    assert refused.status_code == 422
    assert "nobody has got anything" in markup(refused)
    assert "Dan" not in markup(refused)
    assert Thread.objects.get().addressee == people.carol


def test_all_or_none(people: People, reading: Reading) -> None:
    """Whoever left while the form was open: the others get nothing either, and it is told."""
    erin = member(people, "erin")
    with pytest.raises(PermissionDenied):
        send_messages(
            reading=reading, members=[people.carol, people.grace], body="Hello.", by=people.alice
        )
    assert not Thread.objects.exists()
    assert not Comment.objects.exists()
    Membership.objects.filter(pk=erin.pk).update(removed_at=erin.joined_at)
    data = sent(people, "carol") | {"member": [str(people.carol.pk), str(erin.pk)]}
    response = people.client("alice").post(URL, data)
    assert response.status_code == 422
    assert not Thread.objects.exists()


def test_who_may(people: People, reading: Reading) -> None:
    assert people.client("carol").get(URL).status_code == 403
    assert people.client("carol").post(URL, sent(people, "dan")).status_code == 403
    assert people.client("mallory").get(URL).status_code == 404
    with pytest.raises(PermissionDenied):
        send_messages(reading=reading, members=[people.dan], body="Psst.", by=people.bob)


def test_one_message_to_many_sent_twice_is_no_flood(
    people: People, reading: Reading, settings: Any
) -> None:
    settings.POSTS_PER_MINUTE = 3
    data = sent(people, "carol", "dan")
    first = people.client("alice").post(URL, data)
    again = people.client("alice").post(URL, data)
    assert first.status_code == again.status_code == 302
    assert Thread.objects.count() == 2


def test_about_no_reading_in_the_general_discussion(people: People, reading: Reading) -> None:
    """As to somebody who wrote nothing but there."""
    general = general_discussion_of(by=people.alice)
    say(general, people.dan, "Where do we meet?", block="")
    alice = people.client("alice")
    tree = fromstring(alice.get(URL).content)
    assert str(people.dan.pk) in tree.xpath("//input[@name='member']/@value")
    options = tree.xpath("//select[@name='reading']/option")
    assert [one.text for one in options] == ["On margins", "General discussion"]
    assert options[0].get("selected") is not None
    answered = alice.post(URL, sent(people, "dan", reading=general.slug), follow=True)
    assert "Sent to Dan." in markup(answered)
    thread = Thread.objects.get(audience="member")
    assert (thread.reading, thread.addressee) == (general, people.dan)
    assert people.client("dan").get(thread.get_absolute_url()).status_code == 200
    assert people.client("carol").get(thread.get_absolute_url()).status_code == 404
    # Where nobody could answer, it is not offered.
    change_general_discussion(by=people.alice, is_open=False)
    options = fromstring(alice.get(URL).content).xpath("//select[@name='reading']/option")
    assert [one.text for one in options] == ["On margins"]


def test_a_script_is_led_on(people: People, reading: Reading) -> None:
    """And what it sent is there: the answer is a page for it, not a redirect."""
    response = htmx(people.client("alice"), "post", URL, sent(people, "carol"))
    assert response.headers["HX-Redirect"] == OVERVIEW
    assert Thread.objects.get().addressee == people.carol


def test_a_message_to_many_is_no_flood(people: People, reading: Reading, settings: Any) -> None:
    """It is two events for each of them: the next words of the minute are taken all the same."""
    settings.POSTS_PER_MINUTE = 3
    alice = people.client("alice")
    for body in ("First to all.", "Second to all."):
        answered = alice.post(URL, sent(people, "carol", "dan", body=body))
        assert answered.status_code == 302
    assert Thread.objects.filter(audience="member").count() == 4
    thread = Thread.objects.filter(audience="member").first()
    assert thread is not None
    comments = f"/s/seminar/r/margins/threads/{thread.pk}/comments/"
    assert alice.post(comments, {"body": "And one more."}).status_code == 302
    # What a participant writes in such a thread counts as ever.
    carol = people.client("carol")
    statuses = [carol.post(comments, {"body": f"Answer {n}."}).status_code for n in range(4)]
    assert statuses == [302, 302, 302, 429]
