"""Who may do what with events, groups and places."""

from zveno.events.models import (
    Batch,
    Certificate,
    Engineer,
    Event,
    Group,
    Handout,
    OutsideHours,
    Place,
    Slot,
    Visit,
)
from zveno.events.models.engineers import ENGINEER
from zveno.events.models.feedback import FEEDBACK
from zveno.events.models.visits import TICKET
from zveno.kernel.actor import Actor, Means
from zveno.organisations.models import Organisation
from zveno.people.models import SPEAKING, Person, Post
from zveno.plan.models import PlanItem

SENDERS = (Post.Role.HEAD, Post.Role.REPRESENTATIVE)
AT_THE_DOOR = (Post.Role.COORDINATOR, Post.Role.TEACHER)
"""Who meets the children for a host."""


def hosts(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` coordinates for the host of ``event``."""
    return actor.holds(Post.Role.COORDINATOR, event.host_id)


def hosts_file(actor: Actor, handout: Handout) -> bool:
    """Whether ``actor`` coordinates for the host of the event the file goes with."""
    return hosts(actor, handout.event)


def hosts_slot(actor: Actor, slot: Slot) -> bool:
    """Whether ``actor`` coordinates for the host of the event the slot is at."""
    return hosts(actor, slot.event)


def hosts_engineer(actor: Actor, engineer: Engineer) -> bool:
    """Whether ``actor`` coordinates for the host the engineer comes to."""
    return hosts(actor, engineer.slot.event)


def speaks_for_slot(actor: Actor, slot: Slot) -> bool:
    """Whether ``actor`` speaks for the employer that is asked."""
    return any(actor.holds(role, slot.employer_id) for role in SPEAKING)


def speaks_for_engineer(actor: Actor, engineer: Engineer) -> bool:
    """Whether ``actor`` speaks for the employer that sends the engineer."""
    return speaks_for_slot(actor, engineer.slot)


def is_engineer(actor: Actor, engineer: Engineer) -> bool:
    """Whether ``actor`` came by the link of the letter to this engineer."""
    return engineer.pk in actor.listed(ENGINEER)


def hosts_item(actor: Actor, item: PlanItem) -> bool:
    """Whether ``actor`` coordinates for the host of the plan item."""
    return actor.holds(Post.Role.COORDINATOR, item.host_id)


def is_oneself(actor: Actor, person: Person) -> bool:
    """Whether ``actor`` is that person, at work in an organisation."""
    return actor.means is Means.ACCOUNT and actor.person == person.pk and bool(actor.scope)


def sends_children(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` represents any organisation; which one may come is asked by the verb."""
    return any(role in SENDERS for _, role in actor.roles)


def sends_for(actor: Actor, organisation: int) -> bool:
    """Whether ``actor`` represents the organisation with that key."""
    return any(actor.holds(role, organisation) for role in SENDERS)


def sends_group(actor: Actor, group: Group) -> bool:
    """Whether ``actor`` represents the organisation that sends the group."""
    return sends_for(actor, group.sender_id)


def sends_place(actor: Actor, place: Place) -> bool:
    """Whether ``actor`` represents the organisation that sends the child."""
    return sends_group(actor, place.group)


def counts_hours(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` answers for the career guidance of the organisation."""
    return sends_for(actor, organisation.pk)


def keeps_hours(actor: Actor, outside: OutsideHours) -> bool:
    """Whether ``actor`` represents the organisation that entered the hours."""
    return sends_for(actor, outside.owner_id)


def meets(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` works for the host of ``event`` and meets the children at the door."""
    return any(actor.holds(role, event.host_id) for role in AT_THE_DOOR)


def meets_child(actor: Actor, place: Place) -> bool:
    """Whether ``actor`` works for the host and meets the children at the door."""
    return meets(actor, place.event)


def issued(actor: Actor, batch: Batch) -> bool:
    """Whether ``actor`` coordinates for the issuer of the batch."""
    return hosts(actor, batch.event)


def issued_one(actor: Actor, certificate: Certificate) -> bool:
    """Whether ``actor`` coordinates for the issuer of the certificate."""
    return actor.holds(Post.Role.COORDINATOR, certificate.issuer_id)


def designs(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` coordinates for the organisation whose sheets these are."""
    return actor.holds(Post.Role.COORDINATOR, organisation.pk)


def draws(actor: Actor, batch: Batch) -> bool:
    """Whether ``actor`` issued the batch, or Zveno draws what it owes."""
    return actor.is_system() or issued(actor, batch)


def is_system(actor: Actor, target: Event | Group) -> bool:
    """Whether Zveno itself acts."""
    return actor.is_system()


def was_there(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` came by the address that is shown to those who are at the event."""
    return event.pk in actor.listed(FEEDBACK)


def hears_opinion(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` works for the host, or represents a school that may have sent a group."""
    return meets(actor, event) or sends_children(actor, event)


def is_announced(actor: Actor, event: Event) -> bool:
    """Whether ``event`` was announced: whoever reads that may come, if families are invited."""
    return event.state != Event.State.DRAFT


def holds_ticket(actor: Actor, visit: Visit) -> bool:
    """Whether ``actor`` came by the address of the ticket."""
    return visit.pk in actor.listed(TICKET)


def meets_family(actor: Actor, visit: Visit) -> bool:
    """Whether ``actor`` works for the host and meets the family at the door."""
    return meets(actor, visit.event)
