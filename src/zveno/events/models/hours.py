"""Hours of career guidance: of a child, a class, a grade, by direction, against the minimum.

Counted are events whose host met the child, and what the school says its classes had elsewhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from itertools import groupby
from statistics import median

from django.db.models import Sum
from django.utils.timezone import make_aware

from zveno.codes.models.careers import Level, career_directions, career_minimum
from zveno.events.models.careers import CareerLevel, OutsideHours
from zveno.events.models.groups import Place, PlaceQuerySet
from zveno.kernel.actor import Actor
from zveno.learners.models import HIGHEST, Learner
from zveno.network.models import days_of
from zveno.organisations.models import Organisation

NOTHING = Decimal(0)
ByDirection = dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class ChildHours:
    """Hours of a child in an academic year, by direction."""

    child: int
    by_direction: ByDirection

    @property
    def total(self) -> Decimal:
        """All of them."""
        return sum(self.by_direction.values(), NOTHING)


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of children of a class, a grade or a school; ``asked`` is the minimum, if any."""

    grade: int = 0
    letter: str = ""
    asked: int | None = None
    children: list[ChildHours] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Name the class as it is called in that year."""
        if not self.grade:
            return self.letter
        return f"{self.grade} «{self.letter}»" if self.letter else str(self.grade)

    @property
    def number(self) -> int:
        """How many children."""
        return len(self.children)

    @property
    def middle(self) -> Decimal:
        """As many hours as half of the children have at least."""
        return median([one.total for one in self.children] or [NOTHING])

    @property
    def least(self) -> Decimal:
        """Hours of the child with the fewest."""
        return min([one.total for one in self.children], default=NOTHING)

    @property
    def reached(self) -> int:
        """How many children have what is asked for."""
        return sum(self.has_enough(one) for one in self.children)

    @property
    def behind(self) -> int:
        """How many have not."""
        return self.number - self.reached

    def has_enough(self, one: ChildHours) -> bool:
        """Whether a child has what is asked for; where nothing is asked everybody has."""
        return one.total >= (self.asked or 0)

    def mean(self, direction: str) -> Decimal:
        """Return hours of a child in a direction, on the average."""
        had = sum((one.by_direction.get(direction, NOTHING) for one in self.children), NOTHING)
        return had / self.number if self.children else NOTHING

    def directions(self) -> Iterator[tuple[str, Decimal]]:
        """Name each direction with hours of a child in it, on the average."""
        return ((name, self.mean(code)) for code, name in career_directions().choices())


def level_of(actor: Actor, owner: int, year: int) -> Level | None:
    """Return the level a school has chosen, as it is in an academic year."""
    chosen = CareerLevel.objects.visible_to(actor).filter(owner=owner).first()
    return career_minimum(year).levels.get(chosen.level) if chosen else None


def classes_hours(actor: Actor, owner: Organisation, year: int) -> list[Hours]:
    """Return the classes of a school as they were in a year, the youngest first."""
    level, minimum = level_of(actor, owner.pk, year), career_minimum(year)
    own = Learner.objects.visible_to(actor).filter(owner=owner).order_by("letter", "pk")
    had = attended(Place.objects.visible_to(actor).filter(learner__owner=owner), year)
    outside = list(OutsideHours.objects.visible_to(actor).filter(owner=owner, year=year))
    found: dict[tuple[int, str], Hours] = {}
    for key, first_year, letter in own.values_list("pk", "first_year", "letter"):
        grade = grade_in(year, first_year)
        if grade is None:
            continue
        asked = level.hours if level and minimum.covers(grade) else None
        one = found.setdefault((grade, letter), Hours(grade, letter, asked))
        one.children.append(ChildHours(key, _with(had.get(key, {}), outside, grade, letter)))
    return [found[key] for key in sorted(found)]


def child_hours(actor: Actor, learner: Learner, year: int) -> Hours:
    """Return hours of one child in a year, beside what is asked for of it."""
    grade, level = grade_in(year, learner.first_year), level_of(actor, learner.owner_id, year)
    had = attended(Place.objects.visible_to(actor).filter(learner=learner), year)
    rows = OutsideHours.objects.visible_to(actor).filter(owner=learner.owner_id, year=year)
    asked = level.hours if level and career_minimum(year).covers(grade or 0) else None
    by_direction = had.get(learner.pk, {})
    if grade is not None:
        by_direction = _with(by_direction, rows, grade, learner.letter)
    one = ChildHours(learner.pk, by_direction)
    return Hours(grade or 0, learner.letter, asked, [one])


def together(classes: Iterable[Hours]) -> Hours:
    """Put classes of one grade, or of a school, together."""
    rows = list(classes)
    children = [child for one in rows for child in one.children]
    first = rows[0] if rows else Hours()
    return Hours(first.grade, "", first.asked, children)


def by_grade(classes: Iterable[Hours]) -> Iterator[tuple[Hours, list[Hours]]]:
    """Return each grade with its classes; the groups of a kindergarten are one."""
    for _grade, rows in groupby(classes, lambda one: one.grade):
        found = list(rows)
        yield together(found), found


def attended(places: PlaceQuerySet, year: int) -> dict[int, ByDirection]:
    """Count hours of events in a year whose host met the child, by child and direction."""
    first, last = days_of(year)
    begins = make_aware(datetime.combine(first, time.min))
    ends = make_aware(datetime.combine(last, time.max))
    met = places.filter(came_at__isnull=False, event__starts_at__range=(begins, ends))
    rows = met.filter(event__hours__gt=0).order_by("learner", "event__direction")
    found: dict[int, ByDirection] = {}
    counted = rows.values_list("learner", "event__direction")
    for learner, direction, hours in counted.annotate(had=Sum("event__hours")):
        found.setdefault(learner, {})[direction] = hours
    return found


def grade_in(year: int, first_year: int | None) -> int | None:
    """Return the grade in an academic year, 0 in a kindergarten; none before and after school."""
    if first_year is None:
        return 0
    grade = year - first_year + 1
    return grade if 1 <= grade <= HIGHEST else None


def _with(
    had: ByDirection, outside: Iterable[OutsideHours], grade: int, letter: str
) -> ByDirection:
    found = dict(had)
    for one in outside:
        if one.of_class(grade, letter):
            found[one.direction] = found.get(one.direction, NOTHING) + one.hours
    return found
