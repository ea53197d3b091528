"""Plans of academic years, their sections and items."""

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
from zveno.plan.models.items import ITEM_FACES, PlanItem, PlanItemQuerySet
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
from zveno.plan.models.years import YearPlan, unplanned, year_plan

__all__ = [
    "ITEM_FACES",
    "LABELS",
    "MONTHS",
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
    "YearPlan",
    "agreed",
    "clashes_of",
    "clashes_of_plan",
    "copies_of",
    "digest_of",
    "made_plan",
    "month_label",
    "months_of",
    "offered_years",
    "paper_of",
    "present_digest",
    "sections_called",
    "sides_of",
    "unplanned",
    "usual_sections",
    "year_label",
    "year_plan",
]
