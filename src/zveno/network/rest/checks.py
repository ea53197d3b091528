"""The August check for programs: asked, confirmed, and what was said."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from ninja import Query
from pydantic import Field, StrictInt

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Email, Endpoints, Given, Named, Shown
from zveno.network import actions
from zveno.network.models import YearCheck
from zveno.network.models.checks import MOST_COUNTED
from zveno.organisations.rest.history import Phone, Site
from zveno.ui.rest import Line100, Line200, Maybe100, Maybe400

router = Endpoints(tags=["network"])
Number = Annotated[StrictInt, Field(ge=0, le=MOST_COUNTED)]


class YearCheckShown(Shown):
    """What an organisation says of itself in the academic year begun in `year`.

    Fewer than five learners of another organisation are null.
    """

    organisation: Named
    year: int
    reminded_on: date | None
    checked_at: datetime | None
    phone: str
    email: str
    site: str
    address: str
    head: Shown | None
    basis: str
    learners: Annotated[int | None, Field(validation_alias="learners_told")]
    teachers: int | None


class YearChecksAsked(Asked):
    """Which checks."""

    LOOKUPS: ClassVar = {"organisation": "organisation__public_id", "year": "year"}
    organisation: UUID | None = None
    year: Annotated[int, Field(ge=2000, le=2100)] | None = None


class YearFactsGiven(Given):
    """What an organisation says of itself: contacts, who signs on what basis, head-counts."""

    family_name: Line100
    given_name: Maybe100 = ""
    patronymic: Maybe100 = ""
    post: Line200
    basis: Line200
    phone: Phone = ""
    email: Email | Literal[""] = ""
    site: Site | Literal[""] = ""
    address: Maybe400 = ""
    learners: Number | None = None
    teachers: Number | None = None


@router.lists("/checks", YearCheckShown)
def checks(request: Request, asked: Query[YearChecksAsked]) -> object:
    """List August checks of your organisation and of the members of clusters it leads."""
    rows = YearCheck.objects.visible_to(request.actor).filter(**asked.chosen())
    told = rows.told_to(request.actor).select_related("organisation", "head")
    return part_of(told, asked.after, asked.limit)


@router.shows("/checks/{uuid:key}", YearCheckShown)
def check(request: Request, key: UUID) -> object:
    """Show one August check."""
    rows = YearCheck.objects.visible_to(request.actor).told_to(request.actor)
    return rows.select_related("organisation", "head").pick(key)


@router.does(
    "/organisations/{uuid:key}",
    actions.confirm_facts,
    makes=True,
    refuses=[actions.BadCounts, actions.HeadElsewhere],
)
def confirm_facts(request: Request, key: UUID, body: YearFactsGiven) -> object:
    """Say what is true of an organisation this academic year."""
    facts = actions.YearFacts(**body.model_dump())
    return actions.confirm_facts(request.actor, key, facts=facts)


@router.does("/clusters/{uuid:key}", actions.ask_to_check, refuses=[actions.NobodyToAsk])
def ask_to_check(request: Request, key: UUID) -> object:
    """Ask the members that have not confirmed, once a day at most."""
    return actions.ask_to_check(request.actor, key)
