"""Territory for programs: an operator's program enters what is missing."""

from typing import Annotated
from uuid import UUID

from zveno.kernel.http import Request
from zveno.kernel.rest import Endpoints, Given, OneOf
from zveno.organisations import actions
from zveno.organisations.models import Territory
from zveno.ui.rest import Line200, Maybe200

router = Endpoints(tags=["organisations"])


class TerritoryGiven(Given):
    """A place; `genitive` is how papers write it, and is formed if it is left out."""

    kind: Annotated[str, OneOf(Territory.Kind)]
    name: Line200
    genitive: Maybe200 = ""


@router.does(
    "/territories/{uuid:key}",
    actions.add_territory,
    makes=True,
    refuses=[actions.NotBelow, actions.PlaceThere],
)
def add_territory(request: Request, key: UUID, body: TerritoryGiven) -> object:
    """Enter a region that lies in this country, or a district that lies in this region."""
    return actions.add_territory(request.actor, key, **body.model_dump())
