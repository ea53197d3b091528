"""The plan in the calendars of people: a secret address for each organisation of a cluster."""

from datetime import timedelta

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.network.models import Cluster, require_open
from zveno.people.models import Link, hashed, new_token
from zveno.plan import rules
from zveno.plan.models import FEED, feeds_of

LASTS = timedelta(days=400)


@action(rules.takes_feed, on=Cluster, lock=True)
def open_feed(actor: Actor, cluster: Cluster) -> str:
    """Give the organisation of the actor a secret address of the plan; return its token.

    Only its hash is kept: who asks sees it this once. The address given before opens no more.
    Raises ``ClusterClosed``.
    """
    require_open(cluster)
    issuer = rules.takers(actor, cluster)[0]
    feeds_of(cluster, issuer).update(ended_at=clock.now())
    token, opens = new_token(), [[FEED, cluster.pk]]
    until = clock.now() + LASTS
    Link.objects.create(issuer_id=issuer, token_hash=hashed(token), opens=opens, until=until)
    return token


@action(rules.takes_feed, on=Cluster, lock=True)
def close_feed(actor: Actor, cluster: Cluster) -> None:
    """Let the secret address of the actor's organisation open no more."""
    issuer = rules.takers(actor, cluster)[0]
    feeds_of(cluster, issuer).update(ended_at=clock.now())
