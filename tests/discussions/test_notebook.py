"""One's notebook: in the order of the texts, wherever one and the words have gone since."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from discussions.models import Comment
from discussions.moderation.thread_actions import lock
from readings.guides import apply_guide
from readings.models import Reading
from readings.setup.actions import remove_reading, restore_reading
from seminars.actions import update_membership
from tests.base import PARAGRAPHS, People, htmx, make_reading, markup
from tests.discussions.base import WORDS, answer, first_of, hidden, say, url
from tests.discussions.gates import assert_closed_to_strangers
from tests.queries import PageQueries
from tests.readings.revised import REVISED, revise

PAGE = "/s/seminar/notebook/"


def page(people: People, who: str = "carol", query: str = "") -> str:
    return markup(people.client(who).get(PAGE + query))


def anchors(text: str) -> list[str]:
    """The entries of a page, in their order."""
    return re.findall(r'<article class="leaf" id="(\w+)"', text)


@pytest.fixture
def reply(people: People, reading: Reading) -> Comment:
    """Carol's reply in a thread of the Monday group, which she has left since."""
    thread = say(reading, people.bob, "For Monday.", audience="group")
    reply = answer(thread, people.carol, "A secret of mine.")
    update_membership(
        membership=people.carol, role="participant", group=people.thursday, by=people.alice
    )
    return reply


def test_words_in_a_group_that_one_has_left_can_be_read(people: People, reply: Comment) -> None:
    text = page(people)
    assert "A secret of mine." in text
    assert "your group or your role has changed" in text
    assert "For Monday." not in text
    assert "In its place" not in text
    assert WORDS not in text, "nor what it is about"
    assert people.client("carol").get(reply.thread.get_absolute_url()).status_code == 404


def test_words_out_of_reach_say_what_closed_them(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "Mine.")
    changed = "your group or your role has changed"
    assert changed not in page(people)
    reading.opens_at = timezone.now() + timedelta(days=1)
    reading.save()
    assert "The reading is closed until it opens." in page(people)
    reading.opens_at = None
    reading.save()
    remove_reading(reading=reading, by=people.alice)
    text = page(people)
    assert "The reading was taken away. An instructor can put it back." in text
    assert changed not in text
    address = url("comment_withdrawal", reading, first_of(thread).pk)
    people.client("carol").post(address, {"mine": "1"})
    assert "The reading was taken away" in page(people)
    restore_reading(reading=reading, by=people.alice)
    assert "Its thread is gone." in page(people)
    update_membership(membership=people.carol, role="guest", group=None, by=people.alice)
    Reading.objects.update(open_to_guests=False)
    assert "The reading is not open to guests." in page(people)


def test_each_says_who_may_read_it(people: People, reading: Reading) -> None:
    for audience, label in (("me", "Only you"), ("staff", "Staff only"), ("group", "Monday")):
        say(reading, people.carol, f"For {audience}.", audience=audience)
        words = page(people).split(f"For {audience}.")[1]
        assert words.index(f"{label}</span>") < words.index("In its place")
    say(reading, people.carol, "For all.")
    assert "The whole seminar</span>" in page(people).split("For all.")[1]


def test_and_withdrawn_and_put_back(people: People, reply: Comment) -> None:
    address = url("comment_withdrawal", reply.thread.reading, reply.pk)
    for data, state in (({}, "withdrawn"), ({"undo": "1"}, "published")):
        response = people.client("carol").post(address, data | {"mine": ""})
        assert response.headers["Location"] == f"{PAGE}?at={reply.pk}#c{reply.pk}"
        reply.refresh_from_db()
        assert reply.state == state


def test_a_withdrawal_from_elsewhere_leads_here_too(people: People, reply: Comment) -> None:
    address = url("comment_withdrawal", reply.thread.reading, reply.pk)
    client = people.client("carol")
    for data in ({}, {"undo": "1"}):
        response = htmx(client, "post", address, data)
        assert response.headers["HX-Redirect"] == f"{PAGE}?at={reply.pk}#c{reply.pk}"
        assert response.content == b"", "nothing of what others say there"


def test_one_whose_role_is_lowered_takes_words_back_for_good(
    people: People, reading: Reading
) -> None:
    mine = first_of(say(reading, people.carol, "Said as a participant."))
    update_membership(membership=people.carol, role="guest", group=None, by=people.alice)
    reading.open_to_guests = False
    reading.save()
    text = page(people)
    assert "Said as a participant." in text
    assert "Withdraw for good" in text
    address = url("comment_withdrawal", reading, mine.pk)
    assert people.client("carol").post(address).status_code == 302
    mine.refresh_from_db()
    assert mine.is_withdrawn
    assert people.client("carol").post(address, {"undo": "1"}).status_code == 403


def test_hidden_words_are_told_with_the_reason(people: People, reading: Reading) -> None:
    hidden(first_of(say(reading, people.carol, "Too much.")), people.alice)
    text = page(people)
    assert "Hidden by staff: Off the topic" in text
    assert "Staff say: Stay with the text." in text
    assert "Too much." in text


def test_withdrawn_words_say_whether_they_can_be_put_back(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "Mine.")
    answer(thread, people.dan)
    address = url("comment_withdrawal", reading, first_of(thread).pk)
    people.client("carol").post(address)
    assert "Put back" in page(people)
    lock(thread=thread, by=people.alice)
    text = page(people)
    assert "Put back" not in text
    assert "The thread is locked: this comment cannot be put back." in text


def test_nobody_elses_words(people: People, reading: Reading) -> None:
    say(reading, people.dan, "Words of Dan.")
    assert "Words of Dan." not in page(people)
    assert "Nothing in it yet" in page(people)


# What stands where
def test_closed_to_strangers(people: People) -> None:
    assert_closed_to_strangers(people, PAGE)


def test_the_words_of_the_text_with_the_rest_of_their_sentence(
    people: People, reading: Reading
) -> None:
    thread = say(reading, people.carol, "*Together?*")
    text = page(people)
    sentence = PARAGRAPHS[0]
    before, after = sentence.split(WORDS)
    assert f'<span class="rest">{before}</span><mark class="mark own">{WORDS}</mark>' in text
    assert f'<span class="rest">{after}</span></blockquote>' in text
    assert "<em>Together?</em>" in text
    assert f'<a href="{reading.get_absolute_url()}#p1">¶ 1</a>' in text
    assert f'href="{url("comment_detail", reading, first_of(thread).pk)}"' in text
    assert f'href="{thread.get_absolute_url()}#c{first_of(thread).pk}"' in text
    assert "Where readers stop</h3>" in text


def test_in_the_order_of_the_text(people: People, reading: Reading) -> None:
    later = make_reading(people, slug="later", due_at=timezone.now())
    last = say(reading, people.carol, "Third.", block="p3", quote="the margin was")
    whole = say(reading, people.carol, "Whole.", block="")
    end = say(reading, people.carol, "", block="p1", quote="stops at another place")
    start = say(reading, people.carol, "First.", block="p1", quote="A seminar")
    mine = answer(say(reading, people.dan, "Dan’s.", block="p2", quote="method"), people.carol)
    due = say(later, people.carol, "Due first.")
    threads = [due, start, end, mine.thread, last, whole]
    found = anchors(page(people))
    expected = [
        f"t{one.pk}" if one.is_highlight else f"c{one.comments.get(author=people.carol).pk}"
        for one in threads
    ]
    assert found == expected


def test_what_is_gone_and_what_changed(people: People, reading: Reading) -> None:
    say(
        reading, people.carol, "Of a place.", block="p1", quote="each reader stops at another place"
    )
    say(reading, people.carol, "Of a method.", block="p2", quote="a conversation begins")
    revise(reading, REVISED)
    text = page(people)
    assert "Words that are gone from the text</h3>" in text
    gone = text.split("Words that are gone")[1]
    assert "a conversation begins</mark>" in gone
    assert "Of a method." in gone
    assert "¶" not in gone
    assert "This passage changed since." in text
    assert text.index("Of a place.") < text.index("Of a method.")


def test_a_whole_paragraph_and_the_whole_essay(people: People, reading: Reading) -> None:
    say(reading, people.carol, "Of a paragraph.", quote="")
    say(reading, people.carol, "Of all.", block="")
    text = page(people)
    assert f'<span class="rest">{PARAGRAPHS[0]}</span></blockquote>' in text
    assert "<mark" not in text
    assert "About the whole essay</h3>" in text


def test_a_highlight_stays_one_when_others_comment_on_it(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "")
    assert "Highlight, " in page(people)
    assert "Add a note" in page(people)
    answer(thread, people.dan, "What is so good in it?")
    assert anchors(page(people)) == [f"t{thread.pk}"]
    mine = answer(thread, people.carol, "The third word.")
    assert anchors(page(people)) == [f"t{thread.pk}", f"c{mine.pk}"]
    assert page(people).count(f"{WORDS}</mark>") == 1, "not again for a reply in the same thread"
    assert "To Dan: <q>What is so good in it?</q>" in page(people)


def test_a_highlight_of_ones_own_with_a_note_is_one_entry(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "", audience="me")
    answer(thread, people.carol, "A note after all.")
    assert anchors(page(people)) == [f"c{first_of(thread).pk}"]
    assert "Note to myself, " in page(people)


def test_a_highlight_that_was_taken_off_is_gone(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "")
    people.client("carol").post(url("thread_withdrawal", reading, thread.pk))
    assert anchors(page(people)) == []


@pytest.mark.parametrize("to_first", [True, False])
def test_a_reply_stands_under_what_it_answers(
    people: People, reading: Reading, to_first: bool
) -> None:
    thread = say(reading, people.dan, f"Dan says {'so ' * 99}much.")
    answer(thread, people.carol, "Really?", parent=first_of(thread) if to_first else None)
    text = page(people)
    assert "To Dan: <q>Dan says so so" in text
    assert "much." not in text, "shortened"
    hidden(first_of(thread), people.alice)
    text = page(people)
    assert "Dan" not in text
    assert "Really?" in text


def test_a_question_says_where_it_stands(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "Is it?", kind="question")
    assert '<span class="tag">Open</span>' in page(people)
    answer(thread, people.dan)
    assert '<span class="tag">Answered</span>' in page(people)


def test_a_prompt_is_called_one(people: People, reading: Reading) -> None:
    prompt = "---\nguide: 1\ntitle: Guide\n---\n\n## Prompt ¶ 2\n\nIs it?\n"
    apply_guide(reading=reading, text=prompt, by=people.alice)
    assert "Prompt, " in page(people, "alice")
    assert "Is it?" in page(people, "alice", query="?kind=comment")


# Pages
def test_pages_by_key(people: People, reading: Reading) -> None:
    numbers = [say(reading, people.carol, f"Remark {n}.").comments.get().pk for n in range(70)]
    client = people.client("carol")
    place, seen, back = "", [], []
    while True:
        text = markup(client.get(PAGE + place))
        seen += anchors(text)
        later = re.search(r'href="(\?[^"]*)" rel="next"', text)
        if later is None:
            break
        place = later[1].replace("&amp;", "&")
    assert seen == [f"c{number}" for number in numbers]
    while earlier := re.search(r'href="(\?[^"]*)" rel="prev"', text):
        text = markup(client.get(PAGE + earlier[1].replace("&amp;", "&")))
        back.append(anchors(text)[0])
    assert back == [f"c{numbers[30]}", f"c{numbers[0]}"]
    assert f"c{numbers[44]}" in anchors(page(people, query=f"?at={numbers[44]}"))
    for nonsense in ("x", "1.2.3", "1.2.3.4.5", "²", f"{reading.pk}.1.1.1.1" + "0" * 30):
        assert anchors(page(people, query=f"?after={nonsense}"))[0] == f"c{numbers[0]}"


def test_the_next_page_holds_when_its_last_entry_went(people: People, reading: Reading) -> None:
    threads = [say(reading, people.carol, "") for _ in range(40)]
    text = page(people)
    later = re.search(r'href="(\?[^"]*)" rel="next"', text)
    assert later
    people.client("carol").post(url("thread_withdrawal", reading, threads[29].pk))
    assert anchors(page(people, query=later[1]))[0] == f"t{threads[30].pk}"


def test_a_withdrawal_comes_back_to_the_filters(people: People, reading: Reading) -> None:
    mine = first_of(say(reading, people.carol, "Mine.", audience="me"))
    text = page(people, query="?kind=note&q=mine")
    assert '<input type="hidden" name="mine" value="kind=note&amp;q=mine">' in text
    address = url("comment_withdrawal", reading, mine.pk)
    answered = people.client("carol").post(address, {"mine": "kind=note&q=mine"})
    assert answered.headers["Location"] == f"{PAGE}?kind=note&q=mine&at={mine.pk}#c{mine.pk}"
    answered = people.client("carol").post(address, {"mine": "//evil.example/#\r\nX: y"})
    assert answered.headers["Location"].startswith(f"{PAGE}?")


def test_a_highlight_is_removed_here(people: People, reading: Reading) -> None:
    threads = [say(reading, people.carol, "") for _ in range(40)]
    later = re.search(r'href="(\?[^"]*)" rel="next"', page(people))
    assert later
    second = page(people, query=later[1])
    form = re.search(
        r'<form method="post" action="(/s/[^"]*)">.*?name="mine" value="([^"]*)"', second
    )
    assert form
    assert form[1] == url("thread_withdrawal", reading, threads[30].pk)
    answered = people.client("carol").post(form[1], {"mine": form[2]}, follow=True)
    assert anchors(markup(answered)) == [f"t{one.pk}" for one in threads[31:]]
    assert "Highlight removed" in markup(answered)
    answer(threads[0], people.dan)
    assert page(people).count(">Remove<") == 29, "not one about which somebody has said something"


def test_a_fixed_number_of_queries(people: People, reading: Reading) -> None:
    client = people.client("carol")

    def write() -> None:
        say(reading, people.carol, "")
        thread = say(reading, people.dan)
        answer(thread, people.carol)
        hidden(first_of(say(reading, people.carol)), people.alice)

    for query in ("", "?q=remark"):
        counts = []
        for size in (1, 66):
            for _ in range(size):
                write()
            with PageQueries() as queries:
                client.get(PAGE + query)
            counts.append(len(queries))
        assert counts[0] == counts[1] < 21


def test_one_without_the_right_to_write_reads_what_they_wrote(
    people: People, reading: Reading
) -> None:
    say(reading, people.carol, "As a participant.")
    update_membership(membership=people.carol, role="guest", group=None, by=people.alice)
    text = page(people)
    assert "As a participant." in text
    assert ">Edit<" not in text
