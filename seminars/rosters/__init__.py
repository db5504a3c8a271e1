"""Rosters: a list of names, addresses and groups, and what becomes of each row of it."""
