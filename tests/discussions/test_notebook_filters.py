"""Looking for something in one's notebook: by kind, reading and audience, and by words."""

from urllib.parse import urlencode

import pytest

from readings.models import Reading
from seminars.actions import update_membership
from tests.base import People, make_reading
from tests.discussions.base import answer, first_of, say
from tests.discussions.test_notebook import anchors, page


def test_filters_count_what_they_would_show(people: People, reading: Reading) -> None:
    other = make_reading(people, slug="other")
    say(reading, people.carol, "")
    note = say(reading, people.carol, "A note.", audience="me")
    question = say(reading, people.carol, "A question?", kind="question")
    answer(say(other, people.dan), people.carol, "A reply.")
    text = page(people)
    for name, count in (
        ("Highlights", 1),
        ("Notes to myself", 1),
        ("Questions", 1),
        ("Replies", 1),
    ):
        assert f'<span>{name}</span> <span class="count">{count}</span>' in text
    assert "<span>Comments</span>" not in text, "there are none"
    assert anchors(page(people, query="?kind=note")) == [f"c{first_of(note).pk}"]
    assert anchors(page(people, query="?kind=question")) == [f"c{first_of(question).pk}"]
    assert anchors(page(people, query="?audience=me")) == [f"c{first_of(note).pk}"]
    assert len(anchors(page(people, query=f"?reading={other.pk}"))) == 1
    text = page(people, query=f"?reading={reading.pk}&kind=question")
    assert "1 of 4" in text
    assert '<span>All</span> <span class="count">3</span>' in text, "kinds of this reading"
    assert f'href="?kind=note&amp;reading={reading.pk}"' in text
    assert "Nothing like that here" in page(people, query="?kind=question&audience=me")
    assert len(anchors(page(people, query="?kind=nonsense&reading=x&audience=all"))) == 4


@pytest.mark.parametrize(
    ("looked_for", "found"),
    [
        ("uber", True),
        ("ÜBER fahrt", True),
        ("fahrt  uber", True),
        ("seminar TEXT together", True),
        ("“quoted” 'words'", True),
        ("bold words", True),
        ("图书", True),
        ("کتاب", True),
        ("3", True),
        ("**bold**", False),
        ("conversation", False),
        ("unter", False),
        ("\0", True),  # nothing at all is looked for
        ("%", False),
        ("_", False),
    ],
)
def test_looking_for_words(people: People, reading: Reading, looked_for: str, found: bool) -> None:
    body = '**bold** words and "quoted" ‘words’: die Überfahrt, 图书馆, كِتاب no, کتاب, ٣'
    say(reading, people.carol, body, quote="A seminar reads one text together")
    assert bool(anchors(page(people, query=f"?{urlencode({'q': looked_for})}"))) is found


def test_the_text_of_a_thread_out_of_reach_is_not_looked_in(
    people: People, reading: Reading
) -> None:
    thread = say(reading, people.bob, "For Monday.", audience="group")
    answer(thread, people.carol, "A secret of mine.")
    update_membership(
        membership=people.carol, role="participant", group=people.thursday, by=people.alice
    )
    assert anchors(page(people, query="?q=secret"))
    assert not anchors(page(people, query="?q=together"))


def test_the_words_looked_for_stand_in_the_field(people: People, reading: Reading) -> None:
    text = page(people, query='?q="><b>&kind=note')
    assert 'value="&quot;&gt;&lt;b&gt;"' in text
    assert '<input type="hidden" name="kind" value="note">' in text
