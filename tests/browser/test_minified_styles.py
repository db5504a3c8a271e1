"""Minifying a style sheet takes away what the browser does not read, and nothing else."""

import re

from playwright.sync_api import Browser

from config.storage import minified_style
from tests.test_static import STYLES

RULES = """text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return Array.from(sheet.cssRules, rule => rule.cssText).join("\\n");
}"""


def test_a_minified_sheet_has_the_same_rules(chromium: Browser) -> None:
    page = chromium.new_page()
    for path in STYLES:
        written = path.read_text(encoding="utf-8")
        rules = [page.evaluate(RULES, text) for text in (written, minified_style(written))]
        assert rules[0]
        # What holds a var() or an env() is kept as it is written, with its space after a comma.
        before, after = (re.sub(r",\s+", ",", text) for text in rules)
        assert after == before, path.name
    page.close()
