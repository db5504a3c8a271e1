"""Weights of answers, which a guide has not: an answer is right there or it is not."""

import re
from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def weights_left(weights: Sequence[Fraction], names: Sequence[str], *, is_one: bool) -> list[str]:
    """What of the weights of choices, in percent, a guide does not have."""
    left = []
    if is_one:
        partly = [name for weight, name in zip(weights, names, strict=True) if 0 < weight < 100]
        if partly:
            left.append(others_in_words(len(partly), partly[0]))
        if any(weight < 0 for weight in weights):
            left.append(_("that a wrong choice takes points away"))
        return left
    rights = [weight for weight in weights if weight > 0]
    if len({round(weight, 3) for weight in rights}) > 1:
        left.append(_("that its right choices earn unlike shares: here each earns the same"))
    wrongs = {round(weight, 3) for weight in weights if weight <= 0}
    if wrongs and rights and wrongs != {-round(rights[0], 3)}:
        left.append(_("what a wrong choice costs: here it takes off what a right one earns"))
    return left


def short_answer_left(right: Sequence[str], partly: Sequence[str]) -> list[str]:
    left = [others_in_words(len(partly), partly[0])] if partly else []
    left += [
        _("the answer “%(form)s”, whose star stands for any words") % {"form": form[:60]}
        for form in right
        if has_wildcard(form)
    ]
    return left


def has_wildcard(form: str) -> bool:
    """Whether a star in it stands for anything: Moodle's short answers write “\\*” for a star."""
    return bool(re.search(r"(?<!\\)\*", form))


def unstarred(form: str) -> str:
    return form.replace("\\*", "*")


def others_in_words(count: int, sample: str) -> str:
    """What is said of answers that earn a part of the points, which none does here."""
    said = ngettext(
        "%(count)d answer that earns only a part of the points, like “%(sample)s”",
        "%(count)d answers that earn only a part of the points, like “%(sample)s”",
        count,
    )
    return said % {"count": count, "sample": sample[:60]}


def said_to_each() -> str:
    return _("what is said to each answer: here something is said to all")
