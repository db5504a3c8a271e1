"""`manage.py render_comments`."""

from io import StringIO

from django.core.management import call_command

from discussions.comments.actions import edit_comment
from discussions.models import Comment, CommentRevision
from readings.guides import apply_guide
from readings.models import Reading
from rendering.markdown import RENDERER_VERSION
from tests.base import People
from tests.discussions.base import answer, first_of, say

GUIDE = "---\nguide: 1\ntitle: Guide\n---\n\n## Prompt ¶ 1\n\nWhy\nso?\n"


def run() -> str:
    out = StringIO()
    call_command("render_comments", stdout=out)
    return out.getvalue()


def test_old_comments_are_rendered_anew_and_nothing_else_changes(
    people: People, reading: Reading
) -> None:
    thread = say(reading, people.carol, "*First* words.")
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    prompt = Comment.objects.get(body="Why\nso?")
    answer(
        thread, people.dan, parent=first_of(thread)
    )  # or the edit would leave nothing of what stood there before
    edit_comment(comment=first_of(thread), body="*Other* words.", version=1, by=people.carol)
    assert run() == "All comments are as new.\n"
    wanted = list(Comment.objects.order_by("pk").values())
    earlier = list(CommentRevision.objects.values())
    assert [one["html"] for one in earlier] == ["<p><em>First</em> words.</p>"]
    client = people.client("dan")
    pages = (reading.get_absolute_url(), thread.get_absolute_url())
    Comment.objects.update(html="<p>Old.</p>", renderer_version=RENDERER_VERSION - 1)
    CommentRevision.objects.update(html="<p>Old.</p>")
    assert all(b"Old." in client.get(page).content for page in pages)
    assert run() == "3 comments were rendered anew.\n"
    assert list(Comment.objects.order_by("pk").values()) == wanted
    assert list(CommentRevision.objects.values()) == earlier
    assert "<br>" not in Comment.objects.get(pk=prompt.pk).html
    assert not any(b"Old." in client.get(page).content for page in pages)


def test_the_newly_written_is_left_alone(people: People, reading: Reading) -> None:
    comment = answer(say(reading, people.carol), people.dan)
    Comment.objects.filter(pk=comment.pk).update(html="<p>By hand.</p>")
    assert run() == "All comments are as new.\n"
    assert Comment.objects.get(pk=comment.pk).html == "<p>By hand.</p>"
