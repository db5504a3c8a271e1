"""What members set on a thread: pinned, watched or muted, tags; and the vocabulary of tags."""

from discussions.thread_marks.actions import create_tag, pin, tag_thread

__all__ = ["create_tag", "pin", "tag_thread"]
