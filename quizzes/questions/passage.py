"""Words in the text: `Passage: ¶ 6 "quoted words" | ¶ 10 "other words"`, each of them right.

`accepted` are the quoted words ("" for a whole paragraph), and the question has a KeyPassage for
each. A response is a list of one string, the words with their place, as a browser sends a
selection; where somebody typed or pasted them, they are looked for in the text.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anchoring import Searchable, find_typed, find_words, nearest, split_sentences
from quizzes.marking import Verdict
from quizzes.models import Answer, Question, QuestionKind
from quizzes.questions.choices import all_or_nothing
from quizzes.questions.protocol import Answered, Asked, InvalidResponse, Message, Summary
from quizzes.questions.short_answer import MAX_ROWS, counted_words
from quizzes.questions.specs import Key, QuestionSpec, WrittenQuestion, in_bars, refuse
from readings.guides import parse_anchor
from readings.models import Block, Passage, Placement
from readings.passages import PassageNotFound, Segment, Unreadable, place_segments, selected
from seminars.models import Membership

MAX_CHARACTERS = 5000  # of the words chosen: a page and a half
MAX_PASSAGES = 20  # of an answer, one on each line
# Of what was chosen and the passage, in letters: nobody loses points for a word at the edge, and
# nobody earns some who has grazed it.
RIGHT_FROM, NOTHING_BELOW = Fraction(9, 10), Fraction(1, 4)

Letter = tuple[str, int]  # a block's key, and a place in its text


class PassageType:
    kind = QuestionKind.PASSAGE
    own_fields: Mapping[str, Message] = {
        "passage": gettext_lazy("a question has “Passage:”, or choices or “Answer:”, not both.")
    }
    is_shuffled = False
    asked_template = "quizzes/_asked_passage.html"
    answered_template = "quizzes/_answered_words.html"

    def hint(self, question: Question) -> str:  # noqa: ARG002
        return _("Answer with words of the text.")

    # --- Parse ---------------------------------------------------------------------------------
    def parse(self, written: WrittenQuestion) -> Key | None:
        if written.choices or "passage" not in written.fields:
            return None
        line = written.field("passage")[1]
        places = tuple(parse_anchor(one, line) for one in written.forms("passage"))
        if not places:
            refuse(line, _('say where what is right stands, like ¶ 4 "quoted words".'))
        return Key(accepted=tuple(place.quote for place in places), places=places)

    def write(self, question: QuestionSpec) -> list[str]:
        return [f"Passage: {in_bars(map(str, question.places))}"]

    # --- Mark ----------------------------------------------------------------------------------
    def normalise(self, question: Question, given: Sequence[str]) -> list[str]:
        return self._found(question, given, None)

    def find_in_served(self, question: Question, given: Sequence[str], by: Membership) -> list[str]:
        return self._found(question, given, by)

    def _found(self, question: Question, given: Sequence[str], by: Membership | None) -> list[str]:
        """Of the whole text, or of what `by` is served of it."""
        reading = question.quiz.reading
        words, chosen = _given(given)
        if not words.strip() and not chosen:
            raise InvalidResponse(_("Choose words in the text, or paste or type them."))
        if len(words) > MAX_CHARACTERS:
            message = _("Choose less: at most %(most)d characters.")
            raise InvalidResponse(message % {"most": MAX_CHARACTERS})
        if chosen and words.split() in ([], _words(chosen).split()):
            try:
                placed = place_segments(reading=reading, segments=chosen, by=by)
            except PassageNotFound:
                words = words or _words(chosen)
            else:
                return [_as_response([segment for _block, segment in placed])]
        blocks = Block.objects.filter(revision_id=reading.revision_id)
        served = blocks if by is None else Block.objects.served(reading, by)
        return [_as_response(_find_all(served, words))]

    def mark(self, question: Question, response: Sequence[str]) -> Fraction | None:
        keys = _keys(question)
        answered = _letters_of(question, response)
        if not keys or not answered:
            return None  # they are gone from the text: a person has to look
        return max(mark_overlap(answered, key, around) for key, around in keys)

    # --- Show ----------------------------------------------------------------------------------
    def asked(self, question: Question, given: Sequence[str], seed: str = "") -> Asked:  # noqa: ARG002
        words, chosen = _given(given)
        return Asked(
            words=words or _words(chosen),
            selection=_as_response(chosen) if chosen else "",
            max_length=MAX_CHARACTERS,
        )

    def answered(
        self,
        question: Question,
        response: Sequence[str],
        *,
        verdict: Verdict,
        told: bool,
        seed: str = "",  # noqa: ARG002
    ) -> Answered:
        return Answered(
            result=self._result(question, response, verdict),
            words=_words(_given(response)[1]),
            accepted=_right_words(question) if told else "",
        )

    def _result(self, question: Question, response: Sequence[str], verdict: Verdict) -> str:
        if verdict != Verdict.PARTLY:
            return all_or_nothing(verdict)
        answered = _letters_of(question, response)
        best = max(_keys(question), key=lambda one: mark_overlap(answered, *one), default=None)
        if best and best[0] <= answered:
            return _("Partly right: the passage is in it, with more around it than belongs to it.")
        return _("Partly right: a part of the passage is in it.")

    # --- Sum up --------------------------------------------------------------------------------
    def summarise(self, question: Question, answers: Sequence[Answer]) -> Summary:
        rows = counted_words(question, answers, words_of=lambda one: _words(_given(one)[1]))
        return Summary.of(
            rows,
            MAX_ROWS,
            caption=_("Words chosen"),
            count_name=_("Chosen"),
            mark_note=_("The average mark counts how far what was chosen and the passage agree."),
        )


def mark_overlap(answered: set[Letter], key: set[Letter], around: set[Letter]) -> Fraction:
    """The share of the passage that is in the answer, times the share of the answer that belongs.

    What belongs are the sentences that the passage stands in (`around`): who chooses by sentence
    is as right as who chooses by word. `key` and `answered` are not empty.
    """
    covered = Fraction(len(answered & key), len(key))
    belonging = Fraction(len(answered & around), len(answered))
    share = covered * belonging
    if share >= RIGHT_FROM:
        return Fraction(1)
    return share if share >= NOTHING_BELOW else Fraction(0)


# --- Words that were sent ------------------------------------------------------------------------
def _given(given: Sequence[str]) -> tuple[str, list[Segment]]:
    """What was written, and what was chosen: a field of words, and one of their place."""
    words, chosen = "", list[Segment]()
    for one in given:
        text = one.replace("\0", "")
        if text.lstrip().startswith("[{"):
            try:
                chosen = selected(text)
                continue
            except Unreadable:
                pass
        words = words or text
    return words, chosen


def _words(segments: Sequence[Segment]) -> str:
    return "\n".join(segment.quote for segment in segments)


def _as_response(segments: Sequence[Segment]) -> str:
    return json.dumps(
        [
            {"block": one.block_key, "start": one.start, "end": one.end, "exact": one.quote}
            for one in segments
        ],
        ensure_ascii=False,
    )


def _find_all(blocks: Iterable[Block], words: str) -> list[Segment]:
    """Look for each line in these; raise InvalidResponse where it is nowhere, or not once."""
    lines = list(dict.fromkeys(line for line in words.splitlines() if line.strip()))
    if len(lines) > MAX_PASSAGES:
        message = _("Choose less: at most %(most)d passages.")
        raise InvalidResponse(message % {"most": MAX_PASSAGES})
    searchable = [(block, Searchable(block.text)) for block in blocks]
    return [_find(searchable, line) for line in lines]


def _find(blocks: Sequence[tuple[Block, Searchable]], words: str) -> Segment:
    found = [(block, place) for block, text in blocks for place in find_typed(text, words)]
    exact = [one for one in found if one[0].text[slice(*one[1])] == words.strip()]
    found = exact if len(exact) == 1 else found
    if not found:
        raise InvalidResponse(_("These words are not in the text. Copy them from it."))
    if len(found) > 1:
        message = ngettext(
            "These words stand in %(count)d place. Add some that stand beside them.",
            "These words stand in %(count)d places. Add some that stand beside them.",
            len(found),
        )
        raise InvalidResponse(message % {"count": len(found)})
    block, (start, end) = found[0]
    return Segment(block.key, start, end, block.text[start:end])


# --- Letters in the text as it is now ------------------------------------------------------------
def _letters(block: Block, start: int, end: int) -> set[Letter]:
    """What is written there, without spaces and punctuation."""
    return {(block.key, at) for at in range(start, end) if block.text[at].isalnum()}


def _letters_of(question: Question, response: Sequence[str]) -> set[Letter]:
    """Of an answer; of what has moved in its paragraph since, where it stands now."""
    segments = _given(response)[1]
    blocks = _blocks(question, [one.block_key for one in segments])
    found: set[Letter] = set()
    for one in segments:
        block, start, end = blocks.get(one.block_key), one.start or 0, one.end or 0
        if block and block.text[start:end] != one.quote:
            start, end = nearest(find_words(block.text, one.quote), start) or (0, 0)
        if block:
            found |= _letters(block, start, end)
    return found


def _keys(question: Question) -> list[tuple[set[Letter], set[Letter]]]:
    """The letters of each passage that is right and still there, and of its sentences."""
    passages = [
        one.passage
        for one in question.key_passages.select_related("passage")
        if one.passage.placement != Placement.UNANCHORED
    ]
    blocks = _blocks(question, [passage.block_key for passage in passages])
    found = ((blocks.get(passage.block_key), passage) for passage in passages)
    both = [_key(block, passage) for block, passage in found if block]
    return [one for one in both if one[0]]


def _key(block: Block, passage: Passage) -> tuple[set[Letter], set[Letter]]:
    start, end = 0, len(block.text)
    if passage.start is not None and passage.end is not None:
        start, end = passage.start, passage.end
    around = (
        _letters(block, one.start, one.end)
        for one in split_sentences(block.text)
        if one.start < end and start < one.end
    )
    return _letters(block, start, end), set[Letter]().union(*around)


def _blocks(question: Question, keys: Sequence[str]) -> dict[str, Block]:
    revision = question.quiz.reading.revision_id
    return {one.key: one for one in Block.objects.filter(revision_id=revision, key__in=keys)}


def _right_words(question: Question) -> str:
    """A right answer as it stands in the text now; as the guide quotes it, where it is gone."""
    for one in question.key_passages.select_related("passage"):
        if one.passage.quote:
            return one.passage.quote
        block = _blocks(question, [one.passage.block_key]).get(one.passage.block_key)
        if block:
            return block.text
    return str(question.accepted[0])
