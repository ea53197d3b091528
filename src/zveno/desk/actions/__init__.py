"""What is taken out of the house."""

from zveno.desk.actions.exports import (
    AlreadyConfirmed,
    NobodyToExport,
    ReasonNeeded,
    RequestOver,
    SecondPersonNeeded,
    confirm_export,
    download_export,
    request_export,
)
from zveno.desk.actions.journal import JournalPart, TooMuch, take_journal

__all__ = [
    "AlreadyConfirmed",
    "JournalPart",
    "NobodyToExport",
    "ReasonNeeded",
    "RequestOver",
    "SecondPersonNeeded",
    "TooMuch",
    "confirm_export",
    "download_export",
    "request_export",
    "take_journal",
]
