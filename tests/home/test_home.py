"""My seminars: each with what is due next."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.dashboard import seminar_summaries
from readings.models import Reading
from rendering.kept_html import forget_kept_html
from seminars.models import Membership
from tests.base import People, make_people, make_reading
from tests.seminars.helpers import queries, words

URL = reverse("home")
DAY = timedelta(days=1)


def test_lists_my_seminars_with_role_and_readings(people: People) -> None:
    make_reading(people)
    other = make_people("other")
    page = words(people.client("carol").get(URL))
    assert "Two views Participant Monday 1 reading" in page
    assert page.count("Two views") == 1, "the other seminar is not Carol's"
    assert other.seminar.name == people.seminar.name


def test_names_what_is_due_next_in_order(people: People) -> None:
    now = timezone.now()
    for days in (9, 2, -2):
        reading = make_reading(people, slug=f"in-{days + 10}", due_at=now + days * DAY)
        reading.essay.title = f"Due in {days}"
        reading.essay.save()
    page = words(people.client("carol").get(URL))
    assert page.index("Due in 2 ") < page.index("Due in 9 ")
    assert page.index("Due in 9 ") < page.index("Due in -2 "), "what is over stands last"
    assert "was due" in page
    date = now + 2 * DAY
    year = "" if date.year == now.year else f" {date.year}"
    assert f"due {date:%A} {date.day} {date:%B}{year}, {date:%H:%M} UTC" in page


def test_counts_what_each_role_may_open(people: People) -> None:
    """Home and the seminar's own page go by one rule."""
    now = timezone.now()
    make_reading(people, slug="open", due_at=now + DAY)
    make_reading(people, slug="members", open_to_guests=False, due_at=now + DAY)
    make_reading(people, slug="later", opens_at=now + DAY, due_at=now + 2 * DAY)
    make_reading(people, slug="begun", opens_at=now - DAY, due_at=now + 2 * DAY)
    for key, expected in {"alice": 4, "bob": 4, "carol": 3, "grace": 2}.items():
        member: Membership = getattr(people, key)
        (mine,) = seminar_summaries(member.user)
        visible = Reading.objects.visible_to(member)
        assert mine.readings == visible.count() == expected, key
        shown = {one.url for one in mine.listed}
        assert shown == {reading.get_absolute_url() for reading in visible}, key


def test_empty_for_people_in_none(people: People) -> None:
    page = words(people.client("mallory").get(URL))
    assert "You are in no seminar yet" in page
    assert "Ask yours for one" in page
    assert "Start a seminar" not in page


def test_only_who_may_can_start_a_seminar(people: People) -> None:
    assert "Start a seminar" in words(people.client("alice").get(URL))
    assert "Start a seminar" not in words(people.client("carol").get(URL))
    people.mallory.is_host = True
    people.mallory.save()
    assert "Start a seminar" in words(people.client("mallory").get(URL))


def test_removed_member_sees_it_no_more(people: People) -> None:
    people.carol.removed_at = timezone.now()
    people.carol.save()
    assert "You are in no seminar yet" in words(people.client("carol").get(URL))


def test_anonymous_signs_in_first() -> None:
    assert Client().get(URL).headers["Location"].startswith(reverse("account_login"))


def test_refuses_other_methods(people: People) -> None:
    assert people.client("carol").post(URL).status_code == 405


def test_queries_do_not_grow(people: People) -> None:
    now = timezone.now()
    make_reading(people, due_at=now + DAY)
    client = people.client("carol")
    few = queries(client, URL)
    first = Reading.objects.get()
    Reading.objects.bulk_create(
        Reading(
            seminar=people.seminar,
            essay=first.essay,
            revision=first.revision,
            slug=f"r{i}",
            due_at=now + DAY,
            created_by=people.alice,
        )
        for i in range(200)
    )
    for i in range(5):
        other = make_people(f"other-{i}")
        Membership.objects.create(seminar=other.seminar, user=people.carol.user)
    assert queries(client, URL) == few


def test_people_of_one_kind_see_their_own_and_what_has_opened_since(people: People) -> None:
    """The SQL is shared by people in the same roles; whose seminar and what time it is are not."""
    mine, other = people, make_people("other")
    reading = make_reading(mine, slug="mine", opens_at=timezone.now() + DAY)
    make_reading(other, slug="theirs")
    assert "Two views Participant Monday No readings yet" in words(mine.client("carol").get(URL))
    assert "Two views Participant Monday 1 reading" in words(other.client("carol").get(URL))
    reading.opens_at = timezone.now() - DAY
    reading.save(update_fields=["opens_at"])
    assert "Two views Participant Monday 1 reading" in words(mine.client("carol").get(URL))


def test_each_seminar_is_seen_in_ones_role_there(people: People) -> None:
    other = make_people("other")
    Membership.objects.create(seminar=other.seminar, user=people.carol.user, role="guest")
    Membership.objects.create(seminar=people.seminar, user=other.carol.user, role="instructor")
    later = timezone.now() + DAY
    for each in (people, other):
        make_reading(each, slug="members", open_to_guests=False)
        make_reading(each, slug="later", opens_at=later)
    for user in (people.carol.user, other.carol.user, people.carol.user):
        for one in seminar_summaries(user):
            assert one.readings == Reading.objects.visible_to(one.membership).count()


def test_a_row_says_the_same_kept_and_made_for_its_viewer(people: People) -> None:
    """Whatever is in it, whoever looked before, and none of another seminar's words."""
    others = make_people("other")
    for one, due in ((people, timezone.now() - DAY), (others, None)):
        one.seminar.name = f"<b>{one.seminar.slug}</b> \x02url\x03 & שלום"
        one.seminar.save()
        make_reading(one, slug=f"of-{one.seminar.slug}", due_at=due)
        make_reading(one, slug="later", due_at=due and timezone.now() + DAY)
    fresh: dict[tuple[str, str], str] = {}
    kept: dict[tuple[str, str], str] = {}
    for found in (fresh, kept):
        for one in (people, others):
            for key in ("alice", "carol", "grace"):
                if found is fresh:
                    forget_kept_html()
                page = one.client(key).get(URL).content.decode()
                found[one.seminar.slug, key] = page[page.index("<main") : page.index("</main>")]
    assert kept == fresh
    for (slug, _), main in fresh.items():
        assert f"&lt;b&gt;{slug}&lt;/b&gt;" in main
        assert ("was due" in main) == (slug == "seminar")
        assert "of-other" not in main or slug == "other"
