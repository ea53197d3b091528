"""The renewal of an agreement: filled in from the old one."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.agreements import TermsForm
from zveno.network.forms.renewing import CarriedRows, carried_in
from zveno.network.models import (
    Agreement,
    Change,
    Membership,
    Obligation,
    Party,
    require_open,
)
from zveno.network.pages.drafts import years_later
from zveno.ui.answers import draw
from zveno.ui.toasts import tell


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    facts = _facts(request.actor, key)
    old: Agreement = facts["agreement"]
    years = old.shape.years or 1
    form = TermsForm(
        initial={
            "title": old.title,
            "place": old.place,
            "dated": clock.today(),
            "valid_until": years_later(old.valid_until, years),
        }
    )
    initial = [
        {
            "obligation": one.public_id,
            "goes_on": True,
            "due": one.due and years_later(one.due, years),
        }
        for one in facts["owed"]
    ]
    rows = CarriedRows(initial=initial, form_kwargs={"owed": facts["owed"]})
    return render(request, "network/renew.html", facts | {"form": form, "rows": rows})


@require_POST
def _renew(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _facts(request.actor, key)
    form = TermsForm(request.POST)
    rows = CarriedRows(request.POST, form_kwargs={"owed": facts["owed"]})
    if form.is_valid() and rows.is_valid():
        try:
            made = actions.renew_agreement(
                request.actor, key, terms=form.terms(), carried=carried_in(rows.forms)
            )
        except BadInput as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, _("The renewal is ready. Check the text and send it."))
            return redirect("network:agreement_text", made.public_id)
    return draw(request, "network/renew.html", facts | {"form": form, "rows": rows})


def _facts(actor: Actor, key: UUID) -> dict[str, Any]:
    old = Agreement.objects.visible_to(actor).select_related("cluster").pick(key)
    if not actions.renew_agreement.allowed(actor, old):
        raise NotAllowed
    require_open(old.cluster)
    if not Agreement.objects.visible_to(actor).near_its_end().filter(pk=old.pk).exists():
        raise actions.NotToRenew(title=old.title, days=max(settings.ZVENO_REMIND_DAYS))
    members = Membership.objects.visible_to(actor).live().filter(cluster=old.cluster)
    staying = set(members.values_list("organisation", flat=True))
    parties = Party.objects.visible_to(actor).filter(agreement=old).order_by("place")
    sides = list(parties.select_related("organisation"))
    owed = Obligation.objects.visible_to(actor).filter(agreement=old).order_by("place")
    changes = Change.objects.visible_to(actor).in_force_of(old)
    return {
        "agreement": old,
        "staying": [party for party in sides if party.organisation_id in staying],
        "left": [party for party in sides if party.organisation_id not in staying],
        "owed": [
            one
            for one in owed.select_related("party__organisation")
            if one.party is None or one.party.organisation_id in staying
        ],
        "amended": changes.exists(),
    }


renew = by_method(get=_ask, post=_renew)
