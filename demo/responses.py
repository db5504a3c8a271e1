"""What the demonstration's people have done to threads and comments beside writing."""

from collections.abc import Mapping
from typing import Any

from discussions.models import Comment, Outcome, Tag, Thread
from discussions.questions import endorse, judge_question
from discussions.reactions import react
from discussions.thread_marks import create_tag, pin, tag_thread
from seminars.models import Membership

People = Mapping[str, Membership]


def make_tags(names: list[str], *, by: Membership) -> dict[str, Tag]:
    """The seminar's vocabulary, by name."""
    return {name: create_tag(name=name, by=by) for name in names}


def mark_thread(
    entry: Mapping[str, Any], thread: Thread, people: People, tags: Mapping[str, Tag]
) -> None:
    """Pin, tag and resolve a thread as its entry says."""
    for name in entry.get("tags", []):
        tag_thread(thread=thread, tag=tags[name], by=thread.author)
    if "pinned" in entry:
        pin(thread=thread, by=people[entry["pinned"]])
    if "resolved" in entry:
        judge_question(thread=thread, outcome=Outcome.RESOLVED, by=people[entry["resolved"]])


def respond(entry: Mapping[str, Any], comment: Comment, people: People) -> None:
    """React to a comment and endorse it as its entry says."""
    for kind, names in entry.get("reactions", {}).items():
        for name in names:
            react(comment=comment, kind=kind, by=people[name])
    if "endorsed" in entry:
        endorse(comment=comment, by=people[entry["endorsed"]])
