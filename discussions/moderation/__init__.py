"""Reports, decisions on them, and the log of what was decided."""

from discussions.moderation.actions import dismiss, hide, restore
from discussions.moderation.host_cases import seminars_in_need
from discussions.moderation.report_actions import report
from discussions.moderation.thread_actions import lock, unlock
from discussions.moderation.waiting_list import count_cases

__all__ = [
    "count_cases",
    "dismiss",
    "hide",
    "lock",
    "report",
    "restore",
    "seminars_in_need",
    "unlock",
]
