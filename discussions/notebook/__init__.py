"""The notebook: all that a person has marked and written; and what a member has written."""

from discussions.notebook.files import (
    notebook_file_of,
)
from discussions.notebook.filters import (
    NotebookFilter,
)
from discussions.notebook.sources import (
    NotebookSource,
)

__all__ = [
    "NotebookFilter",
    "NotebookSource",
    "notebook_file_of",
]
