"""No bare words: what a reader sees goes through gettext.

Templates and scripts are read here as they are written. A bare string is text with letters in it
outside of `translate` and `blocktranslate`, or such text in an attribute that is read out or shown.
"""

import re
from collections.abc import Iterator

from tests.rules import lists_offences, short, source, tracked

MAX_TEMPLATE_LINE = 160
# The name of the product and the words of formats stay as they are in every language.
NAMES = {"Colloquy"}
SHOWN = "aria-label|aria-description|title|placeholder|alt|hx-confirm"
LETTERS = re.compile(r"[^\W\d_]{2,}")

TRANSLATED = re.compile(
    r"\{% blocktranslate.*?\{% endblocktranslate %\}|\{% comment %\}.*?\{% endcomment %\}"
    r"|\{% block (?:skip_to|page_class|html_attributes) %\}.*?\{% endblock",
    re.DOTALL,
)
CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}")
ATTRIBUTE = re.compile(rf"\s(?:{SHOWN})=\"([^\"]*)\"|\s(?:{SHOWN})='([^']*)'")
# A tag's name may be a variable's, and a file may hold attributes alone.
TAG = re.compile(r"[\w:-]+=\"[^\"]*\"|</?\s*[a-zA-Z!](?:\"[^\"]*\"|'[^']*'|[^>\"'])*>", re.DOTALL)
ENTITY = re.compile(r"&#?\w+;")


def blank(found: re.Match[str]) -> str:
    """White space of as many lines, so that what follows keeps its number."""
    return "\n" * found.group().count("\n") + " "


def bare_words(template: str) -> Iterator[tuple[int, str]]:
    """Each run of words of a template that gettext does not see, with its line."""
    # In a filter's argument, gettext is written _("…").
    for found in re.finditer(r"\|(?:default|default_if_none|yesno):[\"']([^\"']*)", template):
        if " " in found[1] or (LETTERS.search(found[1]) and found[1][0].isupper()):
            yield template.count("\n", 0, found.start()) + 1, found[1]
    text = CODE.sub(blank, TRANSLATED.sub(blank, template))
    for found in ATTRIBUTE.finditer(text):
        if LETTERS.search(found[1] or found[2] or ""):
            yield text.count("\n", 0, found.start()) + 1, found.group().strip()
    for number, line in enumerate(TAG.sub(blank, text).splitlines(), start=1):
        words = " ".join(ENTITY.sub(" ", line).split())
        if LETTERS.search(words) and words.strip(" ·") not in NAMES:
            yield number, words


def test_bare_words_are_found() -> None:
    template = """<p title="Bare too">{% translate "Seen" %} Bare words
    {% if x > 1 %}{{ y|default:"Nobody here" }}{% endif %} &middot; Colloquy</p>"""
    assert list(bare_words(template)) == [
        (2, "Nobody here"),
        (1, 'title="Bare too"'),
        (1, "Bare words"),
    ]


@lists_offences
def test_templates_have_no_bare_words() -> Iterator[str]:
    for path in tracked("templates/**.html", "templates/**.txt"):
        for number, words in bare_words(source(path)):
            yield f"{short(path)}:{number}: {words}"


# Where a script shows a string: what it says aloud, writes into an element, or names one with.
SAYS = re.compile(
    r"(?:announce|\.say|\.failed)\(\s*[\"'`][^\"'`]"
    r"|(?:textContent|innerText|ariaLabel|title|placeholder)\s*=\s*[\"'`]\s*[^\W\d_]"
    r"|\"(?:aria-label|title|placeholder)\":\s*[\"'`]"
)
LITERAL = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|`((?:[^`\\]|\\.)*)`")
MARKED = re.compile(r"\bn?gettext\((?:\"(?:[^\"\\]|\\.)*\"(?:,\s*)?)+")
# A capital and another word, or four words: lists of classes and selectors are neither.
PROSE = re.compile(r"^\s*(?:[A-Z][\w’]*(?: [\w’“”…,;:.?!%$]+)+|[a-z]{2,}(?: [a-z%$’]+){3,})\s*$")


def bare_literals(script: str) -> Iterator[tuple[int, str]]:
    """Each string literal of a script that a reader would see and gettext does not."""
    code = re.sub(r"(?<![:\"'`])//.*", "", script)
    code = MARKED.sub(blank, re.sub(r"/\*.*?\*/", blank, code, flags=re.DOTALL))
    for number, line in enumerate(code.splitlines(), start=1):
        literals = [double or template for double, template in LITERAL.findall(line)]
        bare = [each for each in literals if PROSE.match(re.sub(r"\$\{[^}]*\}", "$", each))]
        if bare or SAYS.search(line):
            yield number, bare[0] if bare else line.strip()


def test_bare_literals_are_found() -> None:
    script = """/* "No string at all" */
    announce("Kept");
    const add = element("button", { class: "btn small add" }, "Comment on this");
    announce(gettext("Link copied"));
    block.querySelector(":scope > .handle");"""
    found = list(bare_literals(script))
    assert found == [(2, 'announce("Kept");'), (3, "Comment on this")]


@lists_offences
def test_scripts_have_no_bare_words() -> Iterator[str]:
    for path in tracked("static/js/*.js", "static/js/**/*.js"):
        for number, words in bare_literals(source(path)):
            yield f"{short(path)}:{number}: {words}"


@lists_offences
def test_template_lines_are_short() -> Iterator[str]:
    for path in tracked("templates/**.html"):
        for number, line in enumerate(source(path).splitlines(), start=1):
            if len(line) > MAX_TEMPLATE_LINE:
                yield f"{short(path)}:{number} has {len(line)} characters"


QUOTED = re.compile(r"“\{\{ *([\w.]+)((?:\|[\w:]+)*) *\}\}”")


@lists_offences
def test_titles_within_quotation_marks_are_quoted() -> Iterator[str]:
    """A title has marks of its own: within others they are single, which `quoted` sees to."""
    for path in tracked("templates/**.html"):
        text = source(path)
        for found in QUOTED.finditer(text):
            tag = text.rfind("{% blocktranslate", 0, found.start())
            given = re.search(rf"\b{re.escape(found[1])}=\S+\|quoted", text[tag : found.start()])
            if "|quoted" not in found[2] and not given:
                yield f"{short(path)}: {found[0]}"


COUNTED = re.compile(r"\{\{ *(?:counter|count|\w*(?:words|length|size|total)) *\}\} [a-z]+s\b")


@lists_offences
def test_what_is_counted_has_plural_forms() -> Iterator[str]:
    """“1 words”: a number beside a plural stands in the part after `plural`."""
    for path in tracked("templates/**.html", "templates/**.txt"):
        text = source(path)
        for found in COUNTED.finditer(text):
            tag = max(text.rfind("{% blocktranslate", 0, found.start()), 0)
            if "{% plural %}" not in text[tag : found.start()]:
                yield f"{short(path)}: {found[0]}"
