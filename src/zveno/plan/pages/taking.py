"""An item is copied into another cluster: which one, then who hosts it there."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network.models import Cluster, Membership
from zveno.organisations.models import Organisation
from zveno.plan import actions, rules
from zveno.plan.forms.taking import HostForm, WhereForm
from zveno.plan.models import PlanItem
from zveno.plan.pages.plans import plan_address
from zveno.ui.answers import draw
from zveno.ui.toasts import tell

PAGE = "plan/take.html"


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    """Ask for the cluster and, once it is named (``?to=``), for the host."""
    facts = _facts(request, key)
    form = HostForm(facts["hosts"]) if facts["to"] else None
    if form:
        known = {str(one.public_id) for one in facts["hosts"]}
        same = str(facts["item"].host.public_id)
        form.initial = {"host": same if same in known else str(facts["to"].base.public_id)}
    return render(request, PAGE, facts | {"form": form})


@require_POST
def _take(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _facts(request, key)
    if facts["to"] is None:
        return redirect("plan:take", key)
    form = HostForm(facts["hosts"], request.POST)
    if form.is_valid():
        to, host = facts["to"].public_id, UUID(form.cleaned_data["host"])
        try:
            made = actions.take_item(request.actor, key, cluster=to, host=host)
        except BadInput as refusal:
            form.add_error("host", str(refusal))
        else:
            tell(request, _("Copied. Check the day, the section and the place."))
            return redirect("plan:edit", made.public_id)
    return draw(request, PAGE, facts | {"form": form})


def _facts(request: Request, key: UUID) -> dict[str, Any]:
    actor = request.actor
    rows = PlanItem.objects.visible_to(actor).select_related("plan__cluster", "section", "host")
    item = rows.pick(key)
    if not actions.take_item.allowed(actor, item):
        raise NotAllowed
    clusters = planned_beside(actor, item)
    to = next((one for one in clusters if str(one.public_id) == request.GET.get("to")), None)
    back = plan_address(item.plan.cluster.public_id, item.plan.year)
    return {
        "item": item,
        "cluster": item.plan.cluster,
        "label": str(item.plan),
        "back": back,
        "to": to,
        "where": WhereForm(clusters),
        "clusters": clusters,
        "hosts": _hosts(actor, to) if to else [],
    }


def planned_beside(actor: Actor, item: PlanItem) -> list[Cluster]:
    """Return the other clusters whose plan the actor makes, by name."""
    rows = Cluster.objects.visible_to(actor).live().joined_by(actor)
    others = rows.exclude(pk=item.plan.cluster_id).select_related("base").order_by("name", "pk")
    return [one for one in others if rules.plans(actor, one)]


def _hosts(actor: Actor, cluster: Cluster) -> list[Organisation]:
    members = Membership.objects.visible_to(actor).live().filter(cluster=cluster).base_first()
    return [one.organisation for one in members.select_related("organisation")]


take = by_method(get=_ask, post=_take)
