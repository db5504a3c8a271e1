"""What a change would do to the totals that people see."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gradebook.book import MarkBook
from gradebook.weighing import rounded


@dataclass(frozen=True, slots=True)
class Effect:
    """Of how many people the total would be another, by how much at the least and the most; how
    many would have one for the first time, and how many no more."""

    changed: int
    least: Fraction
    most: Fraction
    new: int
    gone: int

    @property
    def in_words(self) -> str:
        """What it does, in sentences."""
        said = []
        if self.changed:
            words = ngettext(
                "The total of %(count)d person changes, by %(least)s to %(most)s.",
                "The totals of %(count)d people change, by %(least)s to %(most)s.",
                self.changed,
            )
            spread = {"least": signed(self.least), "most": signed(self.most)}
            said.append(words % {"count": self.changed, **spread})
        if self.new:
            words = ngettext(
                "%d person has a total for the first time.",
                "%d people have a total for the first time.",
                self.new,
            )
            said.append(words % self.new)
        if self.gone:
            words = ngettext(
                "%d person has no total any more.",
                "%d people have no total any more.",
                self.gone,
            )
            said.append(words % self.gone)
        return " ".join(said) or _("No total changes.")


def effect_of(before: MarkBook, after: MarkBook) -> Effect:
    """Compare the totals of the same people."""
    differences, new, gone = [], 0, 0
    for one, other in zip(before.rows, after.rows, strict=True):
        if one.total is None or other.total is None:
            new += one.total is None and other.total is not None
            gone += one.total is not None and other.total is None
        elif one.total != other.total:
            differences.append(100 * (other.total - one.total))
    least = min(differences, default=Fraction(0))
    most = max(differences, default=Fraction(0))
    return Effect(len(differences), least, most, new, gone)


def signed(points: Fraction) -> str:
    """“+3.6”, “−4.1”."""
    text = rounded(points, 1)
    return f"−{text[1:]}" if text.startswith("-") else f"+{text}"
