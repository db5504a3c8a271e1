"""Making the demonstration seminar from its files, through the same actions as everybody's."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from anchoring import find_words
from demo.answers import hand_in
from demo.days import moment
from demo.grades import keep_gradebook
from demo.people import FOLDER, read
from demo.responses import make_tags, mark_thread, respond
from discussions import moderation
from discussions.comments import reply
from discussions.links import link_kinds
from discussions.models import Comment, Reason, Report, Thread, ThreadSubscription
from discussions.threads import FarEnd, start_thread
from quizzes.models import Attempt
from readings.drafts import import_now, publish
from readings.models import Block, Reading, Visit
from readings.passages import Segment
from readings.setup import create_reading, general_discussion_of
from seminars.models import Group, Membership, Seminar

Tell = Callable[[str], None]
_LOOKED_IN = -4  # days: when everybody was last in the general discussion
_BEGAN = -14  # days: the day before anybody says anything
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class AlreadyThere(Exception):
    """The demonstration seminar exists; it is not made a second time."""


@transaction.atomic
def make_demonstration(tell: Tell) -> Seminar:
    """Make the seminar whole, or not at all; raise AlreadyThere."""
    plan = read("seminar.yaml")
    if Seminar.objects.filter(slug=plan["slug"]).exists():
        raise AlreadyThere(plan["name"])
    seminar = Seminar.objects.create(
        name=plan["name"], slug=plan["slug"], description=plan["description"]
    )
    people = _people(plan, seminar)
    tell(f"{len(people)} people in {len(plan['groups'])} groups")
    instructor = people[plan["personas"]["instructor"]]
    readings = {one["slug"]: _reading(one, instructor, tell) for one in plan["readings"]}
    general = general_discussion_of(by=instructor)
    _prompts_came_first(seminar)
    tags = make_tags(plan["tags"], by=instructor)
    talk = read("discussion.yaml")
    for entry in talk:
        thread = _thread(entry, readings | {general.slug: general}, people)
        mark_thread(entry, thread, people, tags)
    tell(f"{Comment.objects.filter(seminar=seminar).count()} comments")
    for group in read("attempts.yaml"):
        hand_in(group, readings[group["reading"]], people)
    tell(f"{Attempt.objects.filter(seminar=seminar).count()} attempts at checkpoints")
    keep_gradebook(read("gradebook.yaml"), people, by=instructor)
    _follow_since_they_wrote(seminar)
    for reading in readings.values():
        _visits(reading)
    # What was said there in the last days is new to whoever has not opened it.
    looked_in = moment(_LOOKED_IN, "20:00")
    general.visits.update(begun_at=looked_in, seen_at=looked_in, shown_at=looked_in)
    return seminar


def _people(plan: dict[str, Any], seminar: Seminar) -> dict[str, Membership]:
    groups = {name: Group.objects.create(seminar=seminar, name=name) for name in plan["groups"]}
    people = {}
    for person in plan["people"]:
        # No password: nobody signs in as these but through the demonstration's entrance.
        user = User.objects.create_user(person["email"], name=person["name"], annotations="all")
        people[person["key"]] = Membership.objects.create(
            seminar=seminar,
            user=user,
            role=person["role"],
            group=groups.get(person.get("group", "")),
        )
    return people


def _reading(plan: dict[str, Any], by: Membership, tell: Tell) -> Reading:
    source = FOLDER / "essays" / f"{plan['essay']}.md"
    draft = import_now(data=source.read_bytes(), filename=source.name, by=by.user)
    revision = publish(draft=draft, metadata={}, by=by.user)
    guide = (FOLDER / "guides" / f"{plan['guide']}.md").read_text(encoding="utf-8")
    made = create_reading(
        essay=revision.essay,
        slug=plan["slug"],
        guide=guide,
        due_at=moment(plan["due"], "12:00"),
        open_to_guests=True,
        by=by,
    )
    reading, guide_made = made.reading, made.guide
    if guide_made is None:
        raise ValueError(f"{source.name} has no guide")
    for lost in guide_made.unplaced:
        tell(f"line {lost.line}: {lost.heading}: {lost.reason}")
    for link in guide_made.waiting:
        tell(f"line {link.line}: {link.heading}: {link.reason}")
    tell(f"{reading}: {len(guide_made.placed)} parts of its guide")
    return reading


def _segments(entry: dict[str, Any], reading: Reading) -> list[Segment]:
    """The words that an entry quotes; from `quote` to the end of `until` over several blocks.

    Without a paragraph it is about the whole, as all is in the general discussion.
    """
    if "paragraph" not in entry:
        return []
    first = _place(reading, entry["paragraph"], entry.get("quote", ""))
    if "until" not in entry:
        return [first]
    last = _place(reading, entry["until"]["paragraph"], entry["until"]["quote"])
    blocks = list(Block.objects.filter(revision=reading.revision).order_by("position"))
    keys = [block.key for block in blocks]
    within = blocks[keys.index(first.block_key) : keys.index(last.block_key) + 1]
    segments = []
    for block in within:
        start = first.start if block.key == first.block_key else 0
        end = last.end if block.key == last.block_key else len(block.text)
        if block.text[start:end].strip():
            segments.append(Segment(block.key, start, end, block.text[start:end]))
    return segments


def _place(reading: Reading, number: int, quote: str) -> Segment:
    block = Block.objects.get(revision=reading.revision, number=number)
    if not quote:
        return Segment(block.key)
    places = find_words(block.text, quote)
    if len(places) != 1:
        raise ValueError(f"{reading}, ¶ {number}: “{quote}” stands there {len(places)} times")
    start, end = places[0]
    return Segment(block.key, start, end, block.text[start:end])


def _far(entry: dict[str, Any], readings: dict[str, Reading]) -> FarEnd | None:
    """The other end of a link."""
    if "far" not in entry:
        return None
    far = readings[entry["far"]["reading"]]
    kind = next(one for one in link_kinds(far.seminar) if one.code == entry["link"])
    return FarEnd(far, _segments(entry["far"], far), kind)


def _thread(
    entry: dict[str, Any], readings: dict[str, Reading], people: dict[str, Membership]
) -> Thread:
    reading, far = readings[entry["reading"]], _far(entry, readings)
    thread = start_thread(
        reading=reading,
        segments=_segments(entry, reading),
        audience=entry["audience"],
        kind="link" if far else entry.get("kind", "comment"),
        body=entry.get("body", ""),
        by=people[entry["author"]],
        at=moment(entry["day"], entry["time"]),
        far=far,
    )
    opening = thread.comments.first()
    if opening:
        _judge(entry, opening, people)
        respond(entry, opening, people)
    for one in entry.get("replies", []):
        _reply(one, thread, None, people)
    if "locked" in entry:
        note = entry["locked"].get("note") or entry["locked"].get("reason", "")
        moderation.lock(thread=thread, by=people[entry["locked"]["by"]], note_to_staff=note)
    return thread


def _reply(
    entry: dict[str, Any], thread: Thread, parent: Comment | None, people: dict[str, Membership]
) -> None:
    comment = reply(
        thread=thread,
        parent=parent,
        body=entry["body"],
        by=people[entry["author"]],
        at=moment(entry["day"], entry["time"]),
    )
    _judge(entry, comment, people)
    respond(entry, comment, people)
    for one in entry.get("replies", []):
        _reply(one, thread, comment, people)


def _judge(entry: dict[str, Any], comment: Comment, people: dict[str, Membership]) -> None:
    """Report a comment, and decide about it, where the entry says so."""
    report: Report | None = None
    if "report" in entry:
        report = moderation.report(
            comment=comment,
            reason=entry["report"]["reason"],
            detail=entry["report"].get("detail", ""),
            by=people[entry["report"]["by"]],
        )
    decision = entry.get("decision")
    if decision is None:
        return
    by = people[decision["by"]]
    if decision["action"] == "hide":
        moderation.hide(
            comment=comment,
            reason=str(Reason(decision["reason"]).label),
            note_to_member=decision.get("note", ""),
            version=comment.version,
            by=by,
        )
    elif decision["action"] == "dismiss" and report is not None:
        moderation.dismiss(
            review_item=report.review_item,
            review_version=report.review_item.version,
            version=comment.version,
            note_to_member=decision.get("note", ""),
            by=by,
        )
    else:
        raise ValueError(f"unknown decision {decision}")


def _prompts_came_first(seminar: Seminar) -> None:
    """Let the guides' prompts be as old as the seminar: they are no news to who has been there."""
    began = moment(_BEGAN, "08:00")
    Comment.objects.filter(seminar=seminar).update(created_at=began, published_at=began)
    Thread.objects.filter(seminar=seminar).update(created_at=began, active_at=began)
    # And everybody was there by then: what was said to them later is news.
    Membership.objects.filter(seminar=seminar).update(joined_at=began)


def _follow_since_they_wrote(seminar: Seminar) -> None:
    """Let each member watch a thread from when they first wrote in it."""
    followed = ThreadSubscription.objects.filter(seminar=seminar)
    theirs = Comment.objects.filter(thread=OuterRef("thread"), author=OuterRef("membership"))
    first = theirs.order_by("published_at").values("published_at")[:1]
    followed.update(created_at=Coalesce(Subquery(first), F("created_at")))


def _visits(reading: Reading) -> None:
    """Let each member have been there when they last wrote or answered, as far as they had come.

    What others said since is then new to them.
    """
    blocks = list(Block.objects.filter(revision=reading.revision).order_by("position"))
    number = {block.key: index for index, block in enumerate(blocks)}
    came: dict[int, datetime] = {}
    reached: dict[int, int] = {}
    for comment in Comment.objects.filter(thread__reading=reading):
        came[comment.author_id] = max(comment.created_at, came.get(comment.author_id, _LONG_AGO))
        for passage in comment.thread.passages():
            at = number.get(passage.block_key, 0)
            reached[comment.author_id] = max(at, reached.get(comment.author_id, 0))
    handed_in = Attempt.objects.submitted().filter(quiz__reading=reading)
    for attempt in handed_in:
        member = attempt.membership_id
        came[member] = max(attempt.submitted_at or _LONG_AGO, came.get(member, _LONG_AGO))
    Visit.objects.bulk_create(
        Visit(
            seminar_id=reading.seminar_id,
            reading=reading,
            membership_id=member,
            place=blocks[reached.get(member, 0)].key,
            progress=100 * reached.get(member, 0) // len(blocks),
            begun_at=at,
            seen_at=at,
            shown_at=at,
            revision_id=reading.revision_id,
        )
        for member, at in came.items()
    )
