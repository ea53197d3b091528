"""How far a cluster has come with its agreement: asked on every opening of its page."""

from typing import NamedTuple

from zveno.kernel import questions
from zveno.network.models.agreements import Agreement
from zveno.network.models.clusters import Cluster
from zveno.network.models.kinds import PARTS

LIVE = [Agreement.State.IN_FORCE, Agreement.State.OUT_FOR_SIGNATURE, Agreement.State.DRAFT]


class Progress(NamedTuple):
    """Where the agreement of a cluster stands: the one in force, or else the newest begun."""

    state: str
    signed: int
    parties: int


_NEWEST = """
    SELECT state, signed, parties_count FROM network_agreement
    WHERE cluster_id = %s AND state = ANY(%s) AND kind <> ALL(%s)
    ORDER BY array_position(%s, state::text), id DESC LIMIT 1
"""


def progress_of(cluster: Cluster) -> Progress | None:
    """Ask it of a cluster; who may ask, the caller knows: its coordinator, who sees them all."""
    found = questions.rows(_NEWEST, cluster.pk, LIVE, list(PARTS), LIVE)
    return Progress(*found[0]) if found else None
