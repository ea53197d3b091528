"""What a log must not hold."""

import logging
import re

# Addresses that open something to whoever has them: links from letters, codes of certificates.
_SECRET = re.compile(r"(/(?:sign|v)/)[^/\s?\"']+")


class Discreet(logging.Filter):
    """Write addresses down without the secrets in them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the message by one without secrets; keep every record."""
        record.msg, record.args = _SECRET.sub(r"\1…", record.getMessage()), None
        return True
