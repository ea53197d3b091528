"""What changes obligations after the agreement is signed: only what was really done."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.network import rules
from zveno.network.models import Fulfilment, Obligation


class LessThanNothing(BadInput):
    """What was done is counted from nothing up."""

    code = "less_than_nothing"
    message = _("The amount done cannot be below zero.")
    field = "amount"


@action(rules.coordinates_obligation, on=Obligation, lock=True, consequence=True)
def record_fulfilment(
    actor: Actor, obligation: Obligation, *, source: str, amount: int
) -> Fulfilment:
    """Count ``amount`` units done by ``source``, a record of an upper room (kind and key).

    The same source again corrects what it said before, with an amount of 0 it takes it back.
    Raises ``LessThanNothing``.
    """
    if amount < 0:
        raise LessThanNothing
    fulfilment, _made = Fulfilment.objects.get_or_create(
        obligation=obligation, source=source, defaults={"amount": 0}
    )
    Obligation.objects.filter(pk=obligation.pk).update(
        done=F("done") + (amount - fulfilment.amount)
    )
    fulfilment.amount = amount
    fulfilment.save(update_fields=["amount"])
    return fulfilment
