"""An open day: families come by themselves, one gives its ticket back."""

from datetime import datetime, time, timedelta
from uuid import uuid5

from django.utils import timezone

from zveno.demo.management import planning
from zveno.demo.management.story import acting, at
from zveno.events import actions as events
from zveno.events.actions import Facts, Family
from zveno.events.models import Event, Visit
from zveno.kernel import clock
from zveno.kernel.actor import NOBODY, SYSTEM
from zveno.kernel.http import reading
from zveno.people.models import actor_of
from zveno.plan.models import PlanItem

SEATS = 40
FAMILIES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (2, ("primary",)), (3, ("basic",)), (2, ("basic",)), (4, ("primary", "basic")),
    (2, ("basic",)), (3, ("primary",)), (2, ("basic",)), (5, ("kg", "primary", "basic")),
    (2, ("senior",)), (3, ("primary",)),
)  # fmt: skip
"""How many people come by each ticket, and how old the children are."""


def tell() -> None:
    """Invite families to the open day of the plan; let some register."""
    with at(clock.today() - timedelta(days=3)):
        event = _announced()
        events.open_to_families(acting("anna"), event.public_id, seats=SEATS)
        for number, (people, ages) in enumerate(FAMILIES, 1):
            key = uuid5(event.public_id, str(number))
            family = Family(people, f"family{number}@example.org", ages, key)
            events.register_family(NOBODY, event.public_id, family=family)
    with reading(SYSTEM):
        last = Visit.objects.filter(event=event).latest("pk")
        family_of_last = actor_of(last.token)
    events.give_ticket_back(family_of_last, last.public_id)


def _announced() -> Event:
    with reading(SYSTEM):
        item = PlanItem.objects.get(title=planning.OPEN_DAY, events=None)
    starts = timezone.make_aware(datetime.combine(item.day or planning.open_day(), time(11)))
    facts = Facts(
        title=item.title,
        kind=Event.Kind.OPEN_DAY,
        starts_at=starts,
        ends_at=starts + timedelta(hours=4),
        venue="Главный корпус, актовый зал",
        grades=(5, 11),
        capacity=60,
        lede="Мастерские открыты: школьники и родители пробуют сами, мастера отвечают (пример).",
    )
    event = events.make_event(acting("anna"), item.public_id, facts=facts)
    events.announce(acting("anna"), event.public_id)
    return event
