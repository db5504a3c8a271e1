"""The people and texts that tests are about, on a real database.

Alice instructs; Bob assists the Monday group; Carol (Monday) and Dan (Thursday)
take part; Grace is a guest; Mallory has an account and no part in the seminar.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.test import Client

from accounts.models import User
from readings.models import Block, Essay, Note, Reading, Revision
from seminars.models import Group, Membership, Seminar

PASSWORD = "correct horse battery"


def make_user(key: str) -> User:
    return User.objects.create_user(f"{key}@example.org", PASSWORD, name=key.capitalize())


def sign_in(user: User) -> Client:
    """A browser in which `user` is signed in, and which the app has seen before.

    A session's first request in a process takes a query more than those that follow.
    """
    client = Client()
    # A session is made for a password and a generation of sessions: for those of now.
    user.refresh_from_db(fields=["password", "session_generation"])
    client.force_login(user)
    client.put("/")  # 405: through the whole middleware, and nothing is rendered
    return client


@dataclass
class People:
    """One seminar with a member in every role, and a stranger."""

    seminar: Seminar
    monday: Group
    thursday: Group
    alice: Membership
    bob: Membership
    carol: Membership
    dan: Membership
    grace: Membership
    mallory: User

    def client(self, key: str) -> Client:
        """A browser in which `key` ("alice" … "mallory") is signed in."""
        person = getattr(self, key)
        return sign_in(person.user if isinstance(person, Membership) else person)


def make_people(slug: str = "seminar") -> People:
    seminar = Seminar.objects.create(name="Two views", slug=slug)
    monday = Group.objects.create(seminar=seminar, name="Monday")
    thursday = Group.objects.create(seminar=seminar, name="Thursday")

    def member(key: str, role: str, group: Group | None = None) -> Membership:
        user = make_user(key if slug == "seminar" else f"{key}-{slug}")
        return Membership.objects.create(seminar=seminar, user=user, role=role, group=group)

    return People(
        seminar=seminar,
        monday=monday,
        thursday=thursday,
        alice=member("alice", "instructor"),
        bob=member("bob", "assistant", monday),
        carol=member("carol", "participant", monday),
        dan=member("dan", "participant", thursday),
        grace=member("grace", "guest"),
        mallory=make_user("mallory" if slug == "seminar" else f"mallory-{slug}"),
    )


PARAGRAPHS = [
    "A seminar reads one text together, and each reader stops at another place.",
    "Where two readers stop at the same words, a conversation begins; no method is older.",
    "The margin was made for this. Printers left it wide, and readers filled it with their doubts.",
]


def make_reading(
    people: People, slug: str = "margins", paragraphs: list[str] | None = None, **fields: Any
) -> Reading:
    """Put a small essay before the seminar: a title, a section, paragraphs p1, p2 …, one note."""
    essay = Essay.objects.create(
        title="On margins", authors=["Ada Reader"], created_by=people.alice.user
    )
    revision = Revision.objects.create(
        essay=essay,
        number=1,
        source_name="margins.md",
        source_sha256="0" * 64,
        created_by=people.alice.user,
        published_at=essay.created_at,
    )
    rows = [("heading", 1, "On margins"), ("heading", 2, "Where readers stop")]
    blocks = [
        Block(revision=revision, position=i, key=f"h{i}", kind=kind, level=level, text=t, html=t)
        for i, (kind, level, t) in enumerate(rows)
    ]
    blocks += [
        Block(
            revision=revision,
            position=i + 2,
            key=f"p{i + 1}",
            kind="paragraph",
            number=i + 1,
            text=text,
            html=text,
            note_refs=[{"number": "1", "offset": len(text)}] if i == 0 else [],
        )
        for i, text in enumerate(paragraphs or PARAGRAPHS)
    ]
    Block.objects.bulk_create(blocks)
    Note.objects.create(
        revision=revision, position=0, number="1", text="A note.", html="<em>A</em> note."
    )
    fields.setdefault("open_to_guests", True)
    return Reading.objects.create(
        seminar=people.seminar,
        essay=essay,
        revision=revision,
        slug=slug,
        created_by=people.alice,
        **fields,
    )


def htmx(client: Client, method: str, url: str, data: Any = None) -> Any:
    """The same request as htmx makes it."""
    return getattr(client, method)(url, data or {}, headers={"HX-Request": "true"})


def markup(response: Any) -> str:
    """What a response says, white space as HTML reads it: a run is one space, none ends a tag."""
    return re.sub(r" (?=>)", "", " ".join(response.content.decode().split()))
