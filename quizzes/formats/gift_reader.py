"""Questions in GIFT, Moodle's format of plain text, read as Moodle reads them.

https://docs.moodle.org/en/GIFT_format: a question's words, and in braces behind or within them
what is right. Signs that mean something are escaped with a backslash. An empty line ends a
question, `//` begins a comment, `::` stands around a title, `$CATEGORY:` before a name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from quizzes.formats.exchange import (
    GAP,
    Collected,
    GapAnswer,
    QuestionWords,
    ReadFile,
    ReadQuestion,
    gaps_of,
    last_category,
    match_of,
    number_in,
    numeric_of,
    open_of,
    order_of,
    question_of,
    short_answer_of,
    true_false_of,
)
from quizzes.formats.rich_text import (
    RichText,
    read_either,
    read_html,
    read_markdown,
    read_plain,
)
from quizzes.formats.weights import (
    has_wildcard,
    others_in_words,
    said_to_each,
    short_answer_left,
    unstarred,
    weights_left,
)
from quizzes.models import QuestionKind
from quizzes.questions import ChoiceSpec, refuse
from readings.guides import GuideRefused, Problem, split_lines

_ESCAPABLE = "~=#{}:\\n"
# An escaped sign stands as a control character of its own while the others are looked for.
_HIDDEN = {sign: chr(number) for number, sign in enumerate(_ESCAPABLE, start=1)}
_SHOWN = str.maketrans({hidden: sign for sign, hidden in _HIDDEN.items() if sign != "n"})
_LINE_END = _HIDDEN["n"]
_ESCAPED = re.compile(r"\\([~=#{}:\\n])")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f]")
_FORMAT = re.compile(r"\s*\[(?P<name>html|plain|markdown|moodle)\]", re.IGNORECASE)
_WEIGHT = re.compile(r"%(?P<weight>-?[0-9]{1,3}(?:\.[0-9]{0,10})?)%")
_CATEGORY = re.compile(r"\$CATEGORY:(?P<path>.*)", re.DOTALL)
_TITLE = re.compile(r"::(?P<title>.*?)::", re.DOTALL)
_ORDER = re.compile(
    r">\s*(?:[0-9]+|ALL|EXACT|RANDOM|REL|CONTIG\w*)?[^\n]*\n(?P<items>.*)", re.DOTALL
)
_TRUE, _FALSE = {"T", "TRUE"}, {"F", "FALSE"}


def read_gift(text: str, title: str) -> ReadFile:
    """Read a file; raise GuideRefused where it is no GIFT, with the line of each problem."""
    found, problems = Collected(title), list[Problem]()
    for block in _blocks(text):
        category = _CATEGORY.fullmatch(block.text)
        if category:
            found.title = last_category(category["path"].translate(_SHOWN)) or title
            continue
        try:
            parsed = _parsed(block)
        except GuideRefused as refused:
            problems += refused.problems
            continue
        try:
            found.add(_question(parsed))
        except GuideRefused as refused:
            found.refused += refused.problems
    if problems:
        raise GuideRefused(problems)
    return found.read("GIFT")


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one question, without comments, with its signs hidden where escaped."""

    text: str
    line: int

    def line_at(self, at: int) -> int:
        return self.line + self.text.count("\n", 0, at)


def _blocks(text: str) -> Iterator[_Block]:
    """Questions end at an empty line outside of braces."""
    lines: list[str] = []
    first = depth = 0
    for number, raw in enumerate(split_lines(text), start=1):
        line = "" if raw.lstrip().startswith("//") else _hidden(raw)
        is_comment = raw.lstrip().startswith("//")
        if not line.strip() and not is_comment and depth <= 0:
            if any(one.strip() for one in lines):
                yield _block(lines, first)
            lines, depth = [], 0
            continue
        if not lines:
            first = number
        lines.append(line)
        depth += line.count("{") - line.count("}")
        if line.startswith("$CATEGORY:"):  # a line of its own, whatever follows it
            yield _block(lines, first)
            lines, depth = [], 0
    if any(one.strip() for one in lines):
        yield _block(lines, first)


def _block(lines: Sequence[str], first: int) -> _Block:
    empty = next(place for place, line in enumerate(lines) if line.strip())
    return _Block("\n".join(lines[empty:]).rstrip(), first + empty)


def _hidden(line: str) -> str:
    line = _CONTROLS.sub(" ", line).replace(GAP, "\ufffd")
    return _ESCAPED.sub(lambda found: _HIDDEN[found[1]], line)


# --- One question --------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Parsed:
    """A question cut into its parts; `answer` is None where it has no braces."""

    line: int
    title: str
    format: str
    before: str
    after: str
    answer: str | None
    answer_line: int
    feedback: str


def _parsed(block: _Block) -> _Parsed:
    text, title, start = block.text, "", 0
    named = _TITLE.match(text)
    if named:
        title, start = named["title"].translate(_SHOWN), named.end()
    opened, closed = text.find("{", start), text.find("}", start)
    if (opened < 0) != (closed < 0) or closed < opened:
        at = max(opened, 0) if closed < 0 else closed
        message = _(
            "this question has “{” or “}” alone. Close it, or write “\\{” where you mean it."
        )
        refuse(block.line_at(at), message)
    if opened < 0:
        return _Parsed(block.line, title, "", text[start:], "", None, block.line, "")
    second = text.find("{", opened + 1)
    if 0 <= second < closed:
        message = _("the “{” of line %(line)d is not closed before this one.")
        refuse(block.line_at(second), message % {"line": block.line_at(opened)})
    if second >= 0:
        message = _("a second “{” in one question. Is an empty line missing before it?")
        refuse(block.line_at(second), message)
    inside = text[opened + 1 : closed]
    answer, mark, feedback = inside.rpartition("####")
    written = _FORMAT.match(text, start)
    return _Parsed(
        line=block.line,
        title=title,
        format=written["name"].lower() if written else "moodle",
        before=text[written.end() if written else start : opened],
        after=text[closed + 1 :].rstrip(),
        answer=answer if mark else inside,
        answer_line=block.line_at(_first_seen(text, opened + 1)),
        feedback=feedback if mark else "",
    )


def _first_seen(text: str, start: int) -> int:
    return len(text) - len(text[start:].lstrip())


def _rich(text: str, default: str) -> RichText:
    """Words in the format that they name, or in the question's."""
    named = _FORMAT.match(text)
    name = named["name"].lower() if named else default
    return _in_format(text[named.end() :] if named else text, name)


def _in_format(text: str, name: str) -> RichText:
    text = text.strip().translate(_SHOWN)
    if name in {"html", "markdown"}:
        text = text.replace(_LINE_END, "\n")
        return read_html(text) if name == "html" else read_markdown(text)
    # A line of the file may end anywhere; “\n” is an end that was meant.
    text = re.sub(r"\s*\n\s*", " ", text).replace(_LINE_END, "\n")
    return read_plain(text) if name == "plain" else read_either(text)


def _plainly(text: str) -> str:
    """Words that have no format, as what is typed."""
    named = _FORMAT.match(text)
    text = text[named.end() :] if named else text
    return " ".join(text.translate(_SHOWN).replace(_LINE_END, " ").split())


def _question(parsed: _Parsed) -> ReadQuestion:
    asked = QuestionWords(
        line=parsed.line,
        words=_in_format(
            f"{parsed.before}{GAP if parsed.after else ''}{parsed.after}", parsed.format
        ),
        name=parsed.title,
        feedback=_rich(parsed.feedback, parsed.format),
    )
    answer = parsed.answer.strip() if parsed.answer is not None else None
    if answer is None:
        refuse(parsed.line, _("this asks nothing: it has no “{ }”."))
    if not answer:
        return open_of(_without_gap(asked))
    if answer[0] == "#":
        return _numeric(_without_gap(asked), answer[1:], parsed)
    order = _ORDER.fullmatch(answer)
    if order:
        items = [_rich(one, parsed.format).line for one in order["items"].split("\n")]
        return order_of(_without_gap(asked), [(one, "") for one in items if one])
    if "~" in answer:
        answers = _answers(answer, parsed.answer_line, weighs_equal=False)
        return _choice(asked, answers, parsed)
    first = answer.partition("#")[0].strip()
    if first.upper() in _TRUE | _FALSE and "=" not in answer:
        return _truth(_without_gap(asked), answer, parsed)
    answers = _answers(answer, parsed.answer_line)
    if all("->" in one.text for one in answers):
        return _match(_without_gap(asked), answers, parsed)
    return _short_answer(asked, answers, parsed)


def _without_gap(asked: QuestionWords, sign: str = "\\_\\_\\_\\_\\_") -> QuestionWords:
    """Where words go on behind the braces, a line stands for what is missing."""
    asked.words.blocks = [block.replace(GAP, sign) for block in asked.words.blocks]
    return asked


@dataclass(slots=True)
class _GiftAnswer:
    """One answer in braces: whether it begins with “=”, its weight in percent, and its words."""

    is_equal: bool
    text: str
    line: int
    weight: Fraction | None = None
    feedback: str = ""
    left: list[str] = field(default_factory=list)


def _answers(answer: str, first: int, *, weighs_equal: bool = True) -> list[_GiftAnswer]:
    if answer[0] not in "=~":
        message = _("what stands in the braces begins with =, ~, # or is T or F.")
        refuse(first, message)
    found = []
    for piece in re.finditer(r"[=~][^=~]*", answer):
        line = first + answer.count("\n", 0, piece.start())
        is_equal, text = piece[0][0] == "=", piece[0][1:].strip()
        weight = _WEIGHT.match(text) if weighs_equal or not is_equal else None
        if weight:
            text = text[weight.end() :]
        words, _mark, feedback = text.partition("#")
        share = Fraction(weight["weight"].rstrip(".")) if weight else None
        found.append(_GiftAnswer(is_equal, words.strip(), line, share, feedback.strip()))
    return found


def _choice(asked: QuestionWords, answers: Sequence[_GiftAnswer], parsed: _Parsed) -> ReadQuestion:
    weights = [
        one.weight if one.weight is not None else Fraction(100 * one.is_equal) for one in answers
    ]
    is_one = any(one.is_equal for one in answers)
    choices, options = [], []
    for one, weight in zip(answers, weights, strict=True):
        words, told = _rich(one.text, parsed.format), _rich(one.feedback, parsed.format)
        asked.left += [*words.left, *told.left]
        is_right = weight == 100 if is_one else weight > 0
        choices.append(ChoiceSpec(words.line, is_right, "" if told.is_empty else told.prose))
        options.append((words.line, is_right))
    asked.left += weights_left(
        weights, [one.text.translate(_SHOWN) for one in answers], is_one=is_one
    )
    if is_one and parsed.after and not any(one.feedback for one in choices):
        return gaps_of(asked, [GapAnswer(options=tuple(options))])
    kind = QuestionKind.ONE_CHOICE if is_one else QuestionKind.SEVERAL
    return question_of(_without_gap(asked), kind, choices=choices)


def _truth(asked: QuestionWords, answer: str, parsed: _Parsed) -> ReadQuestion:
    word, *told = answer.split("#", 2)
    is_true = word.strip().upper() in _TRUE
    wrong, right = (_rich(one, parsed.format) for one in [*told, "", ""][:2])
    return true_false_of(asked, is_true=is_true, told=[right, wrong] if is_true else [wrong, right])


def _match(asked: QuestionWords, answers: Sequence[_GiftAnswer], parsed: _Parsed) -> ReadQuestion:
    pairs, others = [], []
    for one in answers:
        left, _arrow, right = one.text.partition("->")
        if one.feedback:  # a pair has none: the sign is a part of its words
            right = f"{right}#{one.feedback}"
        words, goes_with = _rich(left, parsed.format), read_plain(_plainly(right))
        if words.is_empty:
            others.append(goes_with.line)
        else:
            asked.left += words.left
            pairs.append((words.line, goes_with.line, ""))
    return match_of(asked, pairs, others)


def _short_answer(
    asked: QuestionWords, answers: Sequence[_GiftAnswer], parsed: _Parsed
) -> ReadQuestion:
    weights = [100 if one.weight is None else one.weight for one in answers]
    forms = [_plainly(one.text) for one in answers]
    right = [form for form, weight in zip(forms, weights, strict=True) if weight == 100]
    partly = [form for form, weight in zip(forms, weights, strict=True) if 0 < weight < 100]
    asked.left += short_answer_left(right, partly)
    if any(one.feedback for one in answers):
        asked.left.append(said_to_each())
    right = [form for form in right if not has_wildcard(form)]
    if parsed.after and right and not any({"[", "]"} & set(form) for form in right):
        return gaps_of(asked, [GapAnswer(forms=tuple(dict.fromkeys(right)))])
    return short_answer_of(_without_gap(asked), [unstarred(form) for form in right])


def _numeric(asked: QuestionWords, answer: str, parsed: _Parsed) -> ReadQuestion:
    answer, mark, others = answer.partition("~")
    if mark and others.strip(" \n#"):
        asked.left.append(said_to_each())
    written = answer.lstrip()
    line = parsed.answer_line + answer[: len(answer) - len(written)].count("\n")
    answers = _answers(written if written.startswith("=") else f"={written}", line)
    numbers, partly = [], []
    for one in answers:
        number, tolerance = _number(one)
        if one.weight in {None, 100}:
            numbers.append((number, tolerance))
        elif one.weight and one.weight > 0:
            partly.append(one.text.translate(_SHOWN))
        if one.feedback:
            asked.left.append(said_to_each())
    if partly:
        asked.left.append(others_in_words(len(partly), partly[0]))
    return numeric_of(asked, numbers)


def _number(one: _GiftAnswer) -> tuple[Fraction, Fraction]:
    """`3`, `3:0.5` with its tolerance, or `2.5..3.5`, a range."""
    text = one.text.translate(_SHOWN)
    if ".." in text:
        least, most = (number_in(part) for part in text.split("..", 1))
        if least is not None and most is not None and least <= most:
            return (least + most) / 2, (most - least) / 2
    else:
        number, _colon, tolerance = text.partition(":")
        value, off = number_in(number), number_in(tolerance or "0")
        if value is not None and off is not None and off >= 0:
            return value, off
    return refuse(one.line, _("“%(words)s” is no number.") % {"words": text[:60]})
