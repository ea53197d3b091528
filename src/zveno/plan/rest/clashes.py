"""What gets in each other's way in a plan, for programs; a person says what may stay so."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request
from zveno.kernel.rest import Endpoints, Shown
from zveno.network.models import require_open
from zveno.plan import rules
from zveno.plan.models import LABELS, Clash, Clashes, Plan, clashes_of_plan

router = Endpoints(tags=["plan"])
MOST = 50
"""Of more clashes the first are told: what is moved may solve others."""


class ProposalShown(Schema):
    """Another day or, with none free, another place on the same day."""

    day: date
    venue: str


class ClashItemShown(Shown):
    """A line of the plan."""

    title: str
    day: date


class ClashShown(Schema):
    """An item that had better give way, and to which; a day stands in the way by itself."""

    kind: Annotated[str, Field(json_schema_extra={"enum": [one.value for one in LABELS]})]
    item: ClashItemShown
    other: ClashItemShown | None
    proposal: ProposalShown | None


class ClashesShown(Schema):
    """How many clashes wait, the first fifty by day with a way out, and what is left so."""

    number: int
    waiting: list[ClashShown]
    left: list[ClashShown]


@router.shows("/plans/{uuid:key}/clashes", ClashesShown)
def clashes(request: Request, key: UUID) -> object:
    """Show the clashes of a plan you make, one proposal each."""
    plan = Plan.objects.visible_to(request.actor).select_related("cluster").pick(key)
    if not rules.plans(request.actor, plan.cluster):
        raise NotAllowed
    require_open(plan.cluster)
    found = clashes_of_plan(plan)
    return {
        "number": len(found.waiting),
        "waiting": list(_told(found, found.waiting[:MOST], solved=True)),
        "left": list(_told(found, found.left[:MOST], solved=False)),
    }


def _told(found: Clashes, clashes: Sequence[Clash], *, solved: bool) -> Iterator[dict[str, Any]]:
    for clash in clashes:
        yield {
            "kind": clash.kind.value,
            "item": found.items[clash.key],
            "other": found.items[clash.other] if clash.other else None,
            "proposal": found.way_out(clash) if solved else None,
        }
