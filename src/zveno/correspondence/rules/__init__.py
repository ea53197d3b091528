"""Who may do what when a cluster and its members talk."""

from zveno.correspondence.rules.meetings import (
    answers_invitation,
    calls_meetings,
    is_invited,
    leads_meeting,
)

__all__ = [
    "answers_invitation",
    "calls_meetings",
    "is_invited",
    "leads_meeting",
]
