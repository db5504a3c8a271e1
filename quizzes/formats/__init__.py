"""Questions in files: each format reads into and writes from the same plain data."""

from quizzes.formats.checkpoint_head import (
    MAX_MINUTES,
    MAX_TRIES,
    write_head,
)
from quizzes.formats.exchange import (
    ReadFile,
)
from quizzes.formats.export import (
    checkpoints_of,
    write_questions,
)
from quizzes.formats.file_formats import (
    FORMATS,
    read_questions,
)
from quizzes.formats.forms import (
    MAX_PARAGRAPH,
)
from quizzes.formats.gate_field import GateSpec, parse_gate
from quizzes.formats.guide_items import (
    CheckpointHandler,
    read_sources,
)
from quizzes.formats.guide_prose import (
    as_prose,
    as_typed,
)
from quizzes.formats.guide_questions import (
    MAX_POINTS,
    CheckpointSpec,
    format_checkpoint,
    format_question,
    parse_checkpoint,
)
from quizzes.formats.import_actions import (
    import_questions,
)
from quizzes.formats.import_preview import (
    QuestionOutline,
)
from quizzes.formats.markdown_file import (
    as_checkpoint,
    as_items,
)

__all__ = [
    "FORMATS",
    "MAX_MINUTES",
    "MAX_PARAGRAPH",
    "MAX_POINTS",
    "MAX_TRIES",
    "CheckpointHandler",
    "CheckpointSpec",
    "GateSpec",
    "QuestionOutline",
    "ReadFile",
    "as_checkpoint",
    "as_items",
    "as_prose",
    "as_typed",
    "checkpoints_of",
    "format_checkpoint",
    "format_question",
    "import_questions",
    "parse_checkpoint",
    "parse_gate",
    "read_questions",
    "read_sources",
    "write_head",
    "write_questions",
]
