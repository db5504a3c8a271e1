"""A small term: at the end of each week the pages tell each member what a plain recount says.

`python -m scripts.drills term` plays a whole one.
"""

import pytest

from scripts.term.play import Term
from scripts.term.seminar import SMALL


@pytest.mark.django_db
def test_pages_tell_each_member_what_a_recount_says(settings: object) -> None:
    report = Term(SMALL, seed=1).play()
    assert not report.faults, "\n".join(report.faults)
