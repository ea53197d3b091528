"""What programs do with clusters that are split or taken up by another."""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query
from pydantic import Field

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Day, Endpoints, Given, Named, OneOf, Shown
from zveno.network import actions
from zveno.network.models import ClusterClosed, Reform
from zveno.network.rest.clusters import REFUSES, PassportGiven

router = Endpoints(tags=["clusters"])
Keys = Annotated[list[UUID], Field(max_length=500)]


class ReformShown(Shown):
    """That members of `source` went over to `target` on a day."""

    kind: Annotated[str, OneOf(Reform.Kind)]
    source: Named
    target: Named
    day: date
    made_at: datetime


class ReformsAsked(Asked):
    """Which splits and mergers."""

    LOOKUPS: ClassVar = {"source": "source__public_id", "target": "target__public_id"}
    source: UUID | None = None
    target: UUID | None = None


class SplitGiven(PassportGiven):
    """The facts of the new cluster, its members and base; `staying` are in both."""

    base: UUID
    members: Keys
    staying: Keys = []
    day: Day

    def split(self) -> actions.Split:
        """Return it as the verb takes it."""
        facts = self.model_dump(include=set(PassportGiven.model_fields))
        passport = actions.ClusterPassport(**facts)
        return actions.Split(passport, self.base, self.members, self.day, self.staying)


class MergerGiven(Given):
    """The key of the cluster that takes this one up, and from which day."""

    into: UUID
    day: Day


@router.lists("/reforms", ReformShown)
def reforms(request: Request, asked: Query[ReformsAsked]) -> object:
    """List the splits and mergers of clusters."""
    rows = Reform.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("source", "target"), asked.after, asked.limit)


@router.does(
    "/clusters/{uuid:key}",
    actions.split_cluster,
    makes=True,
    refuses=[
        *(ClusterClosed, actions.DayToCome, actions.NobodyGoes, actions.BaseStays),
        *(actions.BaseCannotLead, actions.MovesLater, *REFUSES),
    ],
)
def split_cluster(request: Request, key: UUID, body: SplitGiven) -> object:
    """Let chosen members make up a new cluster from a day on; agreements stay."""
    return actions.split_cluster(request.actor, key, split=body.split())


@router.does(
    "/clusters/{uuid:key}",
    actions.merge_cluster,
    makes=True,
    refuses=[
        *(ClusterClosed, actions.NotBoth, actions.DayToCome),
        *(actions.JoiningsWait, actions.MovesLater),
    ],
)
def merge_cluster(request: Request, key: UUID, body: MergerGiven) -> object:
    """Let another cluster that you coordinate take this one up: this one is closed."""
    return actions.merge_cluster(request.actor, key, into=body.into, day=body.day)


@router.does("/reforms/{uuid:key}", actions.undo_reform, refuses=[actions.ReformStands])
def undo_reform(request: Request, key: UUID) -> object:
    """Let a split or a merger never have been, while nobody has built on it."""
    return actions.undo_reform(request.actor, key)
