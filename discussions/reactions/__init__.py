"""Reactions to comments, and how a seminar names them."""

from discussions.reactions.actions import react

__all__ = ["react"]
