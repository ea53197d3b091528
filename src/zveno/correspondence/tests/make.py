"""Ready-made letters, sent or not, and polls."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from zveno.correspondence.models import Addressee, Circular, Poll, Slot, Voter
from zveno.kernel import clock
from zveno.network.models import Cluster
from zveno.organisations.models import Organisation
from zveno.people.models import Link
from zveno.people.tests import make as people


def letter(of: Cluster, *to: Organisation, sent: bool = True, **changes: Any) -> Circular:
    """Make a letter of a cluster to members, sent now unless said."""
    fields = {"subject": "Сверка списков", "text": "Просим сверить списки групп до пятницы."}
    sent_at = {"sent_at": clock.now() if sent else None}
    made = Circular.objects.create(cluster=of, sender=of.base, **fields | sent_at | changes)
    for organisation in to:
        Addressee.objects.create(circular=made, sender=of.base, organisation=organisation)
    return made


def addressee(of: Circular, organisation: Organisation) -> Addressee:
    """Return the place of a member among those a letter goes to."""
    return of.addressees.get(organisation=organisation)


def link_of(of: Addressee, token: str) -> Link:
    """Make the link of the email about a letter."""
    return people.link(of.sender, [("correspondence.Addressee", of.pk)], token)


def poll(of: Cluster, *asked: Organisation, **changes: Any) -> Poll:
    """Make a cluster ask members which of two moments suits them."""
    soon = clock.now() + timedelta(days=9)
    fields = {"title": "Рабочая группа", "minutes": 60, "due": clock.today()}
    made = Poll.objects.create(cluster=of, sender=of.base, **fields | changes)
    for number in range(2):
        Slot.objects.create(poll=made, starts_at=soon + timedelta(days=number))
    for organisation in asked:
        Voter.objects.create(poll=made, sender=of.base, organisation=organisation)
    return made


def voter(of: Poll, organisation: Organisation) -> Voter:
    """Return the place of a member among those asked."""
    return of.voters.get(organisation=organisation)


def votes(of: Poll, *values: str) -> dict[UUID, str]:
    """Say of each moment of a poll, in order, whether it suits."""
    slots = of.slots.order_by("starts_at").values_list("public_id", flat=True)
    return dict(zip(slots, values, strict=True))
