"""What the parties of an agreement owe each other, and what has been done of it."""

from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.documents.models import StoredFile
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models.agreements import Agreement, Party, seen_by
from zveno.network.models.kinds import Side
from zveno.network.models.owing import Done, Period, Standing, standing
from zveno.organisations.models import Organisation


class ObligationQuerySet(Questions["Obligation"]):
    """Questions about obligations."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep obligations of the agreements the actor sees."""
        return self.filter(seen_by(actor, "agreement__"))

    def in_force(self) -> Self:
        """Keep those of agreements in force."""
        return self.filter(agreement__state=Agreement.State.IN_FORCE)

    def held_as_events(self) -> Self:
        """Keep those that events fulfil: they have to stand in the plan."""
        return self.filter(unit__in=[Obligation.Unit.EVENTS, Obligation.Unit.CHILDREN])


class Obligation(Record):
    """What all parties of one role, or one ``party``, owe: how much of which unit a ``period``.

    What is owed once may have a day: ``due``. ``done`` is the sum of its fulfilments since the
    agreement began, kept by ``record_fulfilment``; what counts in this period, ``owing`` tells.
    """

    class Unit(models.TextChoices):
        EVENTS = "events", _("events")
        CHILDREN = "children", _("children")
        PEOPLE = "people", _("people")
        HOURS = "hours", _("hours")
        ROUBLES = "roubles", _("roubles")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="obligations")
    place = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=30, choices=Side)
    party = models.ForeignKey(Party, models.CASCADE, null=True, related_name="obligations")
    text = models.CharField(max_length=400)
    unit = models.CharField(max_length=20, choices=Unit, blank=True)
    planned = models.PositiveBigIntegerField(default=0)
    period = models.CharField(max_length=10, choices=Period, default=Period.YEAR)
    due = models.DateField(null=True)
    done = models.PositiveBigIntegerField(default=0)
    objects = ObligationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "place"], name="obligation_has_its_place"),
            models.CheckConstraint(
                condition=Q(due=None) | Q(period=Period.ONCE), name="a_day_for_what_is_owed_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the text."""
        return self.text

    def home(self) -> int | None:
        """Return the base organisation of the cluster."""
        return self.agreement.home()

    def stands(self, facts: Iterable[Done]) -> Standing:
        """Tell what is owed today and how much of it ``facts`` have done."""
        term = (self.agreement.dated, self.due or self.agreement.valid_until)
        return standing(Period(self.period), self.planned, term, facts, clock.today())


def facts_of(obligations: Iterable[Obligation]) -> dict[int, list[Done]]:
    """Return what has been done of each obligation, by its key, in one question."""
    keys = [obligation.pk for obligation in obligations]
    facts: dict[int, list[Done]] = {key: [] for key in keys}
    rows = Fulfilment.objects.filter(obligation__in=keys, amount__gt=0)
    for key, day, amount in rows.values_list("obligation", "day", "amount"):
        facts[key].append(Done(day, amount))
    return facts


class FulfilmentQuerySet(Questions["Fulfilment"]):
    """Questions about fulfilments."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep fulfilments of the obligations the actor sees."""
        return self.filter(seen_by(actor, "obligation__agreement__"))


class Fulfilment(Record):
    """What one source has contributed on a ``day``; counted once, whatever comes.

    The source is a record of an upper room, or a report: then ``by`` is whose, with its ``note``
    and ``proof``.
    """

    DATA: ClassVar = {"amount": Data.WORK, "note": Data.WORK}

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="fulfilments")
    source = models.CharField(max_length=80)
    amount = models.PositiveBigIntegerField()
    day = models.DateField(default=clock.today)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    proof = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    objects = FulfilmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "source"], name="source_fulfils_an_obligation_once"
            ),
        ]

    def __str__(self) -> str:
        """Name the source."""
        return self.source
