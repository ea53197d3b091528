"""Seats that are given back, offered to those who wait, taken up or passed on."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.actions.refusals import NoSeatsHeld, _require_open
from zveno.events.models import Event, Group, letters, notices
from zveno.kernel import clock, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.learners.actions import conceal
from zveno.organisations.models import Organisation
from zveno.people.models import Post, notify, settle

SENDERS = (Post.Role.HEAD, Post.Role.REPRESENTATIVE)
OFFER_LASTS = timedelta(hours=48)
"""How long seats that came free wait for the answer of a group."""


class TheyCame(DomainError):
    """Seats of children who came are not given back."""

    code = "they_came"
    message = _("Children from this group have already arrived: the seats stay yours.")


class NothingOffered(DomainError):
    """An offer is answered once, and in time."""

    code = "nothing_offered"
    message = _("No seats are offered to this group now.")


@action(rules.sends_group, on=Group)
def give_back(actor: Actor, group: Group) -> None:
    """Give back the seats of a group, or its place on the waiting list.

    The seats are offered at once to those who wait: in the order they came, each group whole
    unless it would come with fewer; one that does not fit keeps its place in the queue and the
    next smaller one is served. Letters about the group that have not left are taken back. Raises
    ``EventNotOpen``, ``NoSeatsHeld`` and ``TheyCame``.
    """
    event = _locked(group)
    _require_open(event)
    _release(actor, event, group)


@action(rules.sends_group, on=Group)
def accept_offer(actor: Actor, group: Group) -> None:
    """Take the seats that came free; the list comes next. Raises ``NothingOffered``."""
    event = _locked(group)
    group.refresh_from_db(fields=["state", "offered_until"])
    offered = group.state == Group.State.OFFERED and event.is_open
    if not offered or (group.offered_until and group.offered_until <= clock.now()):
        raise NothingOffered
    settle(notices.about(group))
    group.state, group.offered_until = Group.State.RESERVED, None
    group.asked_at = clock.now()
    group.save(update_fields=["state", "offered_until", "asked_at"])
    host = Organisation.objects.get(pk=event.host_id)
    outbox.post(host.email, *letters.group_is_coming(event, group), about=notices.about(group))


@action(rules.is_system, on=Group)
def end_offer(actor: Actor, group: Group) -> None:
    """Pass on seats that were offered to a group which has not answered in time."""
    event = _locked(group)
    group.refresh_from_db(fields=["state", "offered_until", "seats", "came"])
    over = group.offered_until is not None and group.offered_until <= clock.now()
    if event.is_open and group.state == Group.State.OFFERED and over:
        _release(actor, event, group)
        notify(actor, notices.offer_is_over(event), [group.sender_id], SENDERS)


@action(rules.is_system, on=Group, lock=True)
def remind_of_list(actor: Actor, group: Group) -> None:
    """Tell a sender once that its list is due and what happens without one."""
    if group.state != Group.State.RESERVED or group.reminded_at:
        return
    group.reminded_at = clock.now()
    group.save(update_fields=["reminded_at"])
    notify(actor, notices.list_is_due(group.event, group), [group.sender_id], SENDERS)
    outbox.post(
        group.sender.email, *letters.list_is_due(group.event, group), about=notices.about(group)
    )


@action(rules.is_system, on=Group)
def release_late(actor: Actor, group: Group) -> None:
    """Pass on the seats of a group whose list has not come in time; both sides are told."""
    event = _locked(group)
    group.refresh_from_db(fields=["state", "seats", "came"])
    group.event = event
    due = group.list_due is not None and group.list_due <= clock.now()
    if event.is_open and group.state == Group.State.RESERVED and due:
        _release(actor, event, group)
        notify(actor, notices.list_has_not_come(event), [group.sender_id], SENDERS)


def _locked(group: Group) -> Event:
    """Hold the event of a group: whoever changes its seats waits."""
    return Event.objects.select_for_update().get(pk=group.event_id)


def _release(actor: Actor, event: Event, group: Group) -> None:
    """Let a group of a locked event hold no seats and wait for none."""
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
    group.offered_until = None
    group.save(update_fields=["state", "listed", "consented", "offered_until"])
    _move_up(actor, event)
    event.save(update_fields=["taken", "queued", "kept"])


def _kept_for(event: Event) -> dict[int, int]:
    """Return how many seats are kept for whom."""
    if not event.kept:
        return {}
    return dict(event.quotas.unused().values_list("organisation", "seats"))


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
    """Offer free seats of a locked event to those who wait, in order; ``event`` is saved later."""
    kept = _kept_for(event)
    for group in event.groups.waiting().select_related("sender"):
        own = kept.get(group.sender_id, 0)
        room = min(group.seats, event.free + own)
        if room >= (group.least or group.seats):
            event.queued -= group.seats
            event.taken, event.kept = event.taken + room, event.kept - own
            event.quotas.filter(organisation=group.sender_id).update(used=True)
            group.seats, group.state = room, Group.State.OFFERED
            group.least = min(group.least, room) if group.least else None
            group.offered_until = min(clock.now() + OFFER_LASTS, event.starts_at)
            group.save(update_fields=["seats", "least", "state", "offered_until"])
            words = letters.seats_came_free(event, group)
            outbox.post(group.sender.email, *words, about=notices.about(group))
            notify(actor, notices.seats_came_free(event, group), [group.sender_id], SENDERS)
