"""Whether somebody may do something in a cluster, or is inside it: in a closed one nobody may."""

from collections.abc import Iterable
from typing import Protocol

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.network.models import Cluster, Membership, require_open


class Verb(Protocol):
    """A verb on a cluster, which says who may."""

    def allowed(self, actor: Actor, target: Cluster, /) -> bool:
        """Tell whether ``actor`` may do this."""


def may(verb: Verb, actor: Actor, cluster: Cluster) -> bool:
    """Tell whether a page shows the button."""
    return not cluster.is_closed and verb.allowed(actor, cluster)


def is_outside(actor: Actor, cluster: Cluster, members: Iterable[Membership]) -> bool:
    """Whether the pages of those inside are closed to ``actor``; ``members`` are those of today."""
    inside = {cluster.base_id, *(one.organisation_id for one in members)}
    return not actor.scope & inside and (not cluster.is_closed or is_stranger(actor, cluster))


def is_stranger(actor: Actor, cluster: Cluster) -> bool:
    """Ask whether the pages of those inside are closed to ``actor``."""
    joined = Cluster.objects.visible_to(actor).joined_by(actor)
    return not joined.filter(pk=cluster.pk).exists()


def require_may(verb: Verb, actor: Actor, cluster: Cluster) -> None:
    """Raise ``NotAllowed`` or ``ClusterClosed`` where a page has no form to show."""
    if not verb.allowed(actor, cluster):
        raise NotAllowed
    require_open(cluster)
