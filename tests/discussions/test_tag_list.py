"""The vocabulary of tags in a seminar's settings."""

from django.urls import reverse

from discussions.models import MAX_TAGS, Tag, Thread
from discussions.thread_marks.actions import create_tag, tag_thread
from tests.base import People, make_people, markup
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors

URL = reverse("tag_list", args=["seminar"])


def test_added_and_counted(people: People, thread: Thread) -> None:
    client = people.client("alice")
    assert "No tags yet" in markup(client.get(URL))
    answer = client.post(URL, {"name": "  close   reading "}, follow=True)
    assert "The tag close reading is there." in markup(answer)
    tag_thread(thread=thread, tag=Tag.objects.get(name="close reading"), by=people.carol)
    assert "1 thread" in markup(client.get(URL))


def test_bad_names_are_refused(people: People) -> None:
    create_tag(name="Method", by=people.alice)
    create_tag(name="elsewhere", by=make_people("other").alice)
    client = people.client("alice")
    for name, said in (("method", "has a tag of that name"), ("", "required"), ("x" * 31, "31")):
        answer = send(client, URL, name=name)
        assert answer.status_code == 422
        assert said in markup(answer)
    assert send(client, URL, name="elsewhere").status_code == 302


def test_so_many_and_no_more(people: People) -> None:
    for number in range(MAX_TAGS):
        create_tag(name=f"word {number}", by=people.alice)
    answer = send(people.client("alice"), URL, name="one more")
    assert answer.status_code == 422
    assert "twenty tags at most" in markup(answer)


def test_who_may(people: People) -> None:
    assert_for_instructors(people, URL)
    assert_for_instructors(people, URL, "post")
    assert people.client("alice").delete(URL).status_code == 405
