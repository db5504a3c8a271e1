"""What the page of a search shows: what was found, under what, and how many there are of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from discussions.common.markdown import shorten
from discussions.models import Comment, QuestionState, ThreadKind
from discussions.search.comment_matches import MOST, CommentMatch, CommentMatches, find_comments
from discussions.search.filters import (
    EVERYTHING,
    GUIDE,
    OF_COMMENTS,
    ORDERS,
    PARTS,
    TEXT,
    THREADS,
    SearchFilters,
)
from discussions.search.snippets import snippet
from discussions.search.text_matches import (
    Place,
    ShownPlace,
    find_guide_notes,
    find_places,
    show_places,
)
from discussions.threads import LinkedEnds, linked_ends
from documents.markup_text import text_of_markup
from documents.visible import isolated
from readings.models import Block, Reading
from seminars.models import Membership

PAGE = 20  # things on a page of one part
FIRST_PLACES = 3  # of each text, and
FIRST_COMMENTS = 5  # comments, where everything is shown
SHOWN_QUOTE = 120  # characters of the words that a comment is about
Found = TypeVar("Found", Place, CommentMatch)


@dataclass(frozen=True, slots=True)
class SearchChoice:
    """One value of a filter: a link that sets it or, where it is set, takes it away."""

    name: str
    count: int
    address: str
    is_active: bool = False


@dataclass(frozen=True, slots=True)
class SearchFilterGroup:
    name: str
    choices: Sequence[SearchChoice]


@dataclass(frozen=True, slots=True)
class PlaceSection:
    """What was found in one text, or in one guide; `more` are not shown here."""

    reading: Reading
    places: Sequence[ShownPlace]
    count: int
    more: int = 0
    address: str = ""


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment that was found, as this member may see it."""

    comment: Comment
    who: str
    role: str
    is_own: bool
    place: str
    quote: str
    words: SafeString
    url: str
    tags: Sequence[str]
    link: LinkedEnds | None


@dataclass(slots=True)
class SearchResults:
    """The page; each list is empty where there is nothing of it, or it is not asked for."""

    filters: SearchFilters
    parts: Sequence[SearchChoice] = ()
    texts: Sequence[PlaceSection] = ()
    guides: Sequence[PlaceSection] = ()
    comments: Sequence[ShownComment] = ()
    comment_count: int = 0
    more_comments: int = 0
    groups: Sequence[SearchFilterGroup] = ()
    people: Sequence[tuple[str, str, int]] = ()  # a name, as it is shown, how many
    chosen: Sequence[SearchChoice] = ()
    next_page: str = ""
    is_cut: bool = False
    shows_readings: bool = False  # beside each comment: they are of several
    threads_address: str = ""
    comment_limit = MOST
    orders: Sequence[tuple[str, str]] = field(
        default_factory=lambda: [(value, str(name)) for value, name in ORDERS.items()]
    )

    @property
    def is_empty(self) -> bool:
        return not (self.texts or self.guides or self.comments)


def build_results(
    member: Membership, filters: SearchFilters, readings: Mapping[int, Reading]
) -> SearchResults:
    """Put the page together, in a fixed number of queries.

    `readings` are all that `member` may open, by key, in their order.
    """
    results = SearchResults(filters)
    query = filters.query
    if query.is_empty or query.is_too_short:
        return results
    found = find_comments(member, filters, readings)
    left = found.left_by(filters)
    here = {pk: one for pk, one in readings.items() if filters.reading in {"", one.slug}}
    places = find_places(member, query, readings)
    notes = find_guide_notes(member, query, readings)
    texts = [one for one in places if one.reading.pk in here]
    guides = [one for one in notes if one.reading.pk in here]
    _show_texts(results, texts, guides)
    _show_comments(results, found, left)
    _offer_filters(results, found, places, notes)
    counts = {TEXT: len(texts), GUIDE: len(guides), THREADS: len(left)}
    counts[EVERYTHING] = sum(counts.values())
    bare = {**dict.fromkeys(OF_COMMENTS, ""), "order": ""}
    results.parts = [
        SearchChoice(
            str(name),
            counts[part],
            filters.address(part=part, **({} if part == THREADS else bare)),
            part == filters.part,
        )
        for part, name in PARTS.items()
        if counts[part] or part in {EVERYTHING, TEXT, THREADS} or part == filters.part
    ]
    return results


def _page(
    results: SearchResults, found: Sequence[Found], key: Callable[[Found], str]
) -> Sequence[Found]:
    """The page that begins after the thing whose key the address names."""
    keys = [key(one) for one in found]
    after = results.filters.after
    begin = keys.index(after) + 1 if after in keys else 0
    if begin + PAGE < len(found):
        results.next_page = results.filters.address(after=keys[begin + PAGE - 1])
    return found[begin : begin + PAGE]


# --- The text and the guide ---------------------------------------------------------------------
def _show_texts(results: SearchResults, texts: Sequence[Place], guides: Sequence[Place]) -> None:
    part = results.filters.part
    firsts: list[Sequence[Place]]
    if part == EVERYTHING:
        firsts = [_firsts(found) for found in (texts, guides)]
    else:
        firsts = [
            _page(results, found, lambda one: one.key) if part == wanted else []
            for found, wanted in ((texts, TEXT), (guides, GUIDE))
        ]
    shown = [*firsts[0], *firsts[1]]
    by_place = dict(zip(shown, show_places(shown, results.filters.query), strict=True))
    for found, first, name in ((texts, firsts[0], "texts"), (guides, firsts[1], "guides")):
        wanted = TEXT if name == "texts" else GUIDE
        setattr(results, name, _sections(results.filters, found, first, by_place, wanted))


def _firsts(found: Sequence[Place]) -> list[Place]:
    return [
        one
        for _pk, places in groupby(found, key=lambda one: one.reading.pk)
        for one in list(places)[:FIRST_PLACES]
    ]


def _sections(
    filters: SearchFilters,
    found: Sequence[Place],
    first: Sequence[Place],
    shown: Mapping[Place, ShownPlace],
    part: str,
) -> list[PlaceSection]:
    sections = []
    for _pk, group in groupby(first, key=lambda one: one.reading.pk):
        places = list(group)
        reading = places[0].reading
        count = sum(one.reading.pk == reading.pk for one in found)
        sections.append(
            PlaceSection(
                reading,
                [shown[one] for one in places],
                count,
                more=count - len(places) if filters.part == EVERYTHING else 0,
                address=filters.address(part=part, reading=reading.slug),
            )
        )
    return sections


# --- Comments ------------------------------------------------------------------------------------
def _show_comments(
    results: SearchResults, found: CommentMatches, left: Sequence[CommentMatch]
) -> None:
    filters = results.filters
    results.comment_count, results.is_cut = len(left), found.is_cut
    results.threads_address = filters.address(part=THREADS)
    results.shows_readings = not filters.reading and len(found.readings) > 1
    if filters.part not in {EVERYTHING, THREADS}:
        return
    ordered = found.in_order(left, filters)
    if filters.part == EVERYTHING:
        matches: Sequence[CommentMatch] = ordered[:FIRST_COMMENTS]
        results.more_comments = len(left) - len(matches)
    else:
        matches = _page(results, ordered, lambda one: str(one.pk))
    rows = Comment.objects.visible_to(found.viewer).for_page()
    comments = {one.pk: one for one in rows.filter(pk__in=[one.pk for one in matches])}
    labels = _place_labels(comments.values(), found.readings)
    links = linked_ends(one.thread for one in comments.values())
    results.comments = [
        _shown(comments[one.pk], one, found, labels, links.get(one.thread), filters)
        for one in matches
        if one.pk in comments
    ]


def _place_labels(
    comments: Iterable[Comment], readings: Mapping[int, Reading]
) -> dict[tuple[int, str], str]:
    """What people call the blocks that these comments are about, in one query."""
    wanted = {
        (readings[one.thread.reading_id].revision_id, one.thread.passage.block_key)
        for one in comments
        if one.thread.passage
    }
    blocks = Block.objects.filter(
        revision__in={revision for revision, _key in wanted}, key__in={key for _, key in wanted}
    )
    return {(one.revision_id, one.key): one.label for one in blocks.defer("text", "html")}


def _shown(
    comment: Comment,
    match: CommentMatch,
    found: CommentMatches,
    labels: Mapping[tuple[int, str], str],
    link: LinkedEnds | None,
    filters: SearchFilters,
) -> ShownComment:
    thread, reading = comment.thread, found.readings[match.facets.reading]
    thread.reading, thread.seminar = reading, found.viewer.seminar
    label = comment.author_for(found.viewer)
    place, quote = reading.whole, ""
    if thread.passage:
        place = labels.get((reading.revision_id, thread.passage.block_key), _("Gone"))
        quote = shorten(thread.passage.quote or thread.passage.earlier_quote, SHOWN_QUOTE)
    return ShownComment(
        comment=comment,
        who=isolated(label.name),
        role=label.role,
        is_own=comment.author_id == found.viewer.pk,
        place=place,
        quote=isolated(quote),
        words=snippet(text_of_markup(comment.html), filters.query),
        url=comment.get_absolute_url(),
        tags=_tags(comment),
        link=link,
    )


def _tags(comment: Comment) -> list[str]:
    thread, tags = comment.thread, []
    if thread.kind == ThreadKind.QUESTION and comment.seq == 1:
        state = str(QuestionState(thread.question_state).label).lower()
        tags.append(_("Question · %(state)s") % {"state": state})
    elif thread.kind == ThreadKind.GUIDE and comment.seq == 1:
        tags.append(_("Prompt"))
    elif thread.kind == ThreadKind.LINK and comment.seq == 1:
        tags.append(_("Link"))
    if not comment.is_published:
        tags.append(str(comment.get_state_display()))
    return tags


# --- Filters -------------------------------------------------------------------------------------
def _offer_filters(
    results: SearchResults,
    found: CommentMatches,
    places: Sequence[Place],
    notes: Sequence[Place],
) -> None:
    filters = results.filters
    counts = found.counts(filters)

    def choices(field_name: str, names: Mapping[str, str]) -> list[SearchChoice]:
        active = getattr(filters, field_name)
        return [
            SearchChoice(
                name,
                counts[field_name][value],
                filters.address(**{field_name: "" if value == active else value}),
                value == active,
            )
            for value, name in names.items()
            if counts[field_name][value] or value == active
        ]

    if not filters.is_of_comments and filters.part != THREADS:
        for one in [*places, *notes]:
            counts["reading"][one.reading.slug] += 1
    titles = {one.slug: isolated(one.title) for one in found.readings.values()}
    groups = {f"group-{pk}": isolated(one.name) for pk, one in found.groups.items()}
    results.groups = [
        SearchFilterGroup(name, offered)
        for name, offered in (
            (_("Where"), choices("reading", titles)),
            (_("Kind"), choices("kind", kind_names())),
            (_("Tag"), choices("tag", {name: isolated(name) for name in sorted(counts["tag"])})),
            (_("Whose"), choices("whose", whose_names() | groups)),
        )
        if offered
    ]
    people = {label.name: isolated(label.name) for label in found.labels.values()}
    by = choices("by", people)
    results.people = sorted(
        ((key, name, counts["by"][key]) for key, name in people.items() if counts["by"][key]),
        key=lambda one: one[1].casefold(),
    )
    offered = [*(choice for group in results.groups for choice in group.choices), *by]
    results.chosen = [choice for choice in offered if choice.is_active]


def kind_names() -> dict[str, str]:
    return {
        ThreadKind.COMMENT: _("Comments"),
        ThreadKind.QUESTION: _("Questions"),
        "unanswered": _("Unanswered questions"),
        QuestionState.ANSWERED: _("Answered questions"),
        QuestionState.RESOLVED: _("Resolved questions"),
        ThreadKind.LINK: _("Links"),
        ThreadKind.GUIDE: _("Prompts"),
    }


def whose_names() -> dict[str, str]:
    return {"mine": _("Mine"), "new": _("New to me"), "staff": _("Staff")}
