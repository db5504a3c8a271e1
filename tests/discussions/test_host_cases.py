"""Cases about an only instructor's words: there is always somebody who may decide."""

from discussions.models import ReviewItem
from discussions.moderation.actions import dismiss
from readings.models import Reading
from seminars.models import Membership
from tests.base import People
from tests.discussions.base import first_of, reported, say

PAGE = "/cases/"


def make_host(people: People) -> None:
    people.mallory.is_host = True
    people.mallory.save()


def a_case(people: People, reading: Reading) -> ReviewItem:
    return reported(first_of(say(reading, people.alice, "A prompt of hers.")), people.carol)


def test_the_host_is_told_and_decides(people: People, reading: Reading) -> None:
    item = a_case(people, reading)
    make_host(people)
    client = people.client("mallory")
    assert "A case waits for you as the host" in client.get("/").content.decode()
    assert "Two views" in client.get(PAGE).content.decode()
    answer = client.post(PAGE, {"seminar": "seminar"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/s/seminar/desk/reviews/"
    text = answer.content.decode()
    assert "A prompt of hers." in text
    assert 'value="dismiss"' in text
    member = Membership.objects.get(user=people.mallory)
    assert dismiss(review_item=item, by=member, review_version=1, version=1).actor == member
    assert "Mallory" in people.client("alice").get("/s/seminar/people/").content.decode()


def test_the_instructor_is_told_who_decides(people: People, reading: Reading) -> None:
    a_case(people, reading)
    text = people.client("alice").get("/s/seminar/desk/reviews/").content.decode()
    assert "whoever hosts this site has been asked" in text
    assert 'value="dismiss"' not in text


def test_with_another_instructor_the_host_is_not_asked(people: People, reading: Reading) -> None:
    a_case(people, reading)
    make_host(people)
    people.dan.role = "instructor"
    people.dan.save()
    client = people.client("mallory")
    assert "A case waits" not in client.get("/").content.decode()
    assert "Nothing waits for you." in client.get(PAGE).content.decode()
    client.post(PAGE, {"seminar": "seminar"})
    assert not Membership.objects.filter(user=people.mallory).exists()
    assert (
        'value="dismiss"' in people.client("dan").get("/s/seminar/desk/reviews/").content.decode()
    )


def test_other_cases_are_the_instructors(people: People, reading: Reading) -> None:
    reported(first_of(say(reading, people.carol)), people.dan)
    assert not ReviewItem.objects.open_to_nobody().exists()


def test_for_the_host_alone(people: People, reading: Reading) -> None:
    a_case(people, reading)
    for who in ("alice", "mallory"):
        assert people.client(who).get(PAGE).status_code == 403
        assert people.client(who).post(PAGE, {"seminar": "seminar"}).status_code == 403
    assert people.client("alice").put(PAGE).status_code == 405
