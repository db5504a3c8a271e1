"""A whole seminar: archived, exported, imported elsewhere, deleted."""
