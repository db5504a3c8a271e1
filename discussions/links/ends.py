"""The two ends of a link that is being made: which text, which paragraph, which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from anchoring import Sentence, split_sentences
from discussions.common.http import find_block
from discussions.common.markdown import shorten
from discussions.links.forms import LinkForm
from documents.block_names import block_anchor, paragraph_label
from documents.visible import isolated
from documents.whole_number import whole_number
from readings.models import Block, Reading, keep_extensions
from readings.passages import Unreadable, selected
from seminars.models import Membership

FIRST_WORDS = 80  # characters of a paragraph in a list of them: as many as a line has


@dataclass(frozen=True, slots=True)
class ParagraphChoice:
    """A block in the list from which one is chosen."""

    key: str
    label: str  # “¶ 7 · Half of all …”


@dataclass(frozen=True, slots=True)
class ChosenEnd:
    """One end as far as it is chosen: `end` is what the names of its fields begin with."""

    end: str
    reading: Reading
    block: Block | None
    selection: str  # words that were selected on a page, as the form sends them on
    quote: str  # the same, to be read
    seen: int  # the revision in which they were chosen
    sentences: Sequence[Sentence]
    ticked: Sequence[str]
    words: str  # as they were typed
    paragraphs: Sequence[ParagraphChoice]
    is_revised: bool  # since the page that sent this was shown
    error: str
    words_error: str

    @property
    def is_chosen(self) -> bool:
        return self.block is not None or bool(self.selection)

    @property
    def name(self) -> str:
        """“Small Doors ¶ 7”, or the title alone."""
        number = self.block.number if self.block else None
        return f"{isolated(self.reading.title)} {paragraph_label(number)}".rstrip()

    @property
    def draft_key(self) -> str:
        """What a draft is kept under on the device: other words have another."""
        block = self.block.key if self.block else ""
        return f"{block}.{crc32(self.selection.encode()):x}" if self.selection else block

    @property
    def url(self) -> str:
        """Where it is read in its place."""
        page = self.reading.get_absolute_url()
        block = self.block
        return f"{page}#{block_anchor(block.number, block.key)}" if block else page


def readings_beside(near: Reading, by: Membership) -> list[Reading]:
    """Return the other readings of the seminar that `by` may open, as its page lists them; whether
    they may write there is known of each. Two queries."""
    visible = Reading.objects.visible_to(by).exclude(pk=near.pk)
    found = list(visible.select_related("revision").for_seminar_page())
    keep_extensions(found, {near.seminar_id: by})
    for one in found:
        one.seminar = near.seminar
    return found


def chosen_end(form: LinkForm, end: str, reading: Reading, member: Membership) -> ChosenEnd:
    """Return what `form` says of one end; with the paragraphs to choose from where it names none
    that `member` is served. One query, or two."""
    selection, quote, key = _selected(form, end)
    key = str(form[f"{end}block"].value() or "") or key
    block = find_block(reading, key, member)
    seen = whole_number(str(form[f"{end}seen"].value() or "")) or reading.revision_id
    is_revised = seen != reading.revision_id
    sentences = split_sentences(block.text) if block and not selection else []
    return ChosenEnd(
        end=end,
        reading=reading,
        block=block,
        selection=selection,
        quote=quote,
        # A selection is one of the text then; ticks are places in the text that is shown now.
        seen=seen if selection else reading.revision_id,
        sentences=sentences if len(sentences) > 1 else [],
        ticked=[] if is_revised else form.ticked_at(end),
        words=str(form[f"{end}words"].value() or ""),
        paragraphs=[] if block or selection else _paragraphs(reading, member),
        is_revised=is_revised,
        error=" ".join(map(str, form[f"{end}block"].errors)),
        words_error=" ".join(map(str, form[f"{end}words"].errors)),
    )


def _selected(form: LinkForm, end: str) -> tuple[str, str, str]:
    """What was selected on a page: as it was sent, its words, and the block where they begin."""
    sent = str(form[f"{end}segments"].value() or "")
    if sent in {"", "[]"} or form.is_forgotten(end):
        return "", "", ""
    try:
        segments = selected(sent)
    except Unreadable:
        return "", "", ""
    return sent, " … ".join(one.quote for one in segments), segments[0].block_key


def _paragraphs(reading: Reading, member: Membership) -> list[ParagraphChoice]:
    served = Block.objects.served(reading, member).exclude(text="").order_by("position")
    return [
        ParagraphChoice(
            one.key,
            " · ".join(
                [paragraph_label(one.number) or one.get_kind_display(), _first_words(one.text)]
            ),
        )
        for one in served.only("key", "number", "kind", "text")
    ]


def _first_words(text: str) -> str:
    return isolated(shorten(text, FIRST_WORDS))
