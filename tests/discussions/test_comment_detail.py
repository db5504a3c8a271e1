"""Where a comment is."""

from discussions.comments.actions import withdraw
from discussions.models import Comment
from readings.models import Reading
from tests.base import People, htmx
from tests.discussions.base import answer, first_of, hidden, say, url
from tests.discussions.gates import assert_closed_to_strangers


def test_leads_to_the_permalink(people: People, comment: Comment) -> None:
    page = url("comment_detail", comment.thread.reading, comment.pk)
    response = people.client("dan").get(page)
    assert response.status_code == 302
    assert response.headers["Location"] == f"/s/seminar/r/margins/#c{comment.pk}"


def test_comment_that_no_card_shows_is_found_on_its_threads_page(
    people: People, comment: Comment
) -> None:
    deep = comment
    for _ in range(5):
        deep = answer(comment.thread, people.dan, "Deeper.", parent=deep)
    page = url("comment_detail", comment.thread.reading, deep.pk)
    response = people.client("dan").get(page, follow=True)
    assert f'id="c{deep.pk}"' in response.content.decode()


def test_tells_a_page_that_asks(people: People, comment: Comment) -> None:
    page = url("comment_detail", comment.thread.reading, comment.pk)
    expected = {"thread": comment.thread_id, "comment": comment.pk}
    client = people.client("dan")
    assert client.get(page, headers={"Accept": "application/json"}).json() == expected
    assert htmx(client, "get", page).json() == expected


def test_gates(people: People, reading: Reading, comment: Comment) -> None:
    page = url("comment_detail", reading, comment.pk)
    assert_closed_to_strangers(people, page)
    assert people.client("carol").post(page).status_code == 405
    private = first_of(say(reading, people.carol, audience="group"))
    assert people.client("dan").get(url("comment_detail", reading, private.pk)).status_code == 404
    withdraw(comment=comment, by=people.carol)  # and its thread goes with it
    assert people.client("dan").get(page).status_code == 404


def test_link_is_offered_where_words_can_be_read(people: People, comment: Comment) -> None:
    thread = comment.thread
    link = f'href="{url("comment_detail", thread.reading, comment.pk)}" data-copy'
    for who in ("carol", "grace"):
        assert link in people.client(who).get(thread.get_absolute_url()).content.decode()
    hidden(comment, people.alice)
    for who, offered in (("carol", True), ("dan", False)):
        text = people.client(who).get(thread.get_absolute_url()).content.decode()
        assert (link in text) == offered, who
