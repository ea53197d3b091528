"""Items of the plan: added, put right, moved, cancelled, restored."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.kernel.meanwhile import Words, guarding
from zveno.network.models import Cluster, Membership, require_open
from zveno.organisations.models import Organisation
from zveno.plan import rules
from zveno.plan.actions.obligations import AlreadyInPlan, NoSuchMonth
from zveno.plan.models import MONTHS, PlanItem, Section, made_plan, tell_if_ended

State = PlanItem.State


class DayOutside(BadInput):
    """A day of a plan lies in its academic year."""

    code = "day_outside_year"
    message = _("This day is not in the %(year)s academic year (1 September to 31 August).")
    field = "day"


class HostOutside(BadInput):
    """A member of the cluster hosts."""

    code = "host_outside"
    message = _("Only members of the cluster host. Choose one of them.")
    field = "host"


class NoSuchSection(BadInput):
    """A section is one of the plan."""

    code = "no_such_section"
    message = _("The plan has no such section. Choose one from the list.")
    field = "section"


class HasEvent(BadInput):
    """The day of what has an event is set by the event."""

    code = "has_event"
    status = 409
    message = _(
        "“%(title)s” already has an event: its date, and whether it took place, are set there."
    )
    field = "day"


class ItemOver(DomainError):
    """What took place or was cancelled is not planned any more."""

    code = "item_over"
    message = _("“%(title)s” has already taken place or was cancelled. Open it to see.")


class NotCancelled(DomainError):
    """Only what was cancelled is restored."""

    code = "not_cancelled"
    message = _("“%(title)s” is in the plan: there is nothing to restore.")


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What is planned: on a ``day``, or in the course of a ``month`` (1 to 12)."""

    title: str
    host: UUID
    month: int | None = None
    day: date | None = None
    section: UUID | None = None
    audience: str = ""
    venue: str = ""
    responsible: str = ""
    note: str = ""
    kind: str = PlanItem.Kind.EVENT

    @classmethod
    def as_planned(cls, item: PlanItem) -> "ItemFacts":
        """Return what an item says."""
        section = item.section.public_id if item.section else None
        words = {
            name: getattr(item, name)
            for name in ("audience", "venue", "responsible", "note", "kind")
        }
        host = item.host.public_id
        return cls(item.title, host, item.month, item.day, section, **words)

    def into(self, item: PlanItem) -> PlanItem:
        """Write them into an item, which is not stored yet; refuse what cannot be."""
        item.host = _host(item, self.host)
        item.section = _section(item, self.section)
        item.title, item.audience, item.venue = self.title, self.audience, self.venue
        item.responsible, item.note = self.responsible, self.note
        if self.kind == PlanItem.Kind.COURSE and item.by_event:
            raise HasEvent(title=item.title)
        item.kind = self.kind
        _set_time(item, self)
        same = PlanItem.objects.filter(plan=item.plan, title=item.title, month=item.month)
        if same.exclude(pk=item.pk).exists():
            raise AlreadyInPlan(title=item.title)
        return item


@action(rules.plans, on=Cluster)
def add_item(actor: Actor, cluster: Cluster, *, year: int, facts: ItemFacts) -> PlanItem:
    """Add an item to the plan of the academic year that begins in ``year``.

    Raises ``ClusterClosed``, ``NoSuchMonth``, ``DayOutside``, ``HostOutside``, ``NoSuchSection``
    and ``AlreadyInPlan``.
    """
    require_open(cluster)
    item = PlanItem(plan=made_plan(cluster, year))
    facts.into(item)
    item.save()
    tell_if_ended(actor, item.plan)
    return item


@action(rules.plans_item, on=PlanItem, lock=True)
def change_item(
    actor: Actor, item: PlanItem, *, facts: ItemFacts, seen: Words | None = None
) -> PlanItem:
    """Put an item right, or move it, if it is what was ``seen``; the day first named stays known.

    Raises ``ItemOver``, ``HasEvent``, ``ChangedMeanwhile`` and what ``add_item`` raises.
    """
    require_open(item.plan.cluster)
    if item.is_over:
        raise ItemOver(title=item.title)
    with guarding(seen, item.facts):
        facts.into(item)
    item.save()
    tell_if_ended(actor, item.plan)
    return item


@action(rules.plans_item, on=PlanItem, lock=True)
def cancel_item(actor: Actor, item: PlanItem, *, reason: str) -> None:
    """Cancel an item with a reason; it stays in the plan as cancelled.

    Raises ``ClusterClosed``, ``ItemOver`` and ``HasEvent``.
    """
    require_open(item.plan.cluster)
    if item.is_over:
        raise ItemOver(title=item.title)
    if item.by_event:
        raise HasEvent(title=item.title)
    item.state, item.cancelled_why = State.CANCELLED, reason
    item.save(update_fields=["state", "cancelled_why"])


@action(rules.plans_item, on=PlanItem, lock=True)
def restore_item(actor: Actor, item: PlanItem) -> None:
    """Take a cancellation back. Raises ``ClusterClosed`` and ``NotCancelled``."""
    require_open(item.plan.cluster)
    if item.state != State.CANCELLED:
        raise NotCancelled(title=item.title)
    item.state, item.cancelled_why = (State.DATED if item.day else State.PLANNED), ""
    item.save(update_fields=["state", "cancelled_why"])


def _set_time(item: PlanItem, facts: ItemFacts) -> None:
    """Give an item its month or day; the month stays that it was planned for."""
    if facts.day is None and facts.month not in MONTHS:
        raise NoSuchMonth
    if facts.day and not item.plan.has_day(facts.day):
        raise DayOutside(year=item.plan)
    if facts.day is None:
        item.month = facts.month or item.month
    elif item.pk is None:
        item.month = facts.day.month
    if facts.day == item.day:
        return
    if item.by_event:
        raise HasEvent(title=item.title)
    item.moves += item.day is not None
    item.original_day = item.original_day or facts.day
    item.day, item.state = facts.day, State.DATED if facts.day else State.PLANNED


def _host(item: PlanItem, key: UUID) -> Organisation:
    """Return a member of the cluster, or the host so far, who may have left since."""
    if item.pk and item.host.public_id == key:
        return item.host
    inside = Membership.objects.live().filter(cluster=item.plan.cluster)
    found = inside.filter(organisation__public_id=key).select_related("organisation").first()
    if found is None:
        raise HostOutside
    return found.organisation


def _section(item: PlanItem, key: UUID | None) -> Section | None:
    if key is None:
        return None
    found = Section.objects.filter(plan=item.plan, public_id=key).first()
    if found is None:
        raise NoSuchSection
    return found
