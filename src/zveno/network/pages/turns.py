"""Turns an agreement may take: another signs, a party refuses, it is withdrawn, it ends."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.agreements import EndingForm, ReasonForm, SignatoryForm
from zveno.network.models import Agreement, Party
from zveno.network.pages.signing import by_account, by_link, linked
from zveno.network.pages.ways import blank, ways_of
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

WORDS = ("signatory", "signatory_post", "basis", "email")


@require_safe
def _ask_signatory(request: Request, key: UUID) -> HttpResponse:
    facts = by_account(request.actor, key, actions.change_signatory.allowed)
    form = SignatoryForm(initial={word: getattr(facts["party"], word) for word in WORDS})
    return render(request, "network/signatory.html", facts | {"form": form})


@require_POST
def _change_signatory(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = by_account(request.actor, key, actions.change_signatory.allowed)
    form = SignatoryForm(request.POST)
    if not form.is_valid():
        return draw(request, "network/signatory.html", facts | {"form": form})
    token = actions.change_signatory(request.actor, key, signatory=form.signatory_given())
    with reading(request.actor):
        parties = Party.objects.visible_to(request.actor)
        party = parties.select_related("organisation", "link", "agreement").pick(key)
    address = f"{settings.ADDRESS}{reverse('network:sign', args=[token])}"
    return draw(request, "network/link.html", {"party": party, "address": address}, status=200)


@require_POST
def refuse_by_link(request: Request, token: str) -> HttpResponse:
    """Let whoever came by a link say that their party does not sign, and why."""
    with reading(request.actor):
        party = linked(request.actor)
    if party is None:
        return draw(request, "network/sign_dead.html", {}, status=404)
    form = ReasonForm(request.POST)
    if form.is_valid():
        actions.refuse_to_sign(request.actor, party.public_id, reason=form.cleaned_data["reason"])
        return draw(request, "network/refused.html", {"party": party}, status=200)
    return _ask_again(request, party, by_link(party, token) | {"refusal": form})


@require_POST
def refuse(request: Request, key: UUID) -> HttpResponse:
    """Let the head say that their party does not sign, and why."""
    with reading(request.actor):
        facts = by_account(request.actor, key, actions.refuse_to_sign.allowed)
    form = ReasonForm(request.POST)
    if form.is_valid():
        actions.refuse_to_sign(request.actor, key, reason=form.cleaned_data["reason"])
        tell(request, _("The coordinator is told why you do not sign."))
        return redirect("network:agreement", facts["party"].agreement.public_id)
    return _ask_again(request, facts["party"], facts | {"refusal": form})


def _ask_again(request: Request, party: Party, facts: dict[str, Any]) -> HttpResponse:
    with reading(request.actor):
        ways = ways_of(request, party)
    return draw(request, "network/sign.html", facts | ways.facts | {"form": blank(ways, party)})


@require_safe
def _ask_why(request: Request, key: UUID) -> HttpResponse:
    facts = _signed_by_some(request.actor, key)
    return render(request, "network/withdraw.html", facts | {"form": ReasonForm()})


@require_POST
def _withdraw(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _signed_by_some(request.actor, key)
    form = ReasonForm(request.POST)
    if form.is_valid():
        actions.withdraw_agreement(request.actor, key, reason=form.cleaned_data["reason"])
        tell(request, _("It is a draft again. Put it right and send it anew."))
        return redirect("network:agreement_text", key)
    return draw(request, "network/withdraw.html", facts | {"form": form})


def _signed_by_some(actor: Actor, key: UUID) -> dict[str, Any]:
    found = _found(actor, key, actions.withdraw_agreement.allowed)
    if found.state != Agreement.State.OUT_FOR_SIGNATURE:
        raise actions.NotOutForSignature(title=found.title)
    return {"agreement": found}


@require_safe
def _ask_ending(request: Request, key: UUID) -> HttpResponse:
    facts = _in_force(request.actor, key)
    return render(request, "network/terminate.html", facts | {"form": EndingForm()})


@require_POST
def _terminate(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _in_force(request.actor, key)
    form = EndingForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.terminate_agreement(request.actor, key, ending=form.ending())
            tell(request, _("All parties are told when it ends and why."))
            return redirect("network:agreement", key)
    return draw(request, "network/terminate.html", facts | {"form": form})


def _in_force(actor: Actor, key: UUID) -> dict[str, Any]:
    found = _found(actor, key, actions.terminate_agreement.allowed)
    if found.state != Agreement.State.IN_FORCE:
        raise actions.AgreementNotInForce(title=found.title)
    return {"agreement": found}


def _found(actor: Actor, key: UUID, allowed: Callable[[Actor, Agreement], bool]) -> Agreement:
    found = Agreement.objects.visible_to(actor).select_related("cluster").pick(key)
    if not allowed(actor, found):
        raise NotAllowed
    return found


signatory = by_method(get=_ask_signatory, post=_change_signatory)
withdraw = by_method(get=_ask_why, post=_withdraw)
terminate = by_method(get=_ask_ending, post=_terminate)
refuse_by_link = login_not_required(refuse_by_link)
