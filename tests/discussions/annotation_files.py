"""Files of annotations for the tests, and taking them in as people do."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from readings.models import Reading
from tests.base import PARAGRAPHS, People
from tests.discussions.base import WORDS, url
from tests.discussions.web_annotations import collection_faults


def hypothesis_row(key: str = "abc", exact: str = WORDS, **fields: Any) -> dict[str, Any]:
    """One annotation as Hypothesis' API gives it."""
    start = PARAGRAPHS[0].find(exact)
    selectors = [
        {"type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]"},
        {"type": "TextPositionSelector", "start": 812, "end": 812 + len(exact)},
        {
            "type": "TextQuoteSelector",
            "exact": exact,
            "prefix": PARAGRAPHS[0][max(0, start - 32) : start] if start >= 0 else "no such ",
            "suffix": PARAGRAPHS[0][start + len(exact) :][:32] if start >= 0 else " place",
        },
    ]
    row = {
        "id": key,
        "created": "2022-05-03T10:11:12.123456+00:00",
        "updated": "2022-05-03T10:11:12.123456+00:00",
        "user": "acct:jane@hypothes.is",
        "uri": "https://example.org/on-margins",
        "text": "A *remark* from outside.",
        "tags": [],
        "group": "__world__",
        "permissions": {"read": ["group:__world__"]},
        "target": [{"source": "https://example.org/on-margins", "selector": selectors}],
        "document": {"title": ["On margins"]},
        "user_info": {"display_name": "Jane Doe"},
        "hidden": False,
        "flagged": False,
    }
    return row | fields


def api(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"total": len(rows), "rows": list(rows)}


def client_export(*rows: dict[str, Any]) -> dict[str, Any]:
    return {
        "export_date": "2024-01-09T09:00:00.000Z",
        "export_userid": "acct:jane@hypothes.is",
        "client_version": "1.1500.0",
        "annotations": list(rows),
    }


def upload(people: People, reading: Reading, content: Any, who: str = "alice") -> Any:
    """Choose the file: the answer is the preview, or the form with what is wrong."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    file = SimpleUploadedFile("annotations.json", data, "application/json")
    return people.client(who).post(url("annotation_import", reading), {"file": file})


def take_in(
    people: People, reading: Reading, content: Any, who: str = "alice", audience: str = "me"
) -> Any:
    """Choose the file, look at the preview, and say yes."""
    preview = upload(people, reading, content, who)
    assert preview.status_code == 200, preview.content.decode()
    kept = preview.context["form"].digest
    data = {"kept": kept, "audience": audience}
    return people.client(who).post(url("annotation_import", reading), data)


def sorts(response: Any) -> dict[str, int]:
    return {sort.name: sort.count for sort in response.context["preview"].sorts}


def file_of(people: People, reading: Reading, who: str = "carol") -> dict[str, Any]:
    page = url("annotation_collection", reading, query="?page=all")
    whole: dict[str, Any] = people.client(who).get(page).json()
    assert not list(collection_faults(whole))
    return whole
