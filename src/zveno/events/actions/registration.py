"""How groups get seats of an event: how many, from when to when, who comes first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.actions.passing import _move_up
from zveno.events.actions.planning import MOST_SEATS, BadCapacity, BadMinimum
from zveno.events.actions.refusals import EventNotOpen, IsCancelled
from zveno.events.models import Event, Quota
from zveno.events.models.quotas import terms_words
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, NotFound
from zveno.kernel.meanwhile import Words, guarding
from zveno.network.models import Membership
from zveno.organisations.models import Organisation


class FewerThanTaken(BadInput):
    """Nobody who has a seat is sent away by a number: the host talks to a school first."""

    code = "fewer_than_taken"
    status = 409
    message = _(
        "%(taken)s seats are taken already. Ask a school to release some of its seats first."
    )
    field = "capacity"


class BadMost(BadInput):
    """An organisation may send some children, and no more than there are seats."""

    code = "bad_most"
    message = _("Enter 1 to %(capacity)s children, or leave it empty.")
    field = "most"


class ClosesBeforeOpening(BadInput):
    """Registration has a length."""

    code = "closes_before_opening"
    message = _("Registration must close after it opens.")
    field = "closes"


class TooLateForEvent(BadInput):
    """Whatever is due before an event is due before it begins: ``field`` says what."""

    code = "too_late_for_event"
    message = _("This must be before the event begins: %(starts)s.")

    def __init__(self, field: str, starts: str) -> None:
        super().__init__(starts=starts)
        self.field = field


class KeptUntilWhen(BadInput):
    """Seats are kept for members as long as members register first."""

    code = "kept_until_when"
    message = _("Say until when members register first: until then the seats are kept.")
    field = "members"


class TooManyKept(BadInput):
    """What is kept is free."""

    code = "too_many_kept"
    message = _("%(kept)s seats are kept, but only %(free)s are not taken. Keep fewer.")
    field = "kept"


@dataclass(frozen=True, slots=True)
class Terms:
    """How groups register; moments are aware, ``kept`` says seats by organisation."""

    capacity: int
    most: int | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    members_until: datetime | None = None
    list_by: datetime | None = None
    kept: Mapping[UUID, int] = field(default_factory=dict)


@action(rules.hosts, on=Event, lock=True)
def set_registration(
    actor: Actor, event: Event, *, terms: Terms, seen: Words | None = None
) -> None:
    """Say how groups get seats, of a draft or of what is announced; nobody loses a seat.

    Seats that come free by it go to those who wait. Raises ``IsCancelled``, ``EventNotOpen``,
    ``BadCapacity``, ``FewerThanTaken``, ``BadMinimum``, ``BadMost``, ``ClosesBeforeOpening``,
    ``TooLateForEvent``, ``KeptUntilWhen``, ``TooManyKept``, ``ChangedMeanwhile``, and
    ``NotFound`` for an organisation that is no member.
    """
    if event.state == Event.State.CANCELLED:
        raise IsCancelled(title=event.title)
    if not event.is_to_come:
        raise EventNotOpen(title=event.title)
    with guarding(seen, lambda: terms_words(event)):
        _require_number(event, terms)
        _require_moments(event, terms)
        quotas = _quotas(event, terms)
        event.capacity, event.most, event.kept = terms.capacity, terms.most, _sum(quotas)
        event.opens_at, event.closes_at = terms.opens_at, terms.closes_at
        event.members_until, event.list_by = terms.members_until, terms.list_by
        if event.kept > event.capacity - event.taken:
            raise TooManyKept(kept=event.kept, free=event.capacity - event.taken)
        event.quotas.unused().delete()
        Quota.objects.bulk_create(quotas)
        if event.state == Event.State.OPEN:
            _move_up(actor, event)
        event.save()


@action(rules.is_system, on=Event, lock=True)
def end_members_first(actor: Actor, event: Event) -> None:
    """Let everybody have the seats that were kept while members registered first."""
    if event.kept and not event.is_members_first:
        event.kept = 0
        event.quotas.unused().delete()
        if event.is_open:
            _move_up(actor, event)
        event.save(update_fields=["kept", "taken", "queued"])


def _require_number(event: Event, terms: Terms) -> None:
    if not 1 <= terms.capacity <= MOST_SEATS:
        raise BadCapacity
    if terms.capacity < event.taken:
        raise FewerThanTaken(taken=event.taken)
    if event.minimum and event.minimum > terms.capacity:
        raise BadMinimum(capacity=terms.capacity)
    if terms.most is not None and not 1 <= terms.most <= terms.capacity:
        raise BadMost(capacity=terms.capacity)


def _require_moments(event: Event, terms: Terms) -> None:
    if terms.opens_at and terms.closes_at and terms.closes_at <= terms.opens_at:
        raise ClosesBeforeOpening
    moments = {
        "opens": terms.opens_at,
        "closes": terms.closes_at,
        "members": terms.members_until,
        "list": terms.list_by,
    }
    for name, moment in moments.items():
        if moment and moment > event.starts_at:
            raise TooLateForEvent(name, event.in_words(event.starts_at))


def _quotas(event: Event, terms: Terms) -> list[Quota]:
    """Return what is kept for whom: for members that have not registered yet."""
    wanted = {key: seats for key, seats in terms.kept.items() if seats}
    if wanted and not (terms.members_until and terms.members_until > clock.now()):
        raise KeptUntilWhen
    members = Membership.objects.live().filter(cluster=event.cluster).values("organisation")
    found = Organisation.objects.filter(public_id__in=wanted, pk__in=members).order_by("pk")
    houses = [one for one in found if one.takes_children]
    if len(houses) < len(wanted):
        raise NotFound
    come = set(event.groups.live().values_list("sender", flat=True))
    used = set(event.quotas.filter(used=True).values_list("organisation", flat=True))
    return [
        Quota(event=event, organisation=one, seats=wanted[one.public_id])
        for one in houses
        if one.pk not in come | used
    ]


def _sum(quotas: list[Quota]) -> int:
    return sum(one.seats for one in quotas)
