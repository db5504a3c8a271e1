"""Checkpoints with questions of every type, for tests of properties: as a guide's file has them."""

from dataclasses import replace

from hypothesis import strategies as st

from documents.visible import has_visible
from quizzes.formats.checkpoint_head import MAX_TRIES
from quizzes.formats.gate_field import GateSpec
from quizzes.formats.guide_questions import CheckpointSpec
from quizzes.models import QuizSettings, Review
from quizzes.questions import ChoiceSpec, QuestionSpec
from readings.guides import Anchor
from readings.models import MOST_GATE_TRIES

words = (
    st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff"),
        max_size=30,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: has_visible(text) and text[0] not in "-`~")
)
choices = st.lists(
    st.builds(ChoiceSpec, words, st.booleans(), st.one_of(st.just(""), words)),
    min_size=2,
    max_size=5,
    unique_by=lambda choice: choice.text,
)
common = {
    "text": words,
    "detail": st.one_of(st.just(""), words.filter(lambda text: ":" not in text)),
    "feedback": st.one_of(st.just(""), words),
    "hints": st.lists(words.filter(lambda text: "\\" not in text), max_size=3, unique=True).map(
        tuple
    ),
    "see": st.one_of(st.none(), st.builds(Anchor, st.integers(0, 999), words)),
    "points": st.integers(1, 100),
}
shuffling = st.sampled_from([{}, {"shuffle": True}])
several = st.builds(
    QuestionSpec,
    kind=st.just("several"),
    settings=shuffling,
    choices=choices.filter(lambda found: any(one.is_correct for one in found)).map(tuple),
    **common,
)
one_choice = st.builds(
    QuestionSpec,
    kind=st.just("one_choice"),
    settings=shuffling,
    choices=choices.map(
        lambda found: tuple(replace(one, is_correct=i == 1) for i, one in enumerate(found))
    ),
    **common,
)
true_false = st.builds(
    QuestionSpec,
    kind=st.just("true_false"),
    accepted=st.sampled_from([("true",), ("false",)]),
    **common,
)
short_answer = st.builds(
    QuestionSpec,
    kind=st.just("short_answer"),
    accepted=st.lists(words.filter(lambda text: "\\" not in text), min_size=2, unique=True).map(
        tuple
    ),
    settings=st.sampled_from([{}, {"case_matters": True}]),
    **common,
)
numbers = st.sampled_from(["0", "32", "-1.5", "1,000", "½", "2 1/2", "10²", "3·10^8", "5e3", "٣"])
numeric = st.builds(
    QuestionSpec,
    kind=st.just("numeric"),
    accepted=st.lists(numbers, min_size=1, max_size=3, unique=True).map(tuple),
    settings=st.fixed_dictionaries(
        {},
        optional={
            "tolerance": st.sampled_from(["0", "0.5", "2 %"]),
            "units": st.lists(
                st.sampled_from(["km", "km²", "€", "%", "1000 m", "billion euros"]),
                min_size=1,
                unique=True,
            ),
        },
    ),
    **common,
)
# Where a choice begins like another kind of choice, it is that.
sides = words.filter(lambda text: text[0] not in "([<" and not text.endswith("\\"))


@st.composite
def matches(draw: st.DrawFn) -> QuestionSpec:
    lefts = draw(st.lists(sides, min_size=2, max_size=4, unique=True))
    pool = draw(st.lists(sides, min_size=2, max_size=5, unique=True))
    rights = [draw(st.sampled_from(pool)) for _ in lefts]
    used = list(dict.fromkeys(rights))
    if len(used) == 1:
        rights[0] = next(one for one in pool if one != used[0])
        used = list(dict.fromkeys(rights))
    pairs = [
        ChoiceSpec(left, True, draw(st.one_of(st.just(""), words)), 1, right)
        for left, right in zip(lefts, rights, strict=True)
    ]
    others = [one for one in pool if one not in used]
    both = [ChoiceSpec(one, one in used, "", 2) for one in [*used, *others]]
    return draw(
        st.builds(QuestionSpec, kind=st.just("match"), choices=st.just((*pairs, *both)), **common)
    )


order = st.builds(
    QuestionSpec,
    kind=st.just("order"),
    choices=choices.map(lambda found: tuple(replace(one, is_correct=True) for one in found)),
    **common,
)
bare = st.text("abcdé 12'.,", min_size=1, max_size=8).map(str.strip).filter(str.isalnum)
typed = st.lists(bare, min_size=1, max_size=3, unique=True).map(" | ".join)
listed = st.lists(bare, min_size=2, max_size=3, unique=True).map(
    lambda found: " ".join(f"({'x' if i == 0 else ' '}) {one}" for i, one in enumerate(found))
)


@st.composite
def gaps(draw: st.DrawFn) -> QuestionSpec:
    inside = draw(st.lists(st.one_of(typed, listed), min_size=1, max_size=3))
    sentence = " ".join(f"{draw(bare)} [[{one}]]" for one in inside) + draw(st.just("."))
    options = tuple(
        ChoiceSpec(text, i == 0, "", slot)
        for slot, one in enumerate(inside, start=1)
        if one[0] == "("
        for i, text in enumerate(one.replace("(x) ", "( ) ").split("( ) ")[1:])
    )
    options = tuple(replace(one, text=one.text.strip()) for one in options)
    kind, accepted = st.just("gap"), st.just((sentence,))
    built = st.builds(
        QuestionSpec, kind=kind, choices=st.just(options), accepted=accepted, **common
    )
    return draw(built)


places = st.lists(
    st.builds(Anchor, st.integers(0, 999), words.filter(lambda text: "\\" not in text)),
    min_size=1,
    max_size=3,
    unique_by=str,
).map(tuple)
passage = places.flatmap(
    lambda found: st.builds(
        QuestionSpec,
        kind=st.just("passage"),
        accepted=st.just(tuple(one.quote for one in found)),
        places=st.just(found),
        **common,
    )
)
open_answer = st.builds(
    QuestionSpec,
    kind=st.just("open"),
    settings=st.sampled_from([{}, {"most": 200}, {"least": 50, "most": 200}]),
    **common,
)
RUBRIC = [
    {"name": "Names it", "levels": [["Not yet", 0], ["By | name", 1], ["And says why", 2]]},
    {"name": "Gives a reason", "levels": [["Yes", 3], ["Not (yet)", 0]]},
]
open_answer = st.one_of(
    open_answer,
    open_answer.map(
        lambda one: replace(one, points=5, settings={**one.settings, "rubric": RUBRIC})
    ),
)
gates_with_points = st.builds(
    GateSpec, st.just("hard"), st.integers(1, 100), st.integers(1, MOST_GATE_TRIES)
).map(str)
plain_gates = st.sampled_from(["", "soft", "hard"])
# Where the first try counts, none has a penalty.
quiz_settings = st.one_of(
    st.builds(
        QuizSettings,
        tries=st.integers(0, MAX_TRIES),
        review=st.sampled_from(Review.values),
        gate=plain_gates,
    ),
    st.builds(
        QuizSettings,
        tries=st.integers(0, MAX_TRIES),
        penalty=st.integers(0, 100),
        grade_by=st.sampled_from(["best", "last", "mean"]),
        gate=st.one_of(plain_gates, gates_with_points),
    ),
)
checkpoints = st.builds(
    CheckpointSpec,
    title=words,
    settings=quiz_settings,
    questions=st.lists(
        st.one_of(
            several,
            one_choice,
            true_false,
            short_answer,
            numeric,
            matches(),
            order,
            gaps(),
            passage,
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
)
