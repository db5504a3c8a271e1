"""The tests of hostile input read these where they are, and make do with their own elsewhere."""

import pytest

from tests.security.corpora import CORPORA, corpus

NAMES = [
    "naughty-strings/blns.json",
    "xss/dompurify-fixtures.json",
    "xss/h5sc-items.json",
]


@pytest.mark.parametrize("name", NAMES)
def test_corpus_is_read(name: str) -> None:
    if not CORPORA.exists():
        pytest.skip(f"{name} is not on this machine: the tests run on their own strings alone.")
    assert len(corpus(name)) > 100
