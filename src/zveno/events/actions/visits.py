"""Families come by themselves: the host gives them seats, whoever asks gets a ticket by email."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.actions.planning import MOST_SEATS
from zveno.events.actions.refusals import EventNotOpen, IsCancelled
from zveno.events.models import Event, Visit, tickets
from zveno.events.models.visits import MOST_TOGETHER, OPENS_AFTER, TICKET, free_code, plain
from zveno.kernel import clock, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.kernel.walls import scoped
from zveno.people.models import Link, hashed


class BadFamiliesSeats(BadInput):
    """Families have seats of their own."""

    code = "bad_families_seats"
    message = _("Enter 1 to 5000 seats.")
    field = "seats"


class FewerThanFamilies(BadInput):
    """No family is sent away by a number."""

    code = "fewer_than_families"
    status = 409
    message = _("Families have taken %(taken)s seats already: there cannot be fewer.")
    field = "seats"


class FamiliesClosed(DomainError):
    """Families register while the host lets them."""

    code = "families_closed"
    message = _("Families cannot register for “%(title)s” now.")


class FamiliesFull(BadInput):
    """There are not so many seats left."""

    code = "families_full"
    status = 409
    message = _("There are not enough seats left for families: %(free)s.")
    field = "people"


class BadFamily(BadInput):
    """A few people come together; of the children only the age is said."""

    code = "bad_family"
    message = _("1 to 5 people come by one ticket. Choose ages from the list.")
    field = "people"


class BadEmail(BadInput):
    """A ticket is sent by email."""

    code = "bad_email"
    message = _("Check the email: the ticket is sent there.")
    field = "email"


class TicketReturned(DomainError):
    """A ticket that was given back opens nothing."""

    code = "ticket_returned"
    message = _("This ticket was returned. Its seats may be taken by others.")


@dataclass(frozen=True, slots=True)
class Family:
    """Who comes: how many people, where the ticket goes, how old the children are.

    ``key`` is of the form that was sent, so that a button pressed twice is one wish.
    """

    people: int
    email: str
    ages: tuple[str, ...] = ()
    key: UUID = field(default_factory=uuid4)


@action(rules.hosts, on=Event, lock=True)
def open_to_families(actor: Actor, event: Event, *, seats: int) -> None:
    """Let families come by themselves on ``seats`` of their own, of a draft from its day on.

    Raises ``IsCancelled``, ``EventNotOpen``, ``BadFamiliesSeats`` and ``FewerThanFamilies``.
    """
    if event.state == Event.State.CANCELLED:
        raise IsCancelled(title=event.title)
    if not event.is_to_come:
        raise EventNotOpen(title=event.title)
    if not 1 <= seats <= MOST_SEATS:
        raise BadFamiliesSeats
    if seats < event.families:
        raise FewerThanFamilies(taken=event.families)
    event.for_families, event.families_seats = True, seats
    event.save(update_fields=["for_families", "families_seats"])


@action(rules.hosts, on=Event, lock=True)
def close_to_families(actor: Actor, event: Event) -> None:
    """Let no more families register; those who have a ticket keep it."""
    event.for_families = False
    event.save(update_fields=["for_families"])


@action(rules.is_announced, on=Event)
def register_family(actor: Actor, event: Event, *, family: Family) -> None:
    """Take seats for a family and send it a ticket; nobody has to sign in.

    Whoever has a ticket already is sent the same again, and nobody can tell. Raises
    ``FamiliesClosed``, ``BadFamily``, ``BadEmail`` and ``FamiliesFull``.
    """
    if not event.takes_families:
        raise FamiliesClosed(title=event.title)
    email = _require_sense(family)
    # Seats come first: how many are left is said to everybody, whose ticket it is to nobody.
    if not _take_seats(event, family.people):
        _require_sent(event, family)
        return
    with scoped(SYSTEM):
        known = Visit.objects.filter(event=event, email=email).first()
        if known and not known.returned_at:
            _let_seats_go(event, family.people)
            if known.public_id != family.key:
                _send(event, known)
        else:
            _send(event, _seat(event, email, family, known))


@action(rules.is_announced, on=Event)
def send_ticket_again(actor: Actor, event: Event, *, email: str) -> None:
    """Send the ticket of an email again, if there is one; nobody can tell. Raises ``BadEmail``."""
    told = _require_email(email)
    if not event.is_ahead:
        raise FamiliesClosed(title=event.title)
    with scoped(SYSTEM):
        known = Visit.objects.live().filter(event=event, email=told).first()
        if known:
            _send(event, known)


@action(rules.holds_ticket, on=Visit)
def give_ticket_back(actor: Actor, visit: Visit) -> None:
    """Let the seats go to another family; twice is once. Raises ``EventNotOpen``."""
    event = _locked(visit)
    if not event.is_ahead:
        raise EventNotOpen(title=event.title)
    rows = Visit.objects.live().filter(pk=visit.pk, came_at=None)
    if rows.update(returned_at=clock.now()):
        _let_seats_go(event, visit.people)


@action(rules.holds_ticket, on=Visit)
def take_ticket_again(actor: Actor, visit: Visit) -> None:
    """Take a ticket again that was given back. Raises ``FamiliesClosed`` and ``FamiliesFull``."""
    event = _locked(visit)
    if not event.takes_families:
        raise FamiliesClosed(title=event.title)
    rows = Visit.objects.filter(pk=visit.pk, returned_at__isnull=False)
    if rows.update(returned_at=None) and not _take_seats(event, visit.people):
        raise FamiliesFull(free=event.left_for_families)


@action(rules.meets_family, on=Visit)
def meet_family(actor: Actor, visit: Visit) -> None:
    """Note that a family has come; twice is once. Raises ``TicketReturned`` and ``IsCancelled``."""
    if visit.event.state == Event.State.CANCELLED:
        raise IsCancelled(title=visit.event.title)
    _locked(visit)
    if not visit.mark(clock.now()) and not _has_come(visit):
        raise TicketReturned


@action(rules.meets_family, on=Visit)
def undo_meeting_family(actor: Actor, visit: Visit) -> None:
    """Take the mark of a family back; without one nothing changes."""
    _locked(visit)
    visit.mark(None)


def _has_come(visit: Visit) -> bool:
    return Visit.objects.filter(pk=visit.pk, came_at__isnull=False).exists()


def _require_sense(family: Family) -> str:
    """Return the email as it is kept."""
    if not 1 <= family.people <= MOST_TOGETHER or not set(family.ages) <= set(Visit.Age.values):
        raise BadFamily
    return _require_email(family.email)


def _require_email(email: str) -> str:
    try:
        return plain(email)
    except ValidationError as error:
        raise BadEmail from error


def _require_sent(event: Event, family: Family) -> None:
    """Refuse for want of seats, unless this very form has taken them a moment ago."""
    with scoped(SYSTEM):
        if not Visit.objects.live().filter(event=event, public_id=family.key).exists():
            event.refresh_from_db(fields=["families", "families_seats"])
            raise FamiliesFull(free=event.left_for_families)


def _take_seats(event: Event, people: int) -> bool:
    """Take seats while there are some: one statement, so that none is given twice."""
    room = Event.objects.filter(pk=event.pk, for_families=True)
    room = room.filter(families__lte=F("families_seats") - people)
    return room.update(families=F("families") + people) == 1


def _let_seats_go(event: Event, people: int) -> None:
    Event.objects.filter(pk=event.pk).update(families=F("families") - people)


def _seat(event: Event, email: str, family: Family, known: Visit | None) -> Visit:
    """Make a ticket, or let one that was given back hold again."""
    visit = known or Visit(event=event, email=email, code=free_code(event))
    if not known and not Visit.objects.filter(public_id=family.key).exists():
        visit.public_id = family.key
    visit.people, visit.ages = family.people, sorted(set(family.ages))
    visit.registered_at, visit.returned_at = clock.now(), None
    visit.save()
    return visit


def _send(event: Event, visit: Visit) -> None:
    _open(event, [visit])
    outbox.post(visit.email, *tickets.is_here(event, visit), about=visit.about)


def _open(event: Event, visits: "list[Visit]") -> None:
    """Let the addresses of tickets open until the event is over; moved, they open longer."""
    for visit in visits:
        Link.objects.update_or_create(
            token_hash=hashed(visit.token),
            defaults={"issuer_id": event.host_id, "opens": [[TICKET, visit.pk]]}
            | {"until": event.ends_at + OPENS_AFTER, "ended_at": None},
        )


def _locked(visit: Visit) -> Event:
    """Hold the event first, as whoever registers does: two never wait for each other."""
    return Event.objects.select_for_update(no_key=True).get(pk=visit.event_id)


def _tell_families_of_end(event: Event) -> None:
    """Let families that have tickets know that there is nothing to come to."""
    visits = list(event.visits.live())
    for visit in visits:
        outbox.post(visit.email, *tickets.is_cancelled(event, visit), about=visit.about)
    event.visits.live().update(returned_at=clock.now())
    Event.objects.filter(pk=event.pk).update(families=0, for_families=False)


def _tell_families_of_move(event: Event) -> None:
    """Let families that have tickets know of the new time."""
    visits = list(event.visits.live())
    _open(event, visits)
    for visit in visits:
        outbox.post(visit.email, *tickets.is_moved(event, visit), about=visit.about)
