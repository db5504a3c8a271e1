"""A kept picture as an answer to a browser, and its address on a page."""

from collections.abc import Callable, Iterable, Mapping

from django.http import Http404, HttpResponse

from readings.importing.sanitise import is_picture
from readings.models import Block, Note, Picture, Revision
from readings.rendering import ShownPicture

# A picture's address names its row, so what is there never changes.
CACHE_SECONDS = 24 * 60 * 60
NO_PICTURES: Mapping[str, ShownPicture] = {}
# Where somebody opens the picture alone: nothing in it runs, or loads anything.
_POLICY = "default-src 'none'; sandbox"


def picture_response(revision: Revision, name: str) -> HttpResponse:
    """Send a picture of this revision as what it was checked to be; 404 where there is none."""
    known = is_picture(f"picture:{name}")  # a database may not even take any other
    picture = Picture.objects.filter(revision=revision, name=name).first() if known else None
    if picture is None:
        raise Http404("There is no such picture.")
    try:
        with picture.file.open("rb") as file:
            data = file.read()
    except OSError as error:
        raise Http404("The picture's file is gone.") from error
    response = HttpResponse(data, content_type=picture.media_type)
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = f"private, max-age={CACHE_SECONDS}"
    return response


def shown_pictures(
    parts: Iterable[Block | Note], revision_id: int, address: Callable[[str], str]
) -> dict[str, ShownPicture]:
    """The pictures that these parts name, each with address and size; one query at most."""
    if not any("picture:" in block.html for block in parts):
        return {}
    return {
        one.name: ShownPicture(f"{address(one.name)}?v={one.pk}", one.width, one.height)
        for one in Picture.objects.filter(revision_id=revision_id)
    }
