"""By which key a post is known again, so that a double submit posts once."""

import uuid


def post_key(client_key: uuid.UUID | None, *content: object) -> uuid.UUID | None:
    """Return the key of one post: that of its page, and what it says.

    The page's key alone would not do. Where an answer never came, people put their words
    right and send them again from the same page: those are other words, and must not be
    taken for the ones that arrived.
    """
    return client_key and uuid.uuid5(client_key, repr(content))
