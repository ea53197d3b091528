"""By which methods an organisation signs: its orders, switched on and off."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.signing import OrderForm
from zveno.network.models import ELECTRONIC, Method, SigningOrder
from zveno.network.pages.reviewing import rule_facts
from zveno.organisations.models import Organisation
from zveno.ui.answers import draw
from zveno.ui.faces import Face
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

ON = Face(pgettext_lazy("method of signing", "Switched on"), "ok", "check")
OFF = Face(pgettext_lazy("method of signing", "Switched off"), "", "x")
MEANING = {
    Method.SIMPLE: gettext_lazy(
        "The head signs in their account: Zveno shows the text’s SHA-256, asks for the password "
        "again and for a code if the account has a second step, and keeps who signed and when. "
        "The parties agree to such signatures by an agreement or by their orders."
    ),
    Method.DETACHED: gettext_lazy(
        "The head signs the file in a program of their own and sends the file .sig or .p7s. Zveno "
        "checks that the file was made over this very file; it does not check whose the "
        "certificate is, whether it was valid, or the signature itself."
    ),
}


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    house = _house(request.actor, key)
    return render(request, "network/signing_orders.html", _facts(request.actor, house))


@require_POST
def _switch_on(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        house = _house(request.actor, key)
    method = next((one for one in ELECTRONIC if one == request.GET.get("method")), None)
    if method is None:
        raise Http404
    form = OrderForm(request.POST, auto_id=f"{method}_%s")
    if form.is_valid():
        with RefusalsIn(form):
            actions.switch_signing_on(request.actor, key, method=method, order=form.order())
            tell(request, _("Switched on by order %(order)s.") % {"order": form.order().number})
            return redirect("network:signing_orders", key)
    with reading(request.actor):
        facts = _facts(request.actor, house, {method: form})
    return draw(request, "network/signing_orders.html", facts | {"form": form})


@require_POST
def switch_off(request: Request, key: UUID) -> HttpResponse:
    """Let an organisation sign by a method no more."""
    with reading(request.actor):
        orders = SigningOrder.objects.visible_to(request.actor)
        order = orders.select_related("organisation").pick(key)
    actions.switch_signing_off(request.actor, key)
    tell(request, _("Switched off. What is signed stays signed."))
    return redirect("network:signing_orders", order.organisation.public_id)


def _house(actor: Actor, key: UUID) -> Organisation:
    house = Organisation.objects.visible_to(actor).pick(key)
    if not actions.switch_signing_on.allowed(actor, house):
        raise NotAllowed
    return house


def _facts(
    actor: Actor, house: Organisation, typed: dict[Method, OrderForm] | None = None
) -> dict[str, Any]:
    orders = SigningOrder.objects.visible_to(actor).filter(organisation=house).order_by("-since")
    known = list(orders)
    live = {order.method: order for order in known if order.until is None}
    typed = typed or {}
    return {
        "organisation": house,
        "methods": [
            {
                "method": str(method),
                "title": method.label,
                "meaning": MEANING[method],
                "order": live.get(method),
                "face": ON if method in live else OFF,
                "form": typed.get(method) or OrderForm(auto_id=f"{method}_%s"),
                "opened": method in typed,
            }
            for method in ELECTRONIC
        ],
        "past": [order for order in known if order.until],
        **rule_facts(actor, house),
        "on": ON,
        "off": OFF,
    }


signing_orders = by_method(get=_show, post=_switch_on)
