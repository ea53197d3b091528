"""Who writes letters to members, and who reads and answers them."""

from zveno.correspondence.models import Addressee, Circular, coordinated, spoken_for
from zveno.kernel.actor import Actor
from zveno.network.models import Cluster


def writes(actor: Actor, cluster: Cluster) -> bool:
    """Whether ``actor`` is a coordinator at the base organisation of ``cluster``."""
    return cluster.base_id in coordinated(actor)


def wrote(actor: Actor, circular: Circular) -> bool:
    """Whether ``actor`` is a coordinator at the organisation whose letter it is."""
    return circular.sender_id in coordinated(actor)


def speaks_for_addressee(actor: Actor, addressee: Addressee) -> bool:
    """Whether ``actor`` came by the link of this member, or speaks for it."""
    by_link = addressee.pk in actor.listed("correspondence.Addressee")
    return by_link or addressee.organisation_id in spoken_for(actor)
