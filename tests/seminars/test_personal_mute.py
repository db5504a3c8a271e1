"""“Mute for me”: who can be muted, what it changes for whom, and who learns of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from lxml.html import fromstring

from discussions.comments.actions import reply
from discussions.notifications import write_news_mails
from discussions.threads.unread_counts import new_threads
from readings.models import Anonymity, Reading
from seminars.models import PersonalMute
from seminars.personal_mutes import mute_for_self, unmute_for_self
from tests.base import People, htmx, make_people, make_reading, markup
from tests.discussions.base import answer, first_of, say, url
from tests.discussions.news import bell, told
from tests.discussions.reads import been
from tests.seminars.helpers import queries

FOLDED = "A comment by somebody you muted."
CARD = "A thread by somebody you muted"


def mute_url(who: int) -> str:
    return reverse("personal_mute", args=["seminar", who])


def muted(people: People) -> None:
    """Carol mutes Dan."""
    mute_for_self(member=people.dan, by=people.carol)


def test_muted_from_the_comment_and_back_at_it(people: People, reading: Reading) -> None:
    thread = say(reading, people.dan, "Words of Dan’s.")
    client = people.client("carol")
    page = markup(client.get(thread.get_absolute_url()))
    back = url("comment_detail", reading, first_of(thread).pk)
    assert f'href="{mute_url(people.dan.pk)}?next={back}"' in page
    asked = markup(client.get(f"{mute_url(people.dan.pk)}?next={back}"))
    assert "Mute Dan for me" in asked
    assert f'name="next" value="{back}"' in asked
    response = client.post(mute_url(people.dan.pk), {"next": back}, follow=True)
    assert "You have muted Dan." in markup(response)
    assert PersonalMute.objects.get().muted == people.dan
    page = markup(client.get(thread.get_absolute_url()))
    assert FOLDED in page
    folded = fromstring(page).find_class("muted-words")[0].text_content()
    assert "Words of Dan’s." in folded, "it opens without a script"
    assert "Unmute" in folded
    client.post(mute_url(people.dan.pk), {"next": back, "undo": "1"})
    assert FOLDED not in markup(client.get(thread.get_absolute_url()))


def test_sent_twice_it_is_one(people: People) -> None:
    client = people.client("carol")
    for _ in range(2):
        client.post(mute_url(people.dan.pk))
    people.carol.refresh_from_db()
    assert people.carol.personal_mutes == PersonalMute.objects.count() == 1
    for _ in range(2):
        client.post(mute_url(people.dan.pk), {"undo": "1"})
    people.carol.refresh_from_db()
    assert people.carol.personal_mutes == PersonalMute.objects.count() == 0


def test_it_leads_nowhere_else(people: People) -> None:
    response = people.client("carol").post(
        mute_url(people.dan.pk), {"next": "https://evil.example/"}
    )
    assert response["Location"] == reverse("personal_mute_list", args=["seminar"])


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_staff_cannot_be_muted(people: People, reading: Reading, who: str) -> None:
    staff = getattr(people, who)
    client = people.client("carol")
    assert "Staff speak in their office" in markup(client.get(mute_url(staff.pk)))
    assert client.post(mute_url(staff.pk)).status_code == 403
    assert "Staff speak in their office" in markup(
        client.get(reverse("member_words", args=["seminar", staff.pk]))
    )
    thread = say(reading, staff, "In my office.")
    assert mute_url(staff.pk) not in markup(client.get(thread.get_absolute_url()))
    assert not PersonalMute.objects.exists()


def test_who_was_muted_and_is_staff_now_speaks_in_their_office(
    people: People, reading: Reading
) -> None:
    before = say(reading, people.dan, "As one of us.")
    muted(people)
    people.dan.role = "assistant"
    people.dan.save()
    now = say(reading, people.dan, "As an assistant.", block="p2", quote="")
    client = people.client("carol")
    assert FOLDED in markup(client.get(before.get_absolute_url()))
    assert FOLDED not in markup(client.get(now.get_absolute_url()))
    client.post(mute_url(people.dan.pk), {"undo": "1"})
    assert FOLDED not in markup(client.get(before.get_absolute_url()))


def test_oneself_cannot_be_muted(people: People) -> None:
    client = people.client("carol")
    assert "your own words" in markup(client.get(mute_url(people.carol.pk)))
    assert client.post(mute_url(people.carol.pk)).status_code == 403


def test_guests_and_strangers(people: People) -> None:
    assert people.client("grace").get(mute_url(people.dan.pk)).status_code == 403
    assert people.client("grace").post(mute_url(people.dan.pk)).status_code == 403
    assert people.client("mallory").post(mute_url(people.dan.pk)).status_code == 404
    assert people.client("carol").post(mute_url(999_999)).status_code == 404


# Whom each can mute: everybody who takes part, but staff and themselves.
CAN_MUTE = {
    "alice": {"carol", "dan", "grace"},
    "bob": {"carol", "dan", "grace"},
    "carol": {"dan", "grace"},
    "dan": {"carol", "grace"},
    "grace": set(),
}


@pytest.mark.parametrize("who", [*CAN_MUTE, "elsewhere"])
def test_each_by_the_action_and_by_the_address(people: People, who: str) -> None:
    elsewhere = make_people("elsewhere")
    by = elsewhere.carol if who == "elsewhere" else getattr(people, who)
    client = elsewhere.client("carol") if who == "elsewhere" else people.client(who)
    for name in CAN_MUTE:
        member, may = getattr(people, name), name in CAN_MUTE.get(who, set())
        answered = client.post(mute_url(member.pk)).status_code
        assert answered == (302 if may else 404 if who == "elsewhere" else 403), name
        assert PersonalMute.objects.filter(membership=by, muted=member).exists() == may
        PersonalMute.objects.all().delete()
        if not may:
            with pytest.raises(PermissionDenied):
                mute_for_self(member=member, by=by)
            assert not PersonalMute.objects.exists()
    with pytest.raises(PermissionDenied):
        mute_for_self(member=elsewhere.dan, by=by if who != "elsewhere" else people.carol)


# --- Folded everywhere ---------------------------------------------------------------------------
def test_folded_on_the_reading_page_and_in_the_list(people: People, reading: Reading) -> None:
    thread = say(reading, people.dan, "Zanzibar is an island.")
    answer(thread, people.bob, "Indeed it is.")
    pages = [reading.get_absolute_url(), url("thread_list", reading)]
    client, other = people.client("carol"), people.client("bob")
    for page in pages:  # kept now
        assert "Zanzibar" in markup(client.get(page))
        assert "Zanzibar" in markup(other.get(page))
    muted(people)
    for page in pages:
        shown = markup(client.get(page))
        assert "Zanzibar" not in shown
        assert CARD in shown
        assert "Zanzibar" in markup(other.get(page)), "of nobody else’s"
        assert CARD not in markup(people.client("dan").get(page))
    unmute_for_self(member=people.dan, by=people.carol)
    for page in pages:
        assert "Zanzibar" in markup(client.get(page))


def test_folded_where_the_card_opens_and_where_it_arrives(people: People, reading: Reading) -> None:
    thread = say(reading, people.bob, "A question.")
    muted(people)
    answer(thread, people.dan, "Zanzibar.")
    client = people.client("carol")
    opened = markup(htmx(client, "get", thread.get_absolute_url()))
    assert FOLDED in opened
    come = markup(client.get(url("thread_arrivals", reading, thread.pk, query="?after=1")))
    assert FOLDED in come
    assert "data-new" not in come


def test_a_highlight_names_nobody(people: People, reading: Reading) -> None:
    say(reading, people.dan, "")
    muted(people)
    page = markup(people.client("carol").get(reading.get_absolute_url()))
    assert "A highlight by somebody you muted" in page
    assert "Dan highlighted" not in page


def test_the_search_leaves_it_out_and_says_so(people: People, reading: Reading) -> None:
    say(reading, people.dan, "Zanzibar is an island.")
    muted(people)
    asked = reverse("search", args=["seminar"]) + "?q=zanzibar"
    found = markup(people.client("carol").get(asked))
    assert "is an island" not in found
    assert "whom you have muted" in found
    others = markup(people.client("bob").get(asked))
    assert "is an island" in others
    assert "whom you have muted" not in others


def test_prints_and_files_have_all(people: People, reading: Reading) -> None:
    say(reading, people.dan, "Zanzibar is an island.")
    muted(people)
    client = people.client("carol")
    assert "Zanzibar" in markup(client.get(url("reading_print", reading, query="?show=all")))
    page = url("annotation_collection", reading, query="?page=all")
    assert "Zanzibar" in client.get(page).content.decode()


# --- Never new -----------------------------------------------------------------------------------
def test_nothing_of_it_is_new(people: People, reading: Reading) -> None:
    been(reading, people.carol)
    thread = say(reading, people.dan, "Said by Dan.")
    client = people.client("carol")
    assert new_threads([people.carol]) == {(people.carol.pk, reading.pk): 1}
    muted(people)
    assert new_threads([people.carol]) == {}
    for page in (reading.get_absolute_url(), url("thread_list", reading), "/", "/s/seminar/"):
        assert "1 new" not in markup(client.get(page)), page
    assert "data-unread" not in markup(client.get(reading.get_absolute_url()))
    assert "data-new" not in markup(client.get(thread.get_absolute_url())).split("<article")[-1]
    answer(thread, people.bob, "Said by Bob.")
    assert new_threads([people.carol]) == {(people.carol.pk, reading.pk): 1}
    answer(thread, people.dan, "Again by Dan.")
    assert "1 new" in markup(client.get(reading.get_absolute_url()))
    unmute_for_self(member=people.dan, by=people.carol)
    assert "3 new" in markup(client.get(reading.get_absolute_url()))


def test_a_hint_tells_nothing_of_it(people: People, reading: Reading) -> None:
    thread = say(reading, people.bob, "A question.")
    client = people.client("carol")
    client.get(reading.get_absolute_url())
    muted(people)
    answer(thread, people.dan)
    hinted = client.get(url("reading_hints", reading, query="?after=0")).json()["threads"]
    assert [(one["seq"], one["new"]) for one in hinted] == [(1, 0)]


def test_no_news_of_it(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "Mine.")
    answer(thread, people.dan, "A reply in what she watches.")
    answer(thread, people.dan, "@Carol: and a mention.", parent=first_of(thread))
    assert bell(people, "carol") == 1
    assert told(people, "carol")
    muted(people)
    assert bell(people, "carol") == 0
    assert not told(people, "carol")
    answer(thread, people.bob, "A word of Bob’s.")
    assert bell(people, "carol") == 1
    (row,) = told(people, "carol")
    assert "Bob" in row
    assert "Dan" not in row
    unmute_for_self(member=people.dan, by=people.carol)
    assert "Dan" in " ".join(told(people, "carol"))


def test_no_mail_of_it(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "Mine.", kind="question")
    muted(people)
    answer(thread, people.dan, "@Carol: Zanzibar.", parent=first_of(thread))
    write_news_mails(timezone.now() + timedelta(minutes=6))
    assert not mail.outbox
    answer(thread, people.bob, "@Carol: from Bob.")
    write_news_mails(timezone.now() + timedelta(minutes=6))
    (sent,) = mail.outbox
    assert "Bob" in sent.subject
    assert "Zanzibar" not in sent.body
    assert "Dan" not in sent.body


# --- Anonymous words, and who learns of it -------------------------------------------------------
def test_anonymous_words_stay_as_they_are(people: People) -> None:
    reading = make_reading(people, slug="masked", anonymity=Anonymity.OPTIONAL)
    been(reading, people.carol)
    hidden = say(reading, people.dan, "Who am I?", anonymous=True)
    named = say(reading, people.dan, "I am Dan.", block="p2", quote="")
    client = people.client("carol")
    list_url = url("thread_list", reading)
    asked = reverse("search", args=["seminar"]) + "?q=who"
    opened = markup(client.get(hidden.get_absolute_url()))
    assert mute_url(people.dan.pk) not in opened, "whose it is would stand in the address"
    muted(people)
    assert FOLDED in markup(client.get(named.get_absolute_url()))
    assert FOLDED not in markup(client.get(hidden.get_absolute_url()))
    shown = markup(client.get(list_url))
    assert hidden.alias in shown
    assert shown.count(CARD) == 1
    assert "am I?" in markup(client.get(asked))
    assert new_threads([people.carol]) == {}, "she has opened it"
    answer(hidden, people.dan, "Under my name.")
    assert new_threads([people.carol]) == {}
    reply(thread=hidden, parent=None, body="Under no name.", by=people.dan, anonymous=True)
    assert new_threads([people.carol]) == {(people.carol.pk, reading.pk): 1}


def _words(response: object) -> str:
    page = markup(response)
    return page[page.index("<main") : page.index("</main")].split("csrfmiddlewaretoken")[0]


def test_nobody_else_learns_of_it(people: People, reading: Reading) -> None:
    say(reading, people.dan, "Words.")
    say(reading, people.carol, "Words of Carol’s.", block="p2", quote="")
    pages = ("/s/seminar/", "/s/seminar/people/", "/news/", url("thread_list", reading))
    clients = {who: people.client(who) for who in ("dan", "alice")}
    before = {
        (who, page): _words(client.get(page)) for who, client in clients.items() for page in pages
    }
    muted(people)
    for (who, page), shown in before.items():
        assert _words(clients[who].get(page)) == shown, (who, page)
    assert people.seminar.events.filter(kind__contains="mute").count() == 0


# --- Cost ----------------------------------------------------------------------------------------
def test_queries_are_the_same_for_who_has_muted_nobody(people: People, reading: Reading) -> None:
    thread = say(reading, people.dan, "Words.")
    pages = ("/", "/s/seminar/", reading.get_absolute_url(), thread.get_absolute_url())
    client = people.client("bob")
    for page in pages:
        client.get(page)
    before = [queries(client, page) for page in pages]
    mute_for_self(member=people.dan, by=people.alice)
    for page in pages:
        client.get(page)
    assert [queries(client, page) for page in pages] == before
