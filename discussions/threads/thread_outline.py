"""A thread's outline: where each comment stands, and which of them one page of a long thread shows.

An outline has no words: those of the comments that are shown are fetched for themselves. So a
thread of five hundred comments opens like one of forty. Pages begin and end by `seq`, the number
that a comment keeps: nothing is shown twice or passed over because somebody wrote meanwhile.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from discussions.models import LEAVES_NOTHING, TOLD_TO_AUTHOR, CommentState
from documents.whole_number import whole_number

# Below them, “continue this thread”: a margin has no room for more.
SHOWN_LEVELS = 3
# Roots that are shown together to who has gone on and on; further on, a page begins anew.
MOST_ROOTS = 200


@dataclass(frozen=True, slots=True)
class PageSize:
    """How much of a thread is shown at once.

    Up to `whole` comments nothing is folded: it would save nobody anything. Of longer threads a
    page has so many `roots`, fewer where they and their first `replies` are more than `comments`.
    """

    whole: int
    roots: int
    comments: int
    replies: int


ON_PAGE = PageSize(whole=40, roots=20, comments=40, replies=3)
ON_CARD = PageSize(whole=20, roots=10, comments=20, replies=3)


@dataclass(frozen=True, slots=True)
class ThreadPart:
    """Which part of a thread a page shows; a page that asks again says so itself (`parsed`).

    `start` is the comment that is continued, 0 for the whole thread. Its roots are those whose
    `seq` is above `after` and, where it is set, not above `until`. `known` is the last comment
    that the page knew of: the reader's own words after it stand at its end. What is above `read`
    was new when the thread was opened, and is so on all the pages that are asked for after.
    """

    start: int = 0
    after: int = 0
    until: int = 0
    known: int = 0
    read: int = 0

    def __str__(self) -> str:
        return f"{self.start}-{self.after}-{self.until}-{self.known}-{self.read}"

    def known_to(self, seq: int, read: int) -> "ThreadPart":
        """The same of a page that knows of the comments up to this one, read so far before."""
        return replace(self, known=seq, read=read)

    @classmethod
    def parsed(cls, text: str) -> "ThreadPart | None":
        """Return what a page said of itself; None where it said nothing, or nonsense."""
        numbers = [whole_number(each) for each in text[:80].split("-")]
        known = [each for each in numbers if each is not None]
        return cls(*known) if len(known) == len(numbers) == 5 else None


@dataclass(frozen=True, slots=True)
class Fold:
    """Comments that are not shown where they stand: how many, and how many of them are new."""

    count: int = 0
    new: int = 0


@dataclass(slots=True)
class OutlineRow:
    """Where one comment stands; `size` and `new` count what is left below it."""

    pk: int
    parent: int | None
    seq: int
    author: int
    state: str
    is_new: bool
    is_numbered: bool = True  # published at some time; else its `seq` is where it stands now
    is_left: bool = False  # something is shown of it, or of what is below it
    size: int = 0
    new: int = 0
    replies: list["OutlineRow"] = field(default_factory=list)


@dataclass(slots=True)
class ThreadPage:
    """What is shown of a thread at once.

    `roots` are the comments that are paged, those below `start` where one is continued; `own`
    are the reader's own new ones, after a gap. `folds` tells what is folded below which comment,
    `left` what comes after the page, `before` where the page before it begins, if there is one.
    """

    part: ThreadPart
    start: OutlineRow | None
    parents: Sequence[OutlineRow]
    roots: Sequence[OutlineRow]
    own: Sequence[OutlineRow]
    shown: set[int]
    folds: dict[int, Fold]
    left: Fold
    before: int | None
    is_whole: bool
    first_new: int | None = None  # the first of the new ones that it does not show
    unseen: int = 0  # how many those are


class Outline:
    """The rows of a thread in the order of `seq`, as one viewer sees them."""

    def __init__(self, rows: Sequence[OutlineRow], viewer: int, *, is_staff: bool = False) -> None:
        self._rows, self._viewer, self._is_staff = rows, viewer, is_staff
        self._by_pk = {row.pk: row for row in rows}
        for row in reversed(rows):  # an answer comes after what it answers
            row.is_left = row.is_left or self._leaves_something(row)
            parent = self._by_pk.get(row.parent or 0)
            if parent and row.is_left:
                parent.is_left = True
                parent.size += 1 + row.size
                parent.new += row.is_new + row.new
        self._roots: list[OutlineRow] = []
        for row in rows:
            if row.is_left:
                above = self._by_pk.get(row.parent or 0)
                (above.replies if above else self._roots).append(row)

    def _leaves_something(self, row: OutlineRow) -> bool:
        """Whether it stands for itself, answered or not; what waits does so for staff alone."""
        if row.state in {CommentState.PENDING, CommentState.RETURNED}:
            return self._is_staff or row.author == self._viewer
        return row.state not in LEAVES_NOTHING

    @property
    def opening(self) -> int | None:
        """The first comment that has left something."""
        return next((row.pk for row in self._rows if self._leaves_something(row)), None)

    @property
    def published(self) -> int:
        return sum(row.state == CommentState.PUBLISHED for row in self._rows)

    @property
    def has_own_held(self) -> bool:
        """Whether words of the viewer wait, were returned, hidden or removed."""
        return any(row.state in TOLD_TO_AUTHOR and row.author == self._viewer for row in self._rows)

    def page(self, part: ThreadPart, size: PageSize, *, comment: int | None = None) -> ThreadPage:
        """Return what is shown of `part`, or else of the part that has `comment`, if it is left."""
        page = self._page(part, size)
        wanted = self._by_pk.get(comment or 0)
        if wanted is None or not wanted.is_left or wanted.pk in page.shown:
            return page
        path = [wanted, *self._above(wanted)]
        for start in dict.fromkeys((0, wanted.parent or 0)):
            item = next(row for row in path if (row.parent or 0) == start)
            after = _begins_before(self._items(self._by_pk.get(start)), item, size)
            page = self._page(ThreadPart(start, after, known=part.known, read=part.read), size)
            if wanted.pk in page.shown:
                break
        return page

    def _page(self, part: ThreadPart, size: PageSize) -> ThreadPage:
        start = self._by_pk.get(part.start)
        items = self._items(start)
        total = start.size if start else sum(1 + row.size for row in items)
        is_whole = total <= size.whole
        roots = items if is_whole else _window(items, part, size)
        after = 0 if is_whole else part.after
        last = roots[-1].seq if roots else after
        rest = [] if is_whole else [row for row in items if row.seq > last]
        own = [row for row in rest if row.author == self._viewer and row.seq > (part.known or last)]
        page = ThreadPage(
            part=replace(part, start=start.pk if start else 0, after=after, until=last),
            start=start,
            parents=self._above(start)[::-1] if start else [],
            roots=roots,
            own=own if part.known else [],
            shown=set(),
            folds={},
            left=Fold(),
            before=None if is_whole or not after else _page_before(items, after, size),
            is_whole=is_whole,
        )
        self._fold(page, size)
        rest = [row for row in rest if row.pk not in page.shown]
        page.left = Fold(
            sum(1 + row.size for row in rest), sum(row.is_new + row.new for row in rest)
        )
        unseen = [row.pk for row in self._rows if row.is_new and row.pk not in page.shown]
        page.first_new, page.unseen = (unseen[0] if unseen else None), len(unseen)
        return page

    def _fold(self, page: ThreadPage, size: PageSize) -> None:
        levels = SHOWN_LEVELS - (page.start is not None)
        page.shown.update(row.pk for row in page.parents)
        if page.start:
            page.shown.add(page.start.pk)
        for root in (*page.roots, *page.own):
            below = sorted(_below(root, levels - 1), key=lambda pair: pair[0].seq)
            # One reply more is no more than the line that would stand for it.
            fits = page.is_whole or len(below) <= size.replies + 1
            shown = below if fits else below[: size.replies]
            page.shown.update((root.pk, *(row.pk for row, _deepest in shown)))
            count, new = root.size - len(shown), root.new - sum(row.is_new for row, _ in shown)
            for row, is_deepest in shown:
                if is_deepest and row.size:
                    page.folds[row.pk] = Fold(row.size, row.new)
                    count, new = count - row.size, new - row.new
            if count > 0:
                page.folds[root.pk] = Fold(count, new)

    def _items(self, start: OutlineRow | None) -> Sequence[OutlineRow]:
        return start.replies if start else self._roots

    def _above(self, row: OutlineRow) -> list[OutlineRow]:
        """What a comment answers, and what that does, up to the root."""
        found = []
        while (above := self._by_pk.get(row.parent or 0)) is not None:
            found.append(above)
            row = above
        return found


def _below(row: OutlineRow, levels: int) -> Iterator[tuple[OutlineRow, bool]]:
    """Yield what is below a comment, so many levels; and whether it is on the last of them."""
    if levels:
        for each in row.replies:
            yield each, levels == 1
            yield from _below(each, levels - 1)


def _pages(items: Iterable[OutlineRow], size: PageSize) -> Iterator[list[OutlineRow]]:
    page: list[OutlineRow] = []
    shown = 0
    for item in items:
        if len(page) == size.roots or shown >= size.comments:
            yield page
            page, shown = [], 0
        page.append(item)
        shown += 1 + (item.size if item.size <= size.replies + 1 else size.replies)
    if page:
        yield page


def _window(items: Sequence[OutlineRow], part: ThreadPart, size: PageSize) -> Sequence[OutlineRow]:
    rest = [row for row in items if row.seq > part.after]
    asked = [row for row in rest if row.seq <= part.until]
    if asked and len(asked) <= MOST_ROOTS:
        return asked
    return next(_pages(rest, size), [])


def _begins_before(items: Sequence[OutlineRow], item: OutlineRow, size: PageSize) -> int:
    """Return the `seq` after which the page begins that has `item`."""
    last = 0
    for page in _pages(items, size):
        if page[-1].seq >= item.seq:
            break
        last = page[-1].seq
    return last


def _page_before(items: Sequence[OutlineRow], after: int, size: PageSize) -> int | None:
    earlier = [row for row in items if row.seq <= after]
    return _begins_before(earlier, earlier[-1], size) if earlier else None
