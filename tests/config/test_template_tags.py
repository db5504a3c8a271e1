"""The tags that every template has."""

import datetime
import json
import re
import struct
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from config.styles import styles_in
from config.template_tags import script_catalogue
from tests.rules import ROOT, lists_offences, short, source, tracked

STATIC = ROOT / "static"


def drawn(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


def test_icon_is_drawn_from_the_sheet_and_not_read_out() -> None:
    use = '<use href="/static/icons.svg#reply"/>'
    assert drawn('{% icon "reply" %}') == f'<svg class="i" aria-hidden="true">{use}</svg>'


@lists_offences
def test_every_icon_is_in_the_sheet() -> Iterator[str]:
    known = set(re.findall(r'<symbol id="([\w-]+)"', source(STATIC / "icons.svg")))
    assert known
    for path in tracked("templates/**.html"):
        for name in re.findall(r'{% icon "([^"]+)" %}', source(path)):
            if name not in known:
                yield f"{short(path)}: {name}"


def test_styles_are_linked_in_their_order() -> None:
    """One by one where they are served as they are written, which is not so for a host."""
    assert drawn('{% css "common" "results" %}').splitlines() == [
        '<link rel="stylesheet" href="/static/css/pages.css">',
        '<link rel="stylesheet" href="/static/css/lists.css">',
        '<link rel="stylesheet" href="/static/css/results.css">',
    ]


@lists_offences
def test_every_style_that_is_linked_is_there() -> Iterator[str]:
    for path in tracked("templates/**.html"):
        for names in re.findall(r"{% css (.*?) %}", source(path)):
            for name in styles_in(*re.findall(r'"(\w+)"', names)):
                if not (STATIC / "css" / f"{name}.css").exists():
                    yield f"{short(path)}: {name}"


SPRING = datetime.datetime(2024, 3, 29, 12, 30, tzinfo=datetime.UTC)
TWO_EAST = datetime.timezone(datetime.timedelta(hours=2), "EET")


def test_moments_are_written_for_people_and_machines() -> None:
    with timezone.override(TWO_EAST):
        moment, day, deadline = (
            drawn("{% " + tag + " value %}", value=SPRING) for tag in ("moment", "day", "deadline")
        )
    machine, title = 'datetime="2024-03-29T14:30:00+02:00"', 'title="29 March 2024, 14:30 EET"'
    assert moment == f"<time {machine} {title}>29 March 2024, 14:30</time>"
    assert day == f'<time {machine} data-kind="day" {title}>29 March 2024</time>'
    assert deadline == (
        f'<time {machine} data-kind="deadline" {title}>Friday 29 March 2024, 14:30 EET</time>'
    )
    assert drawn("{% moment value %}", value=None) == ""


def test_year_stands_where_it_is_not_this_one() -> None:
    this_year = timezone.now().replace(month=1, day=2, hour=3, minute=4)
    assert ">2 January, 03:04<" in drawn("{% moment value %}", value=this_year)
    assert " 2 January, 03:04 UTC<" in drawn("{% deadline value %}", value=this_year)


@lists_offences
def test_no_template_writes_a_time_of_its_own() -> Iterator[str]:
    for path in tracked("templates/**.html"):
        if re.search(r"\|(date|time|timesince|naturaltime)\b", source(path)):
            yield f"{short(path)}: use moment, day or deadline, which say the zone"


def test_page_says_its_language_and_direction() -> None:
    assert drawn("{% language %} {% direction %}") == "en-GB ltr"
    with translation.override("ar"):
        assert drawn("{% language %} {% direction %}") == "ar rtl"


def compiled(messages: dict[str, str]) -> bytes:
    """A GNU .mo file of `messages`; the forms of a plural are parted by NUL."""
    pairs = sorted((key.encode(), value.encode()) for key, value in messages.items())
    start = 28 + 16 * len(pairs)
    tables, texts = [b"", b""], b""
    for column in (0, 1):
        for pair in pairs:
            tables[column] += struct.pack("<II", len(pair[column]), start + len(texts))
            texts += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + tables[0] + tables[1] + texts


@pytest.fixture
def polish(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Some of what scripts say, in a language with three forms."""
    rule = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
    folder = tmp_path / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    messages = {
        "": f"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: {rule}\n",
        "Link copied": "Skopiowano",
        "%s new\0%s new": "%s nowy\0%s nowe\0%s nowych",
    }
    (folder / "djangojs.mo").write_bytes(compiled(messages))
    settings.LOCALE_PATHS = [tmp_path]
    script_catalogue.cache_clear()
    with translation.override("pl"):
        yield
    script_catalogue.cache_clear()


@pytest.mark.usefixtures("polish")
def test_scripts_are_given_the_words_of_the_pages_language() -> None:
    meta = drawn("{% script_messages %}")
    found = re.fullmatch(r'<meta name="messages" content="([^"]*)">', meta)
    assert found
    words = json.loads(unescape(found[1]))
    assert words["Link copied"] == "Skopiowano"
    assert words["%s new"] == ["%s nowy", "%s nowe", "%s nowych"]
    assert [words["forms"][n] for n in (0, 1, 2, 5, 12, 22, 25, 112, 122)] == [
        2,
        0,
        1,
        2,
        2,
        1,
        2,
        2,
        1,
    ]
    assert len(words["forms"]) == 200


def test_pages_in_english_carry_no_words_for_scripts() -> None:
    assert drawn("{% script_messages %}") == ""
