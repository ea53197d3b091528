"""Everything that changes a plan."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network.actions import record_fulfilment
from zveno.network.models import Agreement, Obligation, academic_year
from zveno.plan import rules
from zveno.plan.models import MONTHS, Plan, PlanItem


class NotInForce(DomainError):
    """What nobody has signed yet is not planned."""

    code = "not_in_force"
    message = _("The agreement is not in force yet: wait for the last signature.")


class AlreadyInPlan(BadInput):
    """A line stands in a month of the plan once."""

    code = "already_in_plan"
    status = 409
    message = _("“%(title)s” is already in this month. Change the name or the month.")
    field = "title"


class NoSuchMonth(BadInput):
    """Months are 1 to 12."""

    code = "no_such_month"
    message = _("Choose a month.")
    field = "month"


@action(rules.plans_obligation, on=Obligation)
def plan_obligation(
    actor: Actor, obligation: Obligation, *, title: str, month: int, audience: str = ""
) -> PlanItem:
    """Put an obligation into this academic year's plan of its cluster, made when needed.

    The base organisation becomes the host. Raises ``NotInForce``, ``NoSuchMonth`` and
    ``AlreadyInPlan``.
    """
    agreement = obligation.agreement
    if agreement.state != Agreement.State.IN_FORCE:
        raise NotInForce
    if month not in MONTHS:
        raise NoSuchMonth
    year = academic_year(clock.today())
    plan, _made = Plan.objects.get_or_create(cluster=agreement.cluster, year=year)
    facts = {"obligation": obligation, "host": agreement.cluster.base, "audience": audience}
    item, made = PlanItem.objects.get_or_create(plan=plan, title=title, month=month, defaults=facts)
    if not made:
        raise AlreadyInPlan(title=title)
    return item


@action(rules.hosts_item, on=PlanItem, lock=True, consequence=True)
def date_item(actor: Actor, item: PlanItem, *, day: date) -> None:
    """Give an item its day; the first day stays known when the item moves."""
    item.original_day = item.original_day or day
    item.day = day
    if item.state == PlanItem.State.PLANNED:
        item.state = PlanItem.State.DATED
    item.save(update_fields=["original_day", "day", "state"])


@action(rules.hosts_item, on=PlanItem, lock=True, consequence=True)
def mark_done(
    actor: Actor, item: PlanItem, *, source: str, counts: Mapping[str, int], note: str = ""
) -> None:
    """Mark an item as done by ``source`` and let its obligation count that in its own unit.

    ``counts`` says how much of each unit (``Obligation.Unit``) was done. The same source again
    corrects what it said before.
    """
    item.day = item.day or clock.today()
    item.state = PlanItem.State.DONE
    item.done_note = note
    item.save(update_fields=["day", "state", "done_note"])
    obligation = item.obligation
    if obligation and obligation.unit in counts:
        amount, day = counts[obligation.unit], item.day
        record_fulfilment(actor, obligation.public_id, source=source, amount=amount, day=day)
