"""Taking one's own highlight off."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from discussions.models import Thread
from discussions.threads.actions import remove_highlight, restore_highlight
from readings.models import Reading
from seminars.models import Event
from tests.base import People, htmx
from tests.discussions.base import answer, say, url
from tests.discussions.gates import assert_closed_to_strangers
from tests.discussions.links import FAR_WORDS, link, make_far_reading


def address(thread: Thread) -> str:
    return url("thread_withdrawal", thread.reading, thread.pk)


def on_page(client: Client, thread: Thread, **sent: str) -> Any:
    """Post as the reading page does, where the highlight stands as a card."""
    here = f"http://testserver{thread.reading.get_absolute_url()}"
    headers = {"HX-Request": "true", "HX-Current-URL": here}
    return client.post(address(thread), sent, headers=headers)


def sent_back(page: Any) -> dict[str, str]:
    """What the form of the notice sends."""
    notice = (
        page.content.decode().partition('<div class="notice acts part"')[2].partition("</div>")[0]
    )
    fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', notice)
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def test_highlight_goes(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "", audience="me")
    client = people.client("carol")
    assert f'data-threads="{thread.pk}"' in client.get(reading.get_absolute_url()).content.decode()
    page = client.post(address(thread), follow=True).content.decode()
    assert f'data-threads="{thread.pk}"' not in page
    assert not Thread.objects.visible_to(people.carol).exists()


def test_fragment_is_the_block_without_the_mark(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "", audience="me")
    text = on_page(people.client("carol"), thread).content.decode()
    assert 'hx-target="#b-p1"' in text
    assert "<mark" not in text


def test_undone_without_a_script(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "", audience="me")
    client = people.client("carol")
    for _ in range(2):  # the first answer may have been lost
        after = client.post(address(thread), follow=True)
        assert "Highlight removed" in after.content.decode()
        assert sent_back(after) == {"undo": "1"}
    for _ in range(2):
        back = client.post(address(thread), {"undo": "1"})
        assert back["Location"] == f"{reading.get_absolute_url()}#t{thread.pk}"
    assert Thread.objects.visible_to(people.carol).get() == thread
    assert f'data-threads="{thread.pk}"' in client.get(reading.get_absolute_url()).content.decode()
    assert [one.kind for one in Event.objects.filter(target_type="thread").order_by("pk")] == [
        "thread.started",
        "thread.withdrawn",
        "thread.restored",
    ]
    # Who loads that page again is told nothing that is not so.
    listed = url("thread_list", reading, query=f"?removed={thread.pk}")
    assert "Highlight removed" not in client.get(listed).content.decode()


def test_undone_in_the_notebook(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "", audience="me")
    client = people.client("carol")
    for more in ({}, {"all": "1"}):
        after = client.post(address(thread), {"mine": "", **more}, follow=True)
        assert "Highlight removed" in after.content.decode()
        sent = sent_back(after)
        assert sent == {"undo": "1", "mine": "", **more}
        back = client.post(address(thread), sent, follow=True)
        assert back.redirect_chain[-1][0].endswith(f"#t{thread.pk}")
        assert f'id="t{thread.pk}"' in back.content.decode()
    gone = client.post(address(thread), {"mine": ""}, follow=True).redirect_chain[-1][0]
    assert "Highlight removed" not in people.client("dan").get(gone).content.decode()


def test_undone_in_place(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "", audience="me")
    client = people.client("carol")
    text = on_page(client, thread).content.decode()
    assert 'hx-target="#threads-p1" hx-swap="beforeend"' in text
    assert text.count("data-focus") == 1
    back = on_page(client, thread, undo="1")
    assert f'data-threads="{thread.pk}"' in back.content.decode()
    assert json.loads(back["HX-Trigger"])["thread-posted"] == {"thread": thread.pk}
    # From the thread's own page, which is gone with it, one is led to one that has the way back.
    away = htmx(client, "post", address(thread))
    assert away["HX-Redirect"].endswith(f"?removed={thread.pk}")


def test_nothing_comes_back_in_a_closed_reading(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "")
    reading.closes_at = timezone.now() - timedelta(hours=1)
    reading.save()
    client = people.client("carol")
    after = client.post(address(thread), follow=True)
    assert "Highlight removed. This reading was closed on" in " ".join(
        after.content.decode().split()
    )
    assert sent_back(after) == {}
    refused = client.post(address(thread), {"undo": "1"})
    assert refused.status_code == 403
    assert "This reading was closed on" in refused.content.decode()


def test_a_link_without_comments_goes_and_comes_back(people: People, reading: Reading) -> None:
    far = make_far_reading(people)
    thread = link(reading, far, people.carol)
    client = people.client("carol")
    assert "Remove link" in client.get(thread.get_absolute_url()).content.decode()
    after = client.post(address(thread), follow=True)
    assert "Link removed" in after.content.decode()
    assert FAR_WORDS not in people.client("dan").get(reading.get_absolute_url()).content.decode()
    assert sent_back(after) == {"undo": "1"}
    assert "Link removed" in on_page(client, thread)["HX-Trigger"]
    far.closes_at = timezone.now() - timedelta(hours=1)
    far.save()
    assert client.post(address(thread), {"undo": "1"}).status_code == 403
    far.closes_at = None
    far.save()
    client.post(address(thread), {"undo": "1"})
    assert Thread.objects.visible_to(people.carol).get() == thread
    answer(thread, people.dan)
    assert "Remove link" not in client.get(thread.get_absolute_url()).content.decode()
    refused = client.post(address(thread))
    assert refused.status_code == 403
    assert "Only a link of your own, without comments" in refused.content.decode()


def test_only_its_owner_puts_it_back(people: People, reading: Reading, thread: Thread) -> None:
    highlight = say(reading, people.carol, "")
    remove_highlight(thread=highlight, by=people.carol)
    for who in ("dan", "alice"):
        assert people.client(who).post(address(highlight), {"undo": "1"}).status_code == 404
    for who, what in (("dan", highlight), ("carol", thread)):  # the thread has a comment
        with pytest.raises(PermissionDenied):
            restore_highlight(thread=what, by=getattr(people, who))


def test_gates(people: People, reading: Reading, thread: Thread) -> None:
    highlight = say(reading, people.carol, "")
    assert_closed_to_strangers(people, address(highlight), {})
    assert people.client("carol").get(address(highlight)).status_code == 405
    for who in ("dan", "alice", "grace"):
        assert people.client(who).post(address(highlight)).status_code == 403
    assert people.client("carol").post(address(thread)).status_code == 403  # it has a comment
    mine = say(reading, people.carol, "", audience="me")
    assert people.client("alice").post(address(mine)).status_code == 404
    assert Thread.objects.visible_to(people.carol).count() == 3
