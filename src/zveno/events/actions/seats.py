"""Seats: taken by one guarded UPDATE, given back, passed on to those who wait."""

from uuid import UUID

from django.db import IntegrityError
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from zveno.events import rules
from zveno.events.actions.passing import _kept_for
from zveno.events.actions.refusals import EventNotOpen, _require_open
from zveno.events.models import Event, Group, Quota, letters, notices
from zveno.kernel import outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError, NotAllowed, NotFound
from zveno.network.models import Membership
from zveno.organisations.models import Organisation
from zveno.people.models import Post

SENDERS = (Post.Role.HEAD, Post.Role.REPRESENTATIVE)


class EventFull(DomainError):
    """The event has fewer free seats than the group needs: ``facts`` title, free and seats."""

    code = "event_full"

    def __str__(self) -> str:
        """Say how many seats are free, and what else can be done."""
        free = self.facts["free"]
        if not free:
            return str(_("No seats left. Join the waiting list."))
        words = ngettext(
            "Only %(free)s seat is free. Reserve fewer, or join the waiting list.",
            "Only %(free)s seats are free. Reserve fewer, or join the waiting list.",
            int(str(free)),
        )
        return words % self.facts


class BadSeats(BadInput):
    """A group is one child at least and never larger than the event."""

    code = "bad_seats"
    message = _("Enter how many children will come: 1 to %(capacity)s.")
    field = "seats"


class TooManyOfOne(BadInput):
    """The host may say how many children one organisation sends at most."""

    code = "too_many_of_one"
    message = _("One organisation may send up to %(most)s children to this event.")
    field = "seats"


class BadLeast(BadInput):
    """A group that would come with fewer says with how many at least."""

    code = "bad_least"
    message = _("Enter 1 to %(seats)s children, or leave it empty: then only the whole group.")
    field = "least"


class NotOpenYet(DomainError):
    """Registration begins at a moment that the host has said."""

    code = "not_open_yet"
    message = _("Registration opens on %(opens)s. Come back then.")


class MembersFirst(DomainError):
    """For a time only members of the cluster register."""

    code = "members_first"
    message = _("Until %(until)s only members of the cluster register. Come back then.")


class AlreadyRegistered(DomainError):
    """An organisation sends one group to an event."""

    code = "already_registered"
    message = _("%(sender)s already has a group at this event.")


class SendsNoChildren(DomainError):
    """Only an organisation with children of its own registers a group."""

    code = "sends_no_children"
    message = _("%(sender)s has no children of its own to send.")


class SeatsAreFree(DomainError):
    """Nobody waits where there is room."""

    code = "seats_are_free"
    message = _("There is room for the whole group: reserve the seats.")


@action(rules.sends_children, on=Event)
def reserve_seats(actor: Actor, event: Event, *, sender: UUID, seats: int) -> Group:
    """Hold ``seats`` without names for the organisation ``sender``; both sides get a letter.

    All else is done before the seats are taken, so that others wait for the event's row only from
    the UPDATE to the commit. Raises ``EventNotOpen``, ``NotOpenYet``, ``BadSeats``,
    ``TooManyOfOne``, ``EventFull`` (cheaply, from the event as it was read), ``NotFound``,
    ``NotAllowed``, ``SendsNoChildren``, ``AlreadyRegistered`` and ``MembersFirst``.
    """
    _require_registering(event)
    _require_sense(event, seats)
    if event.free + event.kept < seats:
        raise EventFull(title=event.title, free=event.free, seats=seats)
    organisation, host = _sides(actor, event, sender)
    group = _group(event, organisation, seats)
    about = notices.about(group)
    outbox.post(organisation.email, *letters.seats_are_held(event, group), about=about)
    outbox.post(host.email, *letters.group_is_coming(event, group), about=about)
    if not (event.kept and _take_kept(event, organisation, seats)):
        _take_seats(event, seats)
    _add(group)
    return group


@action(rules.sends_children, on=Event, lock=True)
def join_waiting_list(
    actor: Actor, event: Event, *, sender: UUID, seats: int, least: int | None = None
) -> Group:
    """Let a group wait for ``seats``, or for ``least`` if it would come with so few.

    The event is locked, so that no freed seat is missed. Raises ``SeatsAreFree``, ``BadLeast``
    and what ``reserve_seats`` raises.
    """
    _require_registering(event)
    _require_sense(event, seats)
    if least is not None and not 1 <= least <= seats:
        raise BadLeast(seats=seats)
    organisation, _host = _sides(actor, event, sender)
    if event.free + _kept_for(event).get(organisation.pk, 0) >= seats:
        raise SeatsAreFree
    group = _group(event, organisation, seats, state=Group.State.WAITING)
    group.least = least
    Event.objects.filter(pk=event.pk).update(queued=F("queued") + seats)
    _add(group)
    return group


def _require_registering(event: Event) -> None:
    _require_open(event)
    if event.begins_later and event.opens_at:
        raise NotOpenYet(opens=event.in_words(event.opens_at))
    if event.is_closed:
        raise EventNotOpen(title=event.title)


def _require_sense(event: Event, seats: int) -> None:
    if not 1 <= seats <= event.capacity:
        raise BadSeats(capacity=event.capacity)
    if event.most is not None and seats > event.most:
        raise TooManyOfOne(most=event.most)


def _sides(actor: Actor, event: Event, sender: UUID) -> tuple[Organisation, Organisation]:
    """Return who sends the group and who receives it, in one query."""
    sides = Organisation.objects.filter(Q(public_id=sender) | Q(pk=event.host_id))
    found = {side.public_id: side for side in sides}
    host = next(side for side in found.values() if side.pk == event.host_id)
    organisation = found.get(sender)
    if organisation is None or organisation.pk not in actor.scope:
        raise NotFound
    if not rules.sends_for(actor, organisation.pk):
        raise NotAllowed
    if not organisation.takes_children:
        raise SendsNoChildren(sender=organisation.name)
    if Group.objects.live().filter(event=event, sender=organisation).exists():
        raise AlreadyRegistered(sender=organisation.name)
    if event.is_members_first and event.members_until:
        members = Membership.objects.live().filter(cluster=event.cluster_id)
        if not members.filter(organisation=organisation).exists():
            raise MembersFirst(until=event.in_words(event.members_until))
    return organisation, host


def _group(
    event: Event, sender: Organisation, seats: int, state: str = Group.State.RESERVED
) -> Group:
    travels = sender.pk != event.host_id
    return Group(event=event, sender=sender, seats=seats, state=state, travels=travels)


def _take_seats(event: Event, seats: int) -> None:
    fitting = Event.objects.filter(pk=event.pk).with_room_for(seats)
    if fitting.update(taken=F("taken") + seats):
        return
    event.refresh_from_db(fields=["state", "taken", "capacity", "kept", "ends_at"])
    _require_open(event)
    raise EventFull(title=event.title, free=event.free, seats=seats)


def _take_kept(event: Event, sender: Organisation, seats: int) -> bool:
    """Take seats that are kept for the sender and such as are free; tell if any were kept."""
    own = Quota.objects.unused().filter(event=event, organisation=sender)
    if not own.exists():
        return False
    # Whoever says what is kept holds the event: what is read now stays so.
    Event.objects.select_for_update().get(pk=event.pk)
    event.refresh_from_db(fields=["state", "taken", "capacity", "kept", "ends_at"])
    _require_open(event)
    quota = own.first()
    if quota is None:
        return False
    if event.free + quota.seats < seats:
        raise EventFull(title=event.title, free=event.free + quota.seats, seats=seats)
    event.taken, event.kept, quota.used = event.taken + seats, event.kept - quota.seats, True
    event.save(update_fields=["taken", "kept"])
    quota.save(update_fields=["used"])
    return True


def _add(group: Group) -> None:
    try:
        group.save(force_insert=True)
    except IntegrityError as clash:
        # Two clicks at once: the first has its group.
        raise AlreadyRegistered(sender=group.sender.name) from clash
