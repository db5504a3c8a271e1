"""What the tests of seminars share."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from seminars import actions
from seminars.models import Group, Invitation, Membership
from tests.base import People
from tests.queries import PageQueries


def queries(client: Client, url: str) -> int:
    """How many queries one page takes."""
    with PageQueries() as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def words(response: Any) -> str:
    """The text of a page's main part, without markup, as one line."""
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def invite(
    people: People,
    role: str = "participant",
    group: Group | None = None,
    uses: int = 1,
    valid_for: timedelta = timedelta(days=1),
    by: Membership | None = None,
) -> tuple[Invitation, str]:
    """An invitation of Alice's, or of another instructor, and the path of its link."""
    invitation, token = actions.create_invitation(
        role=role, group=group, max_uses=uses, valid_for=valid_for, by=by or people.alice
    )
    return invitation, reverse("invitation_accept", args=[token])


def assert_for_instructors(people: People, url: str, method: str = "get") -> None:
    """Reach, then role: anonymous to sign in, stranger 404, the other roles 403."""
    answer = getattr(Client(), method)(url)
    assert answer.status_code == 302
    assert answer.url == f"{reverse('account_login')}?next={url}"
    assert getattr(people.client("mallory"), method)(url).status_code == 404
    for key in ("bob", "carol", "grace"):
        assert getattr(people.client(key), method)(url).status_code == 403, key
