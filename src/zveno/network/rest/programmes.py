"""Programmes and grants for programs: their money, who takes part."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from ninja import Query
from pydantic import Field

from zveno.kernel.http import Request
from zveno.kernel.meanwhile import ChangedMeanwhile, Words
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Day, Endpoints, Given, Named, OneOf, Shown
from zveno.network import actions
from zveno.network.models import Cluster, ClusterClosed, MoneyLine, Participation, Programme, Source
from zveno.network.models.money import budget_of
from zveno.organisations.models import Organisation
from zveno.ui.rest import Line, Line300

router = Endpoints(tags=["programmes"])
Line60 = Annotated[str, Line(60)]
Roubles = Annotated[str, Field(pattern=r"^[0-9]{1,13}(\.[0-9]{1,2})?$")]
"""An amount as text, so that no kopeck is lost: 1200000.50."""


class ProgrammeShown(Named):
    """A programme or a grant, and who holds it."""

    holder: Named
    number: str
    kind: Annotated[str, OneOf(Programme.Kind)]
    funder: str
    begins: date
    ends: date


class MoneyShown(Shown):
    """What a source was to give in a year and what it gave, in roubles, as text."""

    programme: Shown
    year: int
    source: Annotated[str, OneOf(Source)]
    planned: Decimal
    fact: Decimal


class ParticipationShown(Shown):
    """That a cluster, or an organisation by itself, takes part in a programme."""

    programme: Shown
    cluster: Named | None
    organisation: Named | None
    since: date
    last_day: date | None


class ProgrammesAsked(Asked):
    """Which programmes."""

    LOOKUPS: ClassVar = {"holder": "holder__public_id", "kind": "kind"}
    holder: UUID | None = None
    kind: Annotated[str, OneOf(Programme.Kind)] | None = None


class OfProgrammeAsked(Asked):
    """What belongs to which programme."""

    LOOKUPS: ClassVar = {"programme": "programme__public_id"}
    programme: UUID | None = None


class ProgrammeGiven(Given):
    """What is known of a programme."""

    number: Line60
    name: Line300
    kind: Annotated[str, OneOf(Programme.Kind)]
    funder: Line300
    begins: Day
    ends: Day

    def facts(self) -> actions.ProgrammeFacts:
        """Return it as the verbs take it."""
        return actions.ProgrammeFacts(**self.model_dump())


class ChangedProgrammeGiven(ProgrammeGiven):
    """What is known of a programme; ``seen``: what you read, so that nobody's change is lost."""

    seen: ProgrammeGiven | None = None

    def facts(self) -> actions.ProgrammeFacts:
        """Return it as the verbs take it."""
        return actions.ProgrammeFacts(**self.model_dump(exclude={"seen"}))


class MoneyGiven(Given):
    """What a source was to give in a year; what partners gave is counted, not given here."""

    year: Annotated[int, Field(ge=2000, le=2100)]
    source: Annotated[str, OneOf(Source)]
    planned: Roubles
    fact: Roubles = "0"

    def line(self) -> actions.Planned:
        """Return it as the verb takes it."""
        return actions.Planned(self.year, self.source, Decimal(self.planned), Decimal(self.fact))


class BudgetGiven(Given):
    """All lines of money of a programme; ``seen``: those you read, so that no change is lost."""

    lines: Annotated[list[MoneyGiven], Field(max_length=60)]
    seen: Annotated[list[MoneyGiven], Field(max_length=60)] | None = None


class ParticipantGiven(Given):
    """Who takes part, from which day on: the key of a cluster or of an organisation."""

    kind: Literal["cluster", "organisation"]
    who: UUID
    day: Day


class LastGiven(Given):
    """The last day."""

    day: Day


@router.lists("/programmes", ProgrammeShown)
def programmes(request: Request, asked: Query[ProgrammesAsked]) -> object:
    """List the programmes you hold, take part in or oversee."""
    rows = Programme.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("holder"), asked.after, asked.limit)


@router.shows("/programmes/{uuid:key}", ProgrammeShown)
def programme(request: Request, key: UUID) -> object:
    """Show one programme."""
    return Programme.objects.visible_to(request.actor).select_related("holder").pick(key)


@router.lists("/money-lines", MoneyShown)
def money_lines(request: Request, asked: Query[OfProgrammeAsked]) -> object:
    """List what sources were to give and gave, year by year."""
    rows = MoneyLine.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("programme"), asked.after, asked.limit)


@router.lists("/participations", ParticipationShown)
def participations(request: Request, asked: Query[OfProgrammeAsked]) -> object:
    """List who takes part in the programmes you see; those that have ended are shown too."""
    rows = Participation.objects.visible_to(request.actor).filter(**asked.chosen())
    shown = rows.select_related("programme", "cluster", "organisation")
    return part_of(shown, asked.after, asked.limit)


@router.shows("/participations/{uuid:key}", ParticipationShown)
def participation(request: Request, key: UUID) -> object:
    """Show that somebody takes part in a programme."""
    rows = Participation.objects.visible_to(request.actor)
    return rows.select_related("programme", "cluster", "organisation").pick(key)


FACTS = [actions.EndsBeforeItBegins, actions.LastsTooLong, actions.ProgrammeKnown]


@router.does("/organisations/{uuid:key}", actions.found_programme, makes=True, refuses=FACTS)
def found_programme(request: Request, key: UUID, body: ProgrammeGiven) -> object:
    """Found a programme or a grant that an organisation holds."""
    return actions.found_programme(request.actor, key, facts=body.facts())


@router.does(
    "/programmes/{uuid:key}",
    actions.change_programme,
    refuses=[*FACTS, actions.YearOutside, actions.DayOutside, ChangedMeanwhile],
)
def change_programme(request: Request, key: UUID, body: ChangedProgrammeGiven) -> object:
    """Put right what is known of a programme."""
    seen = body.seen.told() if body.seen else {}
    return actions.change_programme(request.actor, key, facts=body.facts(), seen=seen)


@router.does(
    "/programmes/{uuid:key}",
    actions.keep_money,
    refuses=[
        *(actions.YearOutside, actions.LineTwice, actions.BadAmount, actions.NeedsProof),
        ChangedMeanwhile,
    ],
)
def keep_money(request: Request, key: UUID, body: BudgetGiven) -> object:
    """Put these lines of money in place of those there are; what partners gave stays."""
    lines = [given.line() for given in body.lines]
    return actions.keep_money(request.actor, key, lines=lines, seen=_seen(request, key, body))


def _seen(request: Request, key: UUID, body: BudgetGiven) -> Words:
    if body.seen is None:
        return {}
    one = Programme.objects.visible_to(request.actor).pick(key)
    return budget_of(one.years, [given.line() for given in body.seen])


@router.does(
    "/programmes/{uuid:key}",
    actions.let_take_part,
    makes=True,
    refuses=[
        *(ClusterClosed, actions.BeforeFounding, actions.DayOutside, actions.TakesPartAlready),
    ],
)
def let_take_part(request: Request, key: UUID, body: ParticipantGiven) -> object:
    """Let a cluster, or an organisation by itself, take part from a day on."""
    kinds: dict[str, Any] = {"cluster": Cluster, "organisation": Organisation}
    who = kinds[body.kind].objects.visible_to(request.actor).pick(body.who)
    return actions.let_take_part(request.actor, key, who=who, day=body.day)


@router.does(
    "/participations/{uuid:key}",
    actions.end_participation,
    refuses=[actions.BeforeJoining, actions.DayOutside, actions.TakesPartAlready],
)
def end_participation(request: Request, key: UUID, body: LastGiven) -> object:
    """Say the last day on which somebody takes part."""
    return actions.end_participation(request.actor, key, day=body.day)
