"""What a school itself says of its career guidance: its level, and hours held outside Zveno."""

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from django.db import models
from django.db.models import Q

from zveno.codes.models.careers import career_directions, career_minimum
from zveno.events.models.events import Event
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.learners.models import HIGHEST, Learner
from zveno.network.models import academic_year
from zveno.organisations.models import Organisation

HALF = Decimal("0.5")
MOST_A_DAY = 8
MOST_HOURS = 500
ONE_DAY = timedelta(days=1)
USUAL = dict.fromkeys(Event.Kind.values, "practice") | {Event.Kind.LESSON_SERIES: "extracurricular"}
"""In which direction an event of each kind counts unless its host says another."""


def proposed(starts_at: datetime, ends_at: datetime) -> Decimal:
    """Return academic hours for a length, to the half; of each day begun at most eight."""
    length = ends_at - starts_at
    minutes = Decimal(length // timedelta(minutes=1))
    hour = career_minimum(academic_year(starts_at.date())).minutes
    halves = (minutes / hour * 2).quantize(Decimal(1), ROUND_HALF_UP)
    return min(halves * HALF, Decimal(MOST_A_DAY * (length // ONE_DAY + 1)))


def is_hours(hours: Decimal, most: int) -> bool:
    """Whether it is a number of whole or half hours up to ``most``."""
    return 0 <= hours <= most and not hours % HALF


def is_direction(code: str) -> bool:
    """Whether hours are counted in such a direction."""
    return code in career_directions()


class CareerLevelQuerySet(Questions["CareerLevel"]):
    """Questions about levels."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the scope, and of the schools of children whom a link lists."""
        return self.filter(_of_own_or_listed(actor))


class CareerLevel(Record):
    """The level of the national minimum that a school has chosen; no row, none chosen."""

    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    level = models.CharField(max_length=30)
    chosen_at = models.DateTimeField(default=clock.now)
    objects = CareerLevelQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_level_of_a_school")]

    def __str__(self) -> str:
        """Return the level."""
        return self.level

    def home(self) -> int | None:
        """Return the school."""
        return self.owner_id

    def covers(self, other: "CareerLevel") -> bool:
        """Whether it is as new as another one."""
        return self.chosen_at >= other.chosen_at


class OutsideHoursQuerySet(Questions["OutsideHours"]):
    """Questions about hours held outside Zveno."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the scope, and of the schools of children whom a link lists."""
        return self.filter(_of_own_or_listed(actor))

    def in_order(self) -> Self:
        """Order as classes are read."""
        return self.order_by("grade", "letter", "direction", "basis", "pk")


class OutsideHours(Record):
    """Hours of career guidance that a class had outside Zveno in an academic year.

    Each child of the class has had them; without a ``letter`` each child of the grade. Grade 0 is
    the kindergarten. ``basis`` says what they were, so that the same is entered once.
    """

    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    grade = models.PositiveSmallIntegerField()
    letter = models.CharField(max_length=30, blank=True)
    direction = models.CharField(max_length=30)
    hours = models.DecimalField(max_digits=4, decimal_places=1)
    basis = models.CharField(max_length=200)
    entered_at = models.DateTimeField(default=clock.now)
    objects = OutsideHoursQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "year", "grade", "letter", "direction", "basis"],
                name="outside_hours_stand_once",
            ),
            models.CheckConstraint(condition=Q(grade__lte=HIGHEST), name="outside_hours_grade"),
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=MOST_HOURS), name="outside_hours_are_some"
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2000, 2200)), name="outside_hours_year"
            ),
        ]

    def __str__(self) -> str:
        """Say what they were."""
        return self.basis

    def home(self) -> int | None:
        """Return the school."""
        return self.owner_id

    def covers(self, other: "OutsideHours") -> bool:
        """Whether it is as new as another one."""
        return self.entered_at >= other.entered_at

    def of_class(self, grade: int, letter: str) -> bool:
        """Whether children of a class have had them."""
        return self.grade == grade and self.letter in {"", letter}

    @property
    def label(self) -> str:
        """Name the class."""
        if not self.grade:
            return self.letter
        return f"{self.grade} «{self.letter}»" if self.letter else str(self.grade)

    @property
    def direction_name(self) -> str:
        """Name the direction, in the reader's language."""
        return career_directions().name(self.direction)


def _of_own_or_listed(actor: Actor) -> Q:
    listed = Learner.objects.filter(pk__in=actor.listed("learners.Learner"))
    return Q(owner__in=actor.scope) | Q(owner__in=listed.values("owner"))
