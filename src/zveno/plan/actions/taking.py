"""An item of one cluster is taken into the plan of another that the same people make."""

from dataclasses import replace
from uuid import UUID

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotFound
from zveno.network.models import Cluster, require_open
from zveno.plan import rules
from zveno.plan.actions.items import ItemFacts
from zveno.plan.models import PlanItem, made_plan, tell_if_ended


@action(rules.plans_item, on=PlanItem, lock=True)
def take_item(actor: Actor, item: PlanItem, *, cluster: UUID, host: UUID) -> PlanItem:
    """Copy an item into the plan of another cluster, which the actor makes as well.

    What was planned comes, not what happened; the copy knows what it was taken from. A cluster
    that the actor does not plan is not found. Raises ``NotFound``, ``ClusterClosed``,
    ``HostOutside`` and ``AlreadyInPlan``.
    """
    found = Cluster.objects.filter(public_id=cluster).exclude(pk=item.plan.cluster_id).first()
    if found is None or not rules.plans(actor, found):
        raise NotFound
    require_open(found)
    facts = replace(ItemFacts.as_planned(item), host=host, section=None)
    taken = facts.into(PlanItem(plan=made_plan(found, item.plan.year)))
    taken.month, taken.taken_from = item.month, item
    taken.save()
    tell_if_ended(actor, taken.plan)
    return taken
