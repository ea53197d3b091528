"""What the page of a year's plan shows, asked in SQL."""

from typing import NamedTuple

from zveno.kernel import questions
from zveno.kernel.actor import Actor
from zveno.network.models import Cluster, Obligation
from zveno.organisations.models import Organisation
from zveno.plan.models.approvals import Approval
from zveno.plan.models.items import PlanItem
from zveno.plan.models.plans import Section
from zveno.plan.models.tables import PlanTable

_SECTIONS = questions.Records(
    """
    SELECT {columns} FROM plan_section s JOIN plan_plan p ON p.id = s.plan_id
    WHERE p.cluster_id = %s AND p.year = %s ORDER BY s.place, s.id
    """,
    s=Section,
)
_ITEMS = questions.Records(
    """
    SELECT {columns} FROM plan_planitem i JOIN plan_plan p ON p.id = i.plan_id
    WHERE p.cluster_id = %s AND p.year = %s ORDER BY i.day, i.title, i.id
    """,
    without=("changes", "changed_at", "obligation", "taken_from"),
    i=PlanItem,
)
_APPROVALS = questions.Records(
    """
    SELECT {columns} FROM plan_approval a JOIN plan_plan p ON p.id = a.plan_id
    WHERE p.cluster_id = %s AND p.year = %s ORDER BY a.side
    """,
    a=Approval,
)
_HOSTS = questions.Records(
    "SELECT {columns} FROM organisations_organisation o WHERE o.id = ANY(%s)", o=Organisation
)
_UNPLANNED = questions.Records(
    """
    SELECT {columns} FROM network_obligation o JOIN network_agreement a ON a.id = o.agreement_id
    WHERE a.cluster_id = %s AND a.state = 'in_force' AND o.unit IN ('events', 'children')
        AND NOT EXISTS (SELECT FROM plan_planitem i WHERE i.obligation_id = o.id)
    ORDER BY o.agreement_id, o.place
    """,
    o=Obligation,
)


_TABLES = questions.Records(
    """
    SELECT {columns} FROM plan_plantable t
    WHERE t.owner_id = ANY(%s) AND t.cluster_id = %s AND t.year = %s AND t.left > 0
    ORDER BY t.id DESC
    """,
    without=("source", "verdicts", "mapping", "mends", "insisted", "outcomes"),
    t=PlanTable,
)


class YearPlan(NamedTuple):
    """The sections of a plan in their order, and its items by day and name."""

    sections: list[Section]
    items: list[PlanItem]


def year_plan(cluster: Cluster, year: int) -> YearPlan:
    """Return what ``Section`` and ``PlanItem.objects.of_year`` return, items with their hosts.

    Who may ask, the caller knows: those the cluster is joined by.
    """
    sections = [section for (section,) in _SECTIONS(cluster.pk, year)]
    items = [item for (item,) in _ITEMS(cluster.pk, year)]
    hosts = {host.pk: host for (host,) in _HOSTS(list({item.host_id for item in items}))}
    host = PlanItem._meta.get_field("host")
    for item in items:
        host.set_cached_value(item, hosts[item.host_id])
    return YearPlan(sections, items)


def approvals(cluster: Cluster, year: int) -> list[Approval]:
    """Return what ``Approval.objects.of_year`` returns, without the organisations.

    Who may ask, the caller knows: those the cluster is joined by.
    """
    return [approval for (approval,) in _APPROVALS(cluster.pk, year)]


def waiting_tables(actor: Actor, cluster: Cluster, year: int) -> list[PlanTable]:
    """Return what ``PlanTable.objects.waiting`` returns of what the actor sees."""
    return [table for (table,) in _TABLES([*actor.scope], cluster.pk, year)]


def unplanned(cluster: Cluster) -> list[Obligation]:
    """Return what is owed as events by the agreements in force of a cluster and is in no plan.

    Who may ask, the caller knows: those who coordinate the cluster, who see all its agreements.
    """
    return [obligation for (obligation,) in _UNPLANNED(cluster.pk)]
