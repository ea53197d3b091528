"""An event gets another time or place: whoever comes is told why, and says if they still come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.actions.cancelling import _require_awaited
from zveno.events.actions.day import _keep_plan
from zveno.events.actions.lists import _show
from zveno.events.actions.passing import SENDERS
from zveno.events.actions.planning import BadTimes, SameEvent
from zveno.events.actions.refusals import EventNotOpen
from zveno.events.actions.slots import _shift_slots
from zveno.events.actions.visits import _tell_families_of_move
from zveno.events.models import Event, Group, letters, notices, proposed
from zveno.kernel import clock, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.kernel.walls import scoped
from zveno.people.models import Post, notify, settle


class StillDraft(DomainError):
    """Nobody has been told of a draft: it is simply changed."""

    code = "still_draft"
    message = _("“%(title)s” is a draft. Change it: nobody has to be told.")


class MovedToThePast(BadInput):
    """The new time is still to come."""

    code = "moved_to_the_past"
    message = _("This time has passed. Choose one that is still to come.")
    field = "day"


@dataclass(frozen=True, slots=True)
class NewTime:
    """When and where an event takes place instead (aware times), and why."""

    starts_at: datetime
    ends_at: datetime
    venue: str
    why: str


@action(rules.hosts, on=Event, lock=True)
def move_event(actor: Actor, event: Event, *, new: NewTime) -> None:
    """Move an announced event. Groups keep their seats and are asked whether they still come.

    Each gets a letter with the reason and a notice; the item of the plan gets the day. To the
    time and place it has, nothing happens. Raises ``StillDraft``, ``AlreadyHeld``,
    ``IsCancelled``, ``SomeAreHere``, ``BadTimes``, ``MovedToThePast`` and ``SameEvent``.
    """
    if event.state == Event.State.DRAFT:
        raise StillDraft(title=event.title)
    _require_awaited(event)
    if (event.starts_at, event.ends_at, event.venue) == (new.starts_at, new.ends_at, new.venue):
        return
    _require_sense(event, new)
    if event.hours == proposed(event.starts_at, event.ends_at):
        event.hours = proposed(new.starts_at, new.ends_at)
    event.moved_from, event.moved_at, event.moved_why = event.starts_at, clock.now(), new.why
    event.starts_at, event.ends_at, event.venue = new.starts_at, new.ends_at, new.venue
    event.save(
        update_fields=[
            *("starts_at", "ends_at", "venue", "hours"),
            *("moved_from", "moved_at", "moved_why"),
        ]
    )
    groups = list(event.groups.live().select_related("sender"))
    # Answers and lists belong to the senders: the host, who moves, may not write them.
    with scoped(SYSTEM):
        event.groups.update(agreed_at=None)
        for group in groups:
            group.event = event
            _show(actor, group)
    _tell(actor, event, groups)
    _shift_slots(actor, event, event.moved_from)
    _tell_families_of_move(event)
    _keep_plan(actor, event)


@action(rules.sends_group, on=Group, lock=True)
def agree_to_move(actor: Actor, group: Group) -> None:
    """Say that a group comes at the new time, too; said twice, the first time counts.

    Raises ``EventNotOpen`` when nothing is awaited any more.
    """
    if not group.event.is_open or group.state == Group.State.RELEASED:
        raise EventNotOpen(title=group.event.title)
    settle(notices.about_news(group))
    if group.event.moved_at and not group.agreed_at:
        group.agreed_at = clock.now()
        group.save(update_fields=["agreed_at"])


def _require_sense(event: Event, new: NewTime) -> None:
    if new.ends_at <= new.starts_at:
        raise BadTimes
    if new.starts_at <= clock.now():
        raise MovedToThePast
    same = Event.objects.filter(host=event.host, title=event.title, starts_at=new.starts_at)
    if same.exclude(pk=event.pk).exclude(state=Event.State.CANCELLED).exists():
        raise SameEvent(title=event.title)


def _tell(actor: Actor, event: Event, groups: Sequence[Group]) -> None:
    for group in groups:
        settle(notices.about_news(group))
        outbox.post(group.sender.email, *letters.event_is_moved(event, group))
        notify(actor, notices.is_moved(event, group), [group.sender_id], SENDERS)
    notify(actor, notices.others_are_told(event), [event.host_id], [Post.Role.TEACHER])
