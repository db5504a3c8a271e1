"""Files that are too much: refused before they fill the disk, by whoever sends them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.base import People


@pytest.mark.parametrize("path", ["/accounts/login/", "/library/import/"])
def test_body_far_over_the_limit_is_refused_unread(
    people: People, settings: Any, path: str
) -> None:
    settings.IMPORT_MAX_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    client = Client() if "login" in path else people.client("alice")
    file = SimpleUploadedFile("essay.md", b"x" * 100_000)
    assert client.post(path, {"file": file}).status_code == 413


def test_a_little_over_the_limit_is_told_in_place(people: People, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    file = SimpleUploadedFile("essay.md", b"x" * 12_000)
    answer = people.client("alice").post("/library/import/", {"file": file})
    assert answer.status_code == 422
    assert "the limit is" in answer.content.decode()
