"""What happens to an item of the plan: an event is made of it, announced, held; it is reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.network.actions import record_fulfilment
from zveno.plan import rules
from zveno.plan.actions.items import DayOutside, HasEvent, ItemOver
from zveno.plan.models import PlanItem

State = PlanItem.State
BEFORE = {State.PLANNED, State.DATED, State.ANNOUNCED}


@dataclass(frozen=True, slots=True)
class Held:
    """What took place of an item: on which ``day``, and how much of each unit was done.

    ``counts`` are by ``Obligation.Unit``. The same ``source`` again corrects what it said before.
    """

    source: str
    day: date
    counts: Mapping[str, int]
    note: str = ""


class IsCourse(BadInput):
    """A course has listeners and lessons, and is no event."""

    code = "is_course"
    status = 409
    message = _("“%(title)s” is a course: no event is made of it.")
    field = "title"


class NotYet(BadInput):
    """What is still to come is not reported."""

    code = "not_yet"
    status = 409
    message = _("“%(title)s” has not taken place yet. Report it on the day or later.")
    field = "day"


@action(rules.hosts_item, on=PlanItem, lock=True, consequence=True)
def date_item(actor: Actor, item: PlanItem, *, day: date) -> None:
    """Let an event set the day of an item; the first day stays known when the item moves.

    Raises ``ItemOver`` for what was cancelled, and ``IsCourse``.
    """
    if item.state == State.CANCELLED:
        raise ItemOver(title=item.title)
    if item.is_course:
        raise IsCourse(title=item.title)
    item.moves += item.day not in {None, day}
    item.original_day = item.original_day or day
    item.day, item.by_event = day, True
    if item.state == State.PLANNED:
        item.state = State.DATED
    item.save(update_fields=["original_day", "day", "moves", "by_event", "state"])


@action(rules.hosts_item, on=PlanItem, lock=True, consequence=True)
def announce_item(actor: Actor, item: PlanItem) -> None:
    """Note that the event of an item was announced."""
    if item.state == State.DATED:
        item.state = State.ANNOUNCED
        item.save(update_fields=["state"])


@action(rules.hosts_item, on=PlanItem, lock=True, consequence=True)
def free_item(actor: Actor, item: PlanItem) -> None:
    """Let an item go on without its event, which does not take place: its day may be changed."""
    item.by_event = False
    if item.state == State.ANNOUNCED:
        item.state = State.DATED
    item.save(update_fields=["by_event", "state"])


@action(rules.hosts_item, on=PlanItem, lock=True, consequence=True)
def mark_done(actor: Actor, item: PlanItem, *, held: Held) -> None:
    """Mark an item as done and let its obligation count what took place, in its own unit."""
    item.day = item.day or held.day
    if item.state in BEFORE:
        item.state = State.DONE
    _count(actor, item, held)


@action(rules.hosts_item, on=PlanItem, lock=True, consequence=True)
def count_session(actor: Actor, item: PlanItem, *, held: Held) -> None:
    """Let the obligation of an item count a session, while others are still to come."""
    _count(actor, item, held)


def _count(actor: Actor, item: PlanItem, held: Held) -> None:
    item.done_note = held.note
    item.save(update_fields=["day", "state", "done_note"])
    owed = item.obligation
    if owed and owed.unit in held.counts:
        amount = held.counts[owed.unit]
        record_fulfilment(actor, owed.public_id, source=held.source, amount=amount, day=held.day)


@action(rules.reports_item, on=PlanItem, lock=True)
def report_item(actor: Actor, item: PlanItem, *, report: str, day: date) -> None:
    """Note how an item was carried out, and on which ``day``; said again, it is corrected.

    What has an event is done once the event is closed, on the day of the event. Raises
    ``ItemOver`` for what was cancelled, ``HasEvent``, ``DayOutside`` and ``NotYet``.
    """
    if item.state == State.CANCELLED:
        raise ItemOver(title=item.title)
    if item.by_event and (item.state in BEFORE or day != item.day):
        raise HasEvent(title=item.title)
    if not item.plan.has_day(day):
        raise DayOutside(year=item.plan)
    if day > clock.today():
        raise NotYet(title=item.title)
    item.original_day = item.original_day or day
    item.day, item.state, item.report = day, State.REPORTED, report
    item.save(update_fields=["original_day", "day", "state", "report"])
