"""Who may do what with plans."""

from zveno.kernel.actor import Actor, Means
from zveno.network import rules as network
from zveno.network.models import Cluster, Membership, Obligation, Role
from zveno.people.models import SPEAKING, Post
from zveno.plan.models import (
    LINKED,
    Approval,
    Plan,
    PlanItem,
    PlanTable,
    Wish,
    Wisher,
    WishRound,
    houses_in,
)

OPERATING = (Post.Role.COORDINATOR, Post.Role.METHODIST)
"""Who makes the plan at the methodical operator: there a methodist does, too."""


def plans(actor: Actor, cluster: Cluster) -> bool:
    """Whether ``actor`` makes the plan for the base or for the methodical operator."""
    return leads(actor, cluster) or _operates(actor, cluster)


def leads(actor: Actor, cluster: Cluster) -> bool:
    """Whether ``actor`` makes the plan for the base organisation."""
    return network.coordinates(actor, cluster)


def _operates(actor: Actor, cluster: Cluster) -> bool:
    houses = [key for key, role in actor.roles if role in OPERATING]
    if not houses:
        return False
    inside = Membership.objects.live().filter(cluster=cluster, organisation__in=houses)
    return inside.filter(role=Role.METHODICAL_OPERATOR).exists()


def sides_approved_by(actor: Actor, cluster: Cluster) -> list[str]:
    """Name the sides in whose name ``actor`` approves the plan."""
    sides = [Approval.Side.BASE.value] if leads(actor, cluster) else []
    return sides + ([Approval.Side.OPERATOR.value] if _operates(actor, cluster) else [])


def approves(actor: Actor, plan: Plan) -> bool:
    """Whether a person, and no program, speaks for a side that approves the plan."""
    return actor.means is Means.ACCOUNT and plans(actor, plan.cluster)


def plans_year(actor: Actor, plan: Plan) -> bool:
    """Whether ``actor`` makes this plan."""
    return plans(actor, plan.cluster)


def plans_item(actor: Actor, item: PlanItem) -> bool:
    """Whether ``actor`` makes the plan the item stands in."""
    return plans(actor, item.plan.cluster)


def plans_table(actor: Actor, table: PlanTable) -> bool:
    """Whether ``actor`` makes the plan that the table is for."""
    return plans(actor, table.cluster)


def plans_obligations(actor: Actor, cluster: Cluster) -> bool:
    """Whether ``actor`` coordinates the cluster: then its obligations are planned."""
    return network.coordinates(actor, cluster) and not cluster.is_closed


def plans_obligation(actor: Actor, obligation: Obligation) -> bool:
    """Whether ``actor`` coordinates the cluster of the obligation's agreement."""
    return network.coordinates_obligation(actor, obligation)


def hosts_item(actor: Actor, item: PlanItem) -> bool:
    """Whether ``actor`` coordinates for the host of the plan item."""
    return actor.holds(Post.Role.COORDINATOR, item.host_id)


def reports_item(actor: Actor, item: PlanItem) -> bool:
    """Whether ``actor`` makes the plan, or coordinates for the host of the item."""
    return hosts_item(actor, item) or plans_item(actor, item)


def asks_wisher(actor: Actor, wisher: Wisher) -> bool:
    """Whether ``actor`` makes the plan for which a member is asked."""
    return plans(actor, wisher.round.cluster)


def decides_wish(actor: Actor, wish: Wish) -> bool:
    """Whether ``actor`` makes the plan a wish is for."""
    return asks_wisher(actor, wish.wisher)


def wishes(actor: Actor, wisher: Wisher) -> bool:
    """Whether ``actor`` came by the link of the letter to this member."""
    return wisher.pk in actor.listed(LINKED)


def wishes_this(actor: Actor, wish: Wish) -> bool:
    """Whether ``actor`` came by the link of the letter to whom the wish is of."""
    return wishes(actor, wish.wisher)


def reminds_of_wishes(actor: Actor, asked: WishRound) -> bool:
    """Whether Zveno itself reminds."""
    return actor.is_system()


def takers(actor: Actor, cluster: Cluster) -> list[int]:
    """Return the organisations of a cluster for which ``actor`` takes the plan, the base first."""
    taking = {*SPEAKING, *OPERATING}
    return houses_in(cluster, {house for house, role in actor.roles if role in taking})


def may_take(actor: Actor) -> bool:
    """Whether ``actor`` speaks for an organisation: then the page that gives addresses is shown."""
    return any(role in {*SPEAKING, *OPERATING} for _house, role in actor.roles)


def takes_feed(actor: Actor, cluster: Cluster) -> bool:
    """Whether a person, and no program, speaks for an organisation that is in the cluster."""
    return actor.means is Means.ACCOUNT and bool(takers(actor, cluster))
