"""Seats: taken by one guarded UPDATE, given back, passed on to those who wait."""

from uuid import UUID

from django.db import IntegrityError
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from zveno.events import rules
from zveno.events.actions.refusals import NoSeatsHeld, _require_open
from zveno.events.models import Event, Group, letters, notices
from zveno.kernel import outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError, NotAllowed, NotFound
from zveno.learners.actions import conceal
from zveno.organisations.models import Organisation
from zveno.people.models import Post, notify, settle

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


class TheyCame(DomainError):
    """Seats of children who came are not given back."""

    code = "they_came"
    message = _("Children from this group have already arrived: the seats stay yours.")


@action(rules.sends_children, on=Event)
def reserve_seats(actor: Actor, event: Event, *, sender: UUID, seats: int) -> Group:
    """Hold ``seats`` without names for the organisation ``sender``; both sides get a letter.

    All else is done before the seats are taken, so that others wait for the event's row only from
    the UPDATE to the commit. Raises ``EventNotOpen``, ``BadSeats``, ``EventFull`` (cheaply, from
    the event as it was read), ``NotFound``, ``NotAllowed``, ``SendsNoChildren`` and
    ``AlreadyRegistered``.
    """
    _require_open(event)
    _require_sense(event, seats)
    if event.free < seats:
        raise EventFull(title=event.title, free=event.free, seats=seats)
    organisation, host = _sides(actor, event, sender)
    group = _group(event, organisation, seats)
    about = notices.about(group)
    outbox.post(organisation.email, *letters.seats_are_held(event, group), about=about)
    outbox.post(host.email, *letters.group_is_coming(event, group), about=about)
    _take_seats(event, seats)
    _add(group)
    return group


@action(rules.sends_children, on=Event, lock=True)
def join_waiting_list(actor: Actor, event: Event, *, sender: UUID, seats: int) -> Group:
    """Let a group wait for ``seats``; the event is locked, so that no freed seat is missed.

    Raises ``SeatsAreFree`` and what ``reserve_seats`` raises.
    """
    _require_open(event)
    _require_sense(event, seats)
    if event.free >= seats:
        raise SeatsAreFree
    organisation, _host = _sides(actor, event, sender)
    group = _group(event, organisation, seats, state=Group.State.WAITING)
    Event.objects.filter(pk=event.pk).update(queued=F("queued") + seats)
    _add(group)
    return group


@action(rules.sends_group, on=Group)
def give_back(actor: Actor, group: Group) -> None:
    """Give back the seats of a group, or its place on the waiting list.

    The seats go at once to those who wait: in the order they came, each group whole; a group that
    does not fit keeps its place in the queue and the next smaller one is served. Letters about the
    group that have not left are taken back. Raises ``EventNotOpen``, ``NoSeatsHeld`` and
    ``TheyCame``.
    """
    event = Event.objects.select_for_update().get(pk=group.event_id)
    _require_open(event)
    group.refresh_from_db(fields=["state", "seats", "came"])
    if group.state == Group.State.RELEASED:
        raise NoSeatsHeld
    if group.came:
        raise TheyCame
    if group.state == Group.State.WAITING:
        event.queued -= group.seats
    else:
        _forget_children(actor, group)
        event.taken -= group.seats
        _tell_host(actor, event, group)
    settle(notices.about(group))
    group.state, group.listed, group.consented = Group.State.RELEASED, 0, 0
    group.save(update_fields=["state", "listed", "consented"])
    _move_up(actor, event)
    event.save(update_fields=["taken", "queued"])


def _require_sense(event: Event, seats: int) -> None:
    if not 1 <= seats <= event.capacity:
        raise BadSeats(capacity=event.capacity)


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
    event.refresh_from_db(fields=["state", "taken", "capacity", "ends_at"])
    _require_open(event)
    raise EventFull(title=event.title, free=event.free, seats=seats)


def _add(group: Group) -> None:
    try:
        group.save(force_insert=True)
    except IntegrityError as clash:
        # Two clicks at once: the first has its group.
        raise AlreadyRegistered(sender=group.sender.name) from clash


def _forget_children(actor: Actor, group: Group) -> None:
    learners = list(group.places.values_list("learner", flat=True))
    if learners:
        sender, source = group.sender.public_id, group.event.source
        conceal(actor, sender, learners=learners, source=source)
        group.places.all().delete()


def _tell_host(actor: Actor, event: Event, group: Group) -> None:
    if not outbox.take_back(notices.about(group)):
        outbox.post(event.host.email, *letters.group_is_not_coming(event, group))
        told = notices.seats_were_given_back(event, group)
        notify(actor, told, [event.host_id], [Post.Role.COORDINATOR])


def _move_up(actor: Actor, event: Event) -> None:
    for group in event.groups.waiting().select_related("sender"):
        if group.seats <= event.free:
            event.taken += group.seats
            event.queued -= group.seats
            group.state = Group.State.RESERVED
            group.save(update_fields=["state"])
            words = letters.seats_came_free(event, group)
            outbox.post(group.sender.email, *words, about=notices.about(group))
            notify(actor, notices.seats_came_free(event, group), [group.sender_id], SENDERS)
