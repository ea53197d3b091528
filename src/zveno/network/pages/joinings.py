"""Invitations and applications as both sides see them in their accounts."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.agreements import ReasonForm
from zveno.network.forms.joining import InviteForm
from zveno.network.models import Cluster, Joining, require_open
from zveno.ui.answers import draw
from zveno.ui.faces import Face
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

ONE, INVITE = "network/joining.html", "network/joining_invite.html"
SHOWN = 200
State = Joining.State
FACES: dict[str, Face] = {
    State.UNCONFIRMED: Face(gettext_lazy("Not confirmed"), "", "clock"),
    State.WAITING: Face(gettext_lazy("Waiting for an answer"), "warn", "clock"),
    State.ACCEPTED: Face(gettext_lazy("In the cluster"), "ok", "check"),
    State.DECLINED: Face(gettext_lazy("Declined"), "bad", "x"),
    State.WITHDRAWN: Face(gettext_lazy("Taken back"), "", "x"),
    State.EXPIRED: Face(gettext_lazy("No answer in time"), "", "clock"),
}


@require_safe
def joinings(request: Request, key: UUID) -> HttpResponse:
    """Show who was invited into a cluster and who applies, what waits first."""
    cluster = _led(request.actor, key)
    rows = Joining.objects.visible_to(request.actor).filter(cluster=cluster)
    newest = list(rows.select_related("organisation", "cluster").order_by("-pk")[:SHOWN])
    shown = sorted(newest, key=lambda one: not one.waits)
    facts = {"cluster": cluster, "rows": [(one, FACES[one.state]) for one in shown]}
    return render(request, "network/joinings.html", facts)


@require_safe
def _ask_whom(request: Request, key: UUID) -> HttpResponse:
    cluster = _led(request.actor, key)
    require_open(cluster)
    facts = {"cluster": cluster, "form": InviteForm(request.actor)}
    return render(request, INVITE, facts)


@require_POST
def _invite(request: Request, key: UUID) -> HttpResponse:
    form = InviteForm(request.actor, request.POST)
    with reading(request.actor):
        cluster, good = _led(request.actor, key), form.is_valid()
    if good:
        with RefusalsIn(form):
            made = actions.invite_to_join(request.actor, key, invitee=form.invitee())
            tell(request, _said(made))
            return redirect("network:joining", made.public_id)
    return draw(request, INVITE, {"cluster": cluster, "form": form})


def _said(made: Joining) -> str:
    if not made.is_invitation:
        return _("This organisation has applied already. Answer its application.")
    return _("The invitation is on its way. You will be told of the answer.")


@require_safe
def joining(request: Request, key: UUID) -> HttpResponse:
    """Show an invitation or an application, and what one may do with it."""
    return render(request, ONE, _one(request.actor, key))


@require_POST
def accept(request: Request, key: UUID) -> HttpResponse:
    """Take an organisation in, or come in."""
    membership = actions.accept_joining(request.actor, key)
    tell(request, _("%(name)s is now in the cluster.") % {"name": membership.organisation})
    return redirect("network:members", membership.cluster.public_id)


@require_POST
def decline(request: Request, key: UUID) -> HttpResponse:
    """Say no, and why."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.decline_joining(request.actor, key, reason=form.cleaned_data["reason"])
            tell(request, _("Declined. The other side is told why."))
            return redirect("network:joining", key)
    with reading(request.actor):
        facts = _one(request.actor, key)
    return draw(request, ONE, facts | {"form": form})


@require_POST
def take_back(request: Request, key: UUID) -> HttpResponse:
    """Ask no more."""
    actions.take_joining_back(request.actor, key)
    tell(request, _("Taken back. Nobody is asked any more."))
    return redirect("network:joining", key)


def _one(actor: Actor, key: UUID) -> dict[str, Any]:
    rows = Joining.objects.visible_to(actor)
    one = rows.select_related("cluster__base", "cluster__territory", "organisation").pick(key)
    return {
        "joining": one,
        "cluster": one.cluster,
        "face": FACES[one.state],
        "leads": actions.invite_to_join.allowed(actor, one.cluster),
        "may_answer": one.waits
        and not one.cluster.is_closed
        and actions.accept_joining.allowed(actor, one),
        "may_take_back": one.waits and actions.take_joining_back.allowed(actor, one),
        "form": ReasonForm(),
    }


def _led(actor: Actor, key: UUID) -> Cluster:
    found = Cluster.objects.visible_to(actor).select_related("base").pick(key)
    if not actions.invite_to_join.allowed(actor, found):
        raise NotAllowed
    return found


invite = by_method(get=_ask_whom, post=_invite)
