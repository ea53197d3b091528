"""Who goes with a group, and which way."""

from dataclasses import dataclass
from datetime import time
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.actions.refusals import NoSeatsHeld
from zveno.events.models import Escort, Group
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput

MOST = 50


class EscortsAlready(BadInput):
    """Nobody goes with a group twice."""

    code = "escorts_already"
    message = _("%(name)s goes with the group already.")
    field = "name"


class TooManyEscorts(BadInput):
    """A list of adults longer than any group needs is a mistake."""

    code = "too_many_escorts"
    message = _("No more than %(most)s adults go with a group.")
    field = "name"


class WayUnknown(BadInput):
    """There are a few ways to get there."""

    code = "way_unknown"
    message = _("Choose from the list.")
    field = "way"


@dataclass(frozen=True, slots=True)
class Route:
    """Which way a group goes; what is not known yet is empty.

    ``carrier`` is who hires the bus out, and by which contract.
    """

    way: str = ""
    gathers_where: str = ""
    gathers_at: time | None = None
    back_at: time | None = None
    carrier: str = ""


@action(rules.sends_group, on=Group, lock=True)
def plan_route(actor: Actor, group: Group, *, route: Route) -> None:
    """Say which way the group goes, where and when it gathers, when it is back.

    Raises ``WayUnknown`` and ``NoSeatsHeld``.
    """
    _require_seats(group)
    if route.way not in {"", *Group.Way.values}:
        raise WayUnknown
    group.way, group.gathers_where = route.way, route.gathers_where
    group.gathers_at, group.back_at = route.gathers_at, route.back_at
    group.carrier = route.carrier if route.way == Group.Way.HIRED else ""
    group.save(update_fields=["way", "gathers_where", "gathers_at", "back_at", "carrier"])


@action(rules.sends_group, on=Group, lock=True)
def add_escort(actor: Actor, group: Group, *, name: str, job: str) -> Escort:
    """Name an adult who goes with the group; the first one leads.

    Raises ``EscortsAlready``, ``TooManyEscorts`` and ``NoSeatsHeld``.
    """
    _require_seats(group)
    there = Escort.objects.filter(group=group)
    if there.filter(name=name).exists():
        raise EscortsAlready(name=name)
    if group.adults >= MOST:
        raise TooManyEscorts(most=MOST)
    leads = not there.filter(leads=True).exists()
    escort = Escort.objects.create(group=group, name=name, job=job, leads=leads)
    _count(group)
    return escort


@action(rules.sends_group, on=Group, lock=True)
def remove_escort(actor: Actor, group: Group, *, escort: UUID) -> None:
    """Say that an adult does not go; of those who are left the first one named leads."""
    gone = Escort.objects.filter(group=group).pick(escort)
    gone.delete()
    first = Escort.objects.filter(group=group).order_by("pk").first()
    if gone.leads and first:
        first.leads = True
        first.save(update_fields=["leads"])
    _count(group)


@action(rules.sends_group, on=Group, lock=True)
def name_leader(actor: Actor, group: Group, *, escort: UUID) -> None:
    """Say who of the adults leads the group."""
    chosen = Escort.objects.filter(group=group).pick(escort)
    Escort.objects.filter(group=group, leads=True).exclude(pk=chosen.pk).update(leads=False)
    Escort.objects.filter(pk=chosen.pk).update(leads=True)


def _require_seats(group: Group) -> None:
    if group.state not in Group.TAKEN:
        raise NoSeatsHeld


def _count(group: Group) -> None:
    group.adults = Escort.objects.filter(group=group).count()
    group.save(update_fields=["adults"])
