"""Contributions: what partners promised to a programme, what they gave, and its proof."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from zveno.documents.models import StoredFile
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models.agreements import Agreement, Party
from zveno.network.models.money import KOPECKS, NOTHING, roubles
from zveno.network.models.obligations import Obligation, ObligationQuerySet
from zveno.network.models.programmes import Participation, Programme, audits, governed_by
from zveno.organisations.models import Organisation

KOPECK = Decimal(1).scaleb(-KOPECKS)
LARGEST = Decimal("99999999999.99")
MOST_HOURS = Decimal("9999999.99")
"""The largest gift, and the most hours and roubles an hour, of which many still add up."""


def worth(hours: Decimal, rate: Decimal) -> Decimal:
    """Return what hours are worth: to the kopeck, halves up, as the database rounds."""
    return (hours * rate).quantize(KOPECK, ROUND_HALF_UP)


class ContributionQuerySet(Questions["Contribution"]):
    """Questions about contributions."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what the scope gave, received or holds; its region's; all for an auditor."""
        if audits(actor):
            return self.all()
        return self.filter(
            Q(giver__in=actor.scope)
            | Q(receiver__in=actor.scope)
            | Q(programme__holder__in=actor.scope)
            | governed_by(actor, "programme__holder__")
        )


class Contribution(Record):
    """Money, equipment or hours that ``giver`` promised or gave to a programme.

    ``promised`` is what it was to be worth, ``amount`` what it is worth: hours by their rate. It
    counts once ``receiver`` has confirmed it. ``reason`` says why it was returned or withdrawn.
    """

    class Kind(models.TextChoices):
        MONEY = "money", _("money")
        EQUIPMENT = "equipment", _("equipment and other things")
        HOURS = "hours", _("hours of work")

    class State(models.TextChoices):
        PROMISED = "promised", _("promised")
        GIVEN = "given", _("given, to be confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    DATA: ClassVar = {"what": Data.WORK, "reason": Data.WORK}

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="contributions")
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    obligation = models.ForeignKey(Obligation, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    what = models.CharField(max_length=300)
    state = models.CharField(max_length=20, choices=State, default=State.PROMISED)
    promised = roubles()
    promised_on = models.DateField(default=clock.today)
    hours = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    rate = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    amount = roubles()
    given_on = models.DateField(null=True)
    proof = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=400, blank=True)
    objects = ContributionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")), name="nobody_gives_to_themselves"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["given", "confirmed"])
                | Q(amount__gt=0, given_on__isnull=False, proof__isnull=False),
                name="what_was_given_has_a_day_and_a_proof",
            ),
            models.CheckConstraint(
                condition=~Q(state="promised")
                | Q(amount=0, given_on=None, proof=None, hours=None, rate=None),
                name="what_is_promised_is_not_given_yet",
            ),
            models.CheckConstraint(
                condition=Q(hours=None, rate=None)
                | Q(kind="hours", amount=Round(F("hours") * F("rate"), precision=KOPECKS)),
                name="hours_are_worth_their_rate",
            ),
            models.CheckConstraint(condition=Q(promised__gte=0), name="promised_from_nothing_up"),
        ]

    def __str__(self) -> str:
        """Say what it is."""
        return self.what

    def home(self) -> int | None:
        """Return the organisation that receives it."""
        return self.receiver_id

    @property
    def year(self) -> int:
        """The year it counts in: that of the day it was given, else promised."""
        return (self.given_on or self.promised_on).year

    @property
    def about(self) -> str:
        """Name it in notices."""
        return f"contribution:{self.public_id}"

    @property
    def source(self) -> str:
        """Name it in what it fulfils."""
        return f"network.Contribution:{self.pk}"

    @property
    def fulfils(self) -> int:
        """How much of its obligation it does: whole roubles or hours; 1 of what is not counted."""
        unit = self.obligation.unit if self.obligation else ""
        if unit == Obligation.Unit.ROUBLES:
            return int(self.amount)
        return int(self.hours or 0) if unit == Obligation.Unit.HOURS else 1


@dataclass(frozen=True, slots=True)
class Given:
    """What was promised, given, and proven of it: confirmed by who received it."""

    promised: Decimal = NOTHING
    given: Decimal = NOTHING
    proven: Decimal = NOTHING

    def __add__(self, other: "Given") -> "Given":
        """Add up."""
        return Given(
            self.promised + other.promised, self.given + other.given, self.proven + other.proven
        )


def given_in(contributions: Iterable[Contribution]) -> Given:
    """Add contributions up; what was withdrawn is nothing."""
    return sum(map(_given, contributions), start=Given())


def _given(one: Contribution) -> Given:
    if one.state == one.State.WITHDRAWN:
        return Given()
    return Given(one.promised, one.amount, one.amount * (one.state == one.State.CONFIRMED))


def may_fulfil(contribution: Contribution) -> bool:
    """Whether its giver owes the obligation, in a unit a contribution of its kind counts in."""
    one = contribution.obligation
    if one is None or one.agreement.state != Agreement.State.IN_FORCE:
        return False
    units = {"", Obligation.Unit.ROUBLES}
    if contribution.kind == Contribution.Kind.HOURS:
        units.add(Obligation.Unit.HOURS)
    return one.unit in units and owing(contribution.giver).filter(pk=one.pk).exists()


def owing(giver: Organisation) -> ObligationQuerySet:
    """Return what an organisation owes under agreements in force, alone or with its role."""
    side = Party.objects.filter(
        agreement=OuterRef("agreement"), organisation=giver, role=OuterRef("role")
    )
    alone = Q(party=None) | Q(party__organisation=giver)
    return Obligation.objects.in_force().filter(alone, Exists(side))


def receivers_of(programme: Programme) -> list[Organisation]:
    """Return who may receive: the holder, who takes part alone, the bases of its clusters."""
    parts = Participation.objects.filter(programme=programme)
    keys = {programme.holder_id}
    for base, organisation in parts.values_list("cluster__base", "organisation"):
        keys.add(base or organisation)
    return list(Organisation.objects.filter(pk__in=keys).order_by("name", "pk"))
