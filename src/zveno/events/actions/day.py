"""The day itself: children are met, the event is closed, the plan learns what happened."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.actions.refusals import IsCancelled
from zveno.events.models import Event, day_of
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.network.actions import Told, note_deeds
from zveno.network.models import Deed, Obligation
from zveno.plan.actions import Held, count_session, date_item, free_item, mark_done


class NotBegun(DomainError):
    """An event that has not begun and that nobody came to is not over."""

    code = "not_begun"
    message = _("“%(title)s” has not started and nobody is checked in. Close it when it is over.")


class AlreadyHeld(DomainError):
    """An event is closed once."""

    code = "already_held"
    message = _("“%(title)s” is already closed.")


class NotAnnounced(DomainError):
    """A draft is not held."""

    code = "not_announced"
    message = _("“%(title)s” is a draft: publish it first.")


@action(rules.hosts, on=Event, lock=True)
def hold_event(actor: Actor, event: Event) -> None:
    """Close the event: its plan item is done and the obligation counts who came.

    Marks made or taken back later correct what was counted. Raises ``NotAnnounced``,
    ``IsCancelled``, ``AlreadyHeld`` and ``NotBegun``.
    """
    if event.state == Event.State.DRAFT:
        raise NotAnnounced(title=event.title)
    if event.state == Event.State.CANCELLED:
        raise IsCancelled(title=event.title)
    if event.state == Event.State.HELD:
        raise AlreadyHeld(title=event.title)
    if not event.has_come and clock.now() < event.starts_at:
        raise NotBegun(title=event.title)
    event.state = Event.State.HELD
    event.save(update_fields=["state"])
    _report(actor, event)


def _correct(actor: Actor, event: Event) -> None:
    """Put right what was counted when the event was closed, perhaps since the place was read."""
    if event.state == Event.State.HELD:
        _report(actor, event)


def _report(actor: Actor, event: Event) -> None:
    """Tell the cluster and the plan what happened; told again, they correct themselves."""
    sent = event.groups.filter(came__gt=0).values_list("sender", "came")
    by = {event.host_id: 0, **dict(sent)}
    told = Told(Deed.What.EVENT, event.source, day_of(event), by)
    note_deeds(actor, event.cluster.public_id, told=told)
    if event.plan_item is None:
        return
    came, taken, awaited = _of_item(event)
    note = gettext("%(came)s of %(taken)s attended") % {"came": came, "taken": taken}
    unit = Obligation.Unit
    counts: dict[str, int] = {unit.EVENTS: 1, unit.CHILDREN: event.came}
    held = Held(event.source, day_of(event), counts, note)
    tell = count_session if awaited else mark_done
    tell(actor, event.plan_item.public_id, held=held)


def _keep_plan(actor: Actor, event: Event) -> None:
    """Let the plan item of an event that was moved or called off stand on a day of a session.

    It goes to the first of those left when its own day is gone, is free when none is left, and
    done when all that are left were held.
    """
    item = event.plan_item
    if item is None:
        return
    left = Event.objects.filter(plan_item=item).exclude(state=Event.State.CANCELLED)
    sessions = list(left.order_by("starts_at", "pk"))
    days = [day_of(one) for one in sessions]
    if not sessions:
        free_item(actor, item.public_id)
    elif item.day not in days:
        date_item(actor, item.public_id, day=days[0])
    if sessions and all(one.state == Event.State.HELD for one in sessions):
        _report(actor, sessions[-1])


def _of_item(event: Event) -> tuple[int, int, bool]:
    """Sum up the sessions of a plan item: who came, seats taken, whether some are to come."""
    sessions = Event.objects.filter(plan_item=event.plan_item).exclude(pk=event.pk)
    held = sessions.filter(state=Event.State.HELD).values_list("came", "taken")
    awaited = sessions.filter(state__in=[Event.State.DRAFT, Event.State.OPEN]).exists()
    came, taken = (sum(one) for one in zip((event.came, event.taken), *held, strict=True))
    return came, taken, awaited
