"""What is taken out of the house, and work that is done anew."""

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
from zveno.desk.actions.jobs import run_job, try_again
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
    "run_job",
    "take_journal",
    "try_again",
]
