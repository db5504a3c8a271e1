"""Practice: questions that somebody missed come back to them after a while, for them alone."""
