"""What every part of a discussion stands on: rendering, locking, counting, posting once."""
