"""What happens to an item: it gets its day, it is done, its obligation counts."""

from datetime import date, timedelta

import pytest

from zveno.kernel import clock
from zveno.network.models import Fulfilment, Obligation
from zveno.people.tests import make as people
from zveno.plan.actions import Held, date_item, mark_done
from zveno.plan.models import PlanItem
from zveno.plan.tests import make

pytestmark = pytest.mark.django_db


def test_the_day_first_named_stays_known_when_the_item_moves() -> None:
    item = make.item()
    actor, first = people.coordinator(item.host), clock.today() + timedelta(days=20)

    date_item(actor, item.public_id, day=first)
    date_item(actor, item.public_id, day=first + timedelta(days=3))

    item.refresh_from_db()
    assert (item.original_day, item.day) == (first, first + timedelta(days=3))
    assert item.state == PlanItem.State.DATED
    assert item.has_moved


@pytest.mark.parametrize(("unit", "done"), [("events", 1), ("children", 10)])
def test_the_obligation_counts_in_its_own_unit(unit: str, done: int) -> None:
    obligation = make.obligation(unit=unit)
    item = make.item(obligation.agreement.cluster, obligation=obligation)

    counts = {"events": 1, "children": 10}
    held = Held("events.Event:1", clock.today(), counts, "Пришли 10 из 12")
    mark_done(people.coordinator(item.host), item.public_id, held=held)

    obligation.refresh_from_db()
    item.refresh_from_db()
    assert obligation.done == done
    assert (item.state, item.day) == (PlanItem.State.DONE, clock.today())
    assert item.done_note == "Пришли 10 из 12"


def test_told_again_it_corrects_and_never_counts_twice() -> None:
    obligation = make.obligation(unit="children")
    item = make.item(obligation.agreement.cluster, obligation=obligation)
    actor = people.coordinator(item.host)

    for came in (10, 10, 9):
        held = Held("events.Event:1", clock.today(), {"children": came})
        mark_done(actor, item.public_id, held=held)

    assert Obligation.objects.get(pk=obligation.pk).done == 9
    assert Fulfilment.objects.get().amount == 9


def test_an_item_without_an_obligation_is_done_all_the_same() -> None:
    item = make.item(day=date(2026, 11, 20), state=PlanItem.State.DATED)

    held = Held("x:1", date(2026, 11, 21), {"events": 1})
    mark_done(people.coordinator(item.host), item.public_id, held=held)

    item.refresh_from_db()
    assert (item.state, item.day) == (PlanItem.State.DONE, date(2026, 11, 20))
