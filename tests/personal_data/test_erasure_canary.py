"""A person is erased: nothing that is kept names them, and nothing has their words, if they go."""

import logging
from collections.abc import Iterator

import pytest

from personal_data.erasure_actions import erase_person
from tests.base import sign_in
from tests.personal_data.dump import holders
from tests.personal_data.person import ADDRESS, NAME, WORD, World, make_zora_world
from tests.seeds import Seed, fixture_of

seed_world = fixture_of(Seed(make_zora_world))
NAMES = ("qxname", "qxaddress", "qxhost")
# Words of staff in the log of what they decided, and what they made for the course.
BELONGS_TO_THE_SEMINAR = {"discussions_decision"}


@pytest.fixture
def world(seed_make_zora_world: World) -> World:
    # Pages are read, so that they are kept.
    for member in (seed_make_zora_world.people.carol, seed_make_zora_world.people.alice):
        client = sign_in(member.user)
        assert client.get(seed_make_zora_world.reading.get_absolute_url()).status_code == 200
    return seed_make_zora_world


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


@pytest.fixture
def committed(django_capture_on_commit_callbacks: object) -> object:
    return django_capture_on_commit_callbacks


@pytest.mark.parametrize("words", ["stay", "go"])
def test_nothing_names_whoever_is_erased(
    world: World, logged: pytest.LogCaptureFixture, committed: object, words: str
) -> None:
    assert len(holders(*NAMES)) > 20
    assert len(holders(WORD)) > 20
    logged.clear()
    with committed(execute=True):  # type: ignore[operator]
        erase_person(user=world.zora, words=words)
    assert holders(*NAMES) == []
    assert not any(name in logged.text for name in (NAME, ADDRESS, WORD))
    left = {one.partition(":")[0] for one in holders(WORD)}
    if words == "go":
        assert left == set()
    else:
        assert {"discussions_comment", "quizzes_answer", "seminars_announcement"} <= left
