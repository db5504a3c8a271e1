"""What happened to accounts, in the log: who by number, never by name, address or where from."""

import logging

logger = logging.getLogger("colloquy.security")


def note(event: str, user_pk: object = None) -> None:
    """Write one line; its time and the number of its request stand in front of it."""
    logger.info("%s%s", event, f" (account {user_pk})" if user_pk else "")
