"""A hidden comment, in every channel and for every role.

Members see that it was hidden and why; never its words, never its author. The author
sees their words, the reason and the note. Staff with authority see it behind a click.
"""

from collections.abc import Callable

import pytest

from discussions.comments.actions import edit_comment
from discussions.models import Comment
from discussions.moderation.actions import restore
from readings.models import Reading
from tests.base import People, htmx
from tests.discussions.base import answer, first_of, hidden, reported, say, url

SECRET = "Xylophone"
EARLIER = "Quokka"
NOTE = "Wombat"
WHY = "Hidden by staff: Off the topic"

Channel = Callable[[People, str, Comment], str]


def text_of(response: object) -> str:
    return str(response.content.decode()) + str(dict(response.headers))  # type: ignore[attr-defined]


def thread_page(people: People, who: str, comment: Comment) -> str:
    return text_of(people.client(who).get(comment.thread.get_absolute_url()))


def thread_fragment(people: People, who: str, comment: Comment) -> str:
    return text_of(htmx(people.client(who), "get", comment.thread.get_absolute_url()))


def part_of_the_thread(people: People, who: str, comment: Comment) -> str:
    page = f"{comment.thread.get_absolute_url()}?from={comment.pk}"
    return text_of(people.client(who).get(page))


def reply_form(people: People, who: str, comment: Comment) -> str:
    page = f"{comment.thread.get_absolute_url()}?reply={comment.pk}"
    return text_of(htmx(people.client(who), "get", page))


def summary_card(people: People, who: str, comment: Comment) -> str:
    return text_of(people.client(who).get(comment.thread.reading.get_absolute_url()))


def list_of_threads(people: People, who: str, comment: Comment) -> str:
    return text_of(people.client(who).get(url("thread_list", comment.thread.reading)))


def history(people: People, who: str, comment: Comment) -> str:
    page = url("comment_revisions", comment.thread.reading, comment.pk)
    return text_of(people.client(who).get(page))


def permalink(people: People, who: str, comment: Comment) -> str:
    page = url("comment_detail", comment.thread.reading, comment.pk)
    return text_of(people.client(who).get(page, follow=True)) + text_of(
        htmx(people.client(who), "get", page)
    )


def report_form(people: People, who: str, comment: Comment) -> str:
    page = url("comment_reports", comment.thread.reading, comment.pk)
    return text_of(people.client(who).get(page)) + text_of(
        people.client(who).post(page, {"reason": "spam"})
    )


def visibility_form(people: People, who: str, comment: Comment) -> str:
    page = url("comment_visibility", comment.thread.reading, comment.pk)
    return text_of(people.client(who).get(page)) + text_of(people.client(who).post(page))


def answer_to_a_reply(people: People, who: str, comment: Comment) -> str:
    page = url("comment_create", comment.thread.reading, comment.thread_id)
    return text_of(htmx(people.client(who), "post", page, {"body": f"From {who}."}))


CHANNELS = [
    thread_page,
    thread_fragment,
    part_of_the_thread,
    reply_form,
    summary_card,
    list_of_threads,
    history,
    permalink,
    report_form,
    visibility_form,
    answer_to_a_reply,
]


@pytest.fixture
def secret(people: People, reading: Reading) -> Comment:
    """The first comment of a thread: Zoe of Monday wrote it, Dan reported it, Alice hid it."""
    zoe = people.carol
    zoe.user.name = "Zoe Quick"
    zoe.user.save(update_fields=["name"])
    comment = first_of(say(reading, zoe, f"{EARLIER} words."))
    reported(comment, people.dan)
    edit_comment(comment=comment, body=f"{SECRET} words.", version=1, by=zoe)
    comment.refresh_from_db()
    answer(comment.thread, people.dan, "A reply that lives.", parent=comment)
    return hidden(comment, people.alice, note=NOTE)


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: str(channel.__name__))
@pytest.mark.parametrize("who", ["dan", "grace", "mallory"])
def test_members_learn_neither_words_nor_author(
    people: People, secret: Comment, channel: Channel, who: str
) -> None:
    text = channel(people, who, secret)
    for word in (SECRET, EARLIER, NOTE, "Zoe"):
        assert word not in text, word


@pytest.mark.parametrize(
    "channel", [thread_page, thread_fragment, part_of_the_thread, answer_to_a_reply, summary_card]
)
def test_members_see_why_in_its_place(people: People, secret: Comment, channel: Channel) -> None:
    text = channel(people, "dan", secret)
    assert WHY in text
    if channel is not summary_card:
        assert "A reply that lives." in text


@pytest.mark.parametrize("channel", [thread_page, thread_fragment])
def test_author_sees_their_words_the_reason_and_the_note(
    people: People, secret: Comment, channel: Channel
) -> None:
    text = channel(people, "carol", secret)
    assert f"{SECRET} words." in text
    assert WHY in text
    assert NOTE in text
    assert "known to us" not in text  # the note to staff
    assert "Alice" not in text.replace("Account of", "")  # nor who decided


def test_author_has_their_history_and_their_card(people: People, secret: Comment) -> None:
    assert EARLIER in history(people, "carol", secret)
    assert SECRET in summary_card(people, "carol", secret)


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_staff_see_it_behind_a_click(people: People, secret: Comment, who: str) -> None:
    text = thread_page(people, who, secret)
    assert WHY in text
    before, behind = text.split("<summary>Show the words</summary>")
    assert SECRET not in before
    assert "Zoe Quick" not in before
    assert f"{SECRET} words." in behind.split("</details>")[0]
    assert "Zoe Quick" in behind.split("</details>")[0]
    # A card has no click: there it is as for everybody.
    for page in (summary_card, list_of_threads):
        assert SECRET not in page(people, who, secret)
        assert "Zoe" not in page(people, who, secret)


def test_assistant_of_another_group_sees_what_members_see(people: People, secret: Comment) -> None:
    people.bob.group = people.thursday
    people.bob.save(update_fields=["group"])
    assert SECRET not in thread_page(people, "bob", secret)
    assert "Zoe" not in thread_page(people, "bob", secret)


def test_reply_that_is_hidden(people: People, comment: Comment) -> None:
    """Not the first of its thread: the card shows another's words, and the count is one less."""
    bad = answer(comment.thread, people.dan, f"{SECRET} reply.", parent=comment)
    assert "1 reply" in list_of_threads(people, "grace", comment)
    hidden(bad, people.alice)
    assert "1 reply" not in list_of_threads(people, "grace", comment)
    text = thread_page(people, "grace", comment)
    assert WHY in text
    assert SECRET not in text
    assert "Dan" not in text


def test_its_author_is_told_who_can_read_what(people: People, secret: Comment) -> None:
    text = thread_page(people, "carol", secret)
    assert "The whole seminar can read this thread." in text
    assert "Only you and staff can read this comment." in text


def test_replies_to_it_are_all_counted(people: People, secret: Comment) -> None:
    """A card counts the answers that can be read, whether or not what they answer can."""
    assert "1 reply" in list_of_threads(people, "grace", secret)
    answer(secret.thread, people.carol)
    assert "2 replies" in list_of_threads(people, "grace", secret)


def test_restored_it_is_as_before(people: People, secret: Comment) -> None:
    restore(comment=secret, by=people.alice, version=secret.version)
    text = thread_page(people, "dan", secret)
    assert f"{SECRET} words." in text
    assert "Zoe Quick" in text
    assert WHY not in text


def test_the_author_is_told_on_the_card_too(people: People, reading: Reading) -> None:
    """A reply that staff has hidden is behind the card: its author need not open each."""
    thread = say(reading, people.dan, "A thread of Dan’s.")
    hidden(answer(thread, people.carol, "Mine, and hidden."), people.alice)
    pages = (reading.get_absolute_url(), url("thread_list", reading))
    for who, told in (("carol", True), ("dan", False), ("alice", False)):
        for page in pages:
            text = people.client(who).get(page).content.decode()
            assert ("Your comment is not public" in text) == told, (who, page)
