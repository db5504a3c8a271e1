"""Drills: what goes wrong for a host is made to go wrong, on an instance of their own.

`.venv/bin/python -m scripts.drills` runs all of them, and with names those
alone: each starts the app as docs/hosting.md says in a folder that is gone afterwards, and prints
PASS or FAIL with its figures. `--short` takes seconds and shows that the drills themselves work.
"""
