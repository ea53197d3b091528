"""Transfers: a child is offered to another organisation, and one that is offered is taken in."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.learners import actions, rules
from zveno.learners.forms.transfers import OfferForm, TakeForm
from zveno.learners.models import TAKERS, Learner, Transfer
from zveno.learners.pages.register import owner_of
from zveno.organisations.models import Organisation
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

SHOWN = 50


@require_safe
def transfers(request: Request, key: UUID) -> HttpResponse:
    """List the children who come and go, the newest first; of what is over nobody is named."""
    owner = owner_of(request.actor, key)
    rows = Transfer.objects.visible_to(request.actor).latest_first()
    facts = {
        "owner": owner,
        "coming": list(rows.filter(taker=owner)[:SHOWN]),
        "going": list(rows.filter(owner=owner)[:SHOWN]),
    }
    return render(request, "learners/transfers.html", facts)


@require_safe
def _ask_offer(request: Request, key: UUID) -> HttpResponse:
    learner = _learner(request.actor, key)
    form = OfferForm(_house_of(request.actor))
    return render(request, "learners/transfer_offer.html", _offering(request.actor, learner, form))


@require_POST
def _offer(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        learner = _learner(request.actor, key)
        form = OfferForm(_house_of(request.actor), request.POST)
        valid = form.is_valid()
    if valid:
        taker, basis = form.cleaned_data["inn"], form.cleaned_data["basis"]
        with RefusalsIn(form):
            actions.offer_transfer(request.actor, key, taker=taker.public_id, basis=basis)
            tell(request, _("The child is offered. You will see here what the other side says."))
            return redirect("learners:transfers", learner.owner.public_id)
    with reading(request.actor):
        facts = _offering(request.actor, learner, form)
    return draw(request, "learners/transfer_offer.html", facts)


def _offering(actor: Actor, learner: Learner, form: OfferForm) -> dict[str, Any]:
    offers = Transfer.objects.visible_to(actor).filter(learner=learner).waiting()
    return {
        "owner": learner.owner,
        "learner": learner,
        "form": form,
        "stands": offers.select_related("taker").first(),
    }


@require_safe
def _ask_take(request: Request, key: UUID) -> HttpResponse:
    offer = _offered(request.actor, key)
    form = TakeForm(offer.taker)
    return render(request, "learners/transfer_take.html", {"offer": offer, "form": form})


@require_POST
def _take(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        offer = _offered(request.actor, key)
    form = TakeForm(offer.taker, request.POST)
    if form.is_valid():
        grade, letter = form.cleaned_data["label"]
        new = form.cleaned_data["new"]
        with RefusalsIn(form):
            taken = actions.accept_transfer(request.actor, key, grade=grade, letter=letter, new=new)
            tell(request, _("The child is taken in. Ask the family for consents anew."))
            return redirect("learners:card", taken.public_id)
    return draw(request, "learners/transfer_take.html", {"offer": offer, "form": form})


@require_POST
def decline(request: Request, key: UUID) -> HttpResponse:
    """Say that the child is not taken in."""
    with reading(request.actor):
        taker = _offered(request.actor, key).taker.public_id
    actions.decline_transfer(request.actor, key)
    tell(request, _("Declined. The other side sees it."))
    return redirect("learners:transfers", taker)


@require_POST
def withdraw(request: Request, key: UUID) -> HttpResponse:
    """Take an offer back."""
    with reading(request.actor):
        offers = Transfer.objects.visible_to(request.actor).select_related("owner")
        owner = offers.pick(key).owner.public_id
    actions.withdraw_transfer(request.actor, key)
    tell(request, _("The offer is taken back."))
    return redirect("learners:transfers", owner)


def _learner(actor: Actor, key: UUID) -> Learner:
    learner = Learner.objects.visible_to(actor).select_related("owner").pick(key)
    if not rules.answers_for(actor, learner):
        raise NotAllowed
    return learner


def _offered(actor: Actor, key: UUID) -> Transfer:
    offer = Transfer.objects.visible_to(actor).select_related("owner", "taker").pick(key)
    if not rules.takes_in(actor, offer):
        raise NotAllowed
    return offer


def _house_of(actor: Actor) -> Callable[[str], Organisation | None]:
    """Find where children are by its INN."""

    def found(inn: str) -> Organisation | None:
        houses = Organisation.objects.visible_to(actor).filter(kind__in=TAKERS, inn=inn)
        return houses.order_by("pk").first()

    return found


offer = by_method(get=_ask_offer, post=_offer)
take = by_method(get=_ask_take, post=_take)
