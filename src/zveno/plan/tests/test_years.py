"""What the plan's page asks in SQL is what the ORM answers."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import Exists, OuterRef

from zveno.kernel import clock
from zveno.network.models import Cluster, Obligation, Season, usual_seasons
from zveno.network.tests import make as network
from zveno.people.tests import make as people
from zveno.plan.models import (
    Approval,
    PlanItem,
    PlanTable,
    Section,
    approvals,
    clashes_of,
    made_plan,
    unplanned,
    waiting_tables,
    year_plan,
)
from zveno.plan.tests import make

pytestmark = pytest.mark.django_db
YEAR = 2026


@pytest.fixture
def cluster() -> Cluster:
    cluster = network.cluster()
    plan, other = made_plan(cluster, YEAR), made_plan(network.cluster(), YEAR)
    facts = {"host": cluster.base, "section": plan.sections.earliest("place")}
    for title, day in (("Б", None), ("А", None), ("В", date(2026, 10, 5)), ("Г", date(2026, 9, 3))):
        state = PlanItem.State.DATED if day else PlanItem.State.PLANNED
        plan.items.create(title=title, month=10, day=day, original_day=day, state=state, **facts)
    other.items.create(title="Чужой", month=10, host=other.cluster.base)
    made_plan(cluster, YEAR + 1).items.create(title="Потом", month=10, host=cluster.base)
    return cluster


def test_sections_and_items_of_a_year_are_those_of_the_orm(cluster: Cluster) -> None:
    found = year_plan(cluster, YEAR)

    assert found.sections == list(Section.objects.of_year(cluster, YEAR))
    assert found.items == list(PlanItem.objects.of_year(cluster, YEAR))
    assert {item.host for item in found.items} == {cluster.base}


def test_approvals_of_a_year_are_those_of_the_orm(cluster: Cluster) -> None:
    plans = [cluster.plans.get(year=YEAR), cluster.plans.get(year=YEAR + 1)]
    for plan in plans:
        for side in Approval.Side:
            make.approval(plan, cluster.base, side=side)

    assert approvals(cluster, YEAR) == list(Approval.objects.of_year(cluster, YEAR))


def test_tables_that_wait_are_those_of_the_orm(cluster: Cluster) -> None:
    for owner, year, left in (
        (cluster.base, YEAR, 2),
        (cluster.base, YEAR, 1),
        (cluster.base, YEAR, 0),
        (cluster.base, YEAR + 1, 2),
        (network.cluster().base, YEAR, 2),
    ):
        PlanTable.objects.create(cluster=cluster, owner=owner, year=year, left=left, source={})
    actor = people.coordinator(cluster.base)

    waiting = waiting_tables(actor, cluster, YEAR)

    assert waiting == list(PlanTable.objects.visible_to(actor).waiting(cluster, YEAR))
    assert [one.left for one in waiting] == [1, 2]


@pytest.mark.parametrize("named", [True, False])
def test_holidays_are_those_of_the_cluster_or_the_usual(cluster: Cluster, *, named: bool) -> None:
    first, last = date(2026, 10, 20), date(2026, 10, 25)
    if named:
        facts = {"cluster": cluster, "year": YEAR, "kind": Season.Kind.HOLIDAYS}
        Season.objects.create(name="Осень", begins=first, ends=last, **facts)
    item = make.item(cluster, title="В каникулы", day=first, month=10, state="dated")
    with clock.travel(datetime(YEAR, 9, 1, 12, tzinfo=UTC)):
        found = clashes_of(cluster, YEAR, [item])

    usual = [(one.begins, one.ends) for one in usual_seasons(YEAR) if one.kind == "holidays"]
    assert list(found.calendar.holidays) == ([(first, last)] if named else usual)


def test_what_is_owed_and_in_no_plan_is_that_of_the_orm() -> None:
    planned, waiting = make.obligation(unit="events"), make.obligation(unit="children")
    make.obligation(unit="hours")
    cluster = waiting.agreement.cluster
    make.item(planned.agreement.cluster, obligation=planned)
    draft = network.agreement(cluster)
    network.obligation(draft, unit="events")

    in_a_plan = PlanItem.objects.filter(obligation=OuterRef("pk"))
    asked = Obligation.objects.in_force().held_as_events().filter(~Exists(in_a_plan))
    of = asked.order_by("agreement", "place")

    assert unplanned(cluster) == list(of.filter(agreement__cluster=cluster)) == [waiting]
    assert unplanned(planned.agreement.cluster) == []
