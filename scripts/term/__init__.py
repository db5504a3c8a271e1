"""A term in simulation: what the pages tell each member is held against a plain recount.

`python -m scripts.drills term` plays the whole of it, tests/scripts/test_term.py a small one.
"""
