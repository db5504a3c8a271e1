"""The kinds of link in a seminar's settings."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from discussions.links import link_kinds
from discussions.links.kind_actions import add_link_kind, remove_link_kind
from discussions.models import MAX_LINK_KINDS, LinkKind
from readings.models import Reading
from seminars.models import Event
from tests.base import People, make_people, markup
from tests.discussions.links import link, make_far_reading
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors

URL = reverse("link_kind_list", args=["seminar"])


def names(people: People) -> list[str]:
    return [one.name for one in link_kinds(people.seminar)]


def add(people: People, name: str) -> LinkKind:
    return add_link_kind(name=name, passive="", is_directed=False, by=people.alice)


def test_listed_with_how_many_links_there_are(people: People, reading: Reading) -> None:
    far = make_far_reading(people)
    link(reading, far, people.carol)
    link(reading, far, people.carol, audience="me", block="p2", quote="a conversation begins")
    text = markup(people.client("alice").get(URL))
    assert "is answered by" in text
    assert "alike from both ends" in text
    # What somebody keeps to themselves is counted for nobody else.
    assert text.count("1 link") == 1
    assert "2 links" not in text


def test_added_at_the_end(people: People) -> None:
    client = people.client("alice")
    answer = client.post(
        URL, {"name": " takes  up ", "passive": "is taken up by", "is_directed": "on"}, follow=True
    )
    assert "The kind “takes up” is in the list." in markup(answer)
    assert names(people)[-1] == "takes up"
    assert LinkKind.objects.get(own_name="takes up").passive == "is taken up by"
    assert Event.objects.filter(kind="link_kind.created").count() == 1
    client.post(URL, {"name": "stands beside", "passive": "of no use"})
    beside = LinkKind.objects.get(own_name="stands beside")
    assert (beside.is_directed, beside.passive) == (False, "stands beside")


def test_what_is_wrong_is_said_with_the_words_kept(people: People) -> None:
    add_link_kind(name="elsewhere", passive="", is_directed=False, by=make_people("other").alice)
    client = people.client("alice")
    for name, passive, said in (
        ("Answers", "x", "a kind of that name already"),
        ("", "is asked by", "required"),
        ("x" * 31, "x", "31"),
        ("asks", "", "Say how it reads from the other end."),
    ):
        answer = client.post(URL, {"name": name, "passive": passive, "is_directed": "on"})
        assert answer.status_code == 422
        assert said in markup(answer)
        assert f'value="{name or passive}"' in markup(answer)
    assert send(client, URL, name="elsewhere", passive="there").status_code == 302


def test_so_many_and_no_more(people: People) -> None:
    for number in range(MAX_LINK_KINDS - len(names(people))):
        add(people, f"kind {number}")
    answer = send(people.client("alice"), URL, name="one more", passive="x")
    assert answer.status_code == 422
    assert "12 kinds of link at most" in markup(answer)
    remove_link_kind(kind=link_kinds(people.seminar)[0], by=people.alice)
    assert send(people.client("alice"), URL, name="one more", passive="x").status_code == 302


def test_queries(people: People) -> None:
    client = people.client("alice")
    counts = []
    for number in range(2):
        client.get(URL)  # as it is after a change
        with CaptureQueriesContext(connection) as asked:
            client.get(URL)
        counts.append(len(asked))
        add(people, f"kind {number}")
    assert counts[0] == counts[1]


def test_who_may(people: People) -> None:
    assert_for_instructors(people, URL)
    assert_for_instructors(people, URL, "post")
    assert people.client("alice").delete(URL).status_code == 405
