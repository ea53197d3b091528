"""Obligations: what was done is counted once, whatever comes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zveno.kernel.errors import NotFound
from zveno.kernel.models import Entry
from zveno.network.actions import LessThanNothing, record_fulfilment
from zveno.network.models import Fulfilment
from zveno.network.tests import make
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


def test_what_was_done_is_counted_and_the_journal_remembers() -> None:
    obligation = make.obligation()
    coordinator = people.coordinator(obligation.agreement.cluster.base)

    record_fulfilment(coordinator, obligation.public_id, source="plan.PlanItem:7", amount=1)

    obligation.refresh_from_db()
    assert obligation.done == 1
    entry = Entry.objects.get()
    assert (entry.verb, entry.details) == (
        "network.record_fulfilment",
        {"source": None, "amount": None},
    )


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), max_size=8))
def test_done_is_the_sum_of_what_each_source_said_last(told: list[tuple[str, int]]) -> None:
    obligation = make.obligation()
    coordinator = people.coordinator(obligation.agreement.cluster.base)

    for source, amount in told:
        record_fulfilment(coordinator, obligation.public_id, source=source, amount=amount)

    obligation.refresh_from_db()
    assert obligation.done == sum(dict(told).values())
    assert Fulfilment.objects.filter(obligation=obligation).count() == len(dict(told))


def test_nobody_does_less_than_nothing() -> None:
    obligation = make.obligation()
    coordinator = people.coordinator(obligation.agreement.cluster.base)

    with pytest.raises(LessThanNothing):
        record_fulfilment(coordinator, obligation.public_id, source="a", amount=-1)


def test_stranger_does_not_find_the_obligation() -> None:
    obligation = make.obligation()

    with pytest.raises(NotFound):
        record_fulfilment(people.actor(), obligation.public_id, source="a", amount=1)
