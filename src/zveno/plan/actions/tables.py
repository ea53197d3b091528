"""A plan made as a table becomes items of the year, and no row of it is lost."""

from collections.abc import Mapping, Sequence
from datetime import date
from subprocess import SubprocessError
from typing import Any

from django.utils.translation import gettext_lazy as _

from zveno.kernel import engines
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.network.models import (
    SEPTEMBER,
    Cluster,
    Membership,
    Role,
    Season,
    require_open,
    usual_seasons,
)
from zveno.organisations.actions import remember_headings
from zveno.organisations.models import Headings, Organisation, name_key
from zveno.plan import rules
from zveno.plan.models import (
    Plan,
    PlanItem,
    PlanTable,
    Section,
    made_plan,
    sections_called,
    tell_if_ended,
)
from zveno.plan.models.fitting import Fitting, Standing, named_year
from zveno.plan.models.tables import Fate, TableRow

KIND = "annual_plan"
Mends = Mapping[int, Mapping[str, str]]


class NothingPlanned(BadInput):
    """A table needs rows below its headings."""

    code = "nothing_planned"
    message = _("There are no items in the table. Copy the rows with their headings.")
    field = "text"


class PlanUnreadable(BadInput):
    """The engine gave up: the table is damaged or asks for too much."""

    code = "plan_unreadable"
    message = _("The table could not be read. Save it as DOCX or XLSX, or copy and paste the rows.")
    field = "file"


@action(rules.plans, on=Cluster, lock=True)
def bring_plan(
    actor: Actor, cluster: Cluster, *, year: int, source: Mapping[str, str]
) -> PlanTable:
    """Read a table, ``{"text": …}`` or ``{"file": base64, "name": …}``; nothing is planned yet.

    The same table brought again before anything was done with it stays one. Raises
    ``EngineRefused``, ``ClusterClosed``, ``PlanUnreadable`` and ``NothingPlanned``.
    """
    require_open(cluster)
    owner = _planner(actor, cluster)
    untouched = cluster.plan_tables.filter(mapping={}, mends={}, insisted={}, outcomes={})
    same = untouched.filter(owner=owner, year=year, source=dict(source)).first()
    table = same or PlanTable(cluster=cluster, owner=owner, year=year, source=dict(source))
    _judge(table)
    if not set(table.counts()) - {Fate.SKIPPED}:
        raise NothingPlanned
    _store(table)
    return table


@action(rules.plans_table, on=PlanTable, lock=True)
def mend_plan(
    actor: Actor, table: PlanTable, *, mends: Mends, kept: Mapping[int, Sequence[str]]
) -> PlanTable:
    """Put values right (row to field to value), or leave them as they came.

    ``kept`` names, for a row, the fields to leave so, or ``row`` for the row as a whole. Raises
    ``PlanUnreadable``.
    """
    for number, values in mends.items():
        table.mends[str(number)] = {**table.mends.get(str(number), {}), **values}
    for number, fields in kept.items():
        before = table.insisted.get(str(number), [])
        table.insisted[str(number)] = sorted({*before, *fields})
    return _judged_anew(table)


@action(rules.plans_table, on=PlanTable, lock=True)
def map_plan_columns(
    actor: Actor, table: PlanTable, *, mapping: Mapping[int, str | None]
) -> PlanTable:
    """Say which field each column (counted from 0) holds; nothing for a column not to take.

    What headings mean is remembered for tables to come. Raises ``PlanUnreadable``.
    """
    table.mapping = {str(index): field for index, field in mapping.items()}
    columns = table.verdicts["columns"]
    meant = {one["header"]: mapping[one["index"]] for one in columns if one["index"] in mapping}
    meant.pop("", None)
    remember_headings(actor, table.owner.public_id, kind=KIND, fields=meant)
    return _judged_anew(table)


@action(rules.plans_table, on=PlanTable, lock=True)
def enter_plan(actor: Actor, table: PlanTable) -> int:
    """Make items of the rows that are ready; return how many were.

    The rows are held once more against the plan of this moment: what has come into it since does
    not come twice. Held rows stay; entering again takes only what was mended since. Raises
    ``ClusterClosed`` and ``PlanUnreadable``.
    """
    cluster = Cluster.objects.select_for_update(of=("self",)).get(pk=table.cluster_id)
    require_open(cluster)
    plan = made_plan(cluster, table.year)
    _judge(table)
    ready = [row for row in table.rows() if row.fate is Fate.READY]
    items = list(_items(plan, ready))
    PlanItem.objects.bulk_create(items)
    for row, item in zip(ready, items, strict=True):
        table.outcomes[str(row.number)] = str(item.public_id)
    _store(table)
    tell_if_ended(actor, plan)
    return len(items)


def _items(plan: Plan, rows: Sequence[TableRow]) -> list[PlanItem]:
    sections = sections_called(plan, [row.facts["section"] for row in rows])
    keys = {row.facts["host"] for row in rows}
    found = Organisation.objects.filter(public_id__in=keys)
    hosts = {str(one.public_id): one for one in found}
    return [_item(plan, row.facts, sections, hosts) for row in rows]


def _item(
    plan: Plan,
    facts: Mapping[str, Any],
    sections: Mapping[str, Section],
    hosts: Mapping[str, Organisation],
) -> PlanItem:
    day = date.fromisoformat(facts["day"]) if facts["day"] else None
    words = {name: facts[name] for name in ("title", "audience", "venue", "responsible", "note")}
    return PlanItem(
        plan=plan,
        section=sections.get(name_key(facts["section"])),
        host=hosts[facts["host"]],
        month=facts["month"],
        day=day,
        original_day=day,
        state=PlanItem.State.DATED if day else PlanItem.State.PLANNED,
        **words,
    )


def _judged_anew(table: PlanTable) -> PlanTable:
    _judge(table)
    _store(table)
    return table


def _store(table: PlanTable) -> None:
    counts = table.counts()
    table.left = counts[Fate.READY] + counts[Fate.HELD]
    table.save()


def _judge(table: PlanTable) -> None:
    """Let the engine read the source, and hold its rows against the cluster."""
    problem = {
        "profile": KIND,
        "source": _as_the_engine_takes_it(table.source),
        "mapping": table.mapping,
        "remembered": Headings.objects.explained(table.owner_id, KIND),
        "mends": table.mends,
        "insist": table.insisted,
        "today": date(table.year, SEPTEMBER, 1).isoformat(),
    }
    try:
        answer = engines.run("tables", problem)
    except SubprocessError as failure:
        raise PlanUnreadable from failure
    columns = {(one["sheet"], one["field"]): one["index"] for one in answer["columns"]}
    fitting = Fitting(_standing(table), columns, table.mends, table.insisted)
    entered = {one["row"]: one for one in table.verdicts.get("rows", ())}
    answer["rows"] = [
        entered[row["row"]] if str(row["row"]) in table.outcomes else fitting.fitted(row)
        for row in answer["rows"]
    ]
    answer["remarks"] += named_year(answer["asides"], table.year)
    table.verdicts = answer


def _as_the_engine_takes_it(source: Mapping[str, str]) -> dict[str, str]:
    return {"bytes": source["file"]} if "file" in source else {"text": source["text"]}


def _standing(table: PlanTable) -> Standing:
    """Ask what a table meets in its cluster."""
    cluster, year = table.cluster, table.year
    inside = Membership.objects.live().filter(cluster=cluster).select_related("organisation")
    kept = list(Season.objects.filter(cluster=cluster, year=year).order_by("begins"))
    items: dict[str, dict[int, str]] = {}
    planned = PlanItem.objects.filter(plan__cluster=cluster, plan__year=year)
    for title, month, key in planned.values_list("title", "month", "public_id"):
        items.setdefault(name_key(title), {})[month] = str(key)
    sections = Section.objects.of_year(cluster, year).values_list("name", flat=True)
    return Standing(
        year,
        cluster.base,
        [one.organisation for one in inside],
        kept or list(usual_seasons(year)),
        list(sections),
        items,
        frozenset(table.outcomes.values()),
    )


def _planner(actor: Actor, cluster: Cluster) -> Organisation:
    """Return the house that ``actor`` plans for: the base, else the methodical operator."""
    if actor.is_system() or rules.leads(actor, cluster):
        return cluster.base
    inside = Membership.objects.live().filter(cluster=cluster, role=Role.METHODICAL_OPERATOR)
    return inside.select_related("organisation").get().organisation
