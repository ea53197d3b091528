"""The day itself: children are met, the event is closed, the plan learns what happened."""

from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.models import Event, Group, Place
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.network.models import Obligation
from zveno.plan.actions import mark_done


class NoConsent(DomainError):
    """Nobody is marked whose guardian has not agreed."""

    code = "no_consent"
    message = _("There is no consent for this child. Ask the school.")


class NotBegun(DomainError):
    """An event that has not begun and that nobody came to is not over."""

    code = "not_begun"
    message = _("“%(title)s” has not begun and nobody is marked. Close it when it is over.")


class AlreadyHeld(DomainError):
    """An event is closed once."""

    code = "already_held"
    message = _("“%(title)s” is closed already.")


class NotAnnounced(DomainError):
    """A draft is not held."""

    code = "not_announced"
    message = _("“%(title)s” is a draft: announce it first.")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place as it stands after a mark, with its event counted up: all that a page redraws."""

    place: Place


@action(rules.meets_child, on=Place)
def check_in(actor: Actor, place: Place) -> Mark:
    """Mark that the child came; a second mark changes nothing. Raises ``NoConsent``."""
    if not place.consented:
        raise NoConsent
    moment = clock.now()
    waiting = Place.objects.filter(pk=place.pk, consented=True, came_at=None)
    if waiting.update(came_at=moment):
        _count(actor, place, 1)
    elif not Place.objects.filter(pk=place.pk, came_at__isnull=False).exists():
        # The consent was withdrawn since the place was read.
        raise NoConsent
    place.came_at = place.came_at or moment
    return Mark(place)


@action(rules.meets_child, on=Place)
def undo_check_in(actor: Actor, place: Place) -> Mark:
    """Take the mark back; without one nothing changes."""
    if Place.objects.filter(pk=place.pk, came_at__isnull=False).update(came_at=None):
        _count(actor, place, -1)
    place.came_at = None
    return Mark(place)


@action(rules.hosts, on=Event, lock=True)
def hold_event(actor: Actor, event: Event) -> None:
    """Close the event: its plan item is done and the obligation counts who came.

    Marks made or taken back later correct what was counted. Raises ``NotAnnounced``,
    ``AlreadyHeld`` and ``NotBegun``.
    """
    if event.state == Event.State.DRAFT:
        raise NotAnnounced(title=event.title)
    if event.state == Event.State.HELD:
        raise AlreadyHeld(title=event.title)
    if not event.came and clock.now() < event.starts_at:
        raise NotBegun(title=event.title)
    event.state = Event.State.HELD
    event.save(update_fields=["state"])
    _report(actor, event)


def _count(actor: Actor, place: Place, change: int) -> None:
    Group.objects.filter(pk=place.group_id).update(came=F("came") + change)
    event, came = Event.objects.filter(pk=place.event_id), F("came") + change
    if event.exclude(state=Event.State.HELD).update(came=came):
        place.event.came += change
        return
    # Closed, perhaps since the place was read: what was counted is put right.
    event.update(came=came)
    place.event.refresh_from_db(fields=["came", "taken"])
    _report(actor, place.event)


def _report(actor: Actor, event: Event) -> None:
    """Tell the plan what happened; told again, it corrects itself."""
    if event.plan_item is None:
        return
    note = gettext("%(came)s of %(taken)s came") % {"came": event.came, "taken": event.taken}
    mark_done(
        actor,
        event.plan_item.public_id,
        source=event.source,
        counts={Obligation.Unit.EVENTS: 1, Obligation.Unit.CHILDREN: event.came},
        note=note,
    )
