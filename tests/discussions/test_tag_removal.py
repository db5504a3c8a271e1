"""Removing a tag from the vocabulary."""

from django.urls import reverse

from discussions.models import Tag, Tagging, Thread
from discussions.thread_marks.actions import create_tag, tag_thread
from tests.base import People, markup
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors


def address(tag: Tag) -> str:
    return reverse("tag_removal", args=["seminar", tag.pk])


def test_goes_from_its_threads_which_stay(people: People, thread: Thread) -> None:
    tag = create_tag(name="method", by=people.alice)
    tag_thread(thread=thread, tag=tag, by=people.carol)
    people.dan.user.set_display(annotations="all")
    reading = thread.reading.get_absolute_url()
    assert '<span class="tag">method</span>' in markup(people.client("dan").get(reading))
    client = people.client("alice")
    assert "It goes from 1 thread, which stays." in markup(client.get(address(tag)))
    assert send(client, address(tag)).status_code == 302
    assert not Tagging.objects.exists()
    assert Thread.objects.filter(pk=thread.pk).exists()
    assert '<span class="tag">method</span>' not in markup(people.client("dan").get(reading))


def test_who_may(people: People) -> None:
    tag = create_tag(name="method", by=people.alice)
    assert_for_instructors(people, address(tag))
    assert_for_instructors(people, address(tag), "post")
