"""One member's tries at one checkpoint: how many are left, which count, and what is told of them.

Words for who answered; which tries count, `quizzes.marking.counted` says.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.marking import CountedTries, MadeTry, counted, points_in_words
from quizzes.models import Attempt, GradeBy, Quiz, QuizSettings
from readings.models import Deadlines, Phase, Reading
from seminars.models import Membership

_Key = tuple[int, int, int]  # quiz, reading, membership


def counted_tries(quiz: Quiz, tries: Sequence[Attempt], deadlines: Deadlines) -> CountedTries:
    """Return which of a member's tries count in this quiz, by the dates that hold for them."""
    made = [MadeTry(one.number, one.score, one.max_score, one.submitted_at) for one in tries]
    return counted(made, grade_by=quiz.grade_by, penalty=quiz.penalty, until=deadlines.counts_until)


def counted_attempts(
    readings: Collection[Reading], members: Collection[Membership]
) -> frozenset[int]:
    """Return the pks of the tries of these members that count, in the checkpoints of these
    readings where another than the first may. One query, where the readings know the extensions
    of the members."""
    reading_of = {one.pk: one for one in readings}
    member_of = {one.pk: one for one in members}
    tries: defaultdict[_Key, list[tuple[int, MadeTry]]] = defaultdict(list)
    settings: dict[_Key, tuple[str, int]] = {}
    rows = Attempt.objects.submitted().filter(
        quiz__reading__in=reading_of, membership__in=member_of
    )
    others = rows.exclude(quiz__grade_by=GradeBy.FIRST).order_by()
    columns = ("number", "score", "max_score", "submitted_at")
    for pk, quiz, reading, member, grade_by, penalty, *made in others.values_list(
        *("pk", "quiz_id", "quiz__reading_id", "membership_id"),
        *("quiz__grade_by", "quiz__penalty"),
        *columns,
    ):
        key = (quiz, reading, member)
        tries[key].append((pk, MadeTry(*made)))
        settings[key] = (grade_by, penalty)
    found: set[int] = set()
    for key, theirs in tries.items():
        _quiz, reading, member = key
        grade_by, penalty = settings[key]
        until = reading_of[reading].deadlines_for(member_of[member]).counts_until
        numbers = counted(
            [one for _pk, one in theirs], grade_by=grade_by, penalty=penalty, until=until
        ).numbers
        found |= {pk for pk, one in theirs if one.number in numbers}
    return frozenset(found)


def tries_left(settings: QuizSettings, made: int) -> int | None:
    """Return how often one may hand in still; None where there is no end of it."""
    return max(0, settings.tries_allowed - made) if settings.tries_allowed else None


# --- In words ------------------------------------------------------------------------------------
def score_words(attempt: Attempt) -> str:
    """“2 of 3 right”, or “2.67 of 3 points” where a question counts more or was half right."""
    if attempt.score is None:
        return _("answered, not marked yet")
    answers = [one for one in attempt.answers.all() if one.question.retired_at is None]
    right = sum(one.is_right for one in answers)
    if attempt.score == right and attempt.max_score == len(answers):
        return _("%(right)d of %(all)d right") % {"right": right, "all": len(answers)}
    return points_in_words(attempt.score, attempt.max_score)


def counted_words(found: CountedTries, tries: Sequence[Attempt]) -> str:
    """The same of what counts of these tries."""
    counting = [one for one in tries if one.number in found.numbers]
    if len(counting) == 1 and not found.is_reduced:
        return score_words(counting[0])
    if found.score is None:
        return _("answered, not marked yet")
    return points_in_words(found.score, found.max_score)


def heading_words(grade_by: str, state: str, made: int) -> str:
    """What stands in the checkpoint's heading, where there was more than one try."""
    if made < 2:
        return state
    words = {
        GradeBy.FIRST: _("%(state)s in the first try"),
        GradeBy.BEST: _("%(state)s in the best try"),
        GradeBy.LAST: _("%(state)s in the last try"),
        GradeBy.MEAN: _("%(state)s on average"),
    }
    return words[GradeBy(grade_by)] % {"state": state}


def counted_sentence(grade_by: str, state: str) -> str:
    """Say what counts, where the latest try does not say it by itself."""
    words = {
        GradeBy.FIRST: _("What counts is your first try: %(state)s."),
        GradeBy.BEST: _("What counts is your best try: %(state)s."),
        GradeBy.LAST: _("What counts is your last try: %(state)s."),
        GradeBy.MEAN: _("What counts is the mean of your tries: %(state)s."),
    }
    return words[GradeBy(grade_by)] % {"state": state}


def rule_sentence(settings: QuizSettings) -> str:
    """Say which try counts, to who may make several."""
    if settings.grade_by == GradeBy.FIRST:
        return _("Your first try is the one that counts; later ones are for you.")
    words = {
        GradeBy.BEST: _("Your best try counts."),
        GradeBy.LAST: _("Your last try counts."),
        GradeBy.MEAN: _("The mean of your tries counts."),
    }
    return " ".join(filter(None, [words[GradeBy(settings.grade_by)], _penalty_words(settings)]))


def left_sentence(settings: QuizSettings, made: int) -> str:
    """Say how many tries there are still; "" where there is no end of them."""
    left = tries_left(settings, made)
    if left is None:
        return ""
    if not made:
        return ngettext("There is one try.", "There are %(left)d tries.", left) % {"left": left}
    if not left:
        return _("There is no other try.")
    said = ngettext("You have one more try.", "You have %(left)d more tries.", left)
    return said % {"left": left}


def terms_sentence(settings: QuizSettings, made: int) -> str:
    """Say before answering how many tries there are, and which counts where there are several."""
    rule = "" if tries_left(settings, 0) == 1 else rule_sentence(settings)
    return " ".join(filter(None, [left_sentence(settings, made), rule]))


def time_sentence(minutes: int) -> str:
    """Say how long one has from when one begins."""
    said = ngettext(
        "You have %(minutes)d minute from when you begin; what is answered by then is handed in.",
        "You have %(minutes)d minutes from when you begin; what is answered by then is handed in.",
        minutes,
    )
    return said % {"minutes": minutes}


def _penalty_words(settings: QuizSettings) -> str:
    if not settings.penalty:
        return ""
    said = _("Each further try costs %(penalty)d %% of what it earns.")
    return said % {"penalty": settings.penalty}


def late_words(attempt: Attempt, deadlines: Deadlines) -> str:
    """Say that a try was handed in late; "" where it was not."""
    if attempt.submitted_at is None or not deadlines.is_late_at(attempt.submitted_at):
        return ""
    if deadlines.phase_at(attempt.submitted_at) is Phase.LATE:
        return _("late")
    return _("too late to count")
