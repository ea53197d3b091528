"""An item of the plan: shown, added, copied, put right, cancelled, restored, reported."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.http import Request, by_method, reading
from zveno.network.models import Cluster, Membership, require_open
from zveno.organisations.models import Organisation
from zveno.people.models import doer_of
from zveno.plan import actions, rules
from zveno.plan.forms.items import CancelForm, ItemForm, ReportForm
from zveno.plan.models import PlanItem, Section, month_label, year_label
from zveno.plan.pages.plans import plan_address, year_in
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.seen import Seen
from zveno.ui.toasts import tell

EDIT, CANCEL, REPORT = "plan/item_edit.html", "plan/item_cancel.html", "plan/item_report.html"
WITH = ("plan__cluster", "section", "host", "obligation", "taken_from__plan__cluster")
State = PlanItem.State


@require_safe
def item(request: Request, key: UUID) -> HttpResponse:
    """Show an item and what may be done with it."""
    actor, one = request.actor, _item(request.actor, key)
    plans = not one.plan.cluster.is_closed and actions.change_item.allowed(actor, one)
    waits, cancelled = not one.is_over, one.state == State.CANCELLED
    facts = _about(one) | {
        "month": month_label(one.month, one.plan.year),
        "may_change": plans and waits,
        "may_cancel": plans and waits and not one.by_event,
        "may_restore": plans and cancelled,
        "may_copy": plans,
        "may_make": waits and not one.is_course and rules.hosts_item(actor, one),
        "may_report": _is_to_report(one) and actions.report_item.allowed(actor, one),
    }
    return render(request, "plan/item.html", facts)


@require_safe
def _ask_new(request: Request, key: UUID) -> HttpResponse:
    facts = _new(request, key)
    form = _form(request.actor, facts["cluster"], facts["year"])
    form.initial = _first_facts(request, facts["cluster"])
    return render(request, EDIT, facts | {"form": form})


@require_POST
def _add(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _new(request, key)
        form = _form(request.actor, facts["cluster"], facts["year"], request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.add_item(request.actor, key, year=facts["year"], facts=form.facts())
            tell(request, _("Added to the plan."))
            return redirect(facts["back"])
    return draw(request, EDIT, facts | {"form": form})


def _new(request: Request, key: UUID) -> dict[str, Any]:
    cluster, year = Cluster.objects.visible_to(request.actor).pick(key), year_in(request)
    if not actions.add_item.allowed(request.actor, cluster):
        raise NotAllowed
    require_open(cluster)
    back = plan_address(cluster.public_id, year)
    return {"cluster": cluster, "year": year, "label": year_label(year), "back": back}


def _first_facts(request: Request, cluster: Cluster) -> dict[str, object]:
    """Return what a new item begins with: what another one says (``?from=``), or the base hosts."""
    rows = PlanItem.objects.visible_to(request.actor).filter(plan__cluster=cluster)
    try:
        model = rows.select_related("section", "host").pick(UUID(request.GET.get("from", "")))
    except (ValueError, NotFound):
        return {"host": str(cluster.base.public_id)}
    return {**model.facts(), "month": "", "day": None}


@require_safe
def _ask_facts(request: Request, key: UUID) -> HttpResponse:
    one = _planned(request.actor, key)
    form = _form(request.actor, one.plan.cluster, one.plan.year, item=one)
    form.initial = one.facts() | {"day": one.day}
    return render(request, EDIT, _about(one) | {"form": form, "seen": Seen(one.facts())})


@require_POST
def _change(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        one = _planned(request.actor, key)
        form = _form(request.actor, one.plan.cluster, one.plan.year, request.POST, item=one)
    seen = Seen.sent(request.POST)
    if form.is_valid():
        with RefusalsIn(form), seen:
            actions.change_item(request.actor, key, facts=form.facts(), seen=seen.words)
            tell(request, _("The plan item is saved."))
            return redirect("plan:item", key)
        seen.follow(form)
    with reading(request.actor):
        doer = doer_of(request.actor, seen.entry) if seen.entry else ""
        facts = _about(one) | {"form": form, "seen": seen, "doer": doer}
        return render(request, EDIT, facts, status=seen.status)


@require_safe
def _ask_why(request: Request, key: UUID) -> HttpResponse:
    one = _to_cancel(request.actor, key)
    return render(request, CANCEL, _about(one) | {"form": CancelForm()})


@require_POST
def _cancel(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        one = _to_cancel(request.actor, key)
    form = CancelForm(request.POST)
    if form.is_valid():
        actions.cancel_item(request.actor, key, reason=form.cleaned_data["reason"])
        tell(request, _("Cancelled. It stays in the plan with the reason."))
        return redirect("plan:item", key)
    return draw(request, CANCEL, _about(one) | {"form": form})


@require_POST
def restore(request: Request, key: UUID) -> HttpResponse:
    """Take a cancellation back."""
    actions.restore_item(request.actor, key)
    tell(request, _("The item is in the plan again."))
    return redirect("plan:item", key)


@require_safe
def _ask_report(request: Request, key: UUID) -> HttpResponse:
    one = _to_report(request.actor, key)
    form = ReportForm(initial={"day": one.day or clock.today(), "report": one.report})
    return render(request, REPORT, _about(one) | {"form": form})


@require_POST
def _report(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        one = _to_report(request.actor, key)
    form = ReportForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.report_item(request.actor, key, **form.cleaned_data)
            tell(request, _("The note on execution is in the plan."))
            return redirect("plan:item", key)
    return draw(request, REPORT, _about(one) | {"form": form})


def _item(actor: Actor, key: UUID) -> PlanItem:
    rows = PlanItem.objects.visible_to(actor)
    return rows.select_related(*WITH).pick(key)


def _about(one: PlanItem) -> dict[str, Any]:
    cluster = one.plan.cluster
    back = plan_address(cluster.public_id, one.plan.year)
    return {"item": one, "cluster": cluster, "back": back, "label": str(one.plan)}


def _planned(actor: Actor, key: UUID) -> PlanItem:
    """Return an item that may still be changed."""
    one = _found(actor, key, actions.change_item.allowed)
    require_open(one.plan.cluster)
    if one.is_over:
        raise actions.ItemOver(title=one.title)
    return one


def _to_cancel(actor: Actor, key: UUID) -> PlanItem:
    one = _planned(actor, key)
    if one.by_event:
        raise actions.HasEvent(title=one.title)
    return one


def _to_report(actor: Actor, key: UUID) -> PlanItem:
    one = _found(actor, key, actions.report_item.allowed)
    if one.state == State.CANCELLED:
        raise actions.ItemOver(title=one.title)
    if not _is_to_report(one):
        raise actions.HasEvent(title=one.title)
    return one


def _is_to_report(one: PlanItem) -> bool:
    """Whether somebody may say how it went: what has an event is closed there first."""
    took_place = one.state in {State.DONE, State.REPORTED}
    return took_place or (not one.by_event and one.state != State.CANCELLED)


def _found(actor: Actor, key: UUID, allowed: Callable[[Actor, PlanItem], bool]) -> PlanItem:
    one = _item(actor, key)
    if not allowed(actor, one):
        raise NotAllowed
    return one


def _form(
    actor: Actor, cluster: Cluster, year: int, *data: Any, item: PlanItem | None = None
) -> ItemForm:
    sections = list(Section.objects.visible_to(actor).of_year(cluster, year))
    return ItemForm(year, sections, _hosts(actor, cluster, item), *data)


def _hosts(actor: Actor, cluster: Cluster, item: PlanItem | None) -> list[Organisation]:
    """Return the members, the base first, and the host so far, who may have left since."""
    members = Membership.objects.visible_to(actor).live().filter(cluster=cluster).base_first()
    hosts = [one.organisation for one in members.select_related("organisation")]
    return hosts if item is None or item.host in hosts else [*hosts, item.host]


new = by_method(get=_ask_new, post=_add)
edit = by_method(get=_ask_facts, post=_change)
cancel = by_method(get=_ask_why, post=_cancel)
report = by_method(get=_ask_report, post=_report)
