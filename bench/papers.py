"""What an agreement of a hundred parties takes, from the first press to the letters."""

import time
from collections.abc import Iterator
from datetime import timedelta

from bench.sizes import Figure
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.http import reading
from zveno.network.actions import Terms, send_agreement, start_agreement
from zveno.network.models import Agreement, Cluster, Membership
from zveno.network.models.wording import usual_obligations
from zveno.network.tests import make as network
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

PARTIES, ROUNDS, GOAL = 100, 3, 10
LASTS = timedelta(days=3 * 365)


def measure() -> Iterator[Figure]:
    """Yield the seconds of drawing a draft, its PDF and DOCX, and of asking all to sign."""
    with reading(SYSTEM):
        cluster, clerk = _large()
    yield (
        "agreement.papers_100_parties.seconds",
        min(_drawn(cluster, clerk, number) for number in range(ROUNDS)),
        GOAL,
    )


def _large() -> tuple[Cluster, Actor]:
    """Make a cluster of a hundred organisations, each with its head, and its coordinator."""
    base = organisations.college()
    cluster = network.cluster(base)
    for _ in range(PARTIES - 1):
        network.member(cluster, organisations.school(email="school@example.org"))
    for member in cluster.memberships.all():
        people.head(member.organisation)
    return cluster, people.coordinator(base)


def _drawn(cluster: Cluster, clerk: Actor, number: int) -> float:
    day = clock.today()
    terms = Terms(f"Соглашение {number}", "Верхнереченск", day, day + LASTS)
    with reading(SYSTEM):
        roles = list(Membership.objects.filter(cluster=cluster).values_list("role", flat=True))
    begun = time.perf_counter()
    draft = start_agreement(
        clerk, cluster.public_id, terms=terms, obligations=usual_obligations(roles)
    )
    send_agreement(clerk, draft.public_id)
    seconds = time.perf_counter() - begun
    with reading(SYSTEM):
        sent = Agreement.objects.select_related("paper").get(pk=draft.pk)
    if sent.parties_count != PARTIES or not sent.paper.pdf_id:
        raise RuntimeError("no paper of a hundred parties was drawn")
    return seconds
