"""In which ways an organisation takes consents: its orders, switched on and off."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.learners import actions, rules
from zveno.learners.forms.guardians import ConsentOrderForm
from zveno.learners.models import ConsentOrder, Method
from zveno.organisations.models import Organisation
from zveno.ui.answers import draw
from zveno.ui.faces import Face
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

ON = Face(gettext_lazy("In use"), "ok", "check")
OFF = Face(gettext_lazy("Not in use"), "", "x")
MEANING = {
    Method.KEPT: gettext_lazy(
        "You mark that the signed papers lie in your office; nothing is uploaded. The order says "
        "who collects them and where they lie."
    ),
    Method.LINK: gettext_lazy(
        "A parent opens the page of the family by a link and gives or refuses each consent there. "
        "Zveno keeps who answered, when, and the SHA-256 of the text they read."
    ),
    Method.PAPER: gettext_lazy(
        "You print a sheet a child, have it signed, then add a scan or a photo. A code on the "
        "sheet says whose it is; you look at each page and record the answer."
    ),
}


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    house = _house(request.actor, key)
    return render(request, "learners/consent_orders.html", _facts(request.actor, house))


@require_POST
def _switch_on(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        house = _house(request.actor, key)
    method = next((one for one in MEANING if one == request.GET.get("method")), None)
    if method is None:
        raise Http404
    form = ConsentOrderForm(request.POST, auto_id=f"{method}_%s")
    if form.is_valid():
        with RefusalsIn(form):
            actions.switch_consents_on(request.actor, key, method=method, order=form.order())
            tell(request, _("In use by order %(order)s.") % {"order": form.order().number})
            return redirect("learners:consent_orders", key)
    with reading(request.actor):
        facts = _facts(request.actor, house, {method: form})
    return draw(request, "learners/consent_orders.html", facts | {"form": form})


@require_POST
def switch_off(request: Request, key: UUID, method: str) -> HttpResponse:
    """Take no more consents in a way."""
    if method not in MEANING:
        raise Http404
    actions.switch_consents_off(request.actor, key, method=method)
    tell(request, _("Not in use any more. Answers given so far stand."))
    return redirect("learners:consent_orders", key)


def _house(actor: Actor, key: UUID) -> Organisation:
    house = Organisation.objects.visible_to(actor).pick(key)
    if not rules.answers_for_children(actor, house):
        raise NotAllowed
    return house


def _facts(
    actor: Actor, house: Organisation, typed: dict[Method, ConsentOrderForm] | None = None
) -> dict[str, Any]:
    live = ConsentOrder.objects.visible_to(actor).live().filter(organisation=house)
    orders, typed = {order.method: order for order in live}, typed or {}
    return {
        "house": house,
        "ways": [
            {
                "method": str(method),
                "title": method.label,
                "meaning": MEANING[method],
                "order": orders.get(method),
                "face": ON if method in orders else OFF,
                "form": typed.get(method) or ConsentOrderForm(auto_id=f"{method}_%s"),
                "opened": method in typed,
            }
            for method in MEANING
        ],
    }


orders = by_method(get=_show, post=_switch_on)
