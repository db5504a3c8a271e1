"""The same essay in any format gives the same blocks, notes and references.

The truth is in formats/essays, in a notation that formats/notation.py reads;
what a form of file cannot carry is in formats/relaxed.py. Where a reader and
the truth differ, `python -m tests.documents.formats.report NAME`
shows it.
"""

from __future__ import annotations

import pytest

from tests.documents.formats import notation
from tests.documents.formats.compare import differences, files

EVERY = [pytest.param(essay, file, id=f"{essay}/{file}") for essay, file in files()]


@pytest.mark.parametrize(("essay", "file"), EVERY)
def test_a_file_gives_what_its_essay_says(essay: str, file: str) -> None:
    assert "\n".join(differences(essay, file)) == ""


def test_every_essay_has_its_files() -> None:
    for name in notation.names():
        forms = {file.rsplit(".", 1)[-1] for essay, file in files() if essay == name}
        assert {"md", "txt", "html", "docx", "odt", "epub", "rtf", "tex", "pdf"} <= forms


@pytest.mark.parametrize("text", ["a stray _sign", "one [#2", "**half", "{ruby|x}"])
def test_the_notation_refuses_what_it_does_not_know(text: str) -> None:
    with pytest.raises(notation.Unreadable):
        notation.spans(text)


def test_offsets_stand_where_the_signs_stood() -> None:
    truth = notation.truth(notation.load("harbour"))
    first = truth["blocks"][1]
    assert first["text"][first["notes"][0]["offset"] - 4 :] == "yet."
