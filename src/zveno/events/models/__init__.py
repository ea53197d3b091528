"""Events, groups that come to them, children's places, certificates."""

from zveno.events.models.announcing import announcement_of, poster_of
from zveno.events.models.awards import Award, AwardKind, kind_in_words
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
from zveno.events.models.certificates import UNDO, Batch, Certificate, without
from zveno.events.models.clashes import Beside, children_beside, groups_beside, said_of
from zveno.events.models.designs import (
    PLACEHOLDERS,
    Accent,
    CertificateDesign,
    Look,
    misplaced,
)
from zveno.events.models.engineers import MOST_HOURS, MOST_PEOPLE, Engineer, Slot, owed_hours
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
from zveno.events.models.marks import Mark
from zveno.events.models.news import Heard, heard
from zveno.events.models.packs import Pack, declined, lacking, pack_of, paper_of
from zveno.events.models.parts import BatchPart, drop_parts, file_name, joined, zipped
from zveno.events.models.portfolio import Portfolio, portfolio_of, portfolio_paper
from zveno.events.models.quotas import Quota
from zveno.events.models.sessions import before, copied
from zveno.events.models.sheets import day_of, long_day, sample_sheet, sheet
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
    "MOST_HOURS",
    "MOST_PEOPLE",
    "PLACEHOLDERS",
    "UNDO",
    "USUAL",
    "Accent",
    "Award",
    "AwardKind",
    "Batch",
    "BatchPart",
    "Beside",
    "CareNote",
    "CareerLevel",
    "Certificate",
    "CertificateDesign",
    "ChildHours",
    "Engineer",
    "Escort",
    "Event",
    "Group",
    "Handout",
    "Heard",
    "Hours",
    "Look",
    "Mark",
    "Opinion",
    "OutsideHours",
    "Pack",
    "Place",
    "Portfolio",
    "Quota",
    "Reply",
    "Slot",
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
    "drop_parts",
    "events_found",
    "events_resembling",
    "feedback_token",
    "file_name",
    "grades",
    "groups_beside",
    "heard",
    "is_direction",
    "is_hours",
    "joined",
    "kind_in_words",
    "lacking",
    "level_of",
    "lists_over",
    "long_day",
    "misplaced",
    "opinion_of",
    "owed_hours",
    "pack_of",
    "paper_of",
    "portfolio_of",
    "portfolio_paper",
    "poster_of",
    "proposed",
    "said_of",
    "sample_sheet",
    "sheet",
    "together",
    "travellers",
    "trip_day",
    "without",
    "zipped",
]
