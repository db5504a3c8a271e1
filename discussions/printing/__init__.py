"""A reading on paper: the text with its paragraph numbers, and the talk below it."""
