"""An import as it will stand, each repair and warning beside its place, part by part."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from documents import DocumentBlock, Repair
from documents.editing import Edited
from readings.drafts.drafts import essay_to_revise
from readings.drafts.edit_log import edited, version_of
from readings.drafts.edit_words import name_of
from readings.drafts.gathered import Gathered, gathered, many_of
from readings.drafts.pagination import paginate
from readings.essays import essay_fields, rows_of_document, shown_pictures, translated
from readings.models import Draft, Essay, Revision
from readings.page import BlockGroup, Card, Content, NoteRow, lay_out

# The contents of a long essay are those of the part that is shown: a list of ten thousand
# headings is no help, and heavy.
MOST_SECTIONS = 60

# What each repair is called on the page; a test holds this against the importer's own list.
REPAIR_NAMES = {
    "unescaped_links": gettext_lazy("Cleaned a link"),
    "bound_note": gettext_lazy("Bound a note to its reference"),
    "found_title": gettext_lazy("Found the title"),
    "lifted_to_metadata": gettext_lazy("Moved to “About the essay”"),
    "set_apart_pull_quote": gettext_lazy("Set a pull quote apart"),
    "removed_running_header": gettext_lazy("Took out running headers and page numbers"),
    "joined_over_page": gettext_lazy("Joined what a page had parted"),
    "marked_boilerplate": gettext_lazy("Marked as printed with the essay"),
    "found_figure": gettext_lazy("Found a figure"),
    "found_heading": gettext_lazy("Found a heading"),
    "restored_number": gettext_lazy("Restored a number"),
    "unwrapped_heading": gettext_lazy("Took a heading out of a list"),
    "levelled_heading": gettext_lazy("Put a heading on its level"),
    "found_quotation": gettext_lazy("Found a block quotation"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A repair (with the id under which it is refused) or a warning (with its own)."""

    name: str
    detail: str
    id: str = ""
    warning: str = ""
    looked_at: bool = False
    # A block with something to be put right by a form of its own: ("picture", its key).
    part: str = ""
    key: str = ""

    @property
    def anchor(self) -> str:
        return f"w-{self.warning.replace(':', '-')}"


@dataclass(frozen=True, slots=True)
class ContentsLink:
    """A section of the contents, or a part of the preview, with its address."""

    title: str
    url: str
    is_sub: bool = False
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class LostEdit:
    """A change that has lost its place, as the file was read again; `words` were typed in it."""

    says: str
    words: str


@dataclass(frozen=True, slots=True)
class DraftPreview:
    """What import_preview.html shows of a draft: one part of it, and what holds for the whole."""

    draft: Draft
    edited: Edited
    # The essay of which publishing makes a revision; none where it makes a new one.
    revises: Essay | None
    # The newest revision of that essay: who publishes one has seen it.
    earlier: Revision | None
    version: str
    page: int
    parts: list[ContentsLink]
    sections: list[ContentsLink]
    groups: list[BlockGroup]
    notes: list[NoteRow]
    # The heading that is the essay's title; it stands at the head, not in the text.
    title: DocumentBlock | None
    # Dropped above everything else.
    dropped_first: list[Card]
    loose_warnings: list[Finding]
    loose_repairs: list[Finding]
    gathered: list[Gathered]
    refused: list[Finding]
    gathered_refused: list[Gathered]
    lost: list[LostEdit]
    # Where the first open warning is that stands in another part, after this one if it can be.
    next_warning: str
    # The block that is to have the focus.
    focus: str = ""

    @property
    def owner(self) -> User | None:
        """Whose essay the text was taken from, where the copy is to be one's own."""
        essay = self.draft.essay
        return essay.created_by if essay and self.revises is None else None

    @property
    def essay(self) -> Essay:
        """The essay as it will be known; not saved."""
        return Essay(**essay_fields(self.edited.document.metadata))

    @property
    def paragraphs(self) -> int:
        return sum(block.number is not None for block in self.edited.document.blocks)

    @property
    def repairs(self) -> int:
        return len(self.edited.document.repairs)

    @property
    def warnings(self) -> int:
        return len(self.edited.document.warnings)

    @property
    def undo(self) -> str:
        """What would be undone, in words."""
        done = self.draft.edits_done
        return str(self.draft.edits[done - 1]["says"]) if done else ""

    @property
    def redo(self) -> str:
        waiting = self.draft.edits[self.draft.edits_done :]
        return str(waiting[0]["says"]) if waiting else ""

    @property
    def is_long(self) -> bool:
        return len(self.parts) > 1


def _address(draft: Draft) -> Callable[[str], str]:
    """Where the preview fetches a picture, by its name."""
    return lambda name: reverse("import_picture", args=[draft.pk, name])


def part_of(whole: Edited, key: str) -> int:
    """Return the number of the part in which this block stands; 0 where it is not there."""
    blocks = whole.document.blocks
    at = next((n for n, block in enumerate(blocks) if block.key == key), None)
    if at is None:
        return 0
    return next(n for n, one in enumerate(paginate(blocks), start=1) if at in one)


def url_of(draft: Draft, page: int, key: str = "") -> str:
    """Return the address of a part, or of a block in it."""
    query = f"?part={page}" if page > 1 else ""
    return f"{reverse('import_preview', args=[draft.pk])}{query}{f'#b-{key}' if key else ''}"


def preview_of(draft: Draft, *, page: int = 1, focus: str = "") -> DraftPreview:
    """Lay out one part of the draft as the reading page would, its findings in the margin.

    The part that holds the block `focus` where there is one, else that of number `page`.
    """
    whole = edited(draft)
    parts = paginate(whole.document.blocks)
    page = min(max(part_of(whole, focus) or page, 1), len(parts))
    here = parts[page - 1]
    shown = list(whole.document.blocks[here.start : here.stop])
    title = None
    if page == 1 and shown and shown[0].kind == "heading" and shown[0].level == 1:
        title = shown.pop(0)
    placed, loose = _findings(whole)
    content = Content(
        beside=[
            Card(
                whole.document.blocks[at].key, "readings/_finding.html", {"finding": one}, (0, 0, n)
            )
            for n, (at, one) in enumerate(placed)
            if at in here
        ]
    )
    dropped = _dropped(whole, here)
    first = {"", title.key} if title else {""}
    content.after = [card for card in dropped if card.block_key not in first]
    blocks, notes = rows_of_document(whole.document)
    laid = lay_out(
        blocks=blocks,
        notes=notes,
        content=content,
        keys={block.key for block in shown},
        pictures=shown_pictures([*blocks, *notes], draft.pictures.all(), _address(draft)),
    )
    if title:  # what was found at the title has its place above the text
        loose += [one for at, one in placed if at == 0]
    revises = essay_to_revise(draft)
    refused = [Repair.from_json(one) for one in draft.refused_repairs]
    return DraftPreview(
        draft=draft,
        edited=whole,
        revises=revises,
        earlier=Revision.objects.newest_of(revises.pk) if revises else None,
        version=version_of(draft),
        page=page,
        parts=_parts(draft, whole, parts, page),
        sections=_sections(draft, whole, parts, page),
        groups=laid.groups,
        notes=_notes_of(laid.notes, whole, here, is_last=page == len(parts)),
        title=title,
        dropped_first=[card for card in dropped if card.block_key in first] if page == 1 else [],
        loose_warnings=[one for one in loose if one.warning],
        loose_repairs=[one for one in loose if one.id],
        gathered=gathered(whole.document.repairs, lambda at: _place(draft, whole, parts, at)),
        refused=[_finding(one) for one in refused if one.name not in many_of(refused)],
        gathered_refused=gathered(refused, lambda _at: ""),
        lost=[_lost(draft.edits[at]) for at in whole.lost],
        next_warning=_next_warning(draft, whole, parts, page),
        focus=focus,
    )


def _findings(whole: Edited) -> tuple[list[tuple[int, Finding]], list[Finding]]:
    """Return (index of the block, finding) for those that have a place, and the others."""
    found: list[tuple[int | None, Finding]] = []
    document = whole.document
    for one, name in zip(document.warnings, whole.warning_ids, strict=True):
        part = "picture" if one.code == "picture_without_description" else ""
        key = document.blocks[one.block].key if one.block is not None else ""
        seen = name in whole.looked_at
        finding = Finding(_("Please look"), translated(one.message), "", name, seen, part, key)
        found.append((one.block, finding))
    many = many_of(document.repairs)
    found += [(one.block, _finding(one)) for one in document.repairs if one.name not in many]
    return (
        [(at, finding) for at, finding in found if at is not None],
        [finding for at, finding in found if at is None],
    )


def _place(draft: Draft, whole: Edited, parts: Sequence[range], at: int | None) -> str:
    """The address of a block by its index; none for what has no place."""
    if at is None:
        return ""
    number = next((n for n, one in enumerate(parts, start=1) if at in one), 1)
    return url_of(draft, number, whole.document.blocks[at].key)


def _finding(repair: Repair) -> Finding:
    return Finding(
        str(REPAIR_NAMES.get(repair.name, repair.name)), translated(repair.detail), repair.id
    )


def _lost(logged: dict[str, Any]) -> LostEdit:
    return LostEdit(logged["says"], str(logged.get("words", "")))


def _dropped(whole: Edited, here: range) -> list[Card]:
    keys = {"", *(block.key for block in whole.document.blocks[here.start : here.stop])}
    return [
        Card(
            one.below, "readings/_dropped.html", {"dropped": one.block, "name": name_of(one.block)}
        )
        for one in whole.dropped
        if one.below in keys
    ]


def _notes_of(
    rows: Sequence[NoteRow], whole: Edited, here: range, *, is_last: bool
) -> list[NoteRow]:
    """The notes to which this part refers; at the end also those to which nothing does."""
    blocks = whole.document.blocks
    referred = {ref.number for block in blocks[here.start : here.stop] for ref in block.note_refs}
    return [row for row in rows if row.note.number in referred or (is_last and not row.back)]


def _parts(draft: Draft, whole: Edited, parts: Sequence[range], page: int) -> list[ContentsLink]:
    places = []
    for number, one in enumerate(parts, start=1):
        first = next((b for b in whole.document.blocks[one.start : one.stop] if b.text), None)
        title = name_of(first) if first else _("Part %d") % number
        places.append(ContentsLink(title, url_of(draft, number), is_here=number == page))
    return places


def _sections(draft: Draft, whole: Edited, parts: Sequence[range], page: int) -> list[ContentsLink]:
    """The contents: of the whole essay, or of this part where that is too long."""
    found = [
        (number, block)
        for number, one in enumerate(parts, start=1)
        for block in whole.document.blocks[one.start : one.stop]
        if block.kind == "heading" and block.level != 1
    ]
    if len(found) > MOST_SECTIONS:
        found = [(number, block) for number, block in found if number == page]
    return [
        ContentsLink(
            block.text,
            f"#b-{block.key}" if number == page else url_of(draft, number, block.key),
            is_sub=(block.level or 2) > 2,
        )
        for number, block in found
    ]


def _next_warning(draft: Draft, whole: Edited, parts: Sequence[range], page: int) -> str:
    places = [
        (one.block, name)
        for one, name in zip(whole.document.warnings, whole.warning_ids, strict=True)
        if name not in whole.looked_at
    ]
    found = []
    for at, name in places:
        number = next((n for n, one in enumerate(parts, start=1) if (at or 0) in one), 1)
        anchor = Finding("", "", warning=name).anchor
        found.append((number, f"{url_of(draft, number)}#{anchor}"))
    after = [url for number, url in found if number > page]
    before = [url for number, url in found if number < page]
    return next(iter([*after, *before]), "")
