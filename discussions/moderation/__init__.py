"""Reports, decisions on them, and the log of what was decided."""

from discussions.moderation.actions import dismiss, hide, lock, report, restore, unlock
from discussions.moderation.host_cases import seminars_in_need

__all__ = ["dismiss", "hide", "lock", "report", "restore", "seminars_in_need", "unlock"]
