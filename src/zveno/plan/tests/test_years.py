"""What the plan's page asks in SQL is what the ORM answers."""

from datetime import date

import pytest
from django.db.models import Exists, OuterRef

from zveno.network.models import Cluster, Obligation
from zveno.network.tests import make as network
from zveno.plan.models import (
    Approval,
    PlanItem,
    Section,
    approvals,
    made_plan,
    unplanned,
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
