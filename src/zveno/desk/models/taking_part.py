"""What an organisation takes part in, as far as the reader sees it."""

from typing import NamedTuple

from zveno.events.models import Event, Group
from zveno.kernel.actor import Actor
from zveno.network.models import Membership, Party
from zveno.organisations.models import Organisation

SHOWN = 10


class Part(NamedTuple):
    """The clusters an organisation is in, agreements it is a party to, events it has to do with.

    ``hosted`` are those it holds, ``visited`` the groups it sent that the reader sees.
    """

    clusters: list[Membership]
    parties: list[Party]
    hosted: list[Event]
    visited: list[Group]


def part_of(actor: Actor, organisation: Organisation) -> Part:
    """Return what an organisation takes part in: all clusters of today, the latest of the rest."""
    memberships = Membership.objects.visible_to(actor).live().filter(organisation=organisation)
    parties = Party.objects.visible_to(actor).filter(organisation=organisation)
    hosted = Event.objects.visible_to(actor).filter(host=organisation)
    groups = Group.objects.visible_to(actor).live().filter(sender=organisation)
    return Part(
        list(memberships.select_related("cluster").order_by("since", "pk")),
        list(parties.select_related("agreement").order_by("-agreement__dated", "-pk")[:SHOWN]),
        list(hosted.order_by("-starts_at", "-pk")[:SHOWN]),
        list(groups.select_related("event").order_by("-event__starts_at", "-pk")[:SHOWN]),
    )
