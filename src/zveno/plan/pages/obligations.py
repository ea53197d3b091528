"""An obligation of an agreement gets into the plan."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network.models import Obligation
from zveno.plan import actions
from zveno.plan.forms.obligations import PlanForm
from zveno.ui.toasts import tell

TITLE = 200


@require_safe
def obligation_form(request: Request, cluster: UUID, key: UUID) -> HttpResponse:
    """Ask when and for whom an obligation will be done."""
    obligation = _obligation(request.actor, cluster, key)
    if not actions.plan_obligation.allowed(request.actor, obligation):
        raise NotAllowed
    form = PlanForm(initial={"title": capfirst(obligation.text[:TITLE])})
    return _draw_obligation(request, obligation, form)


@require_POST
def plan_obligation(request: Request, cluster: UUID, key: UUID) -> HttpResponse:
    """Put an obligation into the plan."""
    with reading(request.actor):
        _obligation(request.actor, cluster, key)
    form = PlanForm(request.POST)
    if form.is_valid():
        try:
            actions.plan_obligation(request.actor, key, **form.cleaned_data)
        except BadInput as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            tell(request, _("The obligation is in the plan. Next: set the day and place."))
            return redirect("plan:plan", cluster)
    with reading(request.actor):
        return _draw_obligation(request, _obligation(request.actor, cluster, key), form)


def _obligation(actor: Actor, cluster: UUID, key: UUID) -> Obligation:
    return (
        Obligation.objects.visible_to(actor)
        .filter(agreement__cluster__public_id=cluster)
        .select_related("agreement__cluster")
        .pick(key)
    )


def _draw_obligation(request: Request, obligation: Obligation, form: PlanForm) -> HttpResponse:
    facts = {"obligation": obligation, "cluster": obligation.agreement.cluster, "form": form}
    return render(request, "plan/obligation.html", facts, status=422 if form.errors else 200)


obligation = by_method(get=obligation_form, post=plan_obligation)
