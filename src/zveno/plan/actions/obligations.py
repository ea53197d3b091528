"""An obligation of an agreement gets into the plan."""

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network.models import Agreement, Obligation, academic_year
from zveno.plan import rules
from zveno.plan.models import MONTHS, PlanItem, made_plan, tell_if_ended


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
    plan = made_plan(agreement.cluster, year)
    facts = {"obligation": obligation, "host": agreement.cluster.base, "audience": audience}
    item, made = PlanItem.objects.get_or_create(plan=plan, title=title, month=month, defaults=facts)
    if not made:
        raise AlreadyInPlan(title=title)
    tell_if_ended(actor, plan)
    return item
