"""What must not stand in a log: addresses of pages that let in whoever knows them."""

import logging
import re

# An invitation, the link to a new password, the link that confirms an address.
_KEYS = re.compile(r"(/(?:join|password/reset/key|confirm-email)/)[^/\s'\"]+")


class RedactTokens(logging.Filter):
    """Takes the tokens out of addresses, and lets every line through."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _KEYS.sub(r"\1…", record.getMessage()), None
        return True
