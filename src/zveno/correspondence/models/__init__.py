"""Letters to members and who has read and answered them."""

from zveno.correspondence.models.contacts import (
    Contact,
    ContactQuerySet,
    keeping,
    known_employers,
)
from zveno.correspondence.models.letters import Addressee, Attachment, Circular
from zveno.correspondence.models.meetings import (
    Coming,
    Invited,
    InvitedQuerySet,
    Item,
    ItemQuerySet,
    Meeting,
    MeetingQuerySet,
    coming_in,
)
from zveno.correspondence.models.minutes import (
    Decision,
    DecisionQuerySet,
    Minutes,
    MinutesQuerySet,
    tasks_of,
)
from zveno.correspondence.models.polls import Poll, Slot, Tally, Vote, Voter, tallied
from zveno.correspondence.models.sides import coordinated, spoken_for

__all__ = [
    "Addressee",
    "Attachment",
    "Circular",
    "Coming",
    "Contact",
    "ContactQuerySet",
    "Decision",
    "DecisionQuerySet",
    "Invited",
    "InvitedQuerySet",
    "Item",
    "ItemQuerySet",
    "Meeting",
    "MeetingQuerySet",
    "Minutes",
    "MinutesQuerySet",
    "Poll",
    "PollQuerySet",
    "Slot",
    "Tally",
    "Vote",
    "Voter",
    "coming_in",
    "coordinated",
    "keeping",
    "known_employers",
    "spoken_for",
    "tallied",
    "tasks_of",
]
