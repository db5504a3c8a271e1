"""Other people's test data, read where it lies beside the repository; nothing of it is copied."""

import json
from pathlib import Path
from typing import Any

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"


def corpus(name: str) -> list[Any]:
    """Return what one JSON file of the corpora holds; nothing where this machine has none."""
    path = CORPORA / name
    if not path.exists():
        return []
    held: list[Any] = json.loads(path.read_text(encoding="utf-8"))
    return held
