"""The general discussion of a seminar: the way in, its page, and what other pages say of it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from discussions.models import Thread
from discussions.notifications import write_news_mails
from readings.models import Essay, Reading, ReadingKind, Revision, Visit
from readings.setup import general_discussion_of
from seminars.models import Membership, Seminar
from tests.at_once import at_once
from tests.base import People, htmx, make_people, make_reading, make_user
from tests.discussions.base import answer, first_of, new_thread_data, reported, say, url
from tests.discussions.gates import assert_closed_to_strangers
from tests.forms import send
from tests.rules import short, tracked
from tests.seminars.helpers import queries, words
from tests.views import routes

WAY_IN = reverse("general_discussion", args=["seminar"])
SEMINAR = reverse("seminar_detail", args=["seminar"])
NAME = "General discussion"


@pytest.fixture
def general(people: People) -> Reading:
    return general_discussion_of(by=people.alice)


def talk(general: Reading, by: Membership, body: str = "Where do we meet?", **more: str) -> Thread:
    return say(general, by, body, block="", **more)


# --- The way in ----------------------------------------------------------------------------------
def test_it_is_made_for_who_comes_first(people: People) -> None:
    for key in ("carol", "alice", "carol"):
        landed = people.client(key).get(WAY_IN, follow=True)
        assert landed.status_code == 200
        assert f"<h1>{NAME}</h1>" in landed.content.decode()
    general = Reading.including_general.get(kind=ReadingKind.GENERAL)
    assert landed.request["PATH_INFO"] == general.get_absolute_url()


def test_a_reading_of_that_address_keeps_it(people: People) -> None:
    taken = make_reading(people, slug="general-discussion")
    general = general_discussion_of(by=people.carol)
    assert general.slug == "general-discussion-2"
    assert "On margins" in words(people.client("carol").get(taken.get_absolute_url()))


@pytest.mark.django_db(transaction=True)
def test_who_comes_at_once_finds_the_same(people: People) -> None:
    came = [people.alice, people.bob, people.carol, people.dan]
    found = at_once(*(lambda one=one: general_discussion_of(by=one) for one in came))
    assert len({one.pk for one in found}) == 1, found
    assert Reading.including_general.count() == Essay._base_manager.count() == 1
    assert Visit.objects.count() == len(came)


def test_who_may(people: People) -> None:
    assert_closed_to_strangers(people, WAY_IN)
    assert people.client("grace").get(WAY_IN).status_code == 403
    assert people.client("carol").post(WAY_IN).status_code == 405
    assert not Reading.including_general.exists()
    general = general_discussion_of(by=people.carol)
    assert people.client("grace").get(general.get_absolute_url()).status_code == 404
    other = make_people("other")
    assert other.client("alice").get(general.get_absolute_url()).status_code == 404


# --- Its page ------------------------------------------------------------------------------------
def test_a_thread_is_started_and_answered(people: People, general: Reading) -> None:
    client = people.client("carol")
    page = client.get(general.get_absolute_url()).content.decode()
    start = url("thread_new", general)
    assert f'href="{start}"' in page
    assert "Annotations from a file" not in page
    form = client.get(start).content.decode()
    assert "Start a thread" in words(client.get(start))
    assert "essay" not in form.partition("<main")[2].partition("</main>")[0].lower()
    to = url("thread_list", general)
    answered = send(
        client, start, to, body="Where do we meet?", audience=f"group:{people.monday.pk}"
    )
    thread = Thread.objects.get()
    assert answered.headers["Location"] == thread.get_absolute_url()
    assert (thread.reading, thread.passage, thread.group) == (general, None, people.monday)
    answer(thread, people.bob, "In room 4.")
    shown = words(client.get(thread.get_absolute_url()))
    assert "In room 4." in shown
    assert NAME in shown
    assert thread.get_absolute_url() in people.client("bob").get(to).content.decode()
    assert thread.get_absolute_url() not in people.client("dan").get(to).content.decode()


def test_what_is_refused_keeps_the_words(people: People, general: Reading) -> None:
    data = new_thread_data(block="", picker=1, page=1, body="Kept words.", audience="group:99")
    refused = people.client("carol").post(url("thread_list", general), data)
    assert refused.status_code == 422
    assert "Kept words." in refused.content.decode()
    assert "Start a thread" in words(refused)
    assert (
        htmx(people.client("carol"), "post", url("thread_list", general), data).status_code == 422
    )


def test_it_has_no_words_to_point_at(people: People, general: Reading) -> None:
    client = people.client("carol")
    refused = client.post(url("thread_list", general), new_thread_data(block="p1", picker=1))
    assert refused.status_code == 422
    assert client.get(url("thread_new", general, query="?block=p1")).status_code == 404
    assert not Thread.objects.exists()


def test_threads_stand_by_their_latest_words(people: People, general: Reading) -> None:
    first, second = (talk(general, people.dan, f"{name} thing.") for name in ("First", "Second"))
    client, page = people.client("carol"), general.get_absolute_url()

    def order(query: str = "") -> list[int]:
        shown = client.get(page + query).content.decode()
        at = {one.pk: shown.index(one.get_absolute_url()) for one in (first, second)}
        return sorted(at, key=lambda pk: at[pk])

    assert order() == [second.pk, first.pk]
    answer(first, people.bob)
    assert order() == [first.pk, second.pk]
    assert order("?order=newest") == [second.pk, first.pk]
    assert order("?order=active") == [first.pk, second.pk]
    shown = client.get(page).content.decode()
    assert "In the order of the text" not in shown
    assert "show=prompts" not in shown
    assert "About the whole essay" not in shown


def test_an_empty_one_says_what_it_is_for(people: People, general: Reading) -> None:
    assert "greet each other" in words(people.client("carol").get(general.get_absolute_url()))


def test_the_pages_about_it_say_its_name(people: People, general: Reading) -> None:
    """Words of an essay stand nowhere: not where it is printed, listed, logged or kept."""
    thread = talk(general, people.carol)
    reported(first_of(thread), people.dan)
    client = people.client("alice")
    for page in (
        url("thread_detail", general, thread.pk),
        url("reading_print", general),
        reverse("review_queue", args=["seminar"]),
        reverse("search", args=["seminar"]) + "?q=meet",
        reverse("news", args=["seminar"]),
    ):
        shown = words(client.get(page))
        assert NAME in shown or page.endswith("news/"), page
        assert "The essay" not in shown, page
        assert "whole essay" not in shown, page
        assert "whole text" not in shown, page
    mine = words(people.client("carol").get(reverse("notebook", args=["seminar"])))
    assert NAME in mine
    assert "whole essay" not in mine
    printed = client.get(url("reading_print", general, query="?file=1"))
    assert b"Where do we meet?" in printed.content
    collection = client.get(url("annotation_collection", general, query="?page=all")).json()
    assert "Where do we meet?" in str(collection)


def test_permalinks_lead_to_the_words(people: People, general: Reading) -> None:
    thread = talk(general, people.carol)
    comment = first_of(thread)
    client = people.client("dan")
    landed = client.get(url("comment_detail", general, comment.pk), follow=True)
    assert (
        landed.redirect_chain[0][0]
        == f"{thread.get_absolute_url()}?comment={comment.pk}#c{comment.pk}"
    )
    assert "Where do we meet?" in words(landed)
    bare = client.get(reverse("reading_detail", args=["seminar", general.slug]))
    assert bare.headers["Location"] == general.get_absolute_url()


def test_it_is_told_by_news_and_mail(people: People, general: Reading) -> None:
    thread = talk(general, people.carol)
    answer(thread, people.bob, "@Carol: in room 4.")
    shown = words(people.client("carol").get(reverse("news", args=["seminar"])))
    assert NAME in shown
    write_news_mails(timezone.now() + timedelta(minutes=6))
    (sent,) = [one for one in mail.outbox if one.to == [people.carol.user.email]]
    assert NAME in sent.subject
    assert f"{NAME} (Two views)" in sent.body
    assert "The essay" not in sent.body


def test_a_hint_is_told_of_what_is_said(people: People, general: Reading) -> None:
    client = people.client("dan")
    before = client.get(url("reading_hints", general)).json()
    thread = talk(general, people.carol)
    told = client.get(url("reading_hints", general, query=f"?after={before['after']}")).json()
    assert str(thread.pk) in str(told)


# --- On the seminar's page, and on the first -----------------------------------------------------
def test_the_seminars_page_shows_it(people: People) -> None:
    make_reading(people)
    client = people.client("carol")
    assert WAY_IN in client.get(SEMINAR).content.decode()
    assert NAME not in words(people.client("grace").get(SEMINAR))
    general = general_discussion_of(by=people.alice)
    talk(general, people.alice)
    talk(general, people.dan, audience="group")
    shown = words(client.get(SEMINAR))
    assert f"{NAME} 1 thread last post" in shown
    assert "1 thread with something new" in shown, "though she has not been there"
    assert "2 threads last post" in words(people.client("dan").get(SEMINAR))
    client.post(reverse("seminar_reads", args=["seminar"]), {"client_key": "0" * 32})
    assert "something new" not in words(client.get(SEMINAR))


def test_what_was_said_before_one_joined_is_not_new(people: People, general: Reading) -> None:
    talk(general, people.alice)
    late = Membership.objects.create(seminar=people.seminar, user=make_user("late"))
    people.mallory = late.user
    client = people.client("mallory")
    assert "something new" not in words(client.get(SEMINAR))
    client.get(general.get_absolute_url())
    talk(general, people.alice, "And now?")
    assert "1 thread with something new" in words(client.get(SEMINAR))


def test_the_home_page_tells_of_it_where_something_is_new(people: People, general: Reading) -> None:
    client = people.client("carol")
    assert NAME not in words(client.get("/"))
    assert "No readings yet" in words(client.get("/"))
    talk(general, people.alice)
    shown = words(client.get("/"))
    assert f"{NAME} 1 new" in shown
    assert "No readings yet" in shown, "it is none"


# --- Everywhere else it is left out --------------------------------------------------------------
# Pages about the talk of a reading, not about its essay.
OF_TALK = {"reading_detail", "thread_list", "thread_new", "reading_print", "annotation_collection"}
OF_TALK |= {"reading_hints", "reading_readers", "reading_reads", "comment_preview"}


def test_what_is_done_with_essays_is_not_done_with_it(people: People, general: Reading) -> None:
    """A view of a reading that is made without a thought of it refuses it."""
    client = people.client("alice")
    asked = 0
    for route in routes():
        if not route.path.startswith("s/<slug:seminar>/r/<slug:reading>/"):
            continue
        if route.path.count("<") > 2 or route.name in OF_TALK:
            continue
        asked += 1
        for method in (client.get, client.post):
            answered = method(reverse(route.name, args=["seminar", general.slug]))
            assert answered.status_code in {404, 405}, route.name
    assert asked > 8


# A file that is taken in is put on words of an essay, and a link joins those of two.
OF_WORDS = {"annotation_import", "link_new", "pair_choice", "reading_pair", "thread_link_kind"}


def test_what_is_done_with_talk_is_done_with_its_talk(people: People, general: Reading) -> None:
    """A view of threads and comments that is made without a thought of it would not find them."""
    thread = talk(general, people.carol)
    comment = first_of(thread)
    client = people.client("alice")
    asked = 0
    for route in routes():
        if route.app != "discussions" or "r/<slug:reading>/" not in route.path:
            continue
        if route.name in OF_WORDS:
            continue
        asked += 1
        pk = thread.pk if "threads/<" in route.path else comment.pk
        args = ["seminar", general.slug, pk][: route.path.count("<")]
        page = reverse(route.name, args=args)
        with transaction.atomic():
            codes = {client.get(page).status_code, client.post(page).status_code}
            transaction.set_rollback(True)
        assert codes - {404, 405}, route.name
    assert asked > 20


def test_lists_of_readings_and_essays_leave_it_out(people: People, general: Reading) -> None:
    talk(general, people.alice)
    seminar = Seminar.objects.get()
    for found in (
        Reading.objects.all(),
        Reading._default_manager.all(),
        seminar.readings.all(),
        Essay.objects.all(),
        Essay._default_manager.all(),
        Essay.objects.in_library_of(people.alice.user),
        Revision.objects.in_library_of(people.alice.user),
        Reading.objects.visible_to(people.alice),
        Reading.objects.instructed_by(people.alice.user),
    ):
        assert not found.exists(), found.query
    client = people.client("alice")
    for name in ("library", "reading_create", "unit_list", "desk"):
        page = reverse(name, args=[] if name == "library" else ["seminar"])
        assert general.slug not in client.get(page).content.decode(), name
        assert NAME not in words(client.get(page)), name


def test_nothing_asks_the_essay_of_a_reading_for_its_title() -> None:
    """Of the general discussion that would be the name of an essay that is none."""
    asked = re.compile(r"(reading|following|one)\.essay\.title|readings?__essay__title")
    files = [path for path in tracked("*.py", "*.html") if "tests" not in path.parts]
    assert len(files) > 300
    wrong = [short(path) for path in files if asked.search(path.read_text(encoding="utf-8"))]
    assert not wrong


def test_the_database_has_one_for_each_seminar(people: People, general: Reading) -> None:
    other = general_discussion_of(by=make_people("other").alice)
    assert other.pk != general.pk
    assert Reading.including_general.filter(kind=ReadingKind.GENERAL).count() == 2


def test_queries_do_not_grow(people: People, general: Reading) -> None:
    talk(general, people.alice)
    client = people.client("carol")
    pages = (general.get_absolute_url(), SEMINAR, "/")
    few = [queries(client, page) for page in pages]
    for number in range(30):
        talk(general, people.dan, f"Thing {number}.")
    assert [queries(client, page) for page in pages] == few
