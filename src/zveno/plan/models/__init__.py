"""Plans of academic years, their sections and items."""

from zveno.plan.models.items import ITEM_FACES, PlanItem, PlanItemQuerySet
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
    usual_sections,
    year_label,
)

__all__ = [
    "ITEM_FACES",
    "MONTHS",
    "Plan",
    "PlanItem",
    "PlanItemQuerySet",
    "PlanQuerySet",
    "Section",
    "SectionQuerySet",
    "made_plan",
    "month_label",
    "months_of",
    "offered_years",
    "usual_sections",
    "year_label",
]
