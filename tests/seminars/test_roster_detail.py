"""What a roster would do, row by row, and putting its rows right."""

from django.utils import timezone

from accounts.models import User
from seminars.models import Membership, Roster
from tests.base import People, make_people
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors, queries, words
from tests.seminars.rosters import bring, confirm, page_of

ROWS = """Name,Email,Group
Nadia,nadia@example.org,Wednesday
Carol,carol@example.org,thursday
Dan,dan@example.org,Thursday
Bob,bob@example.org,Thursday
Twice,NADIA@example.org,Monday
Bad,bad@example,Monday
"""


def test_says_of_each_row_what_happens(people: People) -> None:
    page = words(people.client("alice").get(page_of(bring(people.alice, ROWS))))
    assert "1 to invite 1 moves 1 new group 2 stay as they are 2 need a look" in page
    assert "2 Nadia nadia@example.org Wednesday New Is invited by mail" in page
    assert "3 Carol carol@example.org Monday → to Thursday Moves." in page
    assert "Line 2 has the same address." in page
    assert "7 Bad bad@example Monday This is not a whole address." in page
    assert "Dan" not in page.split("Put the rows right")[0], "with whom nothing happens"
    assert "Names: column 1." in page
    assert "Do these 2, leave out 2" in page


def test_nothing_is_done_by_looking(people: People) -> None:
    people.client("alice").get(page_of(bring(people.alice, ROWS)))
    assert not people.seminar.invitations.exists()
    people.carol.refresh_from_db()
    assert people.carol.group == people.monday


def test_tells_nothing_of_accounts_elsewhere(people: People) -> None:
    """Mallory has an account here, and Nadia has none: both are invited in the same words."""
    roster = bring(people.alice, "X,mallory@example.org,Monday\nX,nadia@example.org,Monday")
    page = words(people.client("alice").get(page_of(roster)))
    assert page.count("Is invited by mail") == 2
    assert page.replace("mallory", "nadia").count("X nadia@example.org Monday Is invited") == 2


def test_who_was_removed_is_invited_again(people: People) -> None:
    Membership.objects.filter(pk=people.dan.pk).update(removed_at=timezone.now())
    page = words(people.client("alice").get(page_of(bring(people.alice, "D,dan@example.org"))))
    assert "Is invited by mail" in page


def test_who_joined_with_another_address_is_a_member(people: People) -> None:
    alice = people.client("alice")
    confirm(alice, bring(people.alice, "M,mallory@work.example,Monday"))
    invitation = people.seminar.invitations.get()
    people.client("mallory").post(f"/join/{invitation.personal_token}/")
    page = words(alice.get(page_of(bring(people.alice, "M,mallory@work.example,Thursday"))))
    assert "Mallory mallory@work.example Monday → to Thursday Moves." in page


def test_rows_can_be_put_right(people: People) -> None:
    client, roster = people.client("alice"), bring(people.alice, ROWS)
    answer = send(client, page_of(roster), text=ROWS.replace("bad@example,", "bad@example.org,"))
    assert answer.url == page_of(roster)
    assert "Do these 3, leave out 1" in words(client.get(page_of(roster)))
    wrong = send(client, page_of(roster), text="nobody")
    assert wrong.status_code == 422
    assert ">\r\nnobody<" in wrong.content.decode() or ">\nnobody<" in wrong.content.decode()


def test_two_tabs_do_not_overwrite_each_other(people: People) -> None:
    client, roster = people.client("alice"), bring(people.alice, ROWS)
    stale = {"text": "A,a@example.org", "version": roster.edit_version}
    send(client, page_of(roster), text="B,b@example.org")
    answer = client.post(page_of(roster), stale)
    assert answer.status_code == 409
    assert "a@example.org" in answer.content.decode()
    assert Roster.objects.get().text == "B,b@example.org"


def test_is_its_bringers_alone(people: People) -> None:
    roster = bring(people.alice, ROWS)
    Membership.objects.filter(pk=people.bob.pk).update(role="instructor", group=None)
    assert people.client("bob").get(page_of(roster)).status_code == 404
    theirs = bring(make_people("other").alice, ROWS)
    assert people.client("alice").get(page_of(theirs)).status_code == 404
    people.bob.role = "assistant"
    people.bob.save()
    assert_for_instructors(people, page_of(roster))
    assert_for_instructors(people, page_of(roster), "post")
    assert people.client("alice").put(page_of(roster)).status_code == 405


def test_queries_do_not_grow(people: People) -> None:
    client = people.client("alice")
    few = queries(client, page_of(bring(people.alice, "A,a@example.org,Monday")))
    users = [User(email=f"u{i}@example.org", name=f"U {i}", password="!") for i in range(200)]
    User.objects.bulk_create(users)
    Membership.objects.bulk_create(
        Membership(seminar=people.seminar, user=user, group=people.monday)
        for user in User.objects.filter(email__startswith="u")
    )
    rows = [f"U,u{i}@example.org,Thursday" for i in range(200)]
    rows += [f"N,n{i}@example.org,New {i}" for i in range(200)]
    assert queries(client, page_of(bring(people.alice, "\n".join(rows)))) == few
