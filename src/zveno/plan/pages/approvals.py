"""A plan is approved by both sides, and drawn up for signature."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request, by_method, reading
from zveno.network.models import Cluster
from zveno.plan import actions, rules
from zveno.plan.models import (
    Approval,
    Plan,
    PrintedPlan,
    agreed,
    digest_of,
    sides_of,
    year_label,
    year_plan,
)
from zveno.plan.pages.plans import plan_address, word_of, year_in
from zveno.ui.faces import Face
from zveno.ui.toasts import tell

SHOWN = 20
FILES = ("paper__pdf", "paper__docx")
UNREAD = ("paper__content", "paper__pdf__data", "paper__docx__data")
WAITS = Face(pgettext_lazy("approval of a plan", "Not approved yet"), "", "clock")
HOLDS = Face(pgettext_lazy("approval of a plan", "Approved"), "ok", "check")
ENDED = Face(gettext_lazy("The plan has changed since"), "warn", "warn")


@dataclass(frozen=True, slots=True)
class Side:
    """A side that approves: who it is, and what became of its approval."""

    name: str
    organisation: str
    approval: Approval | None
    face: Face
    is_own: bool


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    """Show who has approved the plan of a year (``?year=``), and its papers."""
    cluster, year = _asked(request, key)
    plan = _plan(request.actor, cluster, year)
    return render(request, "plan/approval.html", _facts(request.actor, cluster, year, plan))


@require_POST
def _approve(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        plan = _there(request, key)
    digest = request.POST.get("digest", "")
    actions.approve_plan(request.actor, plan.public_id, digest=digest)
    tell(request, _("The plan is approved in the name of your organisation."))
    return redirect(plan_address(key, plan.year, "plan:approval"))


@require_POST
def draw_up(request: Request, key: UUID) -> HttpResponse:
    """Draw the plan up as a paper."""
    with reading(request.actor):
        plan = _there(request, key)
    actions.print_plan(request.actor, plan.public_id)
    tell(request, _("The plan is drawn up: download it below."))
    return redirect(plan_address(key, plan.year, "plan:approval"))


def _asked(request: Request, key: UUID) -> tuple[Cluster, int]:
    rows = Cluster.objects.visible_to(request.actor).joined_by(request.actor)
    return rows.pick(key), year_in(request)


def _there(request: Request, key: UUID) -> Plan:
    """Return the plan asked for; raise ``NotFound`` where nothing is planned yet."""
    plan = _plan(request.actor, *_asked(request, key))
    if plan is None:
        raise NotFound
    return plan


def _plan(actor: Actor, cluster: Cluster, year: int) -> Plan | None:
    rows = Plan.objects.visible_to(actor).filter(cluster=cluster, year=year)
    return rows.select_related("number__book").first()


def _facts(actor: Actor, cluster: Cluster, year: int, plan: Plan | None) -> dict[str, Any]:
    sections, items = year_plan(cluster, year)
    digest = digest_of(sections, items)
    approvals = list(Approval.objects.visible_to(actor).of_year(cluster, year))
    sides = sides_of(cluster)
    own = rules.sides_approved_by(actor, cluster)
    shown = [_side(side, str(house), approvals, digest, own) for side, house in sides.items()]
    waits = any(one.is_own and one.face is not HOLDS for one in shown)
    open_ = not cluster.is_closed and plan is not None and bool(items)
    printed = PrintedPlan.objects.visible_to(actor).filter(plan=plan).order_by("-pk")
    return {
        "cluster": cluster,
        "plan": plan,
        "label": year_label(year),
        "back": plan_address(cluster.public_id, year),
        "asked_year": word_of(year),
        "number": len(items),
        "digest": digest,
        "sides": shown,
        "is_approved": agreed(sides, approvals, digest),
        "may_approve": waits and open_ and plan and actions.approve_plan.allowed(actor, plan),
        "may_print": bool(items) and plan and actions.print_plan.allowed(actor, plan),
        "printed": printed.select_related(*FILES).defer(*UNREAD)[:SHOWN] if plan else [],
    }


def _side(side: str, house: str, approvals: list[Approval], digest: str, own: list[str]) -> Side:
    given = next((one for one in approvals if one.side == side), None)
    face = WAITS if given is None else HOLDS if given.digest == digest else ENDED
    return Side(str(Approval.Side(side).label), house, given, face, side in own)


approval = by_method(get=_show, post=_approve)
