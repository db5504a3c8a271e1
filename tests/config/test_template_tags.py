"""The tags that every template has."""

import re

from django.template import Context, Template

from tests.test_static import STATIC, TEMPLATES


def test_icon_is_drawn_from_the_sheet_and_not_read_out() -> None:
    drawn = Template('{% icon "reply" %}').render(Context())
    use = '<use href="/static/icons.svg#reply"/>'
    assert drawn == f'<svg class="i" aria-hidden="true">{use}</svg>'


def test_every_icon_is_in_the_sheet() -> None:
    sheet = (STATIC / "icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([\w-]+)"', sheet))
    named = {
        (name, path.name)
        for path in TEMPLATES
        for name in re.findall(r'{% icon "([^"]+)" %}', path.read_text(encoding="utf-8"))
    }
    assert named
    assert not {(name, path) for name, path in named if name not in known}
