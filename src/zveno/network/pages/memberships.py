"""A member of a cluster: since when in which role; who was in on any day; who leads from now on."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.memberships import DayForm, EndForm, HandOverForm, RoleForm
from zveno.network.models import Cluster, Membership, Role
from zveno.network.pages.open import require_may
from zveno.ui.answers import draw
from zveno.ui.toasts import tell

MEMBER, HAND_OVER = "network/membership.html", "network/hand_over.html"


@require_safe
def membership(request: Request, key: UUID, member: UUID) -> HttpResponse:
    """Show what an organisation is and was in a cluster."""
    return render(request, MEMBER, _member(request.actor, key, member))


@require_POST
def change_role(request: Request, key: UUID, member: UUID) -> HttpResponse:
    """Give a member another role from a day on."""
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            now = actions.change_role(request.actor, member, **form.cleaned_data)
        except BadInput as refusal:
            form.add_error(refusal.field or "day", str(refusal))
        else:
            tell(request, _("The role is changed."))
            return redirect("network:membership", key, now.public_id)
    with reading(request.actor):
        facts = _member(request.actor, key, member)
    return draw(request, MEMBER, facts | {"form": form, "roles": form})


@require_POST
def end_membership(request: Request, key: UUID, member: UUID) -> HttpResponse:
    """Let a member leave after a day."""
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            actions.end_membership(request.actor, member, **form.cleaned_data)
        except BadInput as refusal:
            form.add_error("last_day", str(refusal))
        else:
            tell(request, _("The last day is recorded. What happened before stays in the history."))
            return redirect("network:membership", key, member)
    with reading(request.actor):
        facts = _member(request.actor, key, member)
    return draw(request, MEMBER, facts | {"form": form, "ends": form})


def _member(actor: Actor, key: UUID, member: UUID) -> dict[str, Any]:
    rows = Membership.objects.visible_to(actor).filter(cluster__public_id=key)
    shown = rows.select_related("cluster", "organisation").pick(member)
    history = rows.filter(organisation=shown.organisation_id).order_by("since")
    may = actions.change_role.allowed(actor, shown)
    today = clock.today()
    return {
        "cluster": shown.cluster,
        "member": shown,
        "history": list(history),
        "leads": shown.role == Role.BASE and not shown.is_over,
        "may": may and shown.role != Role.BASE and not shown.is_over,
        "may_hand_over": actions.hand_over.allowed(actor, shown.cluster),
        "roles": RoleForm(initial={"role": shown.role, "day": today}),
        "ends": EndForm(initial={"last_day": shown.last_day or today}),
    }


@require_safe
def members_on(request: Request, key: UUID) -> HttpResponse:
    """Show who was in a cluster on a day (``?on=2025-05-20``), today unless it is named."""
    cluster = Cluster.objects.visible_to(request.actor).pick(key)
    day, form = clock.today(), DayForm(request.GET)
    if "on" not in request.GET or form.is_valid():
        day = form.cleaned_data["on"] if form.is_valid() else day
        form = DayForm(initial={"on": day})
    rows = Membership.objects.visible_to(request.actor).filter(cluster=cluster).on(day)
    facts = {
        "cluster": cluster,
        "form": form,
        "day": day,
        "members": list(rows.base_first().select_related("organisation")),
    }
    return render(request, "network/members_on.html", facts)


@require_safe
def _ask_heir(request: Request, key: UUID) -> HttpResponse:
    return render(request, HAND_OVER, _heirs(request.actor, key))


@require_POST
def _hand_over(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _heirs(request.actor, key)
        form = HandOverForm(facts["members"], request.POST)
    if form.is_valid():
        try:
            actions.hand_over(request.actor, key, to=UUID(form.cleaned_data["to"]))
        except BadInput as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            tell(request, _("The cluster is handed over. Your organisation stays a member."))
            return redirect("network:cluster", key)
    return draw(request, HAND_OVER, facts | {"form": form})


def _heirs(actor: Actor, key: UUID) -> dict[str, Any]:
    cluster = Cluster.objects.visible_to(actor).select_related("base").pick(key)
    require_may(actions.hand_over, actor, cluster)
    rows = Membership.objects.visible_to(actor).filter(cluster=cluster).live().base_first()
    members = list(rows.exclude(role=Role.BASE).select_related("organisation"))
    return {"cluster": cluster, "members": members, "form": HandOverForm(members)}


hand_over = by_method(get=_ask_heir, post=_hand_over)
