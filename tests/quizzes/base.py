"""A guide over the small essay of tests/base.py, with a checkpoint of every kind of question."""

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from django.test import Client

from quizzes.models import Question, Quiz
from readings.guides.actions import apply_guide
from readings.models import Reading
from seminars.models import Group, Membership
from tests.base import People, make_user

# Words that stand in feedback and keys alone: none may be sent before the answer.
SECRETS = [
    "Feedback-right",
    "Feedback-wrong",
    "Feedback-general",
    "Feedback-several",
    "Feedback-truth",
    "Feedback-words",
    "the blank edge",
    "Feedback-number",
    "Hint-",
    "25.4 mm",
    "Feedback-pair",
    "Feedback-first",
    "Feedback-order",
    "Feedback-gaps",
    "Feedback-passage",
    "Feedback-open",
    "blankkey",
    "the blankest edge",
]

CHECKPOINT = """\
## Checkpoint ¶ 2

Title: What the margin is for

### Where do readers stop?

- ( ) At the end.
  > Feedback-wrong: rarely.
- (x) At different places.
  > Feedback-right: so it says.

Feedback: Feedback-general: the first sentence.
See: ¶ 1 "stops at another place"

### Which of these does the text name?

- [x] A margin
- [x] A conversation
- [ ] A library
  > Feedback-several: look again.

### Printers left the margin wide.

Answer: true
Feedback: Feedback-truth.
See: ¶ 3

### What was left wide?

Answer: the margin | margin | the blank edge
Feedback: Feedback-words.
"""

GUIDE = f"""\
---
guide: 1
title: Guide to margins
essay: On margins
---

## Context ¶ 1 "another place"

Said *of readers*.

## Prompt ¶ 2

Is no method older?

{CHECKPOINT}"""


# The types that the checkpoint above has not, each with words that nobody is sent before.
FURTHER = """
### How wide was it, in inches?

Number: 2.5
Tolerance: 0.25
Unit: inches | in | 25.4 mm
Hint: Hint-number | Hint-further
Feedback: Feedback-number.

### What goes with what?

- Printers -> a wide margin
  > Feedback-pair.
- Readers -> a doubt
- -> a library card

### What came first?

- (2) Readers wrote in it.
- (1) Printers left it wide.
  > Feedback-first.
- (3) The seminar read it.

Feedback: Feedback-order.

### Fill it in.

Gaps: The *margin* is for [[(x) doubts ( ) prices]], its edge is [[blankkey | the blankest edge]].
Feedback: Feedback-gaps.

### Which words say where they stop?

Passage: ¶ 1 "stops at another place"
Feedback: Feedback-passage.

### What would you write in it?

Open: 3 to 20 words
Feedback: Feedback-open.
"""
ALL_TYPES = GUIDE + FURTHER

# Other questions at the same place: nothing of what was asked before is asked in it.
OTHER = f"""{GUIDE.partition("## Checkpoint")[0]}\
## Checkpoint ¶ 2

Title: Something else

### Name a colour that this page has.

Answer: black

### How many paragraphs are there?

Answer: three
"""


def add_quiz(people: People, reading: Reading, text: str = GUIDE) -> Quiz:
    apply_guide(reading=reading, text=text, by=people.alice)
    return Quiz.objects.of(reading).get()


def add_members(people: People, group: Group, count: int) -> Iterator[Membership]:
    for number in range(count):
        user = make_user(f"member-{group.pk}-{number}")
        yield Membership.objects.create(
            seminar=people.seminar, user=user, role="participant", group=group
        )


def right_answers(quiz: Quiz) -> dict[int, list[str]]:
    """A fully right submission, as `submit_attempt` takes it."""
    given = {}
    for question in quiz.questions.all():
        keys = [str(choice.key) for choice in question.choices.filter(is_correct=True)]
        given[question.pk] = _of_type(question, right=True) or keys or [question.accepted[0]]
    return given


def wrong_answers(quiz: Quiz) -> dict[int, list[str]]:
    given = {}
    for question in quiz.questions.all():
        keys = [str(choice.key) for choice in question.choices.filter(is_correct=False)]
        words = ["false" if question.kind == "true_false" else "the spine"]
        given[question.pk] = _of_type(question, right=False) or keys or words
    return given


def _of_type(question: Question, *, right: bool) -> list[str]:
    """The fields of the question of FURTHER of this type; none of the types above them."""
    key = {choice.text: str(choice.key) for choice in question.choices.all()}
    match question.kind:
        case "numeric":
            return ["2 1/2 in" if right else "7 in"]
        case "match":
            doubt, wide = key["a doubt"], key["a wide margin"]
            pairs = (
                {"Printers": wide, "Readers": doubt}
                if right
                else {
                    "Printers": doubt,
                    "Readers": wide,
                }
            )
            return sorted(f"{key[left]} {one}" for left, one in pairs.items())
        case "order":
            order = [key["Printers left it wide."], key["Readers wrote in it."]]
            order.append(key["The seminar read it."])
            return [f"{at} {one}" for at, one in enumerate(order if right else order[::-1], 1)]
        case "gap":
            return [key["doubts" if right else "prices"], "Blankkey." if right else "the spine"]
        case "open":
            return ["A doubt of my own." if right else "Nothing at all, really."]
        case "passage":
            return ["stops at another place" if right else "Printers left it wide"]
    return []


def as_form(responses: Mapping[int, list[str]], **more: str) -> dict[str, list[str] | str]:
    """The fields that a browser would post."""
    return {f"q{pk}": given for pk, given in responses.items()} | more


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[tuple[str, bool, str]]] = {}
        self.action = ""
        self.select = self.written = ""
        self.is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self.is_inside = "/attempts/" in (found.get("action") or "")
            self.action = (found["action"] or "") if self.is_inside else self.action
        name = found.get("name") or ""
        if self.is_inside and tag == "input" and re.fullmatch(r"q\d+|client_key|asked", name):
            row = (found.get("value") or "", "checked" in found, found.get("type") or "")
            self.fields.setdefault(name, []).append(row)
        if self.is_inside and tag == "select":
            self.select = name
        if self.is_inside and tag == "textarea" and name:
            self.fields.setdefault(name, []).append(("", False, "text"))
            self.written = name
        if self.is_inside and tag == "option":
            row = (found.get("value") or "", "selected" in found, "option")
            self.fields.setdefault(self.select, []).append(row)

    def handle_data(self, data: str) -> None:
        if self.written:
            words, is_given, kind = self.fields[self.written][-1]
            self.fields[self.written][-1] = (words + data, is_given, kind)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.written = ""
        if tag == "form":
            self.is_inside = False


def form_in(html: str) -> _Fields:
    """The checkpoint's form as a browser reads it: (value, is checked, type) by name."""
    parser = _Fields()
    parser.feed(html)
    return parser


def assert_for_staff_alone(people: People, url: str) -> None:
    """A page that is read: by staff, and by nobody else."""
    response = Client().get(url)
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]
    for key, status in (("carol", 403), ("grace", 403), ("mallory", 404), ("alice", 200)):
        assert people.client(key).get(url).status_code == status, key
    assert people.client("alice").post(url).status_code == 405
