"""Who may do what with events, groups and places."""

from zveno.events.models import Batch, Event, Group, Place
from zveno.kernel.actor import Actor
from zveno.people.models import Post
from zveno.plan.models import PlanItem

SENDERS = (Post.Role.HEAD, Post.Role.REPRESENTATIVE)


def hosts(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` coordinates for the host of ``event``."""
    return actor.holds(Post.Role.COORDINATOR, event.host_id)


def hosts_item(actor: Actor, item: PlanItem) -> bool:
    """Whether ``actor`` coordinates for the host of the plan item."""
    return actor.holds(Post.Role.COORDINATOR, item.host_id)


def sends_children(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` represents any organisation; which one may come is asked by the verb."""
    return any(role in SENDERS for _, role in actor.roles)


def sends_group(actor: Actor, group: Group) -> bool:
    """Whether ``actor`` represents the organisation that sends the group."""
    return any(actor.holds(role, group.sender_id) for role in SENDERS)


def meets_child(actor: Actor, place: Place) -> bool:
    """Whether ``actor`` works for the host and meets the children at the door."""
    host = place.event.host_id
    return any(actor.holds(role, host) for role in (Post.Role.COORDINATOR, Post.Role.TEACHER))


def issued(actor: Actor, batch: Batch) -> bool:
    """Whether ``actor`` coordinates for the issuer of the batch."""
    return hosts(actor, batch.event)
