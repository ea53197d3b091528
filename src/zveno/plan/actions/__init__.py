"""Everything that changes a plan."""

from zveno.plan.actions.happening import (
    NotYet,
    announce_item,
    date_item,
    mark_done,
    report_item,
)
from zveno.plan.actions.items import (
    DayOutside,
    HasEvent,
    HostOutside,
    ItemFacts,
    ItemOver,
    NoSuchSection,
    NotCancelled,
    add_item,
    cancel_item,
    change_item,
    restore_item,
)
from zveno.plan.actions.obligations import (
    AlreadyInPlan,
    NoSuchMonth,
    NotInForce,
    plan_obligation,
)
from zveno.plan.actions.sections import (
    KeptSection,
    SectionInUse,
    SectionTwice,
    keep_sections,
)

__all__ = [
    "AlreadyInPlan",
    "DayOutside",
    "HasEvent",
    "HostOutside",
    "ItemFacts",
    "ItemOver",
    "KeptSection",
    "NoSuchMonth",
    "NoSuchSection",
    "NotCancelled",
    "NotInForce",
    "NotYet",
    "SectionInUse",
    "SectionTwice",
    "add_item",
    "announce_item",
    "cancel_item",
    "change_item",
    "date_item",
    "keep_sections",
    "mark_done",
    "plan_obligation",
    "report_item",
    "restore_item",
]
