"""Who may do what when a cluster and its members talk."""

from zveno.correspondence.rules.contacts import keeps_contact, notes_contacts
from zveno.correspondence.rules.letters import speaks_for_addressee, writes, wrote
from zveno.correspondence.rules.meetings import (
    answers_invitation,
    calls_meetings,
    is_invited,
    leads_meeting,
)
from zveno.correspondence.rules.polls import asked, speaks_for_voter

__all__ = [
    "answers_invitation",
    "asked",
    "calls_meetings",
    "is_invited",
    "keeps_contact",
    "leads_meeting",
    "notes_contacts",
    "speaks_for_addressee",
    "speaks_for_voter",
    "writes",
    "wrote",
]
