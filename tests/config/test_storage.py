"""What collectstatic makes of the static files."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from config.styles import STYLE_SETS
from config.template_tags import css
from tests.rules import ROOT


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Path:
    """The folder of the static files as a host collects them."""
    settings.STATIC_ROOT = tmp_path / "static"
    hashed = {"BACKEND": "config.storage.HashedStaticFiles"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": hashed}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path / "static"


def test_styles_are_served_small_and_kept_as_written(collected: Path) -> None:
    written = (ROOT / "static" / "css" / "threads.css").read_bytes()
    assert (collected / "css" / "threads.css").read_bytes() == written
    served = collected / Path(staticfiles_storage.url("css/threads.css")).relative_to("/static")
    assert re.fullmatch(r"threads\.[0-9a-f]{12}\.css", served.name)
    text = served.read_text(encoding="utf-8")
    assert "/*" not in text
    assert "\n" not in text
    assert len(text) < len(written) * 0.9
    assert served.with_name(f"{served.name}.br").exists()


def test_styles_of_a_set_are_served_as_one_file(collected: Path) -> None:
    css.cache_clear()
    links = re.findall(r'href="/static/(.*?)"', css("site", "results"))
    css.cache_clear()
    assert [re.sub(r"\.[0-9a-f]{12}\.", ".", link) for link in links] == [
        "css/site.css",
        "css/results.css",
    ]
    served = (collected / links[0]).read_text(encoding="utf-8")
    own = [
        (collected / Path(staticfiles_storage.url(f"css/{name}.css")).relative_to("/static"))
        for name in STYLE_SETS["site"]
    ]
    assert served == "".join(path.read_text(encoding="utf-8") for path in own)
    assert f"{links[0]}.br" in {str(path.relative_to(collected)) for path in collected.rglob("*")}


def test_what_a_style_refers_to_has_its_hash_too(collected: Path) -> None:
    served = collected / Path(staticfiles_storage.url("css/fonts.css")).relative_to("/static")
    urls = re.findall(r'url\("?\.\./([^")]+)"?\)', served.read_text(encoding="utf-8"))
    assert len(urls) > 10
    for url in urls:
        assert re.search(r"\.[0-9a-f]{12}\.woff2$", url)
        assert (collected / url).exists()


def test_scripts_are_served_without_their_comments(collected: Path) -> None:
    written = (ROOT / "static" / "js" / "lib" / "dom.js").read_text(encoding="utf-8")
    assert (collected / "js" / "lib" / "dom.js").read_text(encoding="utf-8") == written
    served = collected / Path(staticfiles_storage.url("js/lib/dom.js")).relative_to("/static")
    lines = served.read_text(encoding="utf-8").splitlines()
    assert lines == [
        line.strip()
        for line in re.sub(r"^/\*.*?\*/$", "", written, flags=re.DOTALL | re.MULTILINE).splitlines()
        if line.strip()
    ]
    assert "export const gettext = (text) => words[text] ?? text;" in lines


def test_what_others_made_is_served_as_it_is(collected: Path) -> None:
    written = (ROOT / "static" / "vendor" / "htmx.min.js").read_bytes()
    served = Path(staticfiles_storage.url("vendor/htmx.min.js")).relative_to("/static")
    assert (collected / served).read_bytes() == written
