"""Engineers of employers, for programs of hosts and of employers."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StrictInt

from zveno.events import actions, rules
from zveno.events.models import MOST_HOURS, MOST_PEOPLE, Engineer, Event, Slot
from zveno.kernel.http import Request
from zveno.kernel.rest import Email, Endpoints, Given, Key, Moment, Named, OneOf, Shown
from zveno.ui.rest import Line200, Line400, Maybe200

router = Endpoints(tags=["events"])


class EngineerShown(Shown):
    """Somebody an employer sends; ``hours`` when they came. 30 days later the name is erased."""

    name: str
    job: str
    email: str
    state: Annotated[str, OneOf(Engineer.State)]
    hours: int | None
    thanked_at: datetime | None


class AskedSlot(Shown):
    """What an employer is asked for; ``why`` is what was said by whoever declined."""

    employer: Named
    role: Annotated[str, OneOf(Slot.Role)]
    topic: str
    starts_at: datetime
    ends_at: datetime
    people: int
    state: Annotated[str, OneOf(Slot.State)]
    why: str
    named: list[EngineerShown]


class AskedSlots(Schema):
    """What employers are asked for at an event, by the clock."""

    slots: list[AskedSlot]


class WantedGiven(Given):
    """Whom an employer of the cluster is asked for, within the time of the event."""

    employer: Key
    role: Annotated[str, OneOf(Slot.Role)]
    starts_at: Moment
    ends_at: Moment
    people: Annotated[StrictInt, Field(ge=1, le=MOST_PEOPLE)] = 1
    topic: Maybe200 = ""


class PersonGiven(Given):
    """Whom the employer sends."""

    name: Line200
    job: Line200
    email: Email


class DeclineReason(Given):
    """Why the employer sends nobody."""

    why: Line400


class HoursGiven(Given):
    """For how many whole hours an engineer came."""

    hours: Annotated[StrictInt, Field(ge=1, le=MOST_HOURS)]


@router.shows("/events/{uuid:key}/slots", AskedSlots)
def event_slots(request: Request, key: UUID) -> object:
    """Show what employers are asked for at an event you host, or your organisation is."""
    actor = request.actor
    event = Event.objects.visible_to(actor).pick(key)
    asked = Slot.objects.visible_to(actor).filter(event=event).in_order()
    named = Engineer.objects.visible_to(actor).filter(slot__event=event).order_by("pk")
    people: dict[int, list[Engineer]] = {}
    for engineer in named:
        people.setdefault(engineer.slot_id, []).append(engineer)
    slots = []
    for slot in asked.select_related("employer", "event"):
        if rules.hosts_slot(actor, slot) or rules.speaks_for_slot(actor, slot):
            slot.named = people.get(slot.pk, [])
            slots.append(slot)
    return {"slots": slots}


@router.does(
    "/events/{uuid:key}",
    actions.offer_slot,
    makes=True,
    refuses=[
        *(actions.EventNotOpen, actions.NoSuchRole, actions.EmployerElsewhere),
        *(actions.SlotOutside, actions.BadPeople, actions.SameSlot),
    ],
)
def offer_slot(request: Request, key: UUID, body: WantedGiven) -> object:
    """Ask an employer for people; it names them."""
    return actions.offer_slot(request.actor, key, wanted=actions.Wanted(**body.dict()))


@router.does("/slots/{uuid:key}", actions.withdraw_slot, refuses=[actions.HoursCounted])
def withdraw_slot(request: Request, key: UUID) -> object:
    """Need nobody any more; who was named is told."""
    return actions.withdraw_slot(request.actor, key)


@router.does(
    "/slots/{uuid:key}",
    actions.decline_slot,
    refuses=[actions.SlotGone, actions.HoursCounted],
)
def decline_slot(request: Request, key: UUID, body: DeclineReason) -> object:
    """Send nobody, and say why."""
    return actions.decline_slot(request.actor, key, why=body.why)


@router.does(
    "/slots/{uuid:key}",
    actions.name_engineer,
    makes=True,
    refuses=[actions.SlotGone, actions.NamedAlready, actions.SlotFull],
)
def name_engineer(request: Request, key: UUID, body: PersonGiven) -> object:
    """Name somebody who comes; they get a letter with a link to confirm."""
    return actions.name_engineer(request.actor, key, person=actions.Person(**body.dict()))


@router.does("/engineers/{uuid:key}", actions.remove_engineer, refuses=[actions.HoursCounted])
def remove_engineer(request: Request, key: UUID) -> object:
    """Send somebody else: who was named is told and forgotten."""
    return actions.remove_engineer(request.actor, key)


@router.does(
    "/engineers/{uuid:key}",
    actions.count_engineer,
    refuses=[actions.BadGivenHours, actions.NotYetThere, actions.NotAwaited],
)
def count_engineer(request: Request, key: UUID, body: HoursGiven) -> object:
    """Note that an engineer came, and the hours; said again, they are corrected."""
    return actions.count_engineer(request.actor, key, hours=body.hours)


@router.does("/engineers/{uuid:key}", actions.uncount_engineer)
def uncount_engineer(request: Request, key: UUID) -> object:
    """Take back that an engineer came."""
    return actions.uncount_engineer(request.actor, key)


@router.does("/engineers/{uuid:key}", actions.thank_engineer, refuses=[actions.NoHoursYet])
def thank_engineer(request: Request, key: UUID) -> object:
    """Send the letter of thanks, once."""
    return actions.thank_engineer(request.actor, key)
