"""Making a link one of another kind."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from discussions.links.kind_actions import remove_link_kind
from discussions.models import Thread
from readings.models import Reading
from seminars.models import Event
from tests.base import People, markup
from tests.discussions.base import answer, say, url
from tests.discussions.gates import assert_closed_to_strangers
from tests.discussions.links import kind_of, link, make_far_reading


@pytest.fixture
def far(people: People) -> Reading:
    return make_far_reading(people)


@pytest.fixture
def made(people: People, reading: Reading, far: Reading) -> Thread:
    return link(reading, far, people.carol)


def sent(people: People, thread: Thread, kind: str, who: str = "carol", **fields: Any) -> Any:
    data = {"link_kind": kind_of(thread.reading, kind).pk, "was": thread.link_kind_id} | fields
    return people.client(who).post(url("thread_link_kind", thread.reading, thread.pk), data)


def test_its_author_and_staff_change_it(people: People, made: Thread, far: Reading) -> None:
    answer(made, people.dan)  # also where others have commented on it
    response = sent(people, made, "supports")
    made.refresh_from_db()
    assert made.link_kind == kind_of(made.reading, "supports")
    place = f"{url('reading_pair', made.reading, far.slug)}#l{made.pk}"
    assert response.headers["Location"] == place
    assert Event.objects.filter(kind="link.changed").count() == 1
    sent(people, made, "supports", was=1)
    assert Event.objects.filter(kind="link.changed").count() == 1
    assert sent(people, made, "contradicts", who="alice").status_code == 302
    made.refresh_from_db()
    assert made.link_kind == kind_of(made.reading, "contradicts")
    assert sent(people, made, "answers", who="dan").status_code == 403
    assert sent(people, made, "answers", who="grace").status_code == 403


def test_the_way_there(people: People, made: Thread) -> None:
    page = url("thread_link_kind", made.reading, made.pk)
    for who, leads in (("carol", True), ("alice", True), ("dan", False), ("grace", False)):
        text = markup(people.client(who).get(made.get_absolute_url()))
        assert (page in text) == leads, who
    text = markup(people.client("carol").get(page))
    assert f'value="{made.link_kind_id}"' in text
    assert "On margins ¶ 1 answers Good fences ¶ 2" in text
    assert "contradicts" in text


def test_who_was_slower_is_told(people: People, made: Thread) -> None:
    before = made.link_kind_id
    sent(people, made, "supports", who="alice")
    late = sent(people, made, "contradicts", was=before)
    assert late.status_code == 409
    assert "it reads “supports” now" in markup(late)
    made.refresh_from_db()
    again = sent(people, made, "contradicts", was=made.link_kind_id)
    assert again.status_code == 302


def test_a_removed_kind_stays_and_cannot_be_chosen_anew(people: People, made: Thread) -> None:
    gone = kind_of(made.reading, "supports")
    kept = kind_of(made.reading)
    for kind in (gone, kept):
        remove_link_kind(kind=kind, by=people.alice)
    page = url("thread_link_kind", made.reading, made.pk)
    text = markup(people.client("carol").get(page))
    assert f'value="{kept.pk}"' in text
    assert f'value="{gone.pk}"' not in text
    data = {"link_kind": gone.pk, "was": kept.pk}
    refused = people.client("carol").post(page, data)
    assert refused.status_code == 422
    assert "no such kind of link any more" in markup(refused)


def test_a_closed_text_at_either_end(people: People, made: Thread, far: Reading) -> None:
    before = timezone.now() - timedelta(days=1)
    Reading.objects.filter(pk=far.pk).update(closes_at=before)
    refused = sent(people, made, "supports")
    assert refused.status_code == 403
    assert "was closed on" in markup(refused)
    assert sent(people, made, "supports", who="alice").status_code == 302


def test_gates(people: People, made: Thread) -> None:
    page = url("thread_link_kind", made.reading, made.pk)
    assert_closed_to_strangers(people, page)
    assert people.client("carol").delete(page).status_code == 405
    comment = say(made.reading, people.carol)
    other = url("thread_link_kind", made.reading, comment.pk)
    assert people.client("carol").get(other).status_code == 404
