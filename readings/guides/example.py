"""A whole guide for a reading that has none: to see how one is written, and to begin with."""

from django.utils.translation import gettext as _

from readings.guides.guide_file import MAX_TITLE, Anchor, ParsedGuide, ParsedItem, format_guide
from readings.guides.link_items import LinkItem
from readings.models import Block, GuideItemKind, Reading

QUOTED_WORDS = 4  # enough to be found, and short enough to be seen in the line of a heading
QUOTATION_MARKS = '"“”'  # they would end the quoted words


def example_guide(reading: Reading) -> str:
    """Return a guide file that can be added as it is; its words are examples."""
    place = _first_words(reading)
    paragraph = Anchor(place.number, "")
    title = _("Guide to “%s”") % reading.title
    return format_guide(
        ParsedGuide(
            title=title[:MAX_TITLE],
            essay=reading.title,
            authors=(),
            by="",
            items=(
                _item(GuideItemKind.NOTE, place, _("Stands in the margin beside these words.")),
                _item(GuideItemKind.PROMPT, paragraph, _("What do you make of this? Say why.")),
                _item(GuideItemKind.CHECKPOINT, paragraph, _questions(place)),
                _item(GuideItemKind.LINK, place, _link()),
            ),
        )
    )


def _first_words(reading: Reading) -> Anchor:
    """Name the first words of the first paragraph."""
    numbered = Block.objects.filter(revision=reading.revision_id).exclude(number=None)
    block = numbered.order_by("number").first()
    if block is None:
        return Anchor(1, "")
    quote = " ".join(block.text.split()[:QUOTED_WORDS])
    return Anchor(block.number, "" if set(QUOTATION_MARKS) & set(quote) else quote)


def _link() -> str:
    """Return a link to an essay that is not there: it waits, and does no harm."""
    words = _("Say here what the two have to do with each other.")
    return LinkItem(_("Title of another essay"), Anchor(1, ""), "answers", words).body


def _questions(see: Anchor) -> str:
    """Return a checkpoint with a question of each kind; the marks are the same in any language."""
    return "\n".join(
        (
            "Title: " + _("Before you read on"),
            "Tries: 3",
            "Grade by: best",
            "Penalty: 10 %",
            "Gate: soft",
            "",
            "### " + _("A question with one right choice?"),
            "",
            "- ( ) " + _("A choice that is wrong"),
            "  > " + _("Shown to whoever chose it."),
            "- (x) " + _("The one that is right"),
            "",
            "Hint: " + _("Shown after a first wrong try") + " | " + _("Shown after a second one"),
            "Feedback: " + _("Shown to everyone who has answered."),
            f"See: {see}",
            "",
            "### " + _("A question with several right choices?"),
            "",
            "- [x] " + _("A right one"),
            "- [x] " + _("Another right one"),
            "- [ ] " + _("A wrong one"),
            "",
            "### " + _("A sentence that is true or false."),
            "",
            "Answer: true",
            "",
            "### " + _("A question to be answered in words?"),
            "",
            "Answer: " + _("an answer") + " | " + _("another form of it that is right too"),
            "",
            "### " + _("A question whose answer is a number?"),
            "",
            "Number: 1.5",
            "Tolerance: 10 %",
            "Unit: " + _("km | kilometres | 1000 m"),
            "",
            "### " + _("What goes with what?"),
            "",
            "- " + _("One side of a pair") + " -> " + _("The other side of it"),
            "- " + _("One side of another pair") + " -> " + _("The other side of that one"),
            "- -> " + _("What goes with neither"),
            "",
            "### " + _("In which order?"),
            "",
            "- (1) " + _("What comes first"),
            "- (2) " + _("What comes then"),
            "- (3) " + _("What comes last"),
            "",
            "### " + _("Fill in what is missing."),
            "",
            "Gaps: " + _("Some words are [[typed | written]], others [[(x) chosen ( ) guessed]]."),
            "",
            "### " + _("Which words of the text say it?"),
            "",
            f"Passage: {see}",
            "",
            "### " + _("A question to be answered in one’s own words, which you mark?"),
            "",
            "Open: up to 200 words",
        )
    )


def _item(kind: str, anchor: Anchor, body: str) -> ParsedItem:
    return ParsedItem(kind, anchor, body, heading="", line=0)
