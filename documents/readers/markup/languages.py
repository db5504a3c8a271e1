"""LaTeX, reStructuredText, Org, JATS and DocBook as parsed documents, by way of pandoc's tree."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from documents.dates import date_of
from documents.document import Metadata
from documents.language import normal_code
from documents.messages import gettext_lazy as _
from documents.names import authors_in
from documents.parsed import ParsedDocument
from documents.readers.markup.labelled_notes import ORG_NOTES, RST_NOTES, LabelledNotes
from documents.readers.markup.latex_bibliography import with_bibliography
from documents.readers.markup.latex_references import number_references
from documents.readers.markup.references import with_references
from documents.readers.office.properties import parse_xml
from documents.readers.pandoc.placeholders import LONG, Placeholders
from documents.readers.pandoc.program import pandoc_json
from documents.readers.pandoc.tree import TreeReader
from documents.refusal import ImportRefused

_BABEL = re.compile(
    r"\\(?:usepackage|setdefaultlanguage|setmainlanguage)(?:\[([^\]]*)\])?\{([\w, ]+)\}"
)
_BABEL_CODES = {
    "english": "en", "american": "en-US", "british": "en-GB", "ukenglish": "en-GB",
    "usenglish": "en-US", "german": "de", "ngerman": "de", "french": "fr", "spanish": "es",
    "italian": "it", "portuguese": "pt", "brazilian": "pt-BR", "dutch": "nl", "turkish": "tr",
    "greek": "el", "russian": "ru", "arabic": "ar", "hebrew": "he", "polish": "pl", "swedish": "sv",
}  # fmt: skip
_ENTITY = re.compile(r"<!ENTITY\s", re.IGNORECASE)
_ORG_FIELD = re.compile(r"^#\+(subtitle|language):[ \t]*(.+)$", re.IGNORECASE | re.MULTILINE)


def read_latex(text: str) -> ParsedDocument:
    """Sections, notes and formulas (as they are typed) of a LaTeX document."""
    subtitle = _subtitle(text)
    placeholders, plainer = Placeholders(), _plainer(text)
    short = placeholders.insert_in_latex(plainer) if len(text) >= LONG else plainer
    tree = pandoc_json(short, "latex", placeholders.restored)
    if "ref{" in text:
        number_references(tree)
    if subtitle:
        tree["meta"].setdefault(
            "subtitle", pandoc_json(subtitle, "latex")["blocks"][0] | {"t": "MetaInlines"}
        )
    parsed = TreeReader("latex").read(tree)
    for options, names in _BABEL.findall(text[:20_000]):
        several = f"{options},{names}".replace(" ", "").split(",")
        # babel's last option is the language of the text.
        codes = [_BABEL_CODES[one.lower()] for one in several if one.lower() in _BABEL_CODES]
        if codes:
            parsed = replace(parsed, properties=replace(parsed.properties, language=codes[-1]))
    return parsed


def _plainer(text: str) -> str:
    """LaTeX without what pandoc's own reader stumbles over, and says nothing of the text."""
    # What pandoc's own writer wraps about pictures is only about their size.
    text = with_bibliography(text.replace("\\pandocbounded{", "{"))
    # The head of a long table comes twice; its foot is a line.
    text = re.sub(r"\\endfirsthead.*?\\endhead", lambda _: "\\endhead", text, flags=re.DOTALL)
    text = re.sub(
        r"\\noalign\{\}|(?:\\bottomrule(?:\\noalign\{\})?\s*)?\\end(?:last)?foot\b", "", text
    )
    # The day on which a file is read says nothing of when it was written.
    text = re.sub(r"\\today\b(?:\{\})?", "", text)
    # French sets a thin space that does not break before these.
    text = re.sub(r"\\,(?=[;:!?»%])", "\u202f", text)
    text = text.replace("«\\,", "«\u202f")
    return _HIGHLIGHTED.sub(
        lambda m: f"\\begin{{verbatim}}\n{_code(m.group(1))}\\end{{verbatim}}", text
    )


_HIGHLIGHTED = re.compile(
    r"\\begin\{Shaded\}\s*\\begin\{Highlighting\}(?:\[[^\]]*\])?\n"
    r"(.*?)\\end\{Highlighting\}\s*\\end\{Shaded\}",
    re.DOTALL,
)
_TOKEN = re.compile(r"\\[A-Z]\w*Tok\{")
_UNESCAPED = (
    ("\\textbackslash{}", "\\"), ("\\textasciitilde{}", "~"), ("\\textasciicircum{}", "^"),
    ("\\{", "{"), ("\\}", "}"), ("\\_", "_"), ("\\#", "#"), ("\\%", "%"),
    ("\\$", "$"), ("\\&", "&"),
    ("{-}", "-"), ("\\textquotesingle{}", "'"), ("\\textquotedbl{}", '"'), ("\\textless{}", "<"),
    ("\\textgreater{}", ">"), ("{[}", "["), ("{]}", "]"),
)  # fmt: skip


def _code(lines: str) -> str:
    """The letters of highlighted code: each token's braces and colours are taken off."""
    out: list[str] = []
    at = depth = 0
    while at < len(lines):
        token = _TOKEN.match(lines, at)
        if token:
            depth += 1
            at = token.end()
            continue
        for sign, letter in _UNESCAPED:
            if lines.startswith(sign, at):
                out.append(letter)
                at += len(sign)
                break
        else:
            if lines[at] == "}" and depth:
                depth -= 1
            else:
                out.append(lines[at])
            at += 1
    return "".join(out)


def _subtitle(text: str) -> str:
    """What stands in \\subtitle{…}, its braces balanced."""
    for match in re.finditer(r"^[^%\n]*\\subtitle\s*\{", text[:50_000], re.MULTILINE):
        depth = 1
        for at in range(match.end(), min(len(text), match.end() + 2000)):
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            if not depth:
                return text[match.end() : at]
    return ""


def read_rst(text: str) -> ParsedDocument:
    """A reStructuredText document; its field list over the text is metadata."""
    notes = LabelledNotes(RST_NOTES)
    given = notes.marked(_ALT.sub(_one_line, text))
    tree = notes.settled(pandoc_json(given, "rst", notes.restored))
    blocks, fields = _fields(tree["blocks"])
    reader = TreeReader("rst")
    metadata = _of_fields(fields, reader)
    reader.known = metadata
    tree["blocks"] = _subtitled(blocks, tree["meta"])
    return reader.read(tree)


# The words of a picture that go on in the next lines.
_ALT = re.compile(r"^([ \t]+):alt: [^\n]*(?:\n\1(?![:\s])[^\n]+)+", re.MULTILINE)


def _one_line(match: re.Match[str]) -> str:
    first, *more = match.group().split("\n")
    return " ".join([first, *(line.strip() for line in more)])


def _fields(blocks: list[Any]) -> tuple[list[Any], list[Any]]:
    """The definition list of fields below the title, apart from the other blocks."""
    for n, block in enumerate(blocks[:3]):
        if block["t"] == "DefinitionList":
            known = [one for one in block["c"] if _plain_words(one[0]).lower() in _FIELD_NAMES]
            if len(known) * 2 > len(block["c"]):
                rest = [one for one in block["c"] if one not in known]
                kept = [{"t": "DefinitionList", "c": rest}] if rest else []
                return [*blocks[:n], *kept, *blocks[n + 1 :]], known
        if block["t"] not in {"Header"}:
            break
    return blocks, []


_FIELD_NAMES = {
    "author": "authors", "authors": "authors", "date": "published", "abstract": "abstract",
    "subtitle": "subtitle", "language": "language", "lang": "language", "copyright": "licence",
    "license": "licence", "licence": "licence", "journal": "venue", "publication": "venue",
    "venue": "venue", "issue": "issue",
}  # fmt: skip


def _of_fields(fields: list[Any], reader: TreeReader) -> Metadata:
    values: dict[str, Any] = {}
    for term, definitions in fields:
        place = _FIELD_NAMES[_plain_words(term).lower()]
        words = " ".join(reader.inside(one).text for one in definitions)
        if place == "authors":
            values[place] = (*values.get(place, ()), *(authors_in(words) or (words,)))
        elif place:
            values[place] = normal_code(words) if place == "language" else words
    return Metadata(**values)


def _subtitled(blocks: list[Any], meta: dict[str, Any]) -> list[Any]:
    """A lone heading of the second level right below the title is the subtitle."""
    if len(blocks) < 3 or "title" in meta or blocks[0]["t"] != "Header":
        return blocks
    levels = [block["c"][0] for block in blocks if block["t"] == "Header"]
    if (
        blocks[1]["t"] == "Header"
        and levels[:2] == [1, 2]
        and levels.count(2) == 1
        and levels.count(1) == 1
    ):
        meta["subtitle"] = {"t": "MetaInlines", "c": blocks[1]["c"][2]}
        return [blocks[0], *blocks[2:]]
    return blocks


def _plain_words(inlines: list[Any]) -> str:
    return "".join(one["c"] if one["t"] == "Str" else " " for one in inlines)


_ORG_MACRO = re.compile(r"^#\+MACRO:[ \t]+([\w-]+)[ \t]+(.*)$", re.IGNORECASE | re.MULTILINE)
_ORG_CALL = re.compile(r"\{\{\{([\w-]+)(?:\(([^{}]*)\))?\}\}\}")
# Settings that stand in another file.
_ORG_SETUP = re.compile(r"^#\+SETUPFILE:.*\n?", re.IGNORECASE | re.MULTILINE)
_MOST_IN_EACH_OTHER = 3


def _with_macros(text: str) -> str:
    """Org's {{{name(a,b)}}} as its #+MACRO line says, with $1 and $2 for the words in brackets."""
    macros = {name.lower(): words for name, words in _ORG_MACRO.findall(text)}

    def words_of(call: re.Match[str]) -> str:
        words = macros.get(call[1].lower())
        if words is None or words.startswith("(eval"):
            return call.group()
        given = [one.strip() for one in re.split(r"(?<!\\),", call[2] or "")]
        return re.sub(
            r"\$(\d)", lambda m: given[int(m[1]) - 1] if 0 < int(m[1]) <= len(given) else "", words
        )

    for _once in range(_MOST_IN_EACH_OTHER if macros else 0):
        text = _ORG_CALL.sub(words_of, text)
    return _ORG_SETUP.sub("", text)


def read_org(text: str) -> ParsedDocument:
    text = _with_macros(text)
    notes = LabelledNotes(ORG_NOTES)
    tree = notes.settled(pandoc_json(notes.marked(text), "org", notes.restored))
    parsed = TreeReader("org").read(tree)
    fields_found = {name.lower(): value.strip() for name, value in _ORG_FIELD.findall(text)}
    metadata = parsed.metadata
    if not metadata.subtitle and "subtitle" in fields_found:
        metadata = replace(metadata, subtitle=fields_found["subtitle"])
    if not metadata.language and "language" in fields_found:
        metadata = replace(metadata, language=normal_code(fields_found["language"]))
    return replace(parsed, metadata=metadata)


# Numbers of figures and tables for libraries, which no reader is shown.
_JATS_UNSHOWN = re.compile(r"<object-id\b[^<>]*>[^<]*</object-id\s*>")


# Letters and answers behind an article have their people and numbers over their title.
_JATS_STUB = re.compile(r"<front-stub\b.*?</front-stub\s*>", re.DOTALL)
_JATS_OF_STUB = re.compile(
    r"<(article-id|contrib-group|related-object|aff|pub-date|permissions)\b.*?</\1\s*>", re.DOTALL
)


def read_jats(text: str) -> ParsedDocument:
    """A journal article; its front matter is read here, where pandoc takes no names from it."""
    root = _root(text)
    shown = _JATS_STUB.sub(lambda stub: _JATS_OF_STUB.sub("", stub[0]), text)
    shown = _JATS_UNSHOWN.sub("", shown)
    parsed = TreeReader("jats", metadata=_jats_metadata(root)).read(pandoc_json(shown, "jats"))
    return with_references(parsed, root)


def read_docbook(text: str) -> ParsedDocument:
    root = _root(text)
    language = root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("lang") or ""
    known = Metadata(authors=_docbook_authors(root), language=normal_code(language))
    return TreeReader("docbook", metadata=known).read(pandoc_json(text, "docbook"))


def _docbook_authors(root: Any) -> tuple[str, ...]:
    names = []
    for author in root.iterfind("./{*}info//{*}author"):
        parts = [author.findtext(f".//{{*}}{one}") for one in ("firstname", "othername", "surname")]
        words = " ".join(filter(None, parts)) or author.findtext("{*}personname") or ""
        names.append(" ".join(words.split()))
    return tuple(filter(None, names))


def _root(text: str) -> Any:
    if _ENTITY.search(text):
        raise ImportRefused(
            "unsafe_markup",
            _("This file declares entities in its XML, which can be used to read other files."),
            _("Save it without a document type of its own, or as a web page."),
        )
    root = parse_xml(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode())
    if root is None:
        raise ImportRefused(
            "damaged",
            _("This file is cut short or damaged."),
            _("Ask for the article as a web page or a PDF, and try that one."),
        )
    return root


def _jats_metadata(root: Any) -> Metadata:
    def words(path: str) -> str:
        element = root.find(path)
        return " ".join("".join(element.itertext()).split()) if element is not None else ""

    meta = ".//{*}front//{*}article-meta"
    authors = []
    for one in root.findall(f"{meta}/{{*}}contrib-group/{{*}}contrib"):
        if one.get("contrib-type", "author") != "author":
            continue
        parts = [one.findtext(".//{*}name/{*}given-names"), one.findtext(".//{*}name/{*}surname")]
        name = (
            " ".join(filter(None, parts))
            or one.findtext(".//{*}string-name")
            or one.findtext(".//{*}collab")
        )
        if name:
            authors.append(" ".join(name.split()))
    volume, issue = words(f"{meta}/{{*}}volume"), words(f"{meta}/{{*}}issue")
    counts = [f"Vol. {volume}" if volume else "", f"No. {issue}" if issue else ""]
    return Metadata(
        subtitle=words(f"{meta}/{{*}}title-group/{{*}}subtitle").lstrip(":– "),
        authors=tuple(authors),
        venue=words(".//{*}front//{*}journal-meta//{*}journal-title"),
        issue=", ".join(filter(None, counts)),
        published=_jats_date(root),
        language=normal_code(root.get("{http://www.w3.org/XML/1998/namespace}lang", "")),
        licence=words(f"{meta}/{{*}}permissions/{{*}}license")
        or words(f"{meta}/{{*}}permissions/{{*}}copyright-statement"),
    )


def _jats_date(root: Any) -> str:
    for date in root.iterfind(".//{*}front//{*}article-meta/{*}pub-date"):
        given = [date.findtext(f"{{*}}{part}") or "" for part in ("year", "month", "day")]
        kept = []
        for part in given:
            if not part.strip().isdigit():
                break
            kept.append(part.strip().zfill(2))
        if kept:
            return "-".join(kept)
        if found := date_of(date.findtext("{*}string-date") or date.get("iso-8601-date", "")):
            return found
    return ""
