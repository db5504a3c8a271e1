"""Every string that a person may read goes through gettext: what is bare, in Python."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.rules import lists_offences, our_modules, parsed, short

TRANSLATED = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "gettext_noop"}
# A sentence, or a word as an interface writes it.
WORDS = re.compile(r"[A-Za-z’']{2,} [A-Za-z’'(%{]|^[A-Z][a-z]+[.!?]?$")
# What tells a programmer or a host that something is wrong, and no member.
FOR_PROGRAMMERS = {
    "AssertionError",
    "CommandError",
    "ImproperlyConfigured",
    "LookupError",
    "NotImplementedError",
    "RuntimeError",
    "TimeoutError",
    "TypeError",
    "ValueError",
}
# Where names of classes, lookups and columns stand.
NAMES = {"ForeignKey", "Manager", "QuerySet", "cast", "from_queryset", "getattr", "TypeVar"}
# documents and anchoring mark theirs in a way of their own (tests/documents/test_messages.py);
# who hosts an instance reads the others at a shell, in English, as Django's own are; products are
# called alike everywhere.
ELSEWHERE = (
    "documents/",
    "anchoring/",
    "config/",
    "database/",
    "demo/make.py",
    "hosting/backups/",
    "hosting/setup/",
    "accounts/devices.py",
)
# These are SQL from the first line to the last, or words of another format.
SQL = {"qti_words.py", "audit.py", "kept_count.py", "standing.py", "triggers.py", "watches.py"}
# SQL, HTML, JSON-LD and headers: words of other languages.
NO_WORDS = re.compile(
    r"^\s*(CREATE|DROP|SELECT|UPDATE|DELETE|INSERT|BEGIN|PRAGMA|FOR EACH|WITH|WHERE|AND|OR)\b"
    r"|^_|<|data-|^(nofollow noopener ugc|noopener noreferrer|mine group all|group all|tag warn)$"
    r"|^(Vary|Lax|References|Content-[A-Z]\w+|HX-\w+|default-src .*|.*\.html)$"
    r"|^(Annotation|Person|Text|Hypothesis)$"
    # What the columns of marks are called by other systems.
    r"|^(Student|SIS (User|Login) ID|Section| *Points Possible|(First|Last) name|ID number)$"
    r"|^(Email address|Course total \(Percentage\))$"
    # Of a guide's file, the same in every language.
    r"|^(Asked of:|each group|grade by|at once|right or wrong|after closing)$"
    r"|^(Open: up to |Grade by: )"
    # Names of formats, and what they write in every language.
    r"|^(Aiken|Markdown|Moodle XML| ALL VERTICAL .*\n|Your answer is [\w ]+\.)$"
)


@lists_offences
def test_no_string_is_bare() -> Iterator[str]:
    for path in our_modules():
        if path.name in SQL or "commands" in path.parts:
            continue
        if not short(path).startswith(ELSEWHERE):
            yield from _bare(path)


def _bare(path: Path) -> Iterator[str]:
    tree = parsed(path)
    spared = {id(node) for part in _spared(tree) for node in ast.walk(part)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in spared:
            continue
        words = node.value
        if isinstance(words, str) and WORDS.search(words) and not NO_WORDS.search(words):
            yield f"{short(path)}:{node.lineno}: {words[:60]}"


def _spared(tree: ast.Module) -> Iterator[ast.AST]:
    """What is no string for people: docstrings, annotations, exports, keys and code."""
    for node in ast.walk(tree):
        match node:
            case ast.Call():
                yield from _spared_in_call(node)
            case (
                ast.Expr(value=ast.Constant())
                | ast.FunctionDef(name="__str__" | "__repr__")
                | ast.Assign(targets=[ast.Name(id="__all__" | "FIELDS")])
            ):
                yield node
            case (
                ast.AnnAssign(annotation=part)
                | ast.FunctionDef(returns=ast.expr() as part)
                | ast.arg(annotation=ast.expr() as part)
                | ast.Subscript(slice=part)
            ):
                yield part


def _spared_in_call(call: ast.Call) -> Iterator[ast.AST]:
    name = ast.unparse(call.func)
    if (
        name.startswith(("log.", "logger."))
        or name.rpartition(".")[2] in TRANSLATED | NAMES | FOR_PROGRAMMERS
    ):
        yield call
    if name.startswith("models."):
        # A help text of a model: no page shows it.
        yield from (one for one in call.keywords if one.arg == "help_text")


COUNTED = re.compile(r"%(?:\((?:count|number|counter)\))?d [a-z]{2,}s\b")
# A limit of ours, or what is over it: never one.
LIMITS = {"authors", "paragraphs", "annotations", "hours", "characters"}


@lists_offences
def test_what_is_counted_has_plural_forms() -> Iterator[str]:
    """A number beside a plural is said by `ngettext`."""
    for path in our_modules():
        if short(path).split("/")[0] in {"documents", "anchoring"}:
            continue  # their messages are told by number elsewhere
        plural = {
            id(argument)
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.Call) and "ngettext" in ast.unparse(node.func)
            for argument in node.args
        }
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found = COUNTED.search(node.value)
                if found and id(node) not in plural and found[0].split()[-1] not in LIMITS:
                    yield f"{short(path)}: {node.value}"
