"""By which electronic methods an organisation signs: switched on and off with its order."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network import rules
from zveno.network.models import SigningOrder
from zveno.organisations.models import Organisation


class OrderAhead(BadInput):
    """An order that is not signed yet orders nothing."""

    code = "order_ahead"
    message = _("The order is dated later than today. Switch the method on once it is signed.")
    field = "dated"


class OrderOver(DomainError):
    """What is switched off stays off until there is another order."""

    code = "order_over"
    message = _("This method is switched off already.")


@dataclass(frozen=True, slots=True)
class Order:
    """An order of an organisation: its number and its day."""

    number: str
    dated: date


@action(rules.orders_signing, on=Organisation, lock=True)
def switch_signing_on(
    actor: Actor, organisation: Organisation, *, method: str, order: Order
) -> SigningOrder:
    """Let an organisation sign by an electronic method, by its order.

    Another order takes the place of the one there is; the same changes nothing. Raises
    ``OrderAhead``.
    """
    if order.dated > clock.today():
        raise OrderAhead
    orders = SigningOrder.objects.live().filter(organisation=organisation, method=method)
    known = orders.filter(number=order.number, dated=order.dated).first()
    if known:
        return known
    orders.update(until=clock.now())
    return SigningOrder.objects.create(
        organisation=organisation, method=method, number=order.number, dated=order.dated
    )


@action(rules.ends_signing, on=SigningOrder, lock=True)
def switch_signing_off(actor: Actor, order: SigningOrder) -> None:
    """Let an organisation sign by this method no more; what is signed stays signed.

    Raises ``OrderOver``.
    """
    if order.until:
        raise OrderOver
    SigningOrder.objects.filter(pk=order.pk).update(until=clock.now())
