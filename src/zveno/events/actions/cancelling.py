"""An event that does not take place: whoever was coming is told, no child stays shown."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.actions.day import AlreadyHeld, _keep_plan
from zveno.events.actions.passing import SENDERS, _forget_children
from zveno.events.actions.refusals import IsCancelled
from zveno.events.actions.slots import _end_slots
from zveno.events.actions.visits import _tell_families_of_end
from zveno.events.models import Event, Group, letters, notices
from zveno.kernel import clock, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import DomainError
from zveno.kernel.walls import scoped
from zveno.people.models import Post, notify, settle


class SomeAreHere(DomainError):
    """What children have come to takes place."""

    code = "some_are_here"
    message = _("Children are already checked in at “%(title)s”. Close the event instead.")


@action(rules.hosts, on=Event, lock=True)
def cancel_event(actor: Actor, event: Event, *, why: str) -> None:
    """Call an event off for good. Groups, the waiting ones too, and families get a letter.

    Their seats are released, and the host reads none of their children any more. The item of the
    plan may get another day or another event. A draft goes unseen. Raises ``AlreadyHeld``,
    ``IsCancelled`` and ``SomeAreHere``.
    """
    _require_awaited(event)
    groups = list(event.groups.live().select_related("sender"))
    event.state, event.cancelled_why, event.cancelled_at = Event.State.CANCELLED, why, clock.now()
    event.taken = event.queued = event.kept = 0
    event.save(update_fields=["state", "cancelled_why", "cancelled_at", "taken", "queued", "kept"])
    # Lists and disclosures belong to the senders: the host, who cancels, may not write them.
    with scoped(SYSTEM):
        for group in groups:
            _release(actor, group)
    _tell(actor, event, groups)
    _end_slots(actor, event)
    _tell_families_of_end(event)
    _keep_plan(actor, event)


@action(rules.sends_group, on=Group)
def confirm_reading(actor: Actor, group: Group) -> None:
    """Say that the sender has read what became of the event; the host sees since when."""
    settle(notices.about_news(group))


def _require_awaited(event: Event) -> None:
    if event.state == Event.State.HELD:
        raise AlreadyHeld(title=event.title)
    if event.state == Event.State.CANCELLED:
        raise IsCancelled(title=event.title)
    if event.has_come:
        raise SomeAreHere(title=event.title)


def _release(actor: Actor, group: Group) -> None:
    _forget_children(actor, group)
    settle(notices.about(group))
    settle(notices.about_news(group))
    group.state, group.listed, group.consented = Group.State.RELEASED, 0, 0
    group.offered_until, group.called_off = None, True
    group.save(update_fields=["state", "listed", "consented", "offered_until", "called_off"])


def _tell(actor: Actor, event: Event, groups: Sequence[Group]) -> None:
    for group in groups:
        outbox.post(group.sender.email, *letters.event_is_cancelled(event, group))
    if event.announced_at:
        for group in groups:
            notify(actor, notices.is_cancelled(event, group), [group.sender_id], SENDERS)
        notify(actor, notices.is_cancelled(event), [event.host_id], [Post.Role.TEACHER])
