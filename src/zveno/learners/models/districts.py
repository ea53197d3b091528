"""Tables of children of many schools on their way to these: whoever brings one keeps no name."""

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from io import StringIO
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.learners.models.lists import ChildList, ChildListRow
from zveno.learners.models.transfers import TAKERS
from zveno.network.models import Membership, Role
from zveno.organisations.models import Organisation, name_key
from zveno.ui.faces import Face

LEADING = (Role.BASE, Role.METHODICAL_OPERATOR)
HEADINGS = {
    "full_name": "ФИО",
    "family_name": "Фамилия",
    "given_name": "Имя",
    "patronymic": "Отчество",
    "birth_date": "Дата рождения",
    "class": "Класс",
}
"""What a school is given of a row, under headings every list of children may have."""
SAME = {"сош": "школа", "оош": "школа", "шк": "школа", "школы": "школа", "школе": "школа"}
SAME |= {"доу": "сад", "гбдоу": "сад", "мбдоу": "сад", "мадоу": "сад", "мкдоу": "сад"}
"""Words that stand for each other in names of schools."""
LENGTHS_OF_INN = (10, 12)


class DistrictTableQuerySet(Questions["DistrictTable"]):
    """Questions about tables of many schools."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those brought by the organisations of the scope."""
        return self.filter(owner__in=actor.scope)

    def latest_first(self) -> Self:
        """Put what was brought last first, without the words of it."""
        return self.defer("source").order_by("-pk")


class DistrictTable(Record):
    """A table of children of many schools; its words go as soon as it is read.

    ``mark`` tells it when it is brought again. Of ``total`` rows each waits, was given to its
    school or thrown away (``thrown``); ``asides`` counts the lines that are no rows.
    """

    class State(models.TextChoices):
        READING = "reading", _("being read")
        REFUSED = "refused", _("could not be read")
        SHOWN = "shown", _("waits for you")
        GIVING = "giving", _("being given to the schools")

    DATA: ClassVar = {"source": Data.PERSONAL}

    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    state = models.CharField(max_length=20, choices=State, default=State.READING)
    source = models.JSONField(default=dict)
    mark = models.CharField(max_length=64)
    refusal = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    asides = models.PositiveIntegerField(default=0)
    thrown = models.PositiveIntegerField(default=0)
    brought_at = models.DateTimeField(default=clock.now)
    objects = DistrictTableQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "brought_at"], name="district_tables_of_an_owner")]

    def __str__(self) -> str:
        """Name it by the moment it was brought; a name of a file may name a child."""
        moment = f"{localtime(self.brought_at):%d.%m.%Y %H:%M}"
        return gettext("Table of %(moment)s") % {"moment": moment}

    def home(self) -> int | None:
        """Return who brought it."""
        return self.owner_id

    @property
    def is_at_work(self) -> bool:
        """Whether the worker is at it."""
        return self.state in {self.State.READING, self.State.GIVING}


class DistrictRowQuerySet(Questions["DistrictRow"]):
    """Questions about rows that wait."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep rows of tables brought by the organisations of the scope."""
        return self.filter(of__owner__in=actor.scope)

    def placed(self) -> Self:
        """Keep those whose school is known."""
        return self.exclude(house=None)

    def unplaced(self) -> Self:
        """Keep those whose school has to be said, in the order of the table."""
        return self.filter(house=None).order_by("number")

    def by_house(self) -> Iterable[Mapping[str, Any]]:
        """Count those whose school is known, by its name."""
        counted = self.placed().values("house__name").annotate(number=models.Count("pk"))
        return counted.order_by("house__name")

    def unclear(self, most: int) -> list[tuple["DistrictRow", int]]:
        """Return rows whose school has to be said, those that say the same once, and how many."""
        unplaced = self.unplaced()
        alike = unplaced.exclude(said="", inn="").filter(doubts=[]).order_by()
        firsts = alike.values("said", "inn").annotate(
            first=models.Min("number"), number=models.Count("pk")
        )
        times = {one["first"]: one["number"] for one in firsts.order_by("first")[:most]}
        alone = unplaced.exclude(pk__in=alike.values("pk"))
        times |= dict.fromkeys(alone.values_list("number", flat=True)[:most], 1)
        rows = unplaced.filter(number__in=times).defer("cells")[:most]
        return [(row, times[row.number]) for row in rows]

    def said_like(self, row: "DistrictRow") -> Self:
        """Keep those that name the same school in the same words; a row without any is alone."""
        if not row.is_named:
            return self.filter(pk=row.pk)
        return self.filter(said=row.said, inn=row.inn, doubts=[])


class DistrictRow(Record):
    """A row until its school has it: whose it says it is, and what is to go there (``cells``)."""

    DATA: ClassVar = dict.fromkeys(["said", "cells"], Data.PERSONAL)

    of = models.ForeignKey(DistrictTable, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    place = models.JSONField()
    said = models.CharField(max_length=300, blank=True)
    inn = models.CharField(max_length=30, blank=True)
    doubts = models.JSONField(default=list)
    cells = models.JSONField()
    house = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    objects = DistrictRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="row_of_a_table_is_one"),
        ]
        indexes = [models.Index(fields=["of", "house", "number"], name="district_rows_by_house")]

    def __str__(self) -> str:
        """Name the row by its place."""
        return str(self.number)

    @property
    def is_named(self) -> bool:
        """Whether it was read without doubt and says whose it is."""
        return bool(self.said or self.inn) and not self.doubts


class DistrictShareQuerySet(Questions["DistrictShare"]):
    """Questions about what schools were given."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those given by or to the organisations of the scope."""
        return self.filter(Q(owner__in=actor.scope) | Q(house__in=actor.scope))

    def in_order(self) -> Self:
        """Put them by school."""
        return self.select_related("house").order_by("house__name_key", "pk")


class DistrictShare(Record):
    """That a school was given so many rows of a table: whoever brought it sees no more of them.

    The school's list (``brought``) goes after 30 days; ``done_at`` is when no row of it waited.
    """

    of = models.ForeignKey(DistrictTable, models.CASCADE, related_name="shares")
    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    house = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    brought = models.OneToOneField(ChildList, models.SET_NULL, null=True, related_name="share")
    given_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)
    objects = DistrictShareQuerySet.as_manager()

    def __str__(self) -> str:
        """Say how many."""
        return str(self.number)

    def home(self) -> int | None:
        """Return who brought the table."""
        return self.owner_id

    @property
    def face(self) -> Face:
        """How it stands."""
        if self.done_at:
            return Face(_("The school has looked through it"), "ok", "check")
        if self.brought_id is None:
            return Face(_("Erased: not looked through in 30 days"), "bad", "clock")
        return Face(_("Waits for the school"), "warn", "clock")


def houses_of(owner: Organisation) -> "models.QuerySet[Organisation]":
    """Return the members with children of the clusters that ``owner`` leads, by name."""
    led = Membership.objects.live().filter(organisation=owner, role__in=LEADING)
    members = Membership.objects.live().filter(
        cluster__in=led.filter(cluster__closed_on=None).values("cluster")
    )
    houses = Organisation.objects.filter(kind__in=TAKERS, closed_on=None)
    return houses.filter(pk__in=members.values("organisation")).order_by("name_key", "pk")


class Houses:
    """The schools that rows may name: by INN, or by words that only one name has all of."""

    def __init__(self, houses: Iterable[Organisation]) -> None:
        self.by_inn: dict[str, set[int]] = defaultdict(set)
        self.words: dict[int, set[str]] = {}
        for house in houses:
            if house.inn:
                self.by_inn[house.inn].add(house.pk)
            self.words[house.pk] = _words(f"{house.name} {house.short_name}")

    def find(self, said: str, inn: str) -> int | None:
        """Return the one that is meant; none if no name, or more than one, is like it."""
        digits = "".join(filter(str.isdecimal, inn or said))
        if not inn and not (digits == said and len(digits) in LENGTHS_OF_INN):
            return _the_only(self._named(said))
        found = self.by_inn.get(digits, set())
        # The number of one school beside the name of another is nobody's.
        return _the_only(found & self._named(said) if inn and said else found)

    def _named(self, said: str) -> set[int]:
        words = _words(said)
        return {key for key, own in self.words.items() if words and words <= own}


def _words(name: str) -> set[str]:
    return {SAME.get(word, word) for word in name_key(name).split()}


def _the_only(found: Collection[int]) -> int | None:
    return next(iter(found)) if len(found) == 1 else None


def as_list(rows: Iterable[Mapping[str, str]]) -> str:
    """Write what rows say of children as a list that a school might have pasted."""
    rows = list(rows)
    used = [field for field in HEADINGS if any(row.get(field) for row in rows)]
    text = StringIO()
    out = csv.writer(text, "excel-tab", lineterminator="\n")
    out.writerow([HEADINGS[field] for field in used])
    out.writerows([row.get(field, "") for field in used] for row in rows)
    return text.getvalue()


def waits_in(brought: ChildList) -> bool:
    """Whether a row of a list waits for a person."""
    waiting = (ChildListRow.Fate.READY, ChildListRow.Fate.HELD)
    return brought.rows.filter(fate__in=waiting).exists()
