"""Events, groups that come to them, children's places, certificates."""

from zveno.events.models.announcing import announcement_of, poster_of
from zveno.events.models.care import CareNote
from zveno.events.models.careers import (
    USUAL,
    CareerLevel,
    OutsideHours,
    is_direction,
    is_hours,
    proposed,
)
from zveno.events.models.catalogue import announced_version
from zveno.events.models.certificates import UNDO, Batch, Certificate, without_certificate
from zveno.events.models.clashes import Beside, children_beside, groups_beside, said_of
from zveno.events.models.escorts import Escort
from zveno.events.models.events import Event
from zveno.events.models.feedback import Opinion, Reply, asks_now, feedback_token, opinion_of
from zveno.events.models.finding import events_found, events_resembling
from zveno.events.models.groups import Group, Place
from zveno.events.models.handouts import MOST as MOST_HANDOUTS
from zveno.events.models.handouts import Handout
from zveno.events.models.hours import (
    ChildHours,
    Hours,
    by_grade,
    child_hours,
    classes_hours,
    level_of,
    together,
)
from zveno.events.models.keeping import lists_over
from zveno.events.models.kinds import grades
from zveno.events.models.news import Heard, heard
from zveno.events.models.packs import Pack, declined, lacking, pack_of, paper_of
from zveno.events.models.quotas import Quota
from zveno.events.models.sessions import before, copied
from zveno.events.models.sheets import day_of, long_day, sheet
from zveno.events.models.trips import (
    Traveller,
    adults_needed,
    departing,
    travellers,
    trip_day,
)
from zveno.events.models.visits import Visit

__all__ = [
    "MOST_HANDOUTS",
    "UNDO",
    "USUAL",
    "Batch",
    "Beside",
    "CareNote",
    "CareerLevel",
    "Certificate",
    "ChildHours",
    "Escort",
    "Event",
    "Group",
    "Handout",
    "Heard",
    "Hours",
    "Opinion",
    "OutsideHours",
    "Pack",
    "Place",
    "Quota",
    "Reply",
    "Traveller",
    "Visit",
    "adults_needed",
    "announced_version",
    "announcement_of",
    "asks_now",
    "before",
    "by_grade",
    "child_hours",
    "children_beside",
    "classes_hours",
    "copied",
    "day_of",
    "declined",
    "departing",
    "events_found",
    "events_resembling",
    "feedback_token",
    "grades",
    "groups_beside",
    "heard",
    "is_direction",
    "is_hours",
    "lacking",
    "level_of",
    "lists_over",
    "long_day",
    "opinion_of",
    "pack_of",
    "paper_of",
    "poster_of",
    "proposed",
    "said_of",
    "sheet",
    "together",
    "travellers",
    "trip_day",
    "without_certificate",
]
