"""Search: what a seminar reads, and what it says about it."""
