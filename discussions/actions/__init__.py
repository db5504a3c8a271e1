"""What members do in a discussion; what moderators decide is in discussions/moderation.py."""

from discussions.actions.comments import edit_comment, reply, undo_withdrawal, withdraw
from discussions.actions.threads import remove_highlight, start_thread

__all__ = [
    "edit_comment",
    "remove_highlight",
    "reply",
    "start_thread",
    "undo_withdrawal",
    "withdraw",
]
