"""What stands in each line of the log (its request's number), and what must not: addresses of
pages that let in whoever knows them.
"""

import logging
import re
import secrets
from contextvars import ContextVar

# An invitation, what changes somebody's mails, the link to a new password, the link that confirms
# an address.
_KEYS = re.compile(r"(/(?:join|news/mail|password/reset/key|confirm-email)/)[^/\s'\"]+")


_request_id = ContextVar("request_id", default="-")


def begin_request() -> str:
    """Give what follows in this thread a number of its own, and return it."""
    number = secrets.token_hex(8)
    _request_id.set(number)
    return number


def current_request_id() -> str:
    """The number of the request that is answered now; “-” outside of one."""
    return _request_id.get()


class RequestId(logging.Filter):
    """Gives every line the number of its request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id()
        return True


class RefusedInOneLine(logging.Filter):
    """Puts why a request was refused into its line, in place of where in the code it was."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] and record.levelno < logging.ERROR:
            why = " ".join(str(record.exc_info[1]).split())
            record.msg, record.args = f"{record.getMessage()}: {why}", None
            record.exc_info = record.exc_text = None
        return True


class RedactTokens(logging.Filter):
    """Takes the tokens out of addresses, and lets every line through."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _KEYS.sub(r"\1…", record.getMessage()), None
        return True
