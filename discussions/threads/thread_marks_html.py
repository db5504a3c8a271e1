"""What is set on a thread, as one member sees and may set it: pinned, watched, muted, tags."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace

from django.db import models
from django.db.models import Exists, OuterRef, Subquery

from database.prepared import SIZES_KEPT, Parameter, PreparedRows, filled, listed, size_for
from discussions.models import MAX_THREAD_TAGS, Pin, Tag, Tagging, Thread, ThreadSubscription
from documents.visible import isolated
from rendering.kept_html import html, kept_html, name_slot, number_slot, word_slot, words
from rendering.slots import Values
from seminars import permissions
from seminars.models import Membership

_KEY = models.BigIntegerField()


@dataclass(frozen=True, slots=True)
class ThreadMarks:
    """`level` is how the viewer follows the thread, "" for neither; `offered` are the tags that
    they may put on it, by key, and `tags` those that it has."""

    is_pinned: bool = False
    level: str = ""
    tags: tuple[tuple[int, str], ...] = ()
    offered: tuple[tuple[int, str], ...] = ()
    can_pin: bool = False
    can_tag: bool = False
    can_follow: bool = True  # watch it, or mute it


def _marked() -> "models.QuerySet[Thread, tuple[bool, str | None, int | None, str | None]]":
    thread, viewer = Parameter("thread", _KEY), Parameter("viewer", _KEY)
    mine = ThreadSubscription.objects.filter(thread=OuterRef("pk"), membership=viewer)
    return (
        Thread.objects.filter(pk=thread)
        .annotate(
            pinned=Exists(Pin.objects.standing().filter(thread=OuterRef("pk"))),
            level=Subquery(mine.values("level")[:1]),
        )
        .order_by("taggings__pk")
        .values_list("pinned", "level", "taggings__tag", "taggings__tag__name")
    )


_MARKS = PreparedRows(_marked)


def marks_of(thread: Thread, viewer: Membership) -> ThreadMarks:
    """Return what is set on a thread, in one query; for who may tag it, in two."""
    rows = _MARKS.all(thread=thread.pk, viewer=viewer.pk or 0)
    tags = tuple((pk, isolated(name)) for _, _, pk, name in rows if pk)
    can_tag = permissions.can_tag(viewer, thread)
    offered: tuple[tuple[int, str], ...] = ()
    if can_tag and len(tags) < MAX_THREAD_TAGS:
        rest = Tag.objects.filter(seminar=viewer.seminar_id).exclude(pk__in=[pk for pk, _ in tags])
        offered = tuple((pk, isolated(name)) for pk, name in rest.values_list("pk", "name"))
    return ThreadMarks(
        is_pinned=bool(rows and rows[0][0]),
        level=(rows[0][1] or "") if rows else "",
        tags=tags,
        offered=offered,
        can_pin=permissions.can_pin(viewer, thread),
        can_tag=can_tag,
        can_follow=permissions.may_change(viewer),
    )


def tags_of(threads: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """Return the names of the tags by thread, in one query."""
    found: dict[int, tuple[str, ...]] = {}
    if threads:
        for thread, name in _tags(size_for(threads)).all(**filled("pk", threads)):
            found[thread] = (*found.get(thread, ()), isolated(name))
    return found


@lru_cache(maxsize=SIZES_KEPT)
def _tags(size: int) -> PreparedRows:
    on = Tagging.objects.filter(thread__pk__in=listed("pk", _KEY, size))
    return PreparedRows(lambda: on.order_by("pk").values_list("thread_id", "tag__name"))


def thread_marks_html(marks: ThreadMarks, values: Values, *, pressed: str = "") -> bytes:
    """Return the buttons below a thread; the one that was `pressed` takes the focus.

    `values` are those of the conversation.
    """
    tags = [
        *((pk, name, True) for pk, name in marks.tags),
        *((*one, False) for one in marks.offered),
    ]
    place = next((at for at, (pk, _, _) in enumerate(tags) if pressed == f"tag-{pk}"), None)
    shape = (
        *(marks.is_pinned, marks.level, len(marks.tags), len(marks.offered), marks.can_pin),
        *(marks.can_tag, marks.can_follow, pressed if place is None else "", place),
    )
    kept = kept_html(
        "discussions/_thread_marks.html",
        shape,
        lambda: {
            "seminar": SimpleNamespace(slug=name_slot("seminar")),
            "reading": SimpleNamespace(slug=name_slot("reading")),
            "thread": SimpleNamespace(pk=number_slot("thread")),
            "csrf_token": word_slot("csrf"),
            "marks": marks,
            "pressed": pressed,
            "tags": [
                SimpleNamespace(
                    pk=word_slot(f"tag-{at}"),
                    name=word_slot(f"tag-name-{at}"),
                    is_on=is_on,
                    is_focused=at == place,
                )
                for at, (_, _, is_on) in enumerate(tags)
            ],
        },
    )
    keys = {f"tag-{at}": html(str(pk)) for at, (pk, _, _) in enumerate(tags)}
    names = {f"tag-name-{at}": words(name) for at, (_, name, _) in enumerate(tags)}
    return kept.fill({**values, **keys, **names})
