"""For programs: who assigns the processing of children's data to whom."""

from typing import ClassVar
from uuid import UUID

from ninja import Query

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Endpoints, Shown
from zveno.network.models import Assignment

router = Endpoints(tags=["agreements"])


class AssignmentShown(Shown):
    """That the party ``operator`` lets ``processor`` process the data of its children."""

    operator: Shown
    processor: Shown
    is_signed: bool


class AssignmentsAsked(Asked):
    """Assignments of which agreement."""

    LOOKUPS: ClassVar = {"agreement": "operator__agreement__public_id"}
    agreement: UUID | None = None


@router.lists("/assignments", AssignmentShown)
def assignments(request: Request, asked: Query[AssignmentsAsked]) -> object:
    """List who assigns the processing of children's data to whom, by which agreements."""
    rows = Assignment.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("operator", "processor"), asked.after, asked.limit)
