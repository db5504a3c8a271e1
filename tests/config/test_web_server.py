"""nginx and Caddy as deploy/ sets them up, in front of the app. `.ci/run` installs both; elsewhere
the test of one is skipped where it is missing.
"""

import getpass
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest

from scripts.drills.instance import Instance
from scripts.drills.people import until
from scripts.ports import free_port
from tests import migrated
from tests.rules import ROOT

DEPLOY = ROOT / "deploy"
HOST = "read.example.org"
MB = 1024 * 1024
MOST_TRIES = 10  # from one address, in a minute
TOO_MANY = "Too many tries."

pytestmark = [pytest.mark.engine, pytest.mark.once]


def nginx(folder: Path, port: int, app: int) -> list[str]:
    """Return the command for deploy/nginx.conf, with ports and a certificate of the test."""
    block = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    block = re.sub(r"listen 80;", f"listen 127.0.0.1:{free_port()};", block)
    block = block.replace("listen 443", f"listen {port}").replace(":8000", f":{app}")
    block = re.sub(r"/etc/letsencrypt/live/[\w.]+", str(folder), block)
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = folder / "nginx.conf"
    conf.write_text(
        f"user {getpass.getuser()};\npid {folder}/nginx.pid;\nerror_log stderr crit;\ndaemon off;\n"
        "events { worker_connections 1024; }\n"
        f"http {{\naccess_log off;\n{temporary}{block}}}\n"
    )
    return ["nginx", "-c", str(conf), "-p", str(folder)]


def caddy(folder: Path, port: int, app: int) -> list[str]:
    """Return the command for deploy/Caddyfile, with ports and a certificate of the test."""
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    text = text.replace("{$SITE_HOST:read.example.org}", f"https://{HOST}:{port}")
    text = text.replace("{$APP:127.0.0.1:8000}", f"127.0.0.1:{app}")
    text = text.replace(
        "\tservers {", "\tadmin off\n\tauto_https disable_redirects\n\tservers {", 1
    )
    text = text.replace(
        "\tencode", f"\ttls {folder}/fullchain.pem {folder}/privkey.pem\n\tencode", 1
    )
    conf = folder / "Caddyfile"
    conf.write_text(text)
    words = ["caddy", "run", "--adapter", "caddyfile", "--config", str(conf)]
    return ["env", f"XDG_DATA_HOME={folder}", f"XDG_CONFIG_HOME={folder}", *words]


SERVERS = {"nginx": nginx, "caddy": caddy}


def connected(port: int) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    plain = socket.create_connection(("127.0.0.1", port), timeout=30)
    return context.wrap_socket(plain, server_hostname=HOST)


def head(method: str, path: str, *more: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", *more]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode()


def asked(port: int, method: str, path: str, *more: str, body: bytes = b"") -> tuple[int, str]:
    """Return the status of the answer, and all of it."""
    length = [f"Content-Length: {len(body)}"] if body else []
    with connected(port) as connection:
        connection.sendall(head(method, path, "Connection: close", *length, *more))
        with suppress(OSError):  # it may be refused before it is all sent
            connection.sendall(body)
        answer = b""
        while more_of_it := connection.recv(65536):
            answer += more_of_it
    text = answer.decode(errors="replace")
    return int(text.split()[1]), text


def try_password(port: int, token: str, number: int) -> str:
    """Try one for an account of its own, and say that it comes from an address of its own."""
    fields = {"login": f"{number}@example.org", "password": "x", "csrfmiddlewaretoken": token}
    return asked(
        port,
        *("POST", "/accounts/login/", f"X-Forwarded-For: 203.0.113.{number}"),
        *("Content-Type: application/x-www-form-urlencoded", f"Cookie: __Host-csrf={token}"),
        f"Referer: https://{HOST}/",
        body=urlencode(fields).encode(),
    )[1]


def takes_connections(port: int) -> bool:
    try:
        connected(port).close()
    except OSError:
        return False
    return True


@contextmanager
def in_front(command: list[str], port: int) -> Iterator[None]:
    server = subprocess.Popen(command)
    try:
        assert until(lambda: server.poll() is not None or takes_connections(port))
        assert server.poll() is None, "the web server refused its configuration"
        yield
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    variables = {"SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": HOST, "BEHIND_PROXY": "1"}
    variables["EMAIL_URL"] = "off"
    running = Instance(tmp_path_factory.mktemp("var"), variables, workers=1)
    migrated.copy_to(str(running.database))
    for command in (
        ["migrate", "-v0"],
        ["createcachetable"],
        ["collectstatic", "--noinput", "-v0"],
    ):
        running.manage(*command)
    with running.serving():
        yield running


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with fullchain.pem and privkey.pem, signed by nobody."""
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", f"/CN={HOST}", "-keyout", folder / "privkey.pem"),
            *("-addext", f"subjectAltName=DNS:{HOST}", "-out", folder / "fullchain.pem"),
        ],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(params=SERVERS)
def port(request: pytest.FixtureRequest, instance: Instance, certificate: Path) -> Iterator[int]:
    """Where the web server of that name answers for the app, on 127.0.0.1."""
    if shutil.which(request.param) is None:
        pytest.skip(f"There is no {request.param} here.")
    number = free_port()
    with in_front(SERVERS[request.param](certificate, number, instance.port), number):
        yield number


def test_the_app_is_served_as_deploy_says(port: int, instance: Instance) -> None:
    # By its own name and in HTTPS, as the app sees it: it would send plain HTTP away.
    status, told = asked(port, "GET", "/accounts/login/")
    assert status == 200
    assert "strict-transport-security" in told.lower()
    # A file of more than a megabyte gets to the app, and one of more than 40 does not.
    for size, is_taken in ((3 * MB, True), (41 * MB, False)):
        form = (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
            + bytes(size)
            + b"\r\n--x--\r\n"
        )
        of_form = "Content-Type: multipart/form-data; boundary=x"
        status, told = asked(port, "POST", "/library/import/", of_form, body=form)
        assert ("x-request-id" in told.lower()) is is_taken, (size, told)
        assert (status == 413) is not is_taken
    # Who tries passwords cannot say that each try comes from elsewhere.
    instance.manage("shell", "-v0", "-c", "from django.core.cache import cache; cache.clear()")
    token = str(re.findall(r"__Host-csrf=(\w+)", asked(port, "GET", "/accounts/login/")[1])[0])
    tries = [try_password(port, token, number) for number in range(MOST_TRIES + 1)]
    assert [TOO_MANY in one for one in tries] == [False] * MOST_TRIES + [True]


def test_pages_are_compressed_and_files_stay_as_they_were_made(port: int) -> None:
    """What a browser has kept by its tag is not sent again, compressed or not."""
    asks = "Accept-Encoding: gzip"
    status, told = asked(port, "GET", "/accounts/login/", asks)
    assert (status, "content-encoding: gzip" in told.lower()) == (200, True)
    plain = asked(port, "GET", "/accounts/login/")[1]
    style = str(re.findall(r'href="(/static/css/[^"]+)"', plain)[0])
    status, told = asked(port, "GET", style, asks)
    assert told.lower().count("content-encoding: gzip") == 1
    tag = re.findall(r"(?im)^etag: (.*?)\r?$", told)
    if tag:
        status, told = asked(port, "GET", style, asks, f"If-None-Match: {tag[0]}")
        assert status == 304


def test_a_slow_sender_keeps_nobody_waiting(port: int) -> None:
    with connected(port) as slow:
        slow.sendall(head("POST", "/accounts/login/", "Content-Length: 1000") + b"login=")
        assert asked(port, "GET", "/accounts/login/")[0] == 200
