"""A kept picture as an answer to a browser, and its address on a page."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from documents.sanitise import is_picture
from readings.models import Block, Draft, Note, Picture, Revision

_IMAGE = re.compile(r'<img((?:\s+[a-z]+="[^"]*")*)\s*/?>')
_SOURCE = re.compile(r'\ssrc="picture:([^"]*)"')
_ALTERNATIVE = re.compile(r'\salt="[^"]*"')


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """Where a picture of the essay is fetched, and its size in pixels."""

    address: str
    width: int
    height: int


def with_pictures(html: str, pictures: Mapping[str, ShownPicture]) -> str:
    """Return `html` with the address of each picture; one that is not there is left out.

    The size goes along, so that the page does not jump when the picture has come.
    """
    if "<img" not in html:
        return html

    def shown(image: re.Match[str]) -> str:
        source, alternative = _SOURCE.search(image[1]), _ALTERNATIVE.search(image[1])
        picture = pictures.get(source[1]) if source else None
        if picture is None:
            return ""
        words = alternative[0] if alternative else ' alt=""'
        return (
            f'<img src="{escape(picture.address)}"{words}'
            f' width="{picture.width}" height="{picture.height}" loading="lazy" decoding="async">'
        )

    return _IMAGE.sub(shown, html)


# A picture's address names its row, so what is there never changes.
CACHE_SECONDS = 24 * 60 * 60
NO_PICTURES: Mapping[str, ShownPicture] = {}
# Where somebody opens the picture alone: nothing in it runs, or loads anything.
_POLICY = "default-src 'none'; sandbox"


def picture_response(owner: Revision | Draft, name: str) -> HttpResponse:
    """Send a picture of this text as what it was checked to be; 404 where there is none."""
    known = is_picture(f"picture:{name}")  # a database may not even take any other
    picture = owner.pictures.filter(name=name).first() if known else None
    if picture is None:
        raise Http404(_("There is no such picture."))
    try:
        with picture.file.open("rb") as file:
            data = file.read()
    except OSError as error:
        raise Http404(_("The picture's file is gone.")) from error
    response = HttpResponse(data, content_type=picture.media_type)
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = f"private, max-age={CACHE_SECONDS}"
    return response


def shown_pictures(
    parts: Iterable[Block | Note], pictures: QuerySet[Picture], address: Callable[[str], str]
) -> dict[str, ShownPicture]:
    """Those of `pictures` where these parts name any, with address and size; one query at most."""
    if not any("picture:" in block.html for block in parts):
        return {}
    return {
        one.name: ShownPicture(f"{address(one.name)}?v={one.pk}", one.width, one.height)
        for one in pictures
    }
