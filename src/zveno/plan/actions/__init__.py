"""Everything that changes a plan."""

from zveno.plan.actions.approving import (
    NothingToApprove,
    PlanChanged,
    PlanUnprintable,
    approve_plan,
    print_plan,
)
from zveno.plan.actions.clashes import ClashGone, leave_clash
from zveno.plan.actions.copying import copy_plan
from zveno.plan.actions.happening import (
    NotYet,
    announce_item,
    date_item,
    free_item,
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
from zveno.plan.actions.tables import (
    NothingPlanned,
    PlanUnreadable,
    bring_plan,
    enter_plan,
    map_plan_columns,
    mend_plan,
)

__all__ = [
    "AlreadyInPlan",
    "ClashGone",
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
    "NothingPlanned",
    "NothingToApprove",
    "PlanChanged",
    "PlanUnprintable",
    "PlanUnreadable",
    "SectionInUse",
    "SectionTwice",
    "add_item",
    "announce_item",
    "approve_plan",
    "bring_plan",
    "cancel_item",
    "change_item",
    "copy_plan",
    "date_item",
    "enter_plan",
    "free_item",
    "keep_sections",
    "leave_clash",
    "map_plan_columns",
    "mark_done",
    "mend_plan",
    "plan_obligation",
    "print_plan",
    "report_item",
    "restore_item",
]
