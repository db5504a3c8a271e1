"""Questions: resolved, still open, and their endorsed answers."""

from discussions.questions.actions import endorse, judge_question

__all__ = ["endorse", "judge_question"]
