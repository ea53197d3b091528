"""Amendments for programs: what they change, and how an agreement reads on a day."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query, Schema
from pydantic import Field

from zveno.kernel import clock
from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Day, Endpoints, Given, Shown
from zveno.network import actions
from zveno.network.models import Agreement, Change, ClusterClosed
from zveno.network.models.amending import LONGEST_POINT, in_order, read_of, reading_on
from zveno.network.rest.changes import DRAFT

router = Endpoints(tags=["agreements"])
CHANGING = [actions.NothingChanges, actions.NoSuchPoint, actions.PointTwice]


class ChangeShown(Shown):
    """How a point reads by an amendment: a clause, «3.1», or an annex, «1»; empty: left out."""

    amendment: Shown
    place: int
    point: str
    text: str
    adds: bool


class ChangesAsked(Asked):
    """Which changes."""

    LOOKUPS: ClassVar = {
        "amendment": "amendment__public_id",
        "agreement": "amendment__parent__public_id",
    }
    amendment: UUID | None = None
    agreement: UUID | None = None


class DayAsked(Schema):
    """The day to look at; today unless told."""

    model_config: ClassVar = {"extra": "forbid"}
    on: Day | None = None


class PointShown(Schema):
    """How a point read on the day; ``since`` and ``by`` an amendment, if any changed it."""

    point: str
    text: str
    since: date | None
    by: Shown | None


class ReadingShown(Schema):
    """The points of an agreement that were in force on a day."""

    on: date
    points: list[PointShown]


class AmendedGiven(Given):
    """A clause, «3.1», or an annex, «1», and how it reads from now on; without a text: left out."""

    point: Annotated[str, Field(pattern=r"^\d{1,3}(\.\d{1,3})?$")]
    text: Annotated[str, Field(max_length=LONGEST_POINT, pattern=r"^[^\x00]*$")] = ""


class ChangesGiven(Given):
    """All that an amendment changes."""

    changes: Annotated[list[AmendedGiven], Field(min_length=1, max_length=40)]

    def taken(self) -> list[actions.Amended]:
        """Return them as the verbs take them."""
        return [actions.Amended(one.point, " ".join(one.text.split())) for one in self.changes]


@router.lists("/changes", ChangeShown)
def changes(request: Request, asked: Query[ChangesAsked]) -> object:
    """List what amendments change."""
    rows = Change.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("amendment"), asked.after, asked.limit)


@router.shows("/agreements/{uuid:key}/text", ReadingShown)
def text(request: Request, key: UUID, asked: Query[DayAsked]) -> object:
    """Show how the clauses and annexes of an agreement read on a day, amendments and all."""
    found = Agreement.objects.visible_to(request.actor).select_related("paper").pick(key)
    changes = Change.objects.visible_to(request.actor).in_force_of(found)
    read, day = read_of(found, changes), asked.on or clock.today()
    now = ((point, reading_on(read[point], day)) for point in sorted(read, key=in_order))
    return {
        "on": day,
        "points": [
            {"point": point, "text": one.text, "since": one.since, "by": one.by}
            for point, one in now
            if one and one.text
        ],
    }


@router.does(
    "/agreements/{uuid:key}",
    actions.start_amendment,
    makes=True,
    refuses=[
        *(actions.AgreementNotInForce, ClusterClosed, actions.NotAlone, actions.LastsNoDay),
        *(*CHANGING, actions.CannotBePrinted),
    ],
)
def start_amendment(request: Request, key: UUID, body: ChangesGiven) -> object:
    """Draw an amendment of an agreement in force: a paper that all its parties sign."""
    return actions.start_amendment(request.actor, key, changes=body.taken())


@router.does(
    "/agreements/{uuid:key}",
    actions.change_amendment,
    refuses=[*DRAFT, actions.NotAnAmendment, *CHANGING],
)
def change_amendment(request: Request, key: UUID, body: ChangesGiven) -> object:
    """Put other changes in place of those of a draft amendment."""
    return actions.change_amendment(request.actor, key, changes=body.taken())
