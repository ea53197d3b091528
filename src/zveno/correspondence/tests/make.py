"""Ready-made letters, sent or not."""

from typing import Any

from zveno.correspondence.models import Addressee, Circular
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
