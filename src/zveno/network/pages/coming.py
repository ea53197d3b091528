"""What the link of a letter about joining opens: three screens for the invited, one to confirm."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.agreements import ReasonForm
from zveno.network.forms.joining import HouseFactsForm
from zveno.network.models import Joining
from zveno.network.pages.joinings import FACES
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn

STEPS = [_("The cluster"), _("Your organisation"), _("Agree")]
DEAD, OVER = "network/join_dead.html", "network/join_over.html"
JOIN, FACTS, AGREE = "network/join.html", "network/join_facts.html", "network/join_agree.html"


@require_safe
def _greet(request: Request, token: str) -> HttpResponse:
    joining = _linked(request.actor)
    if joining is None:
        return render(request, DEAD, status=404)
    if joining.state == Joining.State.UNCONFIRMED:
        return render(request, "network/join_confirm.html", {"joining": joining})
    if not (joining.waits and joining.is_invitation):
        return render(request, OVER, _over(joining))
    return render(request, JOIN, _step(joining, token, 1) | {"refusal": ReasonForm()})


@require_POST
def _confirm(request: Request, token: str) -> HttpResponse:
    joining = _read(request)
    if joining is None:
        return draw(request, DEAD, {}, status=404)
    if joining.is_invitation:
        return redirect("network:join_facts", token)
    actions.confirm_application(request.actor, joining.public_id)
    return _shown_over(request, joining)


@require_safe
def _ask_facts(request: Request, token: str) -> HttpResponse:
    joining = _linked(request.actor)
    if joining is None or not (joining.waits and joining.is_invitation):
        return _not_now(request, joining)
    form = HouseFactsForm(joining) if joining.is_new_here else None
    return render(request, FACTS, _step(joining, token, 2) | {"form": form})


@require_POST
def _note_facts(request: Request, token: str) -> HttpResponse:
    joining = _read(request)
    if joining is None or not (joining.waits and joining.is_invitation):
        return _not_now(request, joining)
    if not joining.is_new_here:
        return redirect("network:join_agree", token)
    form = HouseFactsForm(joining, request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.note_joining(request.actor, joining.public_id, answers=form.cleaned_data)
            return redirect("network:join_agree", token)
    return draw(request, FACTS, _step(joining, token, 2) | {"form": form})


@require_safe
def _ask_agreement(request: Request, token: str) -> HttpResponse:
    joining = _linked(request.actor)
    if joining is None or not (joining.waits and joining.is_invitation):
        return _not_now(request, joining)
    if joining.is_new_here and not joining.answers.get("name"):
        return redirect("network:join_facts", token)
    return render(request, AGREE, _step(joining, token, 3))


@require_POST
def _agree(request: Request, token: str) -> HttpResponse:
    joining = _read(request)
    if joining is None or not joining.is_invitation:
        return _not_now(request, joining)
    if joining.waits and joining.is_new_here and not joining.answers.get("name"):
        return redirect("network:join_facts", token)
    try:
        if joining.waits:
            actions.accept_joining(request.actor, joining.public_id)
    except BadInput as refusal:
        form = HouseFactsForm(joining, HouseFactsForm(joining).initial)
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return draw(request, FACTS, _step(joining, token, 2) | {"form": form})
    return _shown_over(request, joining)


@login_not_required
@require_POST
def decline_by_link(request: Request, token: str) -> HttpResponse:
    """Let whoever came by a link say that their organisation does not join, and why."""
    joining = _read(request)
    if joining is None or not (joining.waits and joining.is_invitation):
        return _not_now(request, joining)
    form = ReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.decline_joining(request.actor, joining.public_id, reason=reason)
        return _shown_over(request, joining)
    return draw(request, JOIN, _step(joining, token, 1) | {"refusal": form})


def _not_now(request: Request, joining: Joining | None) -> HttpResponse:
    """Say that the link opens nothing, or what became of it."""
    if joining is None:
        return draw(request, DEAD, {}, status=404)
    return draw(request, OVER, _over(joining), status=200)


def _shown_over(request: Request, joining: Joining) -> HttpResponse:
    with reading(request.actor):
        now = Joining.objects.visible_to(request.actor).select_related("cluster__base")
        return draw(request, OVER, _over(now.pick(joining.public_id)), status=200)


def _over(joining: Joining) -> dict[str, Any]:
    state = Joining.State(joining.state)
    return {
        "joining": joining,
        "face": FACES[state],
        "joined": state is Joining.State.ACCEPTED,
        "sent": joining.waits,
        "declined": state is Joining.State.DECLINED,
    }


def _step(joining: Joining, token: str, number: int) -> dict[str, Any]:
    return {"joining": joining, "token": token, "steps": STEPS, "number": number}


def _read(request: Request) -> Joining | None:
    with reading(request.actor):
        return _linked(request.actor)


def _linked(actor: Actor) -> Joining | None:
    """Return the one invitation or application the link lists."""
    return (
        Joining.objects.visible_to(actor)
        .filter(pk__in=actor.listed("network.Joining"))
        .select_related("cluster__base", "cluster__territory", "organisation")
        .first()
    )


join = login_not_required(by_method(get=_greet, post=_confirm))
facts = login_not_required(by_method(get=_ask_facts, post=_note_facts))
agree = login_not_required(by_method(get=_ask_agreement, post=_agree))
