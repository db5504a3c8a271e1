"""What is done with imports; this is the door to all of it.

Taking a file in, reading it and letting it go is `import_actions.py`.
"""

from readings.drafts.drafts import AlreadyPublished
from readings.drafts.edit_log import EditedMeanwhile
from readings.drafts.import_actions import (
    discard,
    import_now,
    reread,
    retry_import,
    start_import,
)
from readings.drafts.publish_actions import NotSharedNow, publish

__all__ = [
    "AlreadyPublished",
    "EditedMeanwhile",
    "NotSharedNow",
    "discard",
    "import_now",
    "publish",
    "reread",
    "retry_import",
    "start_import",
]
