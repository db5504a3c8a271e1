"""By which key a post is known again, so that a double submit posts once."""

import uuid
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, models, transaction

from database.prepared import Parameter, PreparedQuery
from seminars.models import Membership

Post = TypeVar("Post", bound=models.Model)


def post_key(client_key: uuid.UUID | None, *content: object) -> uuid.UUID | None:
    """Return the key of one post: that of its page, and what it says.

    The page's key alone would not do. Where an answer never came, people put their words
    right and send them again from the same page: those are other words, and must not be
    taken for the ones that arrived.
    """
    return client_key and uuid.uuid5(client_key, repr(content))


def posts_by_key(model: type[Post]) -> PreparedQuery[Post]:
    """Return what finds an author's post of this model by its key."""
    return PreparedQuery(
        lambda: model._default_manager.filter(
            author=Parameter("author", models.BigIntegerField()),
            client_key=Parameter("key", models.UUIDField()),
        )
    )


def post_once(
    posts: PreparedQuery[Post], key: uuid.UUID | None, write: Callable[[], Post], *, by: Membership
) -> Post:
    """Return the one of these `posts_by_key` that has this key, or what `write` makes now.

    `write` runs in a transaction of its own; a post without a key is always new.
    """
    first = posts.first(author=by.pk, key=key) if key else None
    if first is not None:
        return first
    try:
        with transaction.atomic():
            return write()
    except IntegrityError:
        # The other half of a double submit was faster.
        first = posts.first(author=by.pk, key=key) if key else None
        if first is None:
            raise
        return first
