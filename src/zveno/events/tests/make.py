"""Ready-made events and groups."""

from datetime import timedelta
from typing import Any

from zveno.events.models import Engineer, Escort, Event, Group, OutsideHours, Place, Slot, Visit
from zveno.events.models.visits import free_code
from zveno.kernel import clock
from zveno.learners.models import Disclosure
from zveno.learners.tests import make as learners
from zveno.network.models import academic_year
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations


def event(**changes: Any) -> Event:
    """Make an open two-hour professional trial in three days with twelve seats."""
    start = clock.now() + timedelta(days=3)
    fields: dict[str, Any] = {
        "title": "Проба «Собери робота»",
        "kind": "professional_trial",
        "venue": "Лаборатория",
        "grade_from": 5,
        "grade_to": 8,
        "capacity": 12,
        "state": Event.State.OPEN,
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
    }
    if "cluster" not in changes:
        fields["cluster"] = network.cluster()
    cluster = changes.get("cluster") or fields["cluster"]
    return Event.objects.create(**{"host": cluster.base} | fields | changes)


def group(event: Event, sender: Organisation | None = None, **changes: Any) -> Group:
    """Make a school hold four seats at an event."""
    fields = {"seats": 4, "state": Group.State.RESERVED} | changes
    sender = sender or organisations.school()
    learners.keeps(sender)
    made = Group.objects.create(event=event, sender=sender, **fields)
    if made.state in Group.HOLDING:
        event.taken += made.seats
        event.save(update_fields=["taken"])
    return made


def came(event: Event, sender: Organisation, children: int = 2) -> Group:
    """Make a group of a school whose children came, shown to the host as a consent allows."""
    made = group(event, sender, seats=children, listed=children, consented=children, came=children)
    for _ in range(children):
        child = learners.founded(sender)
        Disclosure.objects.create(
            learner=child,
            owner=sender,
            organisation=event.host,
            source=f"events.Group:{made.pk}",
            until=event.kept_until,
        )
        Place.objects.create(
            event=event, group=made, learner=child, consented=True, came_at=event.starts_at
        )
    return made


def outside(owner: Organisation, **changes: Any) -> OutsideHours:
    """Enter hours that a class of grade 6 had outside Zveno this year."""
    fields = {"grade": 6, "letter": "Б", "direction": "lessons", "hours": 8} | changes
    year = academic_year(clock.today())
    return OutsideHours.objects.create(**{"owner": owner, "year": year, "basis": "Уроки"} | fields)


def held(**changes: Any) -> Event:
    """Make an event that was held yesterday."""
    start = clock.now() - timedelta(days=1)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=2)}
    return event(**{"state": Event.State.HELD} | times | changes)


def coming(event: Event, sender: Organisation, children: int = 2, consented: int = -1) -> Group:
    """Make a group of a school with its list; the host sees the first ``consented`` (all)."""
    shown = children if consented < 0 else consented
    made = group(
        event, sender, seats=children, listed=children, consented=shown, state=Group.State.LISTED
    )
    for number in range(children):
        child = (learners.founded if number < shown else learners.learner)(sender)
        Place.objects.create(event=event, group=made, learner=child, consented=number < shown)
        if number < shown:
            Disclosure.objects.create(
                learner=child,
                owner=sender,
                organisation=event.host,
                source=event.source,
                until=event.kept_until,
            )
    return made


def escort(group: Group, **changes: Any) -> Escort:
    """Make somebody lead a group."""
    fields = {"name": "Белова Ирина Андреевна", "job": "учитель", "leads": True} | changes
    made = Escort.objects.create(group=group, **fields)
    group.adults += 1
    group.save(update_fields=["adults"])
    return made


def plant(event: Event, **changes: Any) -> Organisation:
    """Make an employer that is a partner in the cluster of an event."""
    house = organisations.organisation("employer", **{"email": "plant@example.org"} | changes)
    network.member(event.cluster, house)
    return house


def slot(event: Event, employer: Organisation | None = None, **changes: Any) -> Slot:
    """Offer an employer a slot as long as the event."""
    fields = {"role": "judge", "starts_at": event.starts_at, "ends_at": event.ends_at}
    return Slot.objects.create(event=event, employer=employer or plant(event), **fields | changes)


def engineer(slot: Slot, **changes: Any) -> Engineer:
    """Name an engineer who was asked."""
    fields = {
        "name": "Громов Илья Петрович",
        "job": "инженер-технолог",
        "email": "gromov@example.org",
    }
    return Engineer.objects.create(slot=slot, **fields | changes)


def visit(event: Event, **changes: Any) -> Visit:
    """Make a family of two have a ticket to an event that invites families on fifty seats."""
    fields = {"email": "mother@example.org", "people": 2, "ages": ["basic"]} | changes
    made = Visit.objects.create(event=event, code=free_code(event), **fields)
    event.for_families, event.families_seats = True, 50
    event.families += made.people
    event.save(update_fields=["for_families", "families_seats", "families"])
    return made
