"""The academic calendar of a cluster is kept."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.kernel.meanwhile import Words, guarding
from zveno.network import rules
from zveno.network.models import Cluster, Season, Span, calendar_of, days_of, require_open


class SeasonOutside(BadInput):
    """What is in a calendar lies in its academic year, and ends after it begins."""

    code = "season_outside"
    message = _("“%(name)s” must begin and end between %(first)s and %(last)s, in this order.")


class SeasonsOverlap(BadInput):
    """A day belongs to one term or to one holidays."""

    code = "seasons_overlap"
    message = _("“%(name)s” begins before “%(before)s” ends. Correct the dates.")


@action(rules.coordinates, on=Cluster, lock=True)
def keep_calendar(
    actor: Actor,
    cluster: Cluster,
    *,
    year: int,
    seasons: Sequence[Span],
    seen: Words | None = None,
) -> None:
    """Put these terms and holidays in place of those of the academic year that begins in ``year``.

    Raises ``ClusterClosed``, ``SeasonOutside``, ``SeasonsOverlap`` and ``ChangedMeanwhile``.
    """
    require_open(cluster)
    _require_order(year, seasons)
    with guarding(seen, partial(calendar_of, cluster, year)):
        Season.objects.filter(cluster=cluster, year=year).delete()
        Season.objects.bulk_create(
            Season(cluster=cluster, year=year, **season._asdict()) for season in seasons
        )


def _require_order(year: int, seasons: Sequence[Span]) -> None:
    first, last = days_of(year)
    for season in seasons:
        if not first <= season.begins <= season.ends <= last:
            raise SeasonOutside(
                name=season.name, first=f"{first:%d.%m.%Y}", last=f"{last:%d.%m.%Y}"
            )
    for before, season in pairwise(sorted(seasons, key=lambda one: one.begins)):
        if season.begins <= before.ends:
            raise SeasonsOverlap(name=season.name, before=before.name)
