"""A cluster of the demonstration that is no more: another one took it up."""

from datetime import timedelta

from zveno.demo.management.story import TOLD, acting, at
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.network import actions as network
from zveno.network.actions import ClusterPassport
from zveno.network.models import Cluster

FOUNDED, TAKEN_UP = timedelta(days=150), timedelta(days=120)
ROWS = 4
"""The heading, the base and two schools: they are in both clusters."""


def tell() -> None:
    """Let the college found one more cluster and merge it into its first one a month later."""
    anna = acting("anna")
    with reading(SYSTEM):
        cluster = Cluster.objects.select_related("base").get(name=TOLD["cluster"])
    with at(clock.today() - FOUNDED):
        passport = ClusterPassport(TOLD["former_cluster"])
        former = network.found_cluster(anna, cluster.base.public_id, passport=passport)
        table = "\n".join("\t".join(row) for row in TOLD["members"][:ROWS])
        members = network.bring_members(anna, former.public_id, source={"text": table})
        network.accept_members(anna, members.public_id)
    day = clock.today() - TAKEN_UP
    with at(day):
        network.merge_cluster(anna, former.public_id, into=cluster.public_id, day=day)
