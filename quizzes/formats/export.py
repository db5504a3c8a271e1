"""Questions of a reading's guide as a file of another format."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.formats.file_formats import FileFormat
from quizzes.formats.guide_questions import CheckpointSpec, parse_checkpoint
from quizzes.formats.holdings import Loss, reduce_all
from readings.guides import GuideRefused, parse_guide
from readings.models import Guide, GuideItemKind, Reading


@dataclass(frozen=True, slots=True)
class LostPart:
    """One thing that is not held, of these questions: by title of their checkpoint, their
    numbers; 0 is the checkpoint itself."""

    what: str
    places: list[tuple[str, list[int]]]


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file of questions, and what the format could not hold of them."""

    data: bytes
    name: str
    media_type: str
    count: int
    losses: tuple[Loss, ...]

    @property
    def whole(self) -> list[Loss]:
        """The questions that are not in it at all."""
        return [one for one in self.losses if one.is_whole]

    @property
    def parts(self) -> list[LostPart]:
        """What else is not in it, and of which questions, in the order of the guide."""
        found: dict[str, dict[str, list[int]]] = {}
        for one in self.losses:
            if not one.is_whole:
                found.setdefault(one.what, {}).setdefault(one.title, []).append(one.number)
        return [LostPart(what, list(by_title.items())) for what, by_title in found.items()]


def checkpoints_of(reading: Reading) -> list[CheckpointSpec]:
    """The checkpoints of a reading's guide as it was published, in their order."""
    guide = Guide.objects.filter(reading=reading).first()
    if guide is None:
        return []
    try:
        items = parse_guide(guide.source).items
        bodies = [one.body for one in items if one.kind == GuideItemKind.CHECKPOINT]
        return [parse_checkpoint(body) for body in bodies]
    except GuideRefused:
        # Added by an earlier version of Colloquy, which read the file otherwise.
        return []


def write_questions(
    reading: Reading, checkpoints: Sequence[CheckpointSpec], form: FileFormat
) -> WrittenFile:
    """Write checkpoints of a reading in a format."""
    held = reduce_all(checkpoints, form.holdings, reading.essay.language)
    return WrittenFile(
        data=form.write(held.checkpoints) if held.count else b"",
        name=f"{reading.slug}-questions.{form.extension}",
        media_type=form.media_type,
        count=held.count,
        losses=held.losses,
    )
