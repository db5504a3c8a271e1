"""The name of a reading's page as one member sees it now, by which their browser asks again."""

import hashlib

from django.conf import settings
from django.contrib.messages import get_messages
from django.utils import timezone
from django.utils.translation import get_language

from accounts.context import display
from readings.models import Visit
from readings.page.fragments import renderer
from readings.page.standing import Standing
from seminars.http import SeminarRequest
from seminars.news_bell import news_count
from seminars.review_count import reviews_waiting

# The browser alone keeps the page, and asks before it shows it again. A sign-out clears it.
KEPT_BY_THE_BROWSER = "private, no-cache"


def etag_of(request: SeminarRequest, standing: Standing, visit: Visit) -> str:
    """Return the ETag of the page; "" where it is to be shown once, like a message.

    It is made of all that shapes the page, so that an equal one needs nothing loaded: the
    versions, where the member stands, who they are and how they like to read, the code, and the
    session with its CSRF secret, which the page's forms carry.
    """
    if len(get_messages(request)):
        return ""
    user, reading = request.user, standing.reading
    deadlines = reading.deadlines_for(standing.membership)
    parts = (
        standing.versions.stamp(reading, renderer(), get_language()),
        standing.viewer.key,
        *(standing.membership.pk, user.name, user.email, user.is_host, user.time_zone),
        *display(request)["display"].values(),
        *(visit.place, visit.progress, visit.new_since, visit.revision_id, visit.own_version),
        *(deadlines, deadlines.phase_at(timezone.now())),
        request.session.session_key,
        request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""),
        request.get_full_path(),
        *(news_count(request), reviews_waiting(request)),
        settings.STATIC_URL,
    )
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
