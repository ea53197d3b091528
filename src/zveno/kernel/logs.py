"""What a log holds, and what it must not: no name, no address that opens something."""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from http.client import responses
from types import TracebackType
from typing import Any

# Addresses that open something to whoever has them: links from letters, codes of certificates.
_KINDS = (
    "family|sign|v|invitation|join|letter|poll|meeting|wish|feed|how|engineer|ticket|setup"
    "|password|verifications"
)
_SECRET = re.compile(rf"(/(?:{_KINDS})/)[^/\s?\"']+")
_OURS = "zveno"
_CAUSES = 5

current_mark: ContextVar[str] = ContextVar("mark", default="")
"""The mark of the request being answered; empty in the worker."""


class Discreet(logging.Filter):
    """Write addresses down without the secrets in them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the message by one without secrets; keep every record."""
        record.msg, record.args = _SECRET.sub(r"\1…", record.getMessage()), None
        return True


class Structured(logging.Formatter):
    """One JSON object a line, made of what cannot name anybody.

    Messages of our own loggers are written as they are: they hold keys, never values. Of others
    only the text that stands in their source is, not what was filled into it, and of an error its
    kind and where it happened, not what it says: it may quote a row or what somebody typed.
    ``facts``, given as ``extra``, are added.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Write one line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
            "source": f"{record.module}:{record.lineno}",
        }
        if mark := current_mark.get():
            line["request"] = mark
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[0]:
            line["fault"] = _fault(*record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def _event(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] == _OURS:
        return _SECRET.sub(r"\1…", record.getMessage())
    if status := getattr(record, "status_code", None):
        return responses.get(status, str(status))
    if record.args and isinstance(record.msg, str):
        return record.msg
    return str(getattr(record, "action", ""))


def _fault(
    kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
) -> dict[str, Any]:
    """Tell what happened where, the innermost place last."""
    causes: list[str] = []
    cause = error
    while cause is not None and len(causes) < _CAUSES:
        causes.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(trace)
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return {"kinds": causes or [str(kind)], "where": where}
