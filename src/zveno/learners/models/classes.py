"""Classes and groups of an organisation, and those of which only the number is known."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Self

from django.db import models
from django.db.models import Count, Q

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.learners.models.children import HIGHEST, Learner, class_label
from zveno.network.models import academic_year
from zveno.organisations.models import Organisation

MOST_COUNTED = 1000
_CLASS = re.compile(r"(1[01]|[1-9])-?([А-ЯЁ]{0,3}|[1-9])")
_NOISE = re.compile(r"[\s«»\"„“”]|КЛАСС|КЛ\.?$")
_TWINS = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")


def class_of(text: str) -> tuple[int, str] | None:
    """Read «7А», «7 "a"» or «7-А класс» as grade and letter, always Cyrillic; else nothing."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(_TWINS)
    match = _CLASS.fullmatch(_NOISE.sub("", plain))
    return (int(match[1]), match[2]) if match else None


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class or a group of today: how many children, how many without a ground.

    ``counted`` is how many are there by number only, without a name.
    """

    first_year: int | None
    letter: str
    children: int = 0
    unfounded: int = 0
    counted: int = 0

    @property
    def label(self) -> str:
        """Return it as people write it."""
        return class_label(self.first_year, self.letter)

    @property
    def grade(self) -> int:
        """Return the grade of today; 0 in a kindergarten."""
        return _grade(self.first_year) if self.first_year else 0

    @property
    def has_left(self) -> bool:
        """Whether school is over for it."""
        return self.first_year is not None and _grade(self.first_year) > HIGHEST

    @property
    def typed(self) -> str:
        """Return it as one types it: 7А."""
        return f"{_grade(self.first_year)}{self.letter}" if self.first_year else self.letter

    @property
    def order(self) -> tuple[int, str]:
        """Put the youngest first."""
        return (_grade(self.first_year) if self.first_year else 0), self.letter


def _grade(first_year: int) -> int:
    return academic_year(clock.today()) - first_year + 1


class HeadCountQuerySet(Questions["HeadCount"]):
    """Questions about numbers of children."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the organisations of the scope."""
        return self.filter(owner__in=actor.scope)


class HeadCount(Record):
    """How many children are in a class or a group of which no names are kept."""

    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    first_year = models.PositiveSmallIntegerField(null=True)
    letter = models.CharField(max_length=30, blank=True)
    number = models.PositiveSmallIntegerField()
    changed_at = models.DateTimeField(default=clock.now)
    objects = HeadCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "first_year", "letter"],
                name="class_is_counted_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(number__range=(1, MOST_COUNTED)), name="counted_is_somebody"
            ),
            models.CheckConstraint(
                condition=Q(first_year=None) | Q(first_year__range=(1900, 2200)),
                name="counted_first_year_is_a_year",
            ),
        ]

    def __str__(self) -> str:
        """Name the class."""
        return class_label(self.first_year, self.letter)

    def home(self) -> int | None:
        """Return whose children they are."""
        return self.owner_id

    def covers(self, other: "HeadCount") -> bool:
        """Whether it is as new as another one."""
        return self.changed_at >= other.changed_at


def card_words(learner: Learner) -> dict[str, object]:
    """Return what a form of a child works on."""
    born_on = learner.born_on
    return {
        "family_name": learner.family_name,
        "given_name": learner.given_name,
        "patronymic": learner.patronymic,
        "label": SchoolClass(learner.first_year, learner.letter).typed,
        "born_year": learner.born_year,
        "born_on": born_on.isoformat() if born_on else None,
    }


def classes_of(actor: Actor, owner: Organisation) -> list[SchoolClass]:
    """Return the classes of an organisation that ``actor`` works for, the youngest first."""
    own = Learner.objects.visible_to(actor).filter(owner=owner)
    rows = own.values_list("first_year", "letter").annotate(
        children=Count("pk"), unfounded=Count("pk", filter=Q(unfounded_since__isnull=False))
    )
    found = {row[:2]: SchoolClass(*row) for row in rows.order_by()}
    counts = HeadCount.objects.visible_to(actor).filter(owner=owner)
    for first_year, letter, number in counts.values_list("first_year", "letter", "number"):
        known = found.get((first_year, letter), SchoolClass(first_year, letter))
        found[first_year, letter] = replace(known, counted=number)
    return sorted(found.values(), key=lambda one: one.order)
