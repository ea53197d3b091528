"""An obligation becomes a line of the plan."""

import pytest

from zveno.kernel import clock
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.network.models import Agreement, Obligation, academic_year
from zveno.people.tests import make as people
from zveno.plan.actions import AlreadyInPlan, NoSuchMonth, NotInForce, plan_obligation
from zveno.plan.models import Plan, PlanItem
from zveno.plan.tests import make

pytestmark = pytest.mark.django_db


def test_the_years_plan_is_made_when_needed_and_the_base_hosts() -> None:
    obligation = make.obligation()
    cluster = obligation.agreement.cluster

    item = plan_obligation(
        people.coordinator(cluster.base), obligation.public_id, title="Проба", month=11
    )

    assert item.plan == Plan.objects.get(cluster=cluster, year=academic_year(clock.today()))
    assert (item.host, item.obligation) == (cluster.base, obligation)
    assert (item.state, item.day) == (PlanItem.State.PLANNED, None)


def test_what_is_not_signed_is_not_planned() -> None:
    obligation = make.obligation()
    Agreement.objects.filter(pk=obligation.agreement_id).update(
        state=Agreement.State.OUT_FOR_SIGNATURE
    )

    with pytest.raises(NotInForce):
        plan_obligation(
            people.coordinator(obligation.agreement.cluster.base),
            obligation.public_id,
            title="Проба",
            month=11,
        )


def test_a_line_stands_in_a_month_once() -> None:
    obligation = make.obligation()
    actor = people.coordinator(obligation.agreement.cluster.base)
    plan_obligation(actor, obligation.public_id, title="Проба", month=11)

    with pytest.raises(AlreadyInPlan):
        plan_obligation(actor, obligation.public_id, title="Проба", month=11)


@pytest.mark.parametrize("month", [-1, 0, 13, 40000])
def test_no_such_month(month: int) -> None:
    obligation = make.obligation()

    with pytest.raises(NoSuchMonth):
        plan_obligation(
            people.coordinator(obligation.agreement.cluster.base),
            obligation.public_id,
            title="Проба",
            month=month,
        )


def test_a_member_sees_the_agreement_but_does_not_plan() -> None:
    obligation = make.obligation()
    school = obligation.agreement.parties.get(role="member").organisation

    with pytest.raises(NotAllowed):
        plan_obligation(people.actor(school), obligation.public_id, title="Проба", month=11)


def test_a_stranger_finds_no_obligation() -> None:
    with pytest.raises(NotFound):
        plan_obligation(people.actor(), make.obligation().public_id, title="Проба", month=11)
    assert not Obligation.objects.filter(plan_items__isnull=False).exists()
