"""Who saw a child."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request
from zveno.learners import rules
from zveno.learners.models import Learner, seen_by

SHOWN = 50


@require_safe
def seen(request: Request, key: UUID) -> HttpResponse:
    """Show who saw the child, when and where, to who answers for the child."""
    actor = request.actor
    learner = Learner.objects.visible_to(actor).pick(key)
    if not rules.answers_for(actor, learner):
        raise NotAllowed
    looks = seen_by(learner, after=_key(request.GET.get("after", "")), most=SHOWN + 1)
    page = {
        "learner": learner,
        "looks": looks[:SHOWN],
        "more": str(looks[SHOWN - 1].key) if len(looks) > SHOWN else "",
    }
    return render(request, "learners/seen.html", page)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
