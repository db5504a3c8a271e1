"""Questions in and out from a shell: the same as by the pages, all or nothing."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from quizzes.models import Quiz
from readings.guides import parse_guide
from readings.models import GuideDraft, Reading
from tests.base import People
from tests.quizzes.base import ALL_TYPES, add_quiz
from tests.quizzes.question_files import GIFT

WHERE = ("--seminar", "seminar", "--reading", "margins")


def test_a_file_goes_into_the_draft(
    people: People, reading: Reading, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "margins.gift"
    file.write_text(GIFT)
    call_command("import_questions", str(file), *WHERE, "--paragraph", "2")
    [item] = parse_guide(GuideDraft.objects.get().text).items
    assert (item.kind, item.anchor.number) == ("checkpoint", 2)
    assert not Quiz.objects.exists()
    told = capsys.readouterr().out
    assert "“Reading/writing”: 12 questions (GIFT)" in told
    assert "Line 5: a guide cannot hold 1 answer that earns only a part" in told


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        ("What? {=a", (), "Line 1"),
        ("Good? {T}\n\nWhat? {=a ~a}", (), "nothing was imported.\nLine 3"),
        ("Good? {T}", ("--paragraph", "99"), "no ¶ 99"),
        ("Good? {T}", ("--by", "carol@example.org"), "not an instructor"),
        ("Good? {T}", ("--reading", "none"), "no reading"),
    ],
)
def test_nothing_is_changed_where_anything_is_wrong(
    people: People, reading: Reading, tmp_path: Path, text: str, more: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "a.gift"
    file.write_text(text)
    with pytest.raises(CommandError, match=said):
        call_command("import_questions", str(file), *WHERE, *more)
    assert not GuideDraft.objects.exists()


def test_what_cannot_be_held_is_left_out_where_one_says_so(
    people: People, reading: Reading, tmp_path: Path
) -> None:
    file = tmp_path / "a.gift"
    file.write_text("Good? {T}\n\nWhat? {=a ~a}")
    call_command("import_questions", str(file), *WHERE, "--leave-out")
    assert "Good?" in GuideDraft.objects.get().text


def test_a_guide_is_written_and_read_again(
    people: People, reading: Reading, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_quiz(people, reading, ALL_TYPES)
    file = tmp_path / "a.xml"
    call_command("export_questions", str(file), *WHERE, "--format", "moodle")
    assert "question 9: the whole question" in capsys.readouterr().out
    call_command("import_questions", str(file), *WHERE)
    assert len(parse_guide(GuideDraft.objects.get().text).items) == 4
    with pytest.raises(CommandError, match="exists"):
        call_command("export_questions", str(file), *WHERE)


def test_one_question_is_one_and_a_checkpoint_is_named_alone(
    people: People, reading: Reading, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checkpoint = "## Checkpoint ¶ 2\n\nTitle: Alone\nTime: 5 min\n\n### Is it?\n\nAnswer: true\n"
    add_quiz(people, reading, f"---\nguide: 1\ntitle: Guide\n---\n\n{checkpoint}")
    file = tmp_path / "a.gift"
    call_command("export_questions", str(file), *WHERE, "--format", "gift")
    told = capsys.readouterr().out
    assert "Not held: Alone: how it behaves: Time: 5 min\n" in told
    assert told.endswith(": 1 question\n")
    call_command("import_questions", str(file), *WHERE)
    assert ": 1 question (GIFT)" in capsys.readouterr().out


def test_a_guide_without_questions_is_told(
    people: People, reading: Reading, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="no questions"):
        call_command("export_questions", str(tmp_path / "a.xml"), *WHERE)
