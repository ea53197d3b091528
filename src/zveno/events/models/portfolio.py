"""What an adult did for children: events led, groups brought, letters of thanks received."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from zveno.events.models.awards import AwardKind
from zveno.events.models.certificates import Certificate
from zveno.events.models.escorts import Escort
from zveno.events.models.events import Event
from zveno.events.models.groups import Group
from zveno.events.models.sheets import day_of, long_day
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.people.models import Person


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of a portfolio; ``thanks`` is the letter it tells of, if it does."""

    day: date
    what: str
    event: Event
    hours: Decimal | None = None
    children: int | None = None
    thanks: Certificate | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """Return it as a row of a table."""
        hours = "" if self.hours is None else f"{self.hours.normalize():f}".replace(".", ",")
        children = "" if self.children is None else str(self.children)
        number = self.thanks.verification.number if self.thanks else ""
        return (f"{self.day:%d.%m.%Y}", self.what, self.event.title, hours, children, number)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What one person did, the newest first, and how much it is in all."""

    person: Person
    deeds: tuple[Deed, ...]

    @property
    def totals(self) -> Mapping[str, Any]:
        """Count events led, groups brought, hours of both and letters."""
        led = [one for one in self.deeds if one.hours is not None and one.children is None]
        brought = [one for one in self.deeds if one.children is not None]
        return {
            "led": len(led),
            "brought": len(brought),
            "hours": sum((one.hours or Decimal(0) for one in [*led, *brought]), Decimal(0)),
            "thanks": sum(one.thanks is not None for one in self.deeds),
        }


def portfolio_of(actor: Actor, person: Person) -> Portfolio:
    """Gather what ``person``, who asks as ``actor``, did in the organisations of the scope.

    Events and groups are known by the name that was written there, letters by the account.
    """
    found = [*_led(actor, person), *_brought(actor, person), *_thanked(actor, person)]
    found.sort(key=lambda deed: deed.day, reverse=True)
    return Portfolio(person, tuple(found))


def _led(actor: Actor, person: Person) -> list[Deed]:
    if not person.given_name:
        return []
    rows = Event.objects.visible_to(actor).filter(
        host__in=actor.scope,
        ends_at__lte=clock.now(),
        led_by__icontains=person.family_name,
        state__in=[Event.State.HELD, Event.State.OPEN],
    )
    named = rows.filter(led_by__icontains=person.given_name)
    return [Deed(day_of(one), _("Led an event"), one, one.hours) for one in named]


def _brought(actor: Actor, person: Person) -> list[Deed]:
    rows = Escort.objects.visible_to(actor).filter(
        name=str(person),
        group__sender__in=actor.scope,
        group__came__gt=0,
        group__event__ends_at__lte=clock.now(),
    )
    return [_deed(one.group) for one in rows.select_related("group__event")]


def _deed(group: Group) -> Deed:
    event = group.event
    return Deed(day_of(event), _("Brought a group"), event, event.hours, group.came)


def _thanked(actor: Actor, person: Person) -> list[Deed]:
    rows = Certificate.objects.visible_to(actor).valid()
    own = rows.filter(kind=AwardKind.THANKS, person=person).by_number()
    return [
        Deed(one.verification.issued_on, str(AwardKind.THANKS.label), one.event, thanks=one)
        for one in own
    ]


def portfolio_paper(portfolio: Portfolio, heads: tuple[str, ...]) -> dict[str, Any]:
    """Return the portfolio as a paper that ``engines.papers`` draws."""
    rows = [[_plain(cell) for cell in deed.cells] for deed in portfolio.deeds]
    table = {"header": list(heads), "rows": rows, "widths": [11, 20, 34, 8, 8, 19]}
    return {
        "title": _("Portfolio"),
        "subtitle": _plain(str(portfolio.person)),
        "date": long_day(clock.today()),
        "sections": [{"title": "", "clauses": [{"text": "", "table": table}]}],
    }


def _plain(text: str) -> str:
    """Let no braces stand: papers fill them in."""
    return text.replace("{", "(").replace("}", ")")
