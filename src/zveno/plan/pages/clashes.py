"""What gets in each other's way in a plan: listed, moved by one press, or left so."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, reading
from zveno.network.models import Cluster, require_open
from zveno.plan import actions, rules
from zveno.plan.models import (
    LABELS,
    Clash,
    Clashes,
    Plan,
    PlanItem,
    Proposal,
    clashes_of,
    clashes_of_plan,
    year_label,
)
from zveno.plan.pages.plans import plan_address, word_of, year_in
from zveno.ui.toasts import tell

SHOWN = 50
ITEM = ("plan__cluster", "section", "host", "obligation")


@dataclass(frozen=True, slots=True)
class Shown:
    """A clash as the page draws it: what it is, with what, the way out and what pressing sends."""

    clash: Clash
    label: str
    item: PlanItem
    other: PlanItem | None
    words: str
    sent: str


@require_safe
def clashes(request: Request, key: UUID) -> HttpResponse:
    """Show the clashes of the plan of a year (``?year=``) with one proposal each."""
    actor, year = request.actor, year_in(request)
    cluster = Cluster.objects.visible_to(actor).pick(key)
    if not rules.plans(actor, cluster):
        raise NotAllowed
    require_open(cluster)
    items = PlanItem.objects.visible_to(actor).of_year(cluster, year).select_related("host")
    found = clashes_of(cluster, year, list(items))
    facts = {
        "cluster": cluster,
        "label": year_label(year),
        "back": plan_address(cluster.public_id, year),
        "asked_year": word_of(year),
        "number": len(found.waiting),
        "more": max(0, len(found.waiting) - SHOWN),
        "waiting": [_shown(found, one, found.way_out(one)) for one in found.waiting[:SHOWN]],
        "left": [_shown(found, one, None) for one in found.left[:SHOWN]],
    }
    return render(request, "plan/clashes.html", facts)


@require_POST
def settle(request: Request, key: UUID) -> HttpResponse:
    """Move an item as it was proposed: what is moved is what was read. Raises ``ClashGone``."""
    with reading(request.actor):
        item = PlanItem.objects.visible_to(request.actor).select_related(*ITEM).pick(key)
        if not actions.change_item.allowed(request.actor, item):
            raise NotAllowed
        found = clashes_of_plan(item.plan)
        clash = found.clash_of(item, *_sent(request))
        proposal = found.way_out(clash) if clash else None
        seen, facts = item.facts(), actions.ItemFacts.as_planned(item)
        back = _back(item.plan)
    if proposal is None or _told(proposal) != request.POST.get("proposal"):
        raise actions.ClashGone
    venue = proposal.venue or facts.venue
    moved = replace(facts, day=proposal.day, venue=venue)
    actions.change_item(request.actor, key, facts=moved, seen=seen)
    tell(request, _("“%(title)s” is moved.") % {"title": item.title})
    return redirect(back)


@require_POST
def leave(request: Request, key: UUID) -> HttpResponse:
    """Leave a clash as it is, or take that back."""
    with reading(request.actor):
        rows = PlanItem.objects.visible_to(request.actor).select_related("plan__cluster")
        back = _back(rows.pick(key).plan)
    kind, other = _sent(request)
    left = "again" not in request.POST
    actions.leave_clash(request.actor, key, kind=kind, other=_key(other), left=left)
    tell(request, _("It stays as it is.") if left else _("It is among the clashes again."))
    return redirect(back)


def _shown(found: Clashes, clash: Clash, proposal: Proposal | None) -> Shown:
    item = found.items[clash.key]
    other = found.items[clash.other] if clash.other else None
    words, sent = _words(proposal), _told(proposal) if proposal else ""
    return Shown(clash, str(LABELS[clash.kind]), item, other, words, sent)


def _words(proposal: Proposal | None) -> str:
    """Say what is proposed."""
    if proposal is None:
        return ""
    if proposal.venue:
        return _("The same day in another place: %(place)s") % {"place": proposal.venue}
    return _("Move to %(day)s") % {"day": date_format(proposal.day, "j E Y, l")}


def _told(proposal: Proposal) -> str:
    return f"{proposal.day.isoformat()} {proposal.venue}".strip()


def _sent(request: Request) -> tuple[str, str]:
    return request.POST.get("kind", ""), request.POST.get("other", "")


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise actions.ClashGone from None


def _back(plan: Plan) -> str:
    return plan_address(plan.cluster.public_id, plan.year, "plan:clashes")
