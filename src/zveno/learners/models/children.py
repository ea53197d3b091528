"""Children: as little as possible, owned by one organisation, shown to others by disclosure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.kernel.reads import saw
from zveno.learners.models.purposes import Purpose
from zveno.network.models import academic_year
from zveno.organisations.models import Organisation
from zveno.organisations.models import name_key as folded

TWO = 2
HIGHEST = 11


def name_key(family_name: str, given_name: str) -> str:
    """Fold a child's name to what it is found by; the patronymic is often left out."""
    return folded(f"{family_name} {given_name}")


def initial(part: str) -> str:
    """Shorten a part of a name to its letter: «А.»; of nothing nothing is left."""
    return f"{part[0].upper()}." if part else ""


@dataclass(frozen=True, slots=True)
class Child:
    """A row of a list. ``same`` names the child it is said to be, ``new`` says: none known.

    Grade 0 is the kindergarten.
    """

    family_name: str
    given_name: str
    grade: int
    letter: str = ""
    patronymic: str = ""
    same: UUID | None = None
    new: bool = False
    born_year: int | None = None
    born_on: date | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        """What a child is found by inside its organisation; patronymics are often left out."""
        return name_key(self.family_name, self.given_name), self.grade, self.letter

    def by_initials(self) -> Self:
        """Return what an organisation that keeps initials only keeps of it."""
        return replace(
            self,
            family_name=initial(self.family_name),
            given_name=initial(self.given_name),
            patronymic=initial(self.patronymic),
        )


def first_year_of(grade: int) -> int | None:
    """Return the year grade 1 began for who is in ``grade`` today; none in a kindergarten."""
    return academic_year(clock.today()) - grade + 1 if grade else None


def class_label(first_year: int | None, letter: str) -> str:
    """Write a class as people do today: grade and letter, a group, the year school was left."""
    if first_year is None:
        return letter
    grade = academic_year(clock.today()) - first_year + 1
    if grade > HIGHEST:
        return gettext("left school in %(year)s") % {"year": first_year + HIGHEST}
    return f"{grade} «{letter}»" if letter else str(grade)


def readable_by(actor: Actor, path: str = "") -> Q:
    """Say which children ``actor`` may read: own, disclosed, listed by a link.

    ``path`` leads to the child from rows of a room above: ``learner__``.
    """
    disclosed = Disclosure.objects.live().filter(
        learner=OuterRef(f"{path}pk"), organisation__in=actor.scope
    )
    listed = actor.listed("learners.Learner")
    own = Q(**{f"{path}owner__in": actor.scope})
    return own | Q(Exists(disclosed)) | Q(**{f"{path}pk__in": listed})


READABLE = """(
    {child}.owner_id = ANY(%s) OR {child}.id = ANY(%s) OR EXISTS (
        SELECT FROM learners_disclosure d
        WHERE d.learner_id = {child}.id AND d.organisation_id = ANY(%s) AND d.until > %s
    )
)"""
"""``readable_by`` in SQL, to be given what ``readable_values`` returns."""


def readable_values(actor: Actor) -> tuple[list[int], list[int], list[int], datetime]:
    """Return what ``READABLE`` asks for."""
    scope = list(actor.scope)
    return scope, list(actor.listed("learners.Learner")), scope, clock.now()


class LearnerQuerySet(Questions["Learner"]):
    """Questions about learners."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the scope's own, those disclosed to it, those a link lists."""
        return self.filter(readable_by(actor))

    def called(self, keys: Iterable[str]) -> Self:
        """Keep those with one of these name keys, oldest first."""
        return self.filter(name_key__in=set(keys)).order_by("pk")

    def of_class(self, first_year: int | None, letter: str) -> Self:
        """Keep a class or a group, by name."""
        return self.filter(first_year=first_year, letter=letter).order_by("name_key", "pk")

    def named_whole(self) -> Self:
        """Keep those of whose name more than initials is kept."""
        one = r"^\S\.$"
        return self.exclude(
            family_name__regex=one, given_name__regex=one, patronymic__regex=r"^(\S\.)?$"
        )

    def founded(self) -> Self:
        """Keep those whom a consent to participation covers: others may be shown them."""
        return self.filter(unfounded_since=None)

    def owned_by(self, actor: Actor) -> Self:
        """Keep those the organisations of the scope answer for."""
        return self.filter(owner__in=actor.scope)


class Learner(Record):
    """A child, entered by the organisation that answers for it.

    A class moves up every 1 September by itself: ``first_year`` is the year whose 1 September
    began grade 1, or would have; none in a kindergarten. ``letter`` is the class or the group.
    ``name_key`` is the name folded for search and for finding doubles inside the organisation,
    never outside.

    ``born_year`` or ``born_on``, never both, only where an age or a day of birth is needed.

    ``unfounded_since`` is when there began to be no valid consent to participation: then only the
    owner sees the child. ``photographed``: all who must agreed to pictures. Both are reckoned by
    the verbs of consents; the database lets nothing be disclosed without a ground.
    """

    PSEUDONYMOUS: ClassVar = True
    DATA: ClassVar = dict.fromkeys(
        [
            *("family_name", "given_name", "patronymic", "name_key", "born_year", "born_on"),
            *("unfounded_since", "photographed"),
        ],
        Data.PERSONAL,
    )

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="learners")
    family_name = models.CharField(max_length=100)
    given_name = models.CharField(max_length=100)
    patronymic = models.CharField(max_length=100, blank=True)
    first_year = models.PositiveSmallIntegerField(null=True)
    letter = models.CharField(max_length=30, blank=True)
    name_key = models.CharField(max_length=300)
    born_year = models.PositiveSmallIntegerField(null=True)
    born_on = models.DateField(null=True)
    entered_at = models.DateTimeField(default=clock.now)
    unfounded_since = models.DateTimeField(null=True, default=clock.now)
    photographed = models.BooleanField(default=False, db_default=False)
    objects = LearnerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "first_year", "name_key"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(family_name="") & ~Q(given_name=""), name="learner_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(first_year__range=(1900, 2200)), name="first_year_is_a_year"
            ),
            models.CheckConstraint(
                condition=Q(born_year=None) | Q(born_on=None), name="birth_is_told_once"
            ),
            models.CheckConstraint(
                condition=Q(born_year=None) | Q(born_year__range=(1900, 2200)),
                name="born_year_is_a_year",
            ),
        ]

    def __str__(self) -> str:
        """Say nothing of the child: this may reach a log."""
        return "learner"

    @classmethod
    def from_db(cls, *row: Any, **how: Any) -> Self:
        """Read a row; the journal hears of it."""
        child = super().from_db(*row, **how)
        saw(cls, child.pk, child.__dict__.get("owner_id"))
        return child

    @property
    def full_name(self) -> str:
        """Return the name as it is printed."""
        return " ".join(filter(None, [self.family_name, self.given_name, self.patronymic]))

    @property
    def door_name(self) -> str:
        """Return what a host needs to greet the child: given name and one letter."""
        return f"{self.given_name} {self.family_name[0]}."

    @property
    def initials(self) -> str:
        """Return what a public page may say."""
        return f"{self.given_name[0]}. {self.family_name[0]}."

    def grade_on(self, day: date) -> int:
        """Return the grade on a day: 0 in a kindergarten, more than 11 once school is over."""
        return academic_year(day) - self.first_year + 1 if self.first_year else 0

    @property
    def grade(self) -> int:
        """Return the grade of today."""
        return self.grade_on(clock.today())

    @property
    def class_label(self) -> str:
        """Return grade and letter as people write them."""
        return class_label(self.first_year, self.letter)

    def home(self) -> int | None:
        """Return the organisation that answers for the child."""
        return self.owner_id

    def may_be(self, child: "Child") -> bool:
        """Whether a row of a list may mean this child: name, class, no other patronymic.

        A list of a kindergarten may leave out the group.
        """
        patronymics = {self.patronymic.casefold(), child.patronymic.casefold()} - {""}
        letter = self.letter if child.grade or child.letter else ""
        return len(patronymics) < TWO and (self.name_key, self.grade, letter) == child.key


class DisclosureQuerySet(Questions["Disclosure"]):
    """Questions about disclosures."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep disclosures from and to the scope."""
        return self.filter(Q(owner__in=actor.scope) | Q(organisation__in=actor.scope))

    def live(self, moment: datetime | None = None) -> Self:
        """Keep those that last."""
        return self.filter(until__gt=moment or clock.now())


class Disclosure(Record):
    """That another organisation may read a child's row until a moment, because of ``source``.

    ``owner`` repeats the owner of the child, so that the policy of this table asks no other.
    """

    DATA: ClassVar = {"learner": Data.PERSONAL}

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="disclosures")
    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.PARTICIPATION)
    source = models.CharField(max_length=80)
    until = models.DateTimeField()
    objects = DisclosureQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["learner", "organisation", "until"])]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "organisation", "source"], name="disclosed_once_for_a_source"
            ),
        ]

    def __str__(self) -> str:
        """Name the source."""
        return self.source

    def covers(self, other: "Disclosure") -> bool:
        """Whether it lasts as long as another one."""
        return self.until >= other.until

    def home(self) -> int | None:
        """Return the organisation that answers for the child."""
        return self.owner_id
