"""Who may do what with plans."""

from zveno.kernel.actor import Actor
from zveno.network import rules as network
from zveno.network.models import Cluster, Obligation
from zveno.people.models import Post
from zveno.plan.models import PlanItem


def plans(actor: Actor, cluster: Cluster) -> bool:
    """Whether ``actor`` makes the plan of ``cluster``."""
    return network.coordinates(actor, cluster)


def plans_obligation(actor: Actor, obligation: Obligation) -> bool:
    """Whether ``actor`` coordinates the cluster of the obligation's agreement."""
    return network.coordinates_obligation(actor, obligation)


def hosts_item(actor: Actor, item: PlanItem) -> bool:
    """Whether ``actor`` coordinates for the host of the plan item."""
    return actor.holds(Post.Role.COORDINATOR, item.host_id)
