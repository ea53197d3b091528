"""A programme or a grant comes into being; its money is kept, it is said who takes part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.kernel.meanwhile import Words, guarding
from zveno.network import rules
from zveno.network.models import (
    BY_HAND,
    Cluster,
    MoneyLine,
    Participation,
    Programme,
    Source,
    require_open,
)
from zveno.network.models.money import LARGEST, NOTHING, budget_of
from zveno.organisations.models import Organisation

MOST_YEARS = 12


class ProgrammeKnown(BadInput):
    """An organisation holds one programme of a number."""

    code = "programme_known"
    status = 409
    message = _("Your organisation already has a programme with the number “%(number)s”.")
    field = "number"


class EndsBeforeItBegins(BadInput):
    """A programme ends on its first day or later."""

    code = "ends_before_it_begins"
    message = _("The last day is before the first day. Correct one of them.")
    field = "ends"


class LastsTooLong(BadInput):
    """A programme is planned for a dozen years at most."""

    code = "lasts_too_long"
    message = _("A programme lasts at most %(years)s years. Correct the days.")
    field = "ends"


class YearOutside(BadInput):
    """Money belongs to a year of the programme."""

    code = "year_outside"
    message = _("The programme does not last in %(year)s. Its years are %(years)s.")


class LineTwice(BadInput):
    """A source has one line a year."""

    code = "line_twice"
    message = _("“%(source)s” has two lines in %(year)s. Keep one of them.")


class BadAmount(BadInput):
    """An amount is roubles and kopecks from zero on."""

    code = "bad_amount"
    message = _("Enter an amount from 0 to 9,999,999,999,999.99 roubles.")


class NeedsProof(BadInput):
    """What partners gave is counted from contributions with a proof, not typed."""

    code = "needs_proof"
    message = _(
        "What partners gave in %(year)s is counted from confirmed contributions. Leave it empty."
    )


class TakesPartAlready(BadInput):
    """Whoever takes part is counted once."""

    code = "takes_part_already"
    status = 409
    message = _("“%(who)s” takes part in these days already.")
    field = "who"


class DayOutside(BadInput):
    """Who takes part does so while the programme lasts."""

    code = "day_outside"
    message = _("The programme lasts from %(begins)s to %(ends)s. Choose a day in it.")
    field = "day"


class BeforeFounding(BadInput):
    """A cluster takes part from the day it was founded on."""

    code = "before_founding"
    message = _(
        "“%(who)s” was founded on %(day)s. Choose that day or a later one, or correct the day of"
        " founding."
    )
    field = "day"


class BeforeJoining(BadInput):
    """Taking part lasts at least a day."""

    code = "before_joining"
    message = _("They take part since %(since)s. Choose that day or a later one.")
    field = "day"


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """What is known of a programme: its number in the order or agreement, who funds it, when."""

    number: str
    name: str
    kind: str
    funder: str
    begins: date
    ends: date


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of money: what a source was to give in a year; ``fact`` only of ``BY_HAND``."""

    year: int
    source: str
    planned: Decimal
    fact: Decimal = NOTHING


@action(rules.may_found, on=Organisation)
def found_programme(actor: Actor, holder: Organisation, *, facts: ProgrammeFacts) -> Programme:
    """Found a programme or a grant that ``holder`` carries out.

    Raises ``EndsBeforeItBegins``, ``LastsTooLong`` and ``ProgrammeKnown``.
    """
    return _filled(Programme(holder=holder), facts)


@action(rules.holds_programme, on=Programme, lock=True)
def change_programme(
    actor: Actor, programme: Programme, *, facts: ProgrammeFacts, seen: Words | None = None
) -> Programme:
    """Put right what is known of a programme, if it is what was ``seen``.

    Raises what ``found_programme`` raises, ``YearOutside`` where money would fall out of its
    period, ``DayOutside`` where somebody would, and ``ChangedMeanwhile``.
    """
    for line in MoneyLine.objects.filter(programme=programme).order_by("year"):
        _require_year(line.year, range(facts.begins.year, facts.ends.year + 1))
    parts = Participation.objects.filter(programme=programme)
    if parts.filter(Q(since__lt=facts.begins) | Q(since__gt=facts.ends)).exists():
        raise DayOutside(begins=_written(facts.begins), ends=_written(facts.ends))
    with guarding(seen, programme.facts):
        return _filled(programme, facts)


@action(rules.holds_programme, on=Programme, lock=True)
def keep_money(
    actor: Actor, programme: Programme, *, lines: Sequence[Planned], seen: Words | None = None
) -> None:
    """Put these lines in place of those there are, if they are what was ``seen``.

    What partners really gave stays. Raises ``YearOutside``, ``LineTwice``, ``BadAmount``,
    ``NeedsProof`` and ``ChangedMeanwhile``.
    """
    _require_order(programme, lines)
    kept = {(line.year, line.source): line for line in lines}
    with guarding(seen, partial(_budget, programme)):
        _keep(programme, kept)


def _budget(programme: Programme) -> dict[str, str]:
    return budget_of(programme.years, MoneyLine.objects.filter(programme=programme))


def _keep(programme: Programme, kept: Mapping[tuple[int, str], Planned]) -> None:
    for old in MoneyLine.objects.filter(programme=programme).select_for_update():
        if (old.year, old.source) not in kept:
            _forget(old)
    for (year, source), line in kept.items():
        given = {"planned": line.planned}
        given |= {"fact": line.fact} if source in BY_HAND else {}
        MoneyLine.objects.update_or_create(
            programme=programme, year=year, source=source, defaults=given
        )


@action(rules.holds_programme, on=Programme, lock=True)
def let_take_part(
    actor: Actor, programme: Programme, *, who: Cluster | Organisation, day: date
) -> Participation:
    """Let a cluster, or an organisation by itself, take part from ``day`` on.

    Raises ``ClusterClosed``, ``BeforeFounding``, ``DayOutside`` and ``TakesPartAlready``.
    """
    if isinstance(who, Cluster):
        cluster = Cluster.objects.select_for_update().get(pk=who.pk)
        require_open(cluster)
        if day < cluster.founded_on:
            raise BeforeFounding(who=cluster, day=_written(cluster.founded_on))
    if not programme.holds_on(day):
        raise DayOutside(begins=_written(programme.begins), ends=_written(programme.ends))
    kind = "cluster" if isinstance(who, Cluster) else "organisation"
    same = Participation.objects.filter(programme=programme, **{kind: who})
    if same.filter(Q(last_day=None) | Q(last_day__gte=day)).exists():
        raise TakesPartAlready(who=who)
    made = Participation(programme=programme, since=day, **{kind: who})
    made.save()
    return made


@action(rules.holds_participation, on=Participation, lock=True)
def end_participation(actor: Actor, participation: Participation, *, day: date) -> None:
    """Let ``day`` be the last on which somebody takes part; said anew, it is put right.

    Raises ``BeforeJoining``, ``DayOutside`` and ``TakesPartAlready``.
    """
    programme = participation.programme
    if day < participation.since:
        raise BeforeJoining(since=_written(participation.since))
    if day > programme.ends:
        raise DayOutside(begins=_written(programme.begins), ends=_written(programme.ends))
    if Participation.objects.filter(
        programme=programme,
        cluster=participation.cluster_id,
        organisation=participation.organisation_id,
        since__gt=participation.since,
        since__lte=day,
    ).exists():
        raise TakesPartAlready(who=participation)
    participation.last_day = day
    participation.save(update_fields=["last_day"])


def _filled(programme: Programme, facts: ProgrammeFacts) -> Programme:
    if facts.ends < facts.begins:
        raise EndsBeforeItBegins
    if facts.ends.year - facts.begins.year >= MOST_YEARS:
        raise LastsTooLong(years=MOST_YEARS)
    same = Programme.objects.filter(holder=programme.holder_id, number=facts.number)
    if same.exclude(pk=programme.pk).exists():
        raise ProgrammeKnown(number=facts.number)
    programme.number, programme.name, programme.kind = facts.number, facts.name, facts.kind
    programme.funder = facts.funder
    programme.begins, programme.ends = facts.begins, facts.ends
    programme.save()
    return programme


def _forget(line: MoneyLine) -> None:
    """Forget a line; one that partners have given to stays, with nothing planned."""
    if line.source in BY_HAND or not line.fact:
        line.delete()
    else:
        line.planned = NOTHING
        line.save(update_fields=["planned"])


def _require_order(programme: Programme, lines: Sequence[Planned]) -> None:
    seen = set()
    for line in lines:
        _require_year(line.year, programme.years)
        if (line.year, line.source) in seen:
            raise LineTwice(source=Source(line.source).label, year=line.year)
        if not all(NOTHING <= amount <= LARGEST for amount in (line.planned, line.fact)):
            raise BadAmount
        if line.fact and line.source not in BY_HAND:
            raise NeedsProof(year=line.year)
        seen.add((line.year, line.source))


def _require_year(year: int, years: range) -> None:
    if year not in years:
        raise YearOutside(year=year, years=", ".join(map(str, years)))


def _written(day: date) -> str:
    return f"{day:%d.%m.%Y}"
