"""Plans of academic years, their sections and items."""

from zveno.plan.models.approval_notices import tell_if_ended, tell_of_approval
from zveno.plan.models.approvals import (
    Approval,
    ApprovalQuerySet,
    PrintedPlan,
    PrintedPlanQuerySet,
    agreed,
    digest_of,
    present_digest,
    sides_of,
)
from zveno.plan.models.clashes import (
    LABELS,
    Clashes,
    LeftClash,
    LeftClashQuerySet,
    clashes_of,
    clashes_of_plan,
)
from zveno.plan.models.clashing import Clash, Kind, Proposal
from zveno.plan.models.copying import Copy, copies_of
from zveno.plan.models.feeds import fed, feeds_of, houses_in
from zveno.plan.models.items import FEED, ITEM_FACES, PlanItem, PlanItemQuerySet
from zveno.plan.models.papers import paper_of
from zveno.plan.models.plans import (
    MONTHS,
    Plan,
    PlanQuerySet,
    Section,
    SectionQuerySet,
    made_plan,
    month_label,
    months_of,
    offered_years,
    sections_called,
    usual_sections,
    year_label,
)
from zveno.plan.models.tables import Fate, PlanTable, PlanTableQuerySet, TableRow
from zveno.plan.models.wish_letters import end_links, mail_to
from zveno.plan.models.wishes import (
    LINKED,
    MOST_WISHES,
    Wish,
    Wisher,
    WisherQuerySet,
    WishQuerySet,
    WishRound,
    WishRoundQuerySet,
)
from zveno.plan.models.years import YearPlan, unplanned, year_plan

__all__ = [
    "FEED",
    "ITEM_FACES",
    "LABELS",
    "LINKED",
    "MONTHS",
    "MOST_WISHES",
    "Approval",
    "ApprovalQuerySet",
    "Clash",
    "Clashes",
    "Copy",
    "Fate",
    "Kind",
    "LeftClash",
    "LeftClashQuerySet",
    "Plan",
    "PlanItem",
    "PlanItemQuerySet",
    "PlanQuerySet",
    "PlanTable",
    "PlanTableQuerySet",
    "PrintedPlan",
    "PrintedPlanQuerySet",
    "Proposal",
    "Section",
    "SectionQuerySet",
    "TableRow",
    "Wish",
    "WishQuerySet",
    "WishRound",
    "WishRoundQuerySet",
    "Wisher",
    "WisherQuerySet",
    "YearPlan",
    "agreed",
    "clashes_of",
    "clashes_of_plan",
    "copies_of",
    "digest_of",
    "end_links",
    "fed",
    "feeds_of",
    "houses_in",
    "made_plan",
    "mail_to",
    "month_label",
    "months_of",
    "offered_years",
    "paper_of",
    "present_digest",
    "sections_called",
    "sides_of",
    "tell_if_ended",
    "tell_of_approval",
    "unplanned",
    "usual_sections",
    "year_label",
    "year_plan",
]
