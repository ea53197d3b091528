"""A contribution on its way: promised, given with a proof, confirmed, returned, withdrawn."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions, rules
from zveno.network.forms.agreements import ReasonForm
from zveno.network.forms.contributions import GiftForm, PromiseForm, gift_of
from zveno.network.models import Contribution, Obligation, Programme
from zveno.network.models.contributions import receivers_of
from zveno.network.pages.contributions import contribution_of
from zveno.organisations.models import Organisation
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

NEW, GIVE = "network/contribution_new.html", "network/contribution_give.html"
RETURN, WITHDRAW = "network/contribution_return.html", "network/contribution_withdraw.html"
State = Contribution.State


@require_safe
def _ask_promise(request: Request, key: UUID) -> HttpResponse:
    return render(request, NEW, _promising(request.actor, key))


@require_POST
def _promise(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _promising(request.actor, key, request.POST)
        form = facts["form"]
        good = form.is_valid()
    if good:
        with RefusalsIn(form):
            made = actions.promise_contribution(request.actor, key, promise=form.promise())
            tell(request, _("The promise is noted. When it is kept, attach the proof here."))
            return redirect("network:contribution", made.public_id)
    return draw(request, NEW, facts)


def _promising(actor: Actor, key: UUID, *data: Any) -> dict[str, Any]:
    one = Programme.objects.visible_to(actor).select_related("holder").pick(key)
    if not actions.promise_contribution.allowed(actor, one):
        raise NotAllowed
    owed = Obligation.objects.visible_to(actor).in_force().select_related("agreement")
    units = ["", Obligation.Unit.ROUBLES, Obligation.Unit.HOURS]
    lines = owed.filter(unit__in=units).order_by("agreement", "place")
    form = PromiseForm(actor, (_givers(actor, one), receivers_of(one)), lines, *data)
    return {"programme": one, "form": form}


def _givers(actor: Actor, one: Programme) -> list[Organisation]:
    """Return the organisations ``actor`` may promise for; none where it may be any."""
    if rules.holds_programme(actor, one):
        return []
    keys = {key for key, role in actor.roles if role in rules.REPRESENTING}
    return list(Organisation.objects.visible_to(actor).filter(pk__in=keys).order_by("name"))


@require_safe
def _ask_gift(request: Request, key: UUID) -> HttpResponse:
    one = _promised(request.actor, key)
    return render(request, GIVE, {"one": one, "form": gift_of(one)})


@require_POST
def _give(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        one = _promised(request.actor, key)
    form = GiftForm(one, request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.give_contribution(request.actor, key, gift=form.gift())
        except BadInput as refusal:
            field = {"file": "proof"}.get(refusal.field, refusal.field)
            form.add_error(field or None, str(refusal))
        else:
            tell(request, _("It counts once the receiver has confirmed it."))
            return redirect("network:contribution", key)
    return draw(request, GIVE, {"one": one, "form": form})


def _promised(actor: Actor, key: UUID) -> Contribution:
    one = _found(actor, key, actions.give_contribution.allowed)
    if one.state != State.PROMISED:
        raise actions.NotPromised
    return one


@require_POST
def confirm(request: Request, key: UUID) -> HttpResponse:
    """Confirm what was given."""
    actions.confirm_contribution(request.actor, key)
    tell(request, _("Confirmed: it is counted in the programme."))
    return redirect("network:contribution", key)


@require_safe
def _ask_why_return(request: Request, key: UUID) -> HttpResponse:
    return render(request, RETURN, {"one": _given(request.actor, key), "form": ReasonForm()})


@require_POST
def _return(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        one = _given(request.actor, key)
    form = ReasonForm(request.POST)
    if form.is_valid():
        actions.return_contribution(request.actor, key, reason=form.cleaned_data["reason"])
        tell(request, _("It is a promise again and counts no more."))
        return redirect("network:contribution", key)
    return draw(request, RETURN, {"one": one, "form": form})


def _given(actor: Actor, key: UUID) -> Contribution:
    one = _found(actor, key, actions.return_contribution.allowed)
    if one.state not in {State.GIVEN, State.CONFIRMED}:
        raise actions.NotGiven
    return one


@require_safe
def _ask_why_withdraw(request: Request, key: UUID) -> HttpResponse:
    return render(request, WITHDRAW, {"one": _standing(request.actor, key), "form": ReasonForm()})


@require_POST
def _withdraw(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        one = _standing(request.actor, key)
    form = ReasonForm(request.POST)
    if form.is_valid():
        actions.withdraw_contribution(request.actor, key, reason=form.cleaned_data["reason"])
        tell(request, _("The contribution is withdrawn and counts no more."))
        return redirect("network:contribution", key)
    return draw(request, WITHDRAW, {"one": one, "form": form})


def _standing(actor: Actor, key: UUID) -> Contribution:
    one = _found(actor, key, actions.withdraw_contribution.allowed)
    if one.state == State.WITHDRAWN:
        raise actions.Withdrawn
    return one


def _found(actor: Actor, key: UUID, allowed: Callable[[Actor, Contribution], bool]) -> Contribution:
    one = contribution_of(actor, key)
    if not allowed(actor, one):
        raise NotAllowed
    return one


@require_POST
def proof(request: Request, key: UUID) -> HttpResponse:
    """Open the proof of a contribution; the journal knows that it was read."""
    file = actions.open_proof(request.actor, key)
    return redirect("documents:file", file.public_id)


promise = by_method(get=_ask_promise, post=_promise)
give = by_method(get=_ask_gift, post=_give)
send_back = by_method(get=_ask_why_return, post=_return)
withdraw = by_method(get=_ask_why_withdraw, post=_withdraw)
