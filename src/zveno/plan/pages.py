"""The plan of a cluster's year, and how an obligation gets into it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network.models import Cluster, Obligation, academic_year
from zveno.plan import actions, rules
from zveno.plan.forms import PlanForm
from zveno.plan.models import PlanItem, month_label, months_of
from zveno.ui.toasts import tell

TITLE = 200


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the plan that has something in it."""

    name: str
    lines: "list[Line]"


@dataclass(frozen=True, slots=True)
class Line:
    """An item, and whether the reader may make an event of it."""

    item: PlanItem
    may_make: bool


@require_safe
def plan(request: Request, key: UUID) -> HttpResponse:
    """Show the year's plan by month, and above it what has not been planned yet."""
    actor, year = request.actor, academic_year(clock.today())
    cluster = Cluster.objects.visible_to(actor).joined_by(actor).pick(key)
    items = PlanItem.objects.visible_to(actor).of_year(cluster, year)
    may_plan = rules.plans(actor, cluster)
    facts = {
        "cluster": cluster,
        "months": _months(actor, items, year),
        "unplanned": _unplanned(actor, cluster) if may_plan else [],
        "may_plan": may_plan,
        "year": f"{year}/{(year + 1) % 100:02}",
    }
    return render(request, "plan/plan.html", facts)


def _months(actor: Actor, items: Iterable[PlanItem], year: int) -> list[Month]:
    lines: dict[int, list[Line]] = {}
    for item in items:
        line = Line(item, rules.hosts_item(actor, item))
        lines.setdefault(item.month_now, []).append(line)
    return [Month(month_label(n, year), lines[n]) for n in months_of(year) if n in lines]


def _unplanned(actor: Actor, cluster: Cluster) -> list[Obligation]:
    planned = PlanItem.objects.visible_to(actor).filter(obligation=OuterRef("pk"))
    return list(
        Obligation.objects.visible_to(actor)
        .in_force()
        .held_as_events()
        .filter(~Exists(planned), agreement__cluster=cluster)
        .order_by("agreement", "place")
    )


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
