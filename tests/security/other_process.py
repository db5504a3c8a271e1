"""A second process of the app, on the database of the tests: a request a line, an answer a line."""

import json
import os
import sys
from io import BytesIO
from typing import Any


def answer(application: Any, path: str, cookie: str) -> int:
    """GET `path` as the server hands it over; return the status."""
    statuses: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "HTTP_COOKIE": cookie,
        "HTTP_HOST": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "http",
    }
    response = application(environ, lambda status, _: statuses.append(status))
    b"".join(response)
    response.close()
    return int(statuses[0].split()[0])


if __name__ == "__main__":
    from django.core.wsgi import get_wsgi_application

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    application = get_wsgi_application()
    for line in sys.stdin:
        print(answer(application, **json.loads(line)), flush=True)  # noqa: T201 - the answer
