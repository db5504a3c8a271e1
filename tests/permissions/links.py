"""Links for the world of tests/permissions/talk.py: from its first reading to each, and back."""

from typing import TYPE_CHECKING

from discussions.comments import reply
from discussions.links import link_kinds
from discussions.threads.actions import FarEnd, start_thread
from readings.passages.segments import Segment
from tests.discussions.base import first_of

if TYPE_CHECKING:
    from tests.permissions.talk import Talk

HUB = "plain"  # open to all, and what is in it is withheld from nobody


def link_readings(talk: "Talk") -> None:
    """Let Dan link the first reading with others and back, at the paragraph that in “gated” stands
    behind the gate, and Carol answer; Alice links it herself with those in which words wait."""
    for slug in ("peek", "monday", "gated", "later", "gone"):
        _link(talk, HUB, slug, by="dan", far_block="p2")
    for slug in ("monday", "gated"):
        _link(talk, slug, HUB, by="dan", block="p2")
    # There Dan is not to write as often as is asked.
    _link(talk, "peek", HUB, by="alice")
    for slug in ("peek", "gated"):
        _link(talk, HUB, slug, by="alice")


def _link(
    talk: "Talk", near: str, far: str, *, by: str, block: str = "p1", far_block: str = "p1"
) -> None:
    kind = link_kinds(talk.people.seminar)[0]
    thread = start_thread(
        reading=talk.readings[near],
        segments=[Segment(block)],
        audience="seminar",
        kind="link",
        body=f"A remark {talk.next_word()}.",
        by=talk.members[by],
        far=FarEnd(talk.readings[far], [Segment(far_block)], kind),
    )
    said = [talk.add(first_of(thread), near, "seminar", by)]
    left = reply(
        thread=thread, parent=None, body=f"And {talk.next_word()}.", by=talk.members["carol"]
    )
    said.append(talk.add(left, near, "seminar", "carol"))
    for one in said:
        one.far, one.far_block = far, far_block
