"""One child whose data stay for now: why, until when; and the end of a hold."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.http import Request, by_method, reading
from zveno.learners import actions
from zveno.learners.forms.retention import StayForm
from zveno.learners.models import Hold, Learner
from zveno.learners.pages.cards import learner_of
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

TEMPLATE = "learners/hold.html"


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    return render(request, TEMPLATE, _page(learner_of(request.actor, key), StayForm()))


@require_POST
def _hold(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        learner = learner_of(request.actor, key)
    form = StayForm(request.POST)
    if form.is_valid():
        stay = actions.Stay(**form.cleaned_data, learner=learner)
        with RefusalsIn(form):
            actions.hold_erasure(request.actor, learner.owner.public_id, stay=stay)
            tell(request, _("The data of this child stay until the day you chose."))
            return redirect("learners:card", key)
    return draw(request, TEMPLATE, _page(learner, form))


@require_POST
def lift(request: Request, key: UUID) -> HttpResponse:
    """Let the clock go on; lead back to the card of the child it was lifted at."""
    with reading(request.actor):
        held = Hold.objects.visible_to(request.actor).select_related("learner").pick(key)
    actions.lift_hold(request.actor, key)
    tell(request, _("The hold is lifted. What is due goes tonight."))
    if held.learner and "card" in request.POST:
        return redirect("learners:card", held.learner.public_id)
    return redirect("learners:retention")


def _page(learner: Learner, form: StayForm) -> dict[str, Any]:
    return {"learner": learner, "form": form}


hold = by_method(get=_ask, post=_hold)
