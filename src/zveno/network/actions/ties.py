"""What really happened is noted; what is counted of it is kept right."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.network import rules
from zveno.network.models import Agreed, Cluster, Deed, Result, Tie, academic_year

COUNTED = {Deed.What.EVENT, Deed.What.SIGNATURE}
"""What changes the results of a year."""


@dataclass(frozen=True, slots=True)
class Told:
    """What ``source``, a record and its key, tells: ``what`` was done on a ``day``.

    ``by`` maps the key of each organisation that did it to how many children came with it.
    """

    what: str
    source: str
    day: date
    by: Mapping[int, int]

    def deeds(self, cluster: Cluster) -> list[Deed]:
        """Return them as they are stored."""
        facts = {"cluster": cluster, "what": self.what, "source": self.source, "day": self.day}
        return [Deed(**facts, organisation_id=key, children=n) for key, n in self.by.items()]


@action(rules.coordinates, on=Cluster, consequence=True)
def note_deeds(actor: Actor, cluster: Cluster, *, told: Told) -> None:
    """Note what organisations did, and keep what is between them and the cluster counted.

    The same source again puts what it tells in place of what it told before; with nobody in
    ``by`` it takes that back.
    """
    before = Deed.objects.filter(cluster=cluster, source=told.source)
    years = {academic_year(day) for day in [told.day, *before.values_list("day", flat=True)]}
    concerned = {*told.by, *before.values_list("organisation", flat=True)}
    _lock(cluster, concerned)
    before.exclude(organisation__in=told.by).delete()
    Deed.objects.bulk_create(
        told.deeds(cluster),
        update_conflicts=True,
        unique_fields=["cluster", "organisation", "source"],
        update_fields=["what", "day", "children"],
    )
    Tie.objects.filter(cluster=cluster, organisation__in=concerned).recount()
    if told.what in COUNTED:
        _count(cluster, years)


@action(rules.counts, on=Cluster)
def recount_ties(actor: Actor, cluster: Cluster) -> None:
    """Count anew what is older than a year no more."""
    Tie.objects.filter(cluster=cluster).recount()


@action(rules.counts, on=Cluster)
def count_agreements(actor: Actor, cluster: Cluster) -> None:
    """Count how many agreements are in which state: for those who may not see them."""
    Agreed.objects.filter(cluster=cluster).delete()
    states = Counter(cluster.agreements.values_list("state", flat=True))
    Agreed.objects.bulk_create(
        Agreed(cluster=cluster, state=state, number=number) for state, number in states.items()
    )


def _count(cluster: Cluster, years: Iterable[int]) -> None:
    """Count the results of these years, one who counts after the other."""
    for year in sorted(years):
        Result.objects.get_or_create(cluster=cluster, year=year)
        Result.objects.select_for_update(of=("self",)).get(cluster=cluster, year=year).recount()


def _lock(cluster: Cluster, organisations: Iterable[int]) -> None:
    """Let who counts for an organisation wait for who counts already, in one order for all."""
    ties = [Tie(cluster=cluster, organisation_id=key) for key in sorted(organisations)]
    Tie.objects.bulk_create(ties, ignore_conflicts=True)
    rows = Tie.objects.filter(cluster=cluster, organisation__in=organisations)
    list(rows.select_for_update(of=("self",)).order_by("organisation"))
