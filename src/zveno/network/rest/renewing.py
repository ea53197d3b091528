"""Renewal of agreements for programs."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from zveno.kernel.http import Request
from zveno.kernel.rest import Day, Endpoints, Given
from zveno.network import actions
from zveno.network.models import ClusterClosed
from zveno.network.rest.bodies import TermsGiven

router = Endpoints(tags=["agreements"])


class CarriedGiven(Given):
    """An obligation that goes on; ``due`` is for what is owed once until a day."""

    obligation: UUID
    due: Day | None = None


class RenewalGiven(TermsGiven):
    """The terms of the next agreement, and what goes on to be owed."""

    carried: Annotated[list[CarriedGiven], Field(max_length=60)] = []


@router.does(
    "/agreements/{uuid:key}",
    actions.renew_agreement,
    makes=True,
    refuses=[
        *(ClusterClosed, actions.NotToRenew, actions.NoSuchObligation, actions.DueOutside),
        *(actions.LastsNoDay, actions.NobodyToAgreeWith, actions.TooFewSides),
        *(actions.ExactlyOne, actions.CannotBePrinted),
    ],
)
def renew_agreement(request: Request, key: UUID, body: RenewalGiven) -> object:
    """Draw the next agreement between the parties that still are members."""
    carried = [actions.Carried(one.obligation, one.due) for one in body.carried]
    return actions.renew_agreement(request.actor, key, terms=body.terms(), carried=carried)
