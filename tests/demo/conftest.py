from typing import Any

import pytest

# Read before any test sets DEMO: these are the URLs of a site without it.
import config.urls  # noqa: F401
from demo.make import make_demonstration
from demo.people import personas, read
from seminars.models import Membership, Seminar
from tests.base import make_user
from tests.seeds import Seed, fixture_of


def silent(line: str) -> None:
    """Take what the command would have printed."""


def demonstration_seminar() -> Seminar:
    return make_demonstration(tell=silent)


seed_demonstration = fixture_of(Seed(demonstration_seminar))


@pytest.fixture
def demonstration(seed_demonstration_seminar: Seminar) -> Seminar:
    """The demonstration seminar, made as `manage.py demo` makes it."""
    return seed_demonstration_seminar


@pytest.fixture
def demo_site(settings: Any, db: None) -> Seminar:
    """A site where the demonstration may be entered: its four people, without their talk."""
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.demo.urls"
    plan = read("seminar.yaml")
    seminar = Seminar.objects.create(name=plan["name"], slug=plan["slug"])
    for persona in personas():
        user = make_user(persona.email.split("@")[0])
        Membership.objects.create(seminar=seminar, user=user, role=persona.role)
    return seminar
