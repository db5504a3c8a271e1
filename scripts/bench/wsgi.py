"""The app under two handlers: as it is, and R0, a bare view in front of which no middleware stands.

A request with the header X-Bench-Timing is answered with a Server-Timing: how long the
app took by the clock (the database with it) and how much of the processor its thread had.
"""

import os
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.ROOT_URLCONF = "scripts.bench.urls"
whole: "WSGIApplication" = get_wsgi_application()

# Imported late: the URLs need the apps, which the line above makes ready.
from django.test import override_settings  # noqa: E402

from config.bodies import WholeBodies  # noqa: E402
from scripts.bench.urls import R0  # noqa: E402


def timed(handler: "WSGIApplication") -> "WSGIApplication":
    """The same, telling of each request that asks for it how long it took."""

    def asked(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if "HTTP_X_BENCH_TIMING" not in environ:
            return handler(environ, start_response)
        return _timed(handler, environ, start_response)

    return asked


# Timed within, in the thread in which the app runs.
whole = WholeBodies(timed(whole))
with override_settings(MIDDLEWARE=[]):
    bare: "WSGIApplication" = timed(WSGIHandler())


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    return (bare if environ["PATH_INFO"] == R0 else whole)(environ, start_response)


def _timed(
    handler: "WSGIApplication", environ: "WSGIEnvironment", start_response: "StartResponse"
) -> Iterable[bytes]:
    began, began_cpu = time.perf_counter(), time.thread_time()

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        # Django has the whole answer when it calls this: none of its pages is streamed.
        took = (time.perf_counter() - began) * 1000
        processor = (time.thread_time() - began_cpu) * 1000
        timing = f"app;dur={took:.4f}, cpu;dur={processor:.4f}"
        return start_response(status, [*headers, ("Server-Timing", timing)], *rest)

    return handler(environ, start)
