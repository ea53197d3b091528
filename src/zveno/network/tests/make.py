"""Ready-made clusters and agreements."""

from itertools import count
from typing import Any

from zveno.network.models import Cluster, Membership
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations

numbers = count(1)


def cluster(base: Organisation | None = None, **changes: Any) -> Cluster:
    """Make a district cluster with its base organisation in it."""
    base = base or organisations.college()
    fields = {"name": f"Кластер {next(numbers)}", "territory": organisations.district()}
    made = Cluster.objects.create(base=base, **fields | changes)
    Membership.objects.create(cluster=made, organisation=base, role="base")
    return made


def member(of: Cluster, organisation: Organisation | None = None) -> Organisation:
    """Make an organisation (a school unless given) a member of a cluster."""
    organisation = organisation or organisations.school()
    Membership.objects.create(cluster=of, organisation=organisation)
    return organisation
