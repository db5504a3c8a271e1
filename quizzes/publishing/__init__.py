"""Publishing one's own answer to an open question, as a thread at its checkpoint's paragraph."""

from quizzes.publishing.actions import AnswerStands, publish_answer

__all__ = ["AnswerStands", "publish_answer"]
