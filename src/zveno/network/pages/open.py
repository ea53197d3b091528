"""Whether somebody may do something in a cluster: in one that is closed, nobody."""

from typing import Any

from zveno.kernel.actions import Action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.network.models import Cluster, require_open


def may(verb: Action[Cluster, Any, Any], actor: Actor, cluster: Cluster) -> bool:
    """Tell whether a page shows the button."""
    return not cluster.is_closed and verb.allowed(actor, cluster)


def require_may(verb: Action[Cluster, Any, Any], actor: Actor, cluster: Cluster) -> None:
    """Raise ``NotAllowed`` or ``ClusterClosed`` where a page has no form to show."""
    if not verb.allowed(actor, cluster):
        raise NotAllowed
    require_open(cluster)
