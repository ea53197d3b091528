"""Everything that is held about a child, to take away."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from zveno.kernel.http import Request
from zveno.kernel.reads import noted_by_its_verb
from zveno.learners import actions


@noted_by_its_verb
@require_POST
def subject_file(request: Request, key: UUID) -> HttpResponse:
    """Hand over the file of one child."""
    packed = actions.subject_file(request.actor, key)
    answer = HttpResponse(packed, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="child-data.zip"'
    return answer
