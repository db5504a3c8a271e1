"""The world of the matrix, with everybody signed in."""

from dataclasses import dataclass

from django.conf import settings
from django.test import Client

from accounts.models import User
from tests.permissions.world import World, make_world


@dataclass
class Entered:
    """The world, and the session of each person in it who is signed in."""

    world: World
    sessions: dict[str, str | None]


def entered_world() -> Entered:
    world = make_world()
    return Entered(world, {role: session_of(user) for role, user in world.users.items()})


def session_of(user: User | None) -> str | None:
    if user is None:
        return None
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
