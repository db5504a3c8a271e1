"""A link on the pages of its two readings: shown at both ends, and kept as long as it is true."""

import pytest
from django.core.exceptions import PermissionDenied

from discussions.comments.actions import reply
from discussions.models import Thread
from discussions.threads.actions import remove_highlight
from readings.models import Reading
from seminars.models import Seminar
from tests.base import People, make_people, make_reading, markup
from tests.discussions.base import WORDS, say, url
from tests.discussions.links import FAR_WORDS, NARROWED, link, make_far_reading, narrow
from tests.seminars.helpers import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def far(people: People, reading: Reading) -> Reading:
    return make_far_reading(people)


@pytest.fixture
def linked(people: People, reading: Reading, far: Reading) -> Thread:
    """Carol has linked the first paragraph of one with the second of the other."""
    return link(reading, far, people.carol, "Both of them stop.")


def page(people: People, key: str, reading: Reading) -> str:
    answer = people.client(key).get(reading.get_absolute_url())
    assert answer.status_code == 200
    return markup(answer)


def test_the_end_where_it_begins_names_the_other(
    people: People, reading: Reading, linked: Thread
) -> None:
    text = page(people, "dan", reading)
    card = text[text.index(f'id="t{linked.pk}"') :]
    assert "<b>answers</b>" in card
    assert "Good fences ¶ 2</a>" in card
    assert f"<q>“{FAR_WORDS}”</q>" in card or f"<q>{FAR_WORDS}</q>" in card
    assert "Both of them stop." in card


def test_the_other_end_tells_of_it_in_the_passive(
    people: People, reading: Reading, far: Reading, linked: Thread
) -> None:
    text = page(people, "dan", far)
    told = text[text.index(f'id="l{linked.pk}"') :]
    assert "<b>is answered by</b>" in told
    assert "On margins ¶ 1</a>" in told
    assert WORDS in told
    assert "1 comment</a>" in told
    # Painted as words of members, and not as those of a guide.
    assert f'data-threads="" data-mark="l{linked.pk}"' in text
    # The words of its conversation stand where it begins.
    assert "Both of them stop." not in text


def test_to_who_made_it_both_ends_are_their_own(
    people: People, far: Reading, linked: Thread
) -> None:
    own, others = page(people, "carol", far), page(people, "dan", far)
    named = f'id="l{linked.pk}" aria-label="Link from On margins"'
    assert (
        f'id="l{linked.pk}" aria-label="Link from On margins" data-show="mine group all" data-own'
        in own
    )
    assert f'{named} data-show="all">' in others


def test_the_other_end_counts_what_is_said_now(
    people: People, far: Reading, linked: Thread
) -> None:
    assert "1 comment</a>" in page(people, "dan", far)
    reply(thread=linked, parent=None, body="So they do.", by=people.alice)
    assert "2 comments</a>" in page(people, "dan", far)


def test_a_link_that_is_taken_off_is_gone_at_both_ends(
    people: People, reading: Reading, far: Reading
) -> None:
    bare = link(reading, far, people.carol)
    assert f'id="t{bare.pk}"' in page(people, "dan", reading)
    assert f'id="l{bare.pk}"' in page(people, "dan", far)
    remove_highlight(thread=bare, by=people.carol)
    assert f'id="t{bare.pk}"' not in page(people, "dan", reading)
    assert f'id="l{bare.pk}"' not in page(people, "dan", far)


def test_each_end_names_the_other_text_as_it_is_called_now(
    people: People, reading: Reading, far: Reading, linked: Thread
) -> None:
    assert "Good fences ¶ 2" in page(people, "dan", reading)
    far.essay.title = "Better fences"
    far.essay.save()
    assert "Better fences ¶ 2" in page(people, "dan", reading)
    reading.essay.title = "On edges"
    reading.essay.save()
    assert "On edges ¶ 1" in page(people, "dan", far)


def test_each_end_quotes_the_other_as_it_reads_now(
    people: People, reading: Reading, far: Reading, linked: Thread
) -> None:
    page(people, "dan", reading)
    there = linked.far_passage
    assert there is not None
    there.quote = "is asked what it walls in"
    there.save()
    assert "is asked what it walls in" in page(people, "dan", reading)
    page(people, "dan", far)
    (here,) = linked.passages()
    here.quote = "reads many texts together"
    here.save()
    assert "reads many texts together" in page(people, "dan", far)


@pytest.mark.parametrize("how", NARROWED)
@pytest.mark.parametrize("closed", ["far", "near"])
def test_the_page_of_the_open_end_tells_nothing_to_whom_the_other_is_closed(
    people: People, reading: Reading, far: Reading, how: str, closed: str
) -> None:
    narrowed, left = (far, reading) if closed == "far" else (reading, far)
    # A gate closes all behind the first paragraph.
    thread = link(reading, far, people.carol, "Both do.", block="p2", quote="a conversation begins")
    place = f'id="{"t" if closed == "far" else "l"}{thread.pk}"'
    assert place in page(people, "dan", left)
    text = page(people, narrow(people, narrowed, how), left)
    assert place not in text
    assert narrowed.essay.title not in text


def test_where_nobody_has_made_a_link_a_page_asks_nothing_of_links(
    people: People, reading: Reading
) -> None:
    client = people.client("dan")
    client.get(reading.get_absolute_url())
    say(reading, people.carol, "A remark.")
    without = queries(client, reading.get_absolute_url())
    assert not Seminar.objects.get(pk=people.seminar.pk).has_links
    say(reading, people.carol, "Another one.")
    assert queries(client, reading.get_absolute_url()) == without


def test_a_page_asks_as_much_for_forty_links_as_for_one(
    people: People, reading: Reading, far: Reading
) -> None:
    client = people.client("dan")
    link(reading, far, people.carol, "One.")
    client.get(far.get_absolute_url())
    link(reading, far, people.carol, "Another.")
    few = queries(client, far.get_absolute_url())
    for number in range(38):
        link(reading, far, people.carol, f"Number {number}.")
    assert queries(client, far.get_absolute_url()) == few


def test_a_link_to_a_reading_of_another_seminar_is_refused(
    people: People, reading: Reading, other_seminar_reading: Reading
) -> None:
    with pytest.raises(PermissionDenied):
        link(reading, other_seminar_reading, people.carol, "There.")


@pytest.fixture
def other_seminar_reading(people: People) -> Reading:
    others = make_people("elsewhere")
    return make_reading(others, slug="elsewhere")


def test_the_other_end_of_a_thread_page_is_named_there(
    people: People, reading: Reading, linked: Thread
) -> None:
    text = markup(people.client("dan").get(url("thread_detail", reading, linked.pk)))
    assert "<h1> Link </h1>" in text or ">Link<" in text.replace(" ", "")
    assert "Good fences ¶ 2" in text
