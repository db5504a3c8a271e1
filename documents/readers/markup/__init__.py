"""Markdown, and the other languages that people write documents in."""
