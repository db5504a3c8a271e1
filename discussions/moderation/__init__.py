"""Reports, decisions on them, and the log of what was decided."""

from discussions.moderation.actions import dismiss, hide, lock, report, restore, unlock

__all__ = ["dismiss", "hide", "lock", "report", "restore", "unlock"]
