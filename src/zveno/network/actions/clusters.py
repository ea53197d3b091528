"""A cluster comes into being."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.network import rules
from zveno.network.models import Cluster, Membership, Role
from zveno.organisations.models import Organisation


class ClusterKnown(BadInput):
    """A place has one cluster of a name."""

    code = "cluster_known"
    status = 409
    message = _("There is already a cluster “%(name)s” here. Choose another name.")
    field = "name"


class BaseWithoutPlace(BadInput):
    """A cluster stands where its base organisation stands."""

    code = "base_without_place"
    message = _("The base organisation has no district yet. Add it first.")


@dataclass(frozen=True, slots=True)
class ClusterPassport:
    """What is known of a cluster when it is founded; it stands where its base stands."""

    name: str
    aim: str = ""
    kind: str = Cluster.Kind.DISTRICT
    founded_on: date | None = None


@action(rules.may_found, on=Organisation)
def found_cluster(actor: Actor, base: Organisation, *, passport: ClusterPassport) -> Cluster:
    """Found a cluster led by ``base``, which is its first member.

    Raises ``BaseWithoutPlace`` and ``ClusterKnown``.
    """
    if base.territory is None:
        raise BaseWithoutPlace
    if Cluster.objects.filter(territory=base.territory, name=passport.name).exists():
        raise ClusterKnown(name=passport.name)
    founded_on = passport.founded_on or clock.today()
    cluster = Cluster.objects.create(
        kind=passport.kind,
        name=passport.name,
        aim=passport.aim,
        territory=base.territory,
        base=base,
        founded_on=founded_on,
    )
    Membership.objects.create(
        cluster=cluster,
        organisation=base,
        role=Role.BASE,
        since=min(clock.now(), timezone.make_aware(datetime.combine(founded_on, time.min))),
    )
    return cluster
