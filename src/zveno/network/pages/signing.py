"""Signing: by the link of a letter, by an account, and what came on paper."""

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
from zveno.kernel.errors import BadInput, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions, rules
from zveno.network.forms.agreements import ReasonForm, ScanForm
from zveno.network.models import Agreement, Party
from zveno.network.pages.ways import blank, filled, late, sent_file, take, ways_of
from zveno.people.models import actor_of
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

GONE, UNFIT, LATE = 410, 422, 429


@require_safe
def _greet(request: Request, token: str) -> HttpResponse:
    party = linked(request.actor)
    if party is None:
        return render(request, "network/sign_dead.html", status=404)
    if party.signed_at:
        return render(request, "network/sign_done.html", {"party": party}, status=GONE)
    ways = ways_of(request, party)
    if ways.elsewhere and _is_head(request, party):
        return redirect("network:sign_party", party.public_id)
    facts = by_link(party, token) | ways.facts
    return render(request, "network/sign.html", facts | {"form": blank(ways, party)})


def _is_head(request: Request, party: Party) -> bool:
    """Whether who came by the link is signed in besides, and heads the organisation."""
    return rules.signs_in_person(actor_of(request.user), party)


@require_POST
def _sign_by_link(request: Request, token: str) -> HttpResponse:
    with reading(request.actor):
        party = linked(request.actor)
        ways = ways_of(request, party) if party else None
    if party is None or ways is None:
        return draw(request, "network/sign_dead.html", {}, status=404)
    form = filled(request, ways)
    if form.is_valid():
        try:
            take(request, party.public_id, form)
        except BadInput as refusal:
            form.add_error(refusal.field or None, str(refusal))
        except actions.AlreadySigned:
            return _done(request, GONE)
        else:
            return _done(request, 200)
    return draw(request, "network/sign.html", by_link(party, token) | ways.facts | {"form": form})


def _done(request: Request, status: int) -> HttpResponse:
    with reading(request.actor):
        facts = {"party": linked(request.actor)}
    return draw(request, "network/sign_done.html", facts, status=status)


def linked(actor: Actor) -> Party | None:
    """Return the one party the link lists."""
    return (
        Party.objects.visible_to(actor)
        .filter(pk__in=actor.listed("network.Party"))
        .select_related("organisation", "link", "agreement__cluster__base", "agreement__number")
        .select_related("agreement__paper__pdf", "agreement__paper__docx")
        .select_related("agreement__parent__paper__pdf", "agreement__parent__paper__docx")
        .defer("agreement__paper__content", "agreement__parent__paper__content")
        .defer("agreement__parent__paper__pdf__data", "agreement__parent__paper__docx__data")
        .defer("agreement__paper__pdf__data", "agreement__paper__docx__data")
        .first()
    )


def by_link(party: Party, token: str) -> dict[str, Any]:
    """Return what the page of signing shows to whoever came by a link."""

    def address(key: UUID) -> str:
        return reverse("documents:linked_file", args=[token, key])

    files = _files(party.agreement, address)
    return {
        "party": party,
        "base": "ui/base_bare.html",
        "sign_url": reverse("network:sign", args=[token]),
        "refuse_url": reverse("network:refuse_by_link", args=[token]),
        "account_url": f"{reverse('network:sign_party', args=[party.public_id])}?by=simple",
        "refusal": ReasonForm(),
        **files,
    }


def _files(agreement: Agreement, address: Callable[[UUID], str]) -> dict[str, str]:
    drawn = {
        "pdf": agreement.paper.pdf,
        "docx": agreement.paper.docx,
        "above": agreement.parent.original if agreement.parent else None,
    }
    return {kind: address(file.public_id) for kind, file in drawn.items() if file}


@require_safe
def _ask_head(request: Request, key: UUID) -> HttpResponse:
    facts = by_account(request.actor, key, actions.sign_by_scan.allowed)
    ways = ways_of(request, facts["party"])
    form = blank(ways, facts["party"])
    return render(request, "network/sign.html", facts | ways.facts | {"form": form})


@require_POST
def _sign(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = by_account(request.actor, key, actions.sign_by_scan.allowed)
        ways = ways_of(request, facts["party"])
    form = filled(request, ways)
    again = late(request, form) if form.is_valid() else None
    if form.is_valid():
        with RefusalsIn(form):
            take(request, key, form)
            return _told(request, facts["party"].agreement.public_id)
    status = LATE if again else UNFIT
    return draw(request, "network/sign.html", facts | ways.facts | {"form": form}, status=status)


@require_safe
def _ask_coordinator(request: Request, key: UUID) -> HttpResponse:
    facts = by_account(request.actor, key, actions.file_scan.allowed)
    return render(request, "network/file_scan.html", facts | {"form": ScanForm()})


@require_POST
def _file(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = by_account(request.actor, key, actions.file_scan.allowed)
    form = sent_file(request, ScanForm)
    if form.is_valid():
        with RefusalsIn(form):
            actions.file_scan(request.actor, key, upload=form.upload())
            return _told(request, facts["party"].agreement.public_id)
    return draw(request, "network/file_scan.html", facts | {"form": form})


@require_POST
def renew_link(request: Request, key: UUID) -> HttpResponse:
    """Make a new link for a party and show it this once."""
    token = actions.renew_link(request.actor, key)
    with reading(request.actor):
        party = (
            Party.objects.visible_to(request.actor)
            .select_related("organisation", "link", "agreement")
            .pick(key)
        )
    address = f"{settings.ADDRESS}{reverse('network:sign', args=[token])}"
    return draw(request, "network/link.html", {"party": party, "address": address}, status=200)


def by_account(actor: Actor, key: UUID, allowed: Callable[[Actor, Party], bool]) -> dict[str, Any]:
    """Return what pages show of a party that is asked to sign; refuse what cannot be done."""
    party = (
        Party.objects.visible_to(actor)
        .select_related("organisation", "agreement__cluster__base")
        .select_related("agreement__paper__pdf", "agreement__paper__docx")
        .select_related("agreement__parent__paper__pdf", "agreement__parent__paper__docx")
        .defer("agreement__paper__content", "agreement__parent__paper__content")
        .defer("agreement__parent__paper__pdf__data", "agreement__parent__paper__docx__data")
        .defer("agreement__paper__pdf__data", "agreement__paper__docx__data")
        .pick(key)
    )
    if not allowed(actor, party):
        raise NotAllowed
    agreement = party.agreement
    if party.signed_at:
        raise actions.AlreadySigned(organisation=str(party.organisation))
    if agreement.state != Agreement.State.OUT_FOR_SIGNATURE:
        raise actions.NotOutForSignature(title=agreement.title)
    files = _files(agreement, lambda key: reverse("documents:file", args=[key]))
    return {
        "party": party,
        "base": "ui/base_app.html",
        "sign_url": reverse("network:sign_party", args=[party.public_id]),
        "refuse_url": reverse("network:refuse", args=[party.public_id]),
        "refusal": ReasonForm(),
        **files,
    }


def _told(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        found = Agreement.objects.visible_to(request.actor).pick(key)
    facts = {"signed": found.signed, "all": found.parties_count}
    if found.state == Agreement.State.IN_FORCE:
        tell(request, _("Signed, %(signed)s of %(all)s: the agreement is in force.") % facts)
    else:
        tell(request, _("Signed, %(signed)s of %(all)s.") % facts)
    return redirect("network:agreement", key)


sign = login_not_required(by_method(get=_greet, post=_sign_by_link))
sign_party = by_method(get=_ask_head, post=_sign)
file_scan = by_method(get=_ask_coordinator, post=_file)
