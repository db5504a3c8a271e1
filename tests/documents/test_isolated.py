"""The process in which a file is read: what it may take, what it cannot do, how it can end."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from documents import ImportRefused, import_document
from documents.isolated import Usage, import_isolated
from documents.messages import Message
from tests.documents.hostile import PARAGRAPH

FILES = Path(__file__).parent / "formats" / "files"
ROOT = Path(__file__).resolve().parents[2]

SAME = ["harbour/pandoc.docx", "aloud/unwrapped.md", "maps/lines.txt", "harbour/latex.pdf"]


@pytest.mark.parametrize("path", SAME)
def test_gives_what_the_reader_gives(path: str) -> None:
    """Pictures with their bytes too."""
    data = (FILES / path).read_bytes()
    document = import_document(data, path)
    assert import_isolated(data, path) == document
    refused = [repair.id for repair in document.repairs]
    assert import_isolated(data, path, refused) == import_document(data, path, refused)


def test_some_file_has_a_picture() -> None:
    """Or the test above would not have told that they come through."""
    pictures = [import_isolated((FILES / path).read_bytes(), path).pictures for path in SAME]
    assert any(picture.data for some in pictures for picture in some)


def test_refusal_keeps_its_words() -> None:
    data = b"\x89PNG\r\n\x1a\n"
    with pytest.raises(ImportRefused) as inside:
        import_document(data, "essay.png")
    with pytest.raises(ImportRefused) as outside:
        import_isolated(data, "essay.png")
    for name in ("code", "message", "advice"):
        assert getattr(outside.value, name) == getattr(inside.value, name)


def test_tells_how_far_it_is() -> None:
    told: list[tuple[Message, int | None]] = []
    path = FILES / "harbour" / "latex.pdf"
    import_isolated(path.read_bytes(), path.name, on_progress=lambda *one: told.append(one))
    assert any(str(message).startswith("Reading page 1 of ") for message, _ in told)
    percents = [percent for _, percent in told if percent is not None]
    assert percents == sorted(percents)
    assert 0 <= percents[0] < percents[-1] <= 100


def children() -> list[int]:
    found: list[int] = []
    for task in Path("/proc/self/task").iterdir():
        found += [int(pid) for pid in (task / "children").read_text().split()]
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="Looks for the child where Linux has it.")
def test_child_that_dies_is_a_refusal(caplog: pytest.LogCaptureFixture) -> None:
    before = children()

    def kill(message: Message, percent: int | None) -> None:
        for pid in set(children()) - set(before):
            os.kill(pid, signal.SIGKILL)

    with caplog.at_level(logging.ERROR), pytest.raises(ImportRefused) as caught:
        # Long enough to be in the middle of it.
        import_isolated((f"{PARAGRAPH}\n\n" * 20_000).encode(), "essay.txt", on_progress=kill)
    assert caught.value.code == "unreadable"
    assert "ended with -9" in caplog.text
    assert set(children()) <= set(before)


@pytest.mark.skipif(sys.platform != "linux", reason="Looks for the child where Linux has it.")
def test_reading_that_nobody_wants_any_more_ends_with_its_child() -> None:
    before = children()

    def enough(message: Message, percent: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_isolated(PARAGRAPH.encode(), "essay.txt", on_progress=enough)
    assert set(children()) <= set(before)


@pytest.mark.parametrize(
    ("text", "code"),
    [("[" * 900_000 + PARAGRAPH, "too_complex"), ("[" * 30_000 + "a" + "]" * 30_000, "too_slow")],
    ids=["memory", "time"],
)
def test_what_takes_too_much_is_refused(text: str, code: str) -> None:
    usage = Usage()
    with pytest.raises(ImportRefused) as caught:
        import_isolated(text.encode(), "essay.md", usage=usage)
    assert caught.value.code == code
    assert usage.seconds < 6
    assert usage.megabytes < 300


def sealed(program: str, *arguments: str, folder: Path) -> str:
    """What a program prints that runs behind the child's walls."""
    start = "import sys\nfrom documents.__main__ import sandbox\nsandbox(400, 5)\n"
    done = subprocess.run(
        [sys.executable, "-B", "-c", start + program, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_child_cannot_write_a_file(tmp_path: Path) -> None:
    said = sealed("with open('a', 'w') as file: file.write('words')", folder=tmp_path)
    assert "File too large" in said
    assert all(not path.stat().st_size for path in tmp_path.iterdir())


def test_child_cannot_take_more_memory(tmp_path: Path) -> None:
    assert "MemoryError" in sealed("bytearray(500_000_000)", folder=tmp_path)


def test_child_has_no_network_where_the_system_lets_it(tmp_path: Path) -> None:
    if sealed("import os; print(os.listdir('/sys/class/net'))", folder=tmp_path) == "":
        pytest.skip("This system says nothing of its network.")
    program = (
        "import ctypes, socket\n"
        "alone = ctypes.CDLL(None).unshare(0) == 0 and len(socket.if_nameindex()) <= 1\n"
        "try:\n    socket.create_connection(('127.0.0.1', int(sys.argv[1])), 2); print('through')\n"
        "except OSError: print('walled')\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        said = sealed(program, str(server.getsockname()[1]), folder=tmp_path)
    if said == "through":
        pytest.skip("This system gives no process a network of its own.")
    assert said == "walled"


def test_child_has_nothing_of_our_surroundings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads as well with a key in our environment as without, and sees none of it."""
    monkeypatch.setenv("SECRET_KEY", "x" * 40)
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "none"))
    seen: list[str] = []

    def look(message: Message, percent: int | None) -> None:
        seen.extend(Path(f"/proc/{pid}/environ").read_text() for pid in children())

    import_isolated(PARAGRAPH.encode(), "essay.txt", on_progress=look)
    if sys.platform == "linux":
        assert seen
        assert not any("SECRET_KEY" in one for one in seen if "readings" in one or "LANG=C" in one)
