"""Pages that are kept by shape are what they would be if made for each who asks."""

import re

from django.urls import reverse

from readings.models import Reading
from rendering.kept_html import forget_kept_html
from tests.base import People
from tests.discussions.base import answer, say, url
from tests.quizzes.base import add_quiz

EACH_TIME = re.compile(r'(csrf-token" content="|middlewaretoken" value="|client_key" value=")[^"]*')
MARKS = "<i>{name}</i> \x02{slot}\x03 & “שלום” \x1f"


def test_kept_page_is_the_one_made_now(people: People, reading: Reading) -> None:
    """Whatever names and titles say, whoever asked before, and nothing of theirs in it."""
    quiz = add_quiz(people, reading)
    people.seminar.name = MARKS.format(name="seminar", slot="path")
    people.seminar.save()
    reading.essay.title = MARKS.format(name="title", slot="csrf")
    reading.essay.save()
    members = {key: getattr(people, key) for key in ("alice", "bob", "carol", "dan", "grace")}
    for number, (key, member) in enumerate(members.items()):
        member.user.name = MARKS.format(name=key, slot="email")
        member.user.text_size = "sml"[number % 3]
        member.user.save()
    thread = say(reading, people.carol, kind="question")
    answer(thread, people.dan, "An answer & more.")
    whole = say(reading, people.alice, block="", body="Of the whole.", kind="question")
    paths = [
        reverse("home"),
        url("thread_list", reading),
        url("thread_list", reading, query="?show=mine"),
        url("thread_detail", reading, thread.pk),
        url("thread_detail", reading, whole.pk),
        url("quiz_detail", reading, quiz.pk),
    ]
    clients = {key: people.client(key) for key in members}
    asked = [(path, key) for path in paths for key in clients]

    def page(path: str, key: str) -> str:
        return EACH_TIME.sub("", clients[key].get(path).content.decode())

    for path, key in asked:
        page(path, key)
    kept = {one: page(*one) for one in asked}
    for (path, key), told in kept.items():
        forget_kept_html()
        assert page(path, key) == told, (path, key)
        assert "\x02" not in told, (path, key)
        assert f"&lt;i&gt;{key}&lt;/i&gt;" in told
        others = [f"{other}@example.org" for other in members if other != key]
        assert not [email for email in others if email in told], (path, key)
