"""Everything that changes what a cluster and its members say to each other."""

from zveno.correspondence.actions.meetings import (
    BadTime,
    Call,
    MeetingOver,
    NoAgenda,
    NobodyCalled,
    Point,
    answer_invitation,
    call_meeting,
    cancel_meeting,
    change_meeting,
)
from zveno.correspondence.actions.minutes import (
    CorrectionUnexplained,
    Decided,
    Heard,
    MinutesChanged,
    NobodyCarriesOut,
    NotYetHeld,
    OtherAgenda,
    Protocol,
    write_minutes,
)

__all__ = [
    "BadTime",
    "Call",
    "CorrectionUnexplained",
    "Decided",
    "Heard",
    "MeetingOver",
    "MinutesChanged",
    "NoAgenda",
    "NobodyCalled",
    "NobodyCarriesOut",
    "NotYetHeld",
    "OtherAgenda",
    "Point",
    "Protocol",
    "answer_invitation",
    "call_meeting",
    "cancel_meeting",
    "change_meeting",
    "write_minutes",
]
