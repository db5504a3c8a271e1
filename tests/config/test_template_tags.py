"""The tags that every template has."""

import re
from collections.abc import Iterator

from django.template import Context, Template

from tests.rules import ROOT, lists_offences, short, source, tracked

STATIC = ROOT / "static"


def drawn(text: str) -> str:
    return Template(text).render(Context())


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
    assert drawn('{% css "tokens" "base" %}').splitlines() == [
        '<link rel="stylesheet" href="/static/css/tokens.css">',
        '<link rel="stylesheet" href="/static/css/base.css">',
    ]


@lists_offences
def test_every_style_that_is_linked_is_there() -> Iterator[str]:
    for path in tracked("templates/**.html"):
        for names in re.findall(r"{% css (.*?) %}", source(path)):
            for name in re.findall(r'"(\w+)"', names):
                if not (STATIC / "css" / f"{name}.css").exists():
                    yield f"{short(path)}: {name}"
