"""What `manage.py setup` is made of: answers checked, a file written, servers tried out."""

import os
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import given, settings
from hypothesis import strategies as st

from config.service_urls import NotSuch
from hosting.setup import answers
from hosting.setup.env_file import write_settings
from hosting.setup.terminal import Terminal
from hosting.setup.trials import TrialFailed, try_database, try_mail
from scripts.drills import mail_server
from scripts.ports import free_port


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Read.Example.org", "https://read.example.org"),
        ("https://read.example.org/", "https://read.example.org"),
        ("https://read.example.org:8443", "https://read.example.org:8443"),
    ],
)
def test_address(said: str, kept: str) -> None:
    assert answers.address(said) == kept


@pytest.mark.parametrize(
    "said", ["", "read", "http://read.example.org", "https://read.example.org/colloquy", "a b.org"]
)
def test_no_address(said: str) -> None:
    with pytest.raises(NotSuch, match="must "):
        answers.address(said)


def test_sender() -> None:
    assert answers.sender("mail@example.org") == "Colloquy <mail@example.org>"
    assert answers.sender("The Seminar <mail@example.org>") == "The Seminar <mail@example.org>"
    for said in ("", "Seminar", "a@b\nBcc: c@d.org", "<>"):
        with pytest.raises(NotSuch):
            answers.sender(said)


def test_password_of_a_mail_server_may_hold_any_sign() -> None:
    class Answered(Terminal):
        """A terminal at which these lines are typed."""

        def __init__(self, *lines: str) -> None:
            self.lines = list(lines)

        def _line(self, asks: str) -> str:  # noqa: ARG002
            return self.lines.pop(0)

        _secret = _line

    url = Answered("mail.example.org", "", "me@example.org", "a@b/c:d#e%?").ask_mail()
    assert url == "submission://me%40example.org:a%40b%2Fc%3Ad%23e%25%3F@mail.example.org:587"
    assert Answered("mail.example.org", "465", "").ask_mail().endswith("465?ssl=true")


VALUES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1)


@settings(max_examples=40)
@given(value=VALUES.filter(lambda text: text == text.strip()))
def test_a_value_is_read_as_it_was_written(value: str) -> None:
    """By us and by a shell; or it is refused."""
    file = Path(tempfile.gettempdir()) / f"colloquy-{os.getpid()}.env"
    file.unlink(missing_ok=True)
    try:
        write_settings(file, {"ANY": value}, replace=False)
    except NotSuch:
        assert {"\\", "'"} & set(value)
        return
    try:
        assert dotenv_values(file, interpolate=False)["ANY"] == value
        shell = ["sh", "-c", '. "$0"; printf %s "$ANY"', str(file)]
        assert subprocess.run(shell, capture_output=True, text=True).stdout == value
    finally:
        file.unlink()


def test_a_file_is_never_overwritten_unasked(tmp_path: Path) -> None:
    file = tmp_path / "colloquy.env"
    file.write_text("SECRET_KEY=mine\nLOG_LEVEL=ERROR\nEMAIL_URL=off\n")
    with pytest.raises(FileExistsError):
        write_settings(file, {"EMAIL_URL": "smtp://localhost"}, replace=False)
    assert file.read_text().startswith("SECRET_KEY=mine\n")
    write_settings(file, {"EMAIL_URL": "smtp://localhost", "DATABASE_URL": ""}, replace=True)
    assert dotenv_values(file) == {
        "SECRET_KEY": "mine",
        "EMAIL_URL": "smtp://localhost",
        "LOG_LEVEL": "ERROR",
    }
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"colloquy.env", "colloquy.env.old"}


def mail_fails(url: str) -> str:
    with pytest.raises(TrialFailed) as failed:
        try_mail(url, sender="a@example.org", to="b@example.org", site="https://example.org")
    assert "s3cret" not in str(failed.value)
    return str(failed.value)


def test_why_a_mail_does_not_go_out() -> None:
    port = free_port()
    assert "Nothing answers" in mail_fails(f"smtp://me:s3cret@127.0.0.1:{port}")
    assert "no mail server of the name" in mail_fails("smtp://me:s3cret@nowhere.invalid:25")
    with mail_server.silent() as server:
        silent = f"127.0.0.1:{server.getsockname()[1]}"
        assert "does not greet" in mail_fails(f"smtp://{silent}?timeout=1")
    with mail_server.taking(port) as taken:
        assert "offers no STARTTLS" in mail_fails(f"submission://me:s3cret@127.0.0.1:{port}")
        assert "does not speak TLS" in mail_fails(f"smtp://127.0.0.1:{port}?ssl=true")
        assert not taken


def test_why_a_database_cannot_be_used() -> None:
    with pytest.raises(TrialFailed, match="cannot be used") as failed:
        try_database(f"postgres://me:s3cret@127.0.0.1:{free_port()}/colloquy")
    assert "s3cret" not in str(failed.value)


@pytest.mark.engine
def test_a_database_in_which_one_may_make_no_table() -> None:
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        pytest.skip("Not on PostgreSQL.")
    import psycopg

    try_database(url)
    reader = f"colloquy_reader_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as administrator:
        administrator.execute(f"CREATE ROLE {reader} LOGIN")
        try:
            with pytest.raises(TrialFailed, match=f"OWNER TO {reader};"):
                try_database(url.replace("postgres@", f"{reader}@"))
        finally:
            administrator.execute(f"DROP ROLE {reader}")
