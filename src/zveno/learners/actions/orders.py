"""In which ways an organisation takes consents: switched on and off with its order."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.learners import rules
from zveno.learners.models import ConsentOrder, Method
from zveno.organisations.models import Organisation


class ConsentOrderAhead(BadInput):
    """An order that is not signed yet orders nothing."""

    code = "consent_order_ahead"
    message = _("The order is dated later than today. Switch this on once it is signed.")
    field = "dated"


class NoSuchWay(BadInput):
    """An order is about one of the ways there are."""

    code = "no_such_way"
    message = _("There is no such way to take consents.")
    field = "method"


class WayOff(DomainError):
    """The organisation takes no consents in this way: it has no order for ``method``."""

    code = "way_off"

    def __str__(self) -> str:
        """Tell a family where else to answer, and the organisation where its order is entered."""
        if self.facts["method"] == Method.LINK:
            return str(_("The school does not take consents this way. Ask it for a paper form."))
        return str(
            _(
                "Consents are not taken this way: there is no order. Enter it under “Consents”, "
                "“How consents are taken”, then repeat."
            )
        )


@dataclass(frozen=True, slots=True)
class ByOrder:
    """An order of an organisation: its number and its day."""

    number: str
    dated: date


@action(rules.answers_for_children, on=Organisation, lock=True)
def switch_consents_on(
    actor: Actor, organisation: Organisation, *, method: str, order: ByOrder
) -> None:
    """Let an organisation take consents in a way, by its order; another takes its place.

    Raises ``NoSuchWay`` and ``ConsentOrderAhead``.
    """
    if method not in Method.values:
        raise NoSuchWay
    if order.dated > clock.today():
        raise ConsentOrderAhead
    live = ConsentOrder.objects.live().filter(organisation=organisation, method=method)
    if live.filter(number=order.number, dated=order.dated).exists():
        return
    live.update(until=clock.now())
    ConsentOrder.objects.create(
        organisation=organisation, method=method, number=order.number, dated=order.dated
    )


@action(rules.answers_for_children, on=Organisation, lock=True)
def switch_consents_off(actor: Actor, organisation: Organisation, *, method: str) -> None:
    """Let an organisation take no more consents in this way; answers given so far stand."""
    live = ConsentOrder.objects.live().filter(organisation=organisation, method=method)
    live.update(until=clock.now())


def _order_for(organisation: int, method: str) -> ConsentOrder:
    """Return the order by which answers come this way. Raises ``WayOff``."""
    live = ConsentOrder.objects.live().filter(organisation=organisation, method=method).first()
    if live is None:
        raise WayOff(method=str(method))
    return live
