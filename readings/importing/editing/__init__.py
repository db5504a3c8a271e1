"""A document in the hands of a person: what they change, and what comes of it."""
