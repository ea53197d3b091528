"""Ready-made plans."""

from typing import Any

from zveno.kernel import clock
from zveno.network.models import Cluster, Obligation, academic_year
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.plan.models import Approval, Plan, PlanItem


def item(cluster: Cluster | None = None, **changes: Any) -> PlanItem:
    """Make a planned item hosted by the base of a cluster."""
    cluster = cluster or network.cluster()
    plan, _ = Plan.objects.get_or_create(cluster=cluster, year=academic_year(clock.today()))
    fields = {"plan": plan, "title": "Профессиональная проба", "host": cluster.base}
    fields["month"] = clock.today().month
    return PlanItem.objects.create(**fields | changes)


def approval(plan: Plan, organisation: Organisation, **changes: Any) -> Approval:
    """Let an organisation have approved what the plan once was."""
    fields = {"side": Approval.Side.OPERATOR, "digest": "0" * 64}
    return Approval.objects.create(plan=plan, organisation=organisation, **fields | changes)


def obligation(**changes: Any) -> Obligation:
    """Make an obligation of an agreement in force, signed by a base and a school."""
    cluster = network.cluster()
    network.member(cluster)
    return network.obligation(network.agreement(cluster, signed=2), **changes)
