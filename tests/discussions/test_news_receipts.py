"""Following a row of the news lets it be seen: a decision, an announcement, a mark."""

from datetime import timedelta

from django.core import mail
from django.utils import timezone

from discussions.models import NewsReceipt
from discussions.notifications import write_news_mails
from discussions.notifications.items import NewsKey
from discussions.questions.actions import endorse
from readings.models import Reading
from tests.base import People
from tests.discussions.base import answer, first_of, hidden, say
from tests.discussions.news import bell, told
from tests.forms import forms_of
from tests.queries import PageQueries
from tests.seminars.announcements import announce

URL = "/news/receipts/"


def rows(people: People, key: str = "carol") -> list[dict[str, list[str]]]:
    """What the links of new rows send, the newest first."""
    page = people.client(key).get("/news/").content
    return [one.as_it_stands for one in forms_of(page, "/news/", key) if one.action == URL]


def test_what_is_followed_is_seen_and_nothing_else(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "Why?", kind="question")
    announce(people.alice, "Room", "We meet elsewhere.")
    hidden(first_of(say(reading, people.carol, "Rude.")), people.alice)
    assert bell(people, "carol") == 2
    decision, announcement = rows(people)
    done = people.client("carol").post(URL, decision)
    assert done.status_code == 302
    assert "/threads/" in done.headers["Location"] or "#c" in done.headers["Location"]
    assert bell(people, "carol") == 1
    assert [one.startswith("New:") for one in told(people, "carol")] == [False, True]
    assert rows(people) == [announcement]
    people.client("carol").post(URL, decision)  # sent twice it is as once
    assert NewsReceipt.objects.count() == 1
    done = people.client("carol").post(URL, announcement)
    assert "/announcements/" in done.headers["Location"]
    assert bell(people, "carol") == 0
    # A thread's row stays a link: opening it is what counts.
    endorse(comment=answer(thread, people.dan), by=people.alice)
    assert bell(people, "carol") == 1
    assert rows(people) == []
    assert bell(people, "dan") == 2  # the endorsement and the announcement
    people.client("dan").post(URL, rows(people, "dan")[0])
    assert bell(people, "dan") == 1


def test_it_goes_out_by_no_mail(people: People, reading: Reading) -> None:
    hidden(first_of(say(reading, people.carol, "Rude.")), people.alice)
    people.client("carol").post(URL, rows(people)[0])
    write_news_mails(timezone.now() + timedelta(minutes=10))
    assert not [one for one in mail.outbox if one.to == [people.carol.user.email]]


def test_of_another_or_of_nothing_nothing_is_kept(people: People, reading: Reading) -> None:
    hidden(first_of(say(reading, people.carol, "Rude.")), people.alice)
    (decision,) = rows(people)
    for sent in (decision, {"row": "nonsense"}, {}, {"row": str(NewsKey(timezone.now(), 99, 1))}):
        done = people.client("dan").post(URL, sent, follow=True)
        assert "What you were told of is not there any more." in done.content.decode()
    assert not NewsReceipt.objects.exists()
    assert people.client("dan").get(URL).status_code == 405


def test_who_has_left_every_seminar_is_told_so(people: People, reading: Reading) -> None:
    hidden(first_of(say(reading, people.carol, "Rude.")), people.alice)
    [row] = rows(people)
    client = people.client("carol")
    people.carol.removed_at = timezone.now()
    people.carol.save()
    answer = client.post(URL, row, follow=True)
    assert answer.status_code == 200
    assert "is not there any more" in answer.content.decode()
    assert not NewsReceipt.objects.exists()


def test_queries_do_not_grow(people: People, reading: Reading) -> None:
    counts = []
    for number in range(3):
        announce(people.alice, f"Room {number}", "We meet elsewhere.")
        with PageQueries() as queries:
            people.client("carol").get("/news/")
        counts.append(len(queries))
        people.client("carol").post(URL, rows(people)[0])
        announce(people.alice, f"Hour {number}", "We meet later.")
    assert len(set(counts)) == 1, counts
