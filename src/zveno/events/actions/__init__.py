"""Everything that changes events, groups, places and certificates."""

from zveno.events.actions.certificates import (
    NotHeldYet,
    NothingToIssue,
    TooLateToUndo,
    draw_batch,
    issue_certificates,
    undo_issue,
)

__all__ = [
    "NotHeldYet",
    "NothingToIssue",
    "TooLateToUndo",
    "draw_batch",
    "issue_certificates",
    "undo_issue",
]
