"""Print what an import would yield; touches no database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents import Document, ImportRefused
from documents.isolated import import_isolated
from readings.essays import translated, translated_refusal
from readings.management.progress_bar import told_on

# Of a block's or note's text, in the readable listing.
SHOWN = 70


class Command(BaseCommand):
    help = "Print what importing FILE would yield: metadata, blocks, notes, repairs, warnings."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the essay: Markdown or plain text")
        parser.add_argument("--json", action="store_true", help="print the whole result as JSON")
        parser.add_argument(
            "--refuse",
            action="append",
            default=[],
            metavar="REPAIR",
            help="do not make this repair (a name, or the id of a single one); may be repeated",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            data, told = path.read_bytes(), told_on(self.stderr)
            document = import_isolated(data, path.name, options["refuse"], told)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.") from error
        except ImportRefused as refusal:
            raise CommandError(f"{path}: {translated_refusal(refusal)}") from refusal
        if options["json"]:
            self.stdout.write(json.dumps(document.to_public_json(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_listing(document)))


def _listing(document: Document) -> list[str]:
    """The essay as it will stand, with repairs and warnings at their place."""
    lines = [f"format: {document.format}"]
    for name, value in document.to_public_json()["metadata"].items():
        text = ", ".join(value) if isinstance(value, list) else value
        if text:
            lines.append(f"{name}: {_short(text)}")
    remarks: dict[int | None, list[str]] = defaultdict(list)
    for warning in document.warnings:
        remarks[warning.block].append(f"      ! {warning.code}: {translated(warning.message)}")
    for repair in document.repairs:
        remarks[repair.block].append(f"      ~ {repair.id}  {_short(translated(repair.detail))}")
    lines += ["", f"{len(document.blocks)} blocks"]
    for index, block in enumerate(document.blocks):
        number = f"¶{block.number}" if block.number else ""
        level = f" {block.level}" if block.level else ""
        words = _short(f"{block.marker} {block.text}" if block.marker else block.text)
        lines.append(f"{index:4} {number:>5} {block.kind + level:<12} {words}{_notes(block)}")
        lines += remarks.pop(index, [])
    lines += ["", f"{len(document.notes)} notes"]
    lines += [f"{note.number:>5}. {_short(note.text)}" for note in document.notes]
    lines += remarks.pop(None, [])
    lines += ["", f"{len(document.repairs)} repairs, {len(document.warnings)} warnings"]
    return lines


def _notes(block: Any) -> str:
    refs = ", ".join(f"{ref.number} at {ref.offset}" for ref in block.note_refs)
    return f"  [notes {refs}]" if refs else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
