"""Plans and their sections, for programs."""

from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query
from pydantic import Field

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Endpoints, Given, Named, Shown
from zveno.network.models import ClusterClosed
from zveno.plan import actions
from zveno.plan.models import Plan, Section
from zveno.ui.rest import Maybe100

router = Endpoints(tags=["plan"])
Year = Annotated[int, Field(ge=2000, le=2100)]


class PlanShown(Shown):
    """What a cluster means to do in the academic year that begins in September of ``year``."""

    cluster: Named
    year: int


class SectionShown(Named):
    """A section of a plan; ``place`` orders them."""

    plan: PlanShown
    place: int


class PlansAsked(Asked):
    """Which plans."""

    LOOKUPS: ClassVar = {"cluster": "cluster__public_id", "year": "year"}
    cluster: UUID | None = None
    year: Year | None = None


class SectionsAsked(Asked):
    """Which sections."""

    LOOKUPS: ClassVar = {"cluster": "plan__cluster__public_id", "year": "plan__year"}
    cluster: UUID | None = None
    year: Year | None = None


class SectionGiven(Given):
    """A section: a known one by its key; without a name it is removed."""

    key: UUID | None = None
    name: Maybe100 = ""


class SectionsGiven(Given):
    """The sections of the academic year that begins in ``year``, in their order."""

    year: Year
    sections: Annotated[list[SectionGiven], Field(max_length=30)]


@router.lists("/plans", PlanShown)
def plans(request: Request, asked: Query[PlansAsked]) -> object:
    """List the plans of the clusters you belong to."""
    rows = Plan.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("cluster"), asked.after, asked.limit)


@router.lists("/plan-sections", SectionShown)
def plan_sections(request: Request, asked: Query[SectionsAsked]) -> object:
    """List the sections of the plans you see."""
    rows = Section.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("plan__cluster"), asked.after, asked.limit)


class CopyGiven(Given):
    """Items of the year before, and the year they come into."""

    year: Year
    items: Annotated[list[UUID], Field(min_length=1, max_length=1000)]


@router.does("/clusters/{uuid:key}", actions.copy_plan, refuses=[ClusterClosed])
def copy_plan(request: Request, key: UUID, body: CopyGiven) -> object:
    """Copy items of the year before: weekdays stay, days off are skipped, nothing comes twice."""
    return actions.copy_plan(request.actor, key, year=body.year, items=body.items)


@router.does("/plans/{uuid:key}", actions.print_plan, makes=True, refuses=[actions.PlanUnprintable])
def print_plan(request: Request, key: UUID) -> object:
    """Draw the plan up as PDF and DOCX, with notes on execution."""
    return actions.print_plan(request.actor, key)


@router.does(
    "/clusters/{uuid:key}",
    actions.keep_sections,
    refuses=[ClusterClosed, actions.SectionTwice, actions.SectionInUse],
)
def keep_sections(request: Request, key: UUID, body: SectionsGiven) -> object:
    """Name, order, add and remove sections of a year's plan."""
    given = [actions.KeptSection(one.name, one.key) for one in body.sections]
    return actions.keep_sections(request.actor, key, year=body.year, sections=given)
