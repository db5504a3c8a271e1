"""Several choices: `- [x]` before each right one."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.marking import Verdict
from quizzes.models import Answer, Question, QuestionKind
from quizzes.questions.choices import (
    SHUFFLE,
    PickType,
    parse_choices,
    parse_shuffle,
    write_choices,
)
from quizzes.questions.protocol import InvalidResponse, Summary, cleaned
from quizzes.questions.specs import Key, QuestionSpec, WrittenQuestion, refuse


class Several(PickType):
    kind = QuestionKind.SEVERAL
    own_fields = SHUFFLE
    asked_template = "quizzes/_asked_several.html"

    def hint(self, question: Question) -> str:  # noqa: ARG002
        return _("Choose all that are right.")

    def parse(self, written: WrittenQuestion) -> Key | None:
        if written.box != "[":
            return None
        choices = parse_choices(written)
        if not any(choice.is_correct for choice in choices):
            refuse(written.line, _("mark at least one choice as right: “- [x]”."))
        return Key(choices, settings=parse_shuffle(written))

    def write(self, question: QuestionSpec) -> list[str]:
        return write_choices(question, "[]")

    def normalise(self, question: Question, given: Sequence[str]) -> list[str]:
        if not cleaned(given):
            raise InvalidResponse(_("Choose at least one answer."))
        return super().normalise(question, given)

    def most_picks(self, question: Question) -> int:
        return sum(one.is_offered for one in self.possibilities(question))

    def mark(self, question: Question, response: Sequence[str]) -> Fraction:
        return mark_several(response, self.rights(question))

    def result(self, question: Question, response: Sequence[str], verdict: Verdict) -> str:
        rights = self.rights(question)
        counts = {
            "hits": len(rights & set(response)),
            "rights": len(rights),
            "misses": len(set(response) - rights),
        }
        if verdict == Verdict.RIGHT:
            return _("Right: all %(rights)d.") % counts if len(rights) > 1 else _("Right.")
        return (_partly(counts) if verdict == Verdict.PARTLY else _not_yet(counts)) % counts

    def summarise(self, question: Question, answers: Sequence[Answer]) -> Summary:
        counted = super().summarise(question, answers)
        return Summary(
            rows=counted.rows,
            caption=counted.caption,
            count_name=counted.count_name,
            note=_("Several may be chosen, so the shares need not add up to 100 %."),
            mark_note=_("The average mark counts right picks less wrong ones."),
        )


def _partly(counts: Mapping[str, int]) -> str:
    if not counts["misses"]:
        return _("Partly right: you picked %(hits)d of the %(rights)d that are right.")
    return ngettext(
        "Partly right: you picked %(hits)d of the %(rights)d that are right,"
        " and %(misses)d that is not.",
        "Partly right: you picked %(hits)d of the %(rights)d that are right,"
        " and %(misses)d that are not.",
        counts["misses"],
    )


def _not_yet(counts: Mapping[str, int]) -> str:
    if not counts["misses"]:
        return _("Not yet: you picked %(hits)d of the %(rights)d that are right.")
    return ngettext(
        "Not yet: you picked %(hits)d of the %(rights)d that are right,"
        " and %(misses)d that is not.",
        "Not yet: you picked %(hits)d of the %(rights)d that are right,"
        " and %(misses)d that are not.",
        counts["misses"],
    )


def mark_several(picked: Collection[str], right: Collection[str]) -> Fraction:
    """Several choices: (right picks - wrong picks) / number of right ones, never below 0.

    So picking all earns nothing where half are wrong, and missing one of three
    leaves two thirds. `right` is not empty.
    """
    chosen, rights = set(picked), set(right)
    hits, misses = len(chosen & rights), len(chosen - rights)
    return max(Fraction(0), Fraction(hits - misses, len(rights)))
