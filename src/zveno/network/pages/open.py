"""Whether somebody may do something in a cluster: in one that is closed, nobody."""

from typing import Protocol

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.network.models import Cluster, require_open


class Verb(Protocol):
    """A verb on a cluster, which says who may."""

    def allowed(self, actor: Actor, target: Cluster, /) -> bool:
        """Tell whether ``actor`` may do this."""


def may(verb: Verb, actor: Actor, cluster: Cluster) -> bool:
    """Tell whether a page shows the button."""
    return not cluster.is_closed and verb.allowed(actor, cluster)


def require_may(verb: Verb, actor: Actor, cluster: Cluster) -> None:
    """Raise ``NotAllowed`` or ``ClusterClosed`` where a page has no form to show."""
    if not verb.allowed(actor, cluster):
        raise NotAllowed
    require_open(cluster)
