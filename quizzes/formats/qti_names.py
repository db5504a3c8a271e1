"""The names of QTI 2 and 3: the same things, in one version as `simpleChoice`, in the other as
`qti-simple-choice`. We write and read by those of version 2; these functions turn them."""

import re

from quizzes.formats.xml_trees import Element

# What of a file is QTI and no HTML.
_ELEMENTS = frozenset(
    [
        *("assessmentItem", "assessmentTest", "testPart", "assessmentSection", "assessmentItemRef"),
        *("responseDeclaration", "outcomeDeclaration", "correctResponse", "value", "mapping"),
        *("mapEntry", "defaultValue", "itemBody", "prompt", "choiceInteraction", "simpleChoice"),
        *("orderInteraction", "matchInteraction", "simpleMatchSet", "simpleAssociableChoice"),
        *("textEntryInteraction", "extendedTextInteraction", "inlineChoiceInteraction"),
        *("inlineChoice", "feedbackBlock", "feedbackInline", "modalFeedback", "contentBody"),
        *("responseProcessing", "responseCondition", "responseIf", "responseElse", "match"),
        *("variable", "correct", "baseValue", "setOutcomeValue", "mapResponse", "multiple"),
        *("equal", "or", "sum"),
    ]
)
_CAPITAL = re.compile(r"[A-Z]")
_HYPHEN = re.compile(r"-([a-z])")


def _kebab(name: str) -> str:
    return _CAPITAL.sub(lambda found: f"-{found[0].lower()}", name)


def _camel(name: str) -> str:
    return _HYPHEN.sub(lambda found: found[1].upper(), name)


def as_version_3(root: Element) -> Element:
    """Give the elements of QTI their names of version 3; those of HTML keep theirs."""
    for element in root.iter(*_ELEMENTS):
        element.tag = f"qti-{_kebab(element.tag)}"
        for name, value in list(element.attrib.items()):
            del element.attrib[name]
            element.set(_kebab(name), value)
    return root


def as_version_2(root: Element) -> Element:
    """Give everything its name of version 2, whichever it has."""
    for element in root.iter():
        if element.tag.startswith("qti-"):
            element.tag = _camel(element.tag.removeprefix("qti-"))
            for name, value in list(element.attrib.items()):
                if "-" in name and not name.startswith(("data-", "aria-")):
                    del element.attrib[name]
                    element.set(_camel(name), value)
    return root
