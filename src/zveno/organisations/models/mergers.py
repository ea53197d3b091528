"""Two rows of the register that are one organisation: what points at them, and what was moved."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Any, ClassVar, NamedTuple, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from zveno.kernel import clock, questions
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.kernel.walls import scoped
from zveno.organisations.models.register import Organisation


class MergerQuerySet(Questions["Merger"]):
    """Questions about mergers of rows."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all for whoever works in the network, as the register is."""
        return self.all() if actor.scope or actor.is_system() else self.none()

    def standing(self) -> Self:
        """Keep those that were not taken back, the latest first."""
        return self.filter(undone_at=None).select_related("into").order_by("-pk")


class Merger(Record):
    """That a row of the register was found to be ``into`` once more, and went.

    ``gone`` is its public id, ``row`` all it said (JSON), for the day it is taken back; ``filled``
    what the row that stays took over from it: column to value before and after.
    """

    DATA: ClassVar = dict.fromkeys(["name", "gone", "merged_at"], Data.PUBLIC)

    into = models.ForeignKey(Organisation, models.CASCADE, related_name="mergers")
    gone = models.UUIDField(db_index=True)
    name = models.CharField(max_length=300)
    row = models.TextField()
    filled = models.JSONField(default=dict)
    merged_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)
    objects = MergerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at=None), name="a_row_goes_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the name of the row that went."""
        return self.name

    def home(self) -> int | None:
        """Return the organisation that stayed."""
        return self.into_id


class MovedQuerySet(Questions["Moved"]):
    """Questions about what a merger moved."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all for Zveno itself: what was set aside may tell of people."""
        return self.all() if actor.is_system() else self.none()


class Moved(models.Model):
    """Rows of one relation (``room.Model.field``) that a merger moved or set aside.

    ``mark`` is the hash of the moved rows as they were then: while it is the same, nobody has
    changed any of them. ``aside`` are whole rows that said what a row that stays says.
    """

    DATA: ClassVar = {"aside": Data.PERSONAL}

    merger = models.ForeignKey(Merger, models.CASCADE, related_name="moved")
    relation = models.CharField(max_length=100)
    keys = models.JSONField(default=list)
    aside = models.JSONField(default=list)
    mark = models.CharField(max_length=32, blank=True)
    objects = MovedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merger", "relation"], name="a_relation_moves_once"),
        ]

    def __str__(self) -> str:
        """Name the relation."""
        return self.relation


class Double(StrEnum):
    """What becomes of the rows of a duplicate, where a model says so as its ``DOUBLE``.

    ``YIELDS``: one that cannot stand beside a row of the organisation that stays is set aside.
    ``ASIDE``: all are. A model may say by ``covers`` instead which of two rows says more.
    """

    YIELDS = auto()
    ASIDE = auto()


class Relation(NamedTuple):
    """A column of a table that names an organisation."""

    model: type[models.Model]
    column: "models.ForeignKey[Any, Any]"

    def __str__(self) -> str:
        return f"{self.model._meta.label}.{self.column.name}"

    @property
    def table(self) -> str:
        """The table it is a column of."""
        return self.model._meta.db_table

    def of(self, organisation: Organisation) -> "models.QuerySet[Any]":
        """Return the rows that name an organisation in it."""
        return self.model._default_manager.filter(**{self.column.name: organisation})


def relations() -> list[Relation]:
    """Return every column of every table that names an organisation."""
    found = Organisation._meta.get_fields(include_hidden=True)
    return [
        Relation(one.related_model, one.field)
        for one in found
        if isinstance(one, models.ManyToOneRel) and isinstance(one.related_model, type)
    ]


@dataclass(slots=True)
class Part:
    """What becomes of the rows of a relation that name the row that goes: ``number`` of them.

    ``repeated`` ones say what a row that stays says, ``clashing`` ones cannot stand beside one;
    ``outdone`` are rows of the one that stays which say less than one that comes.
    """

    relation: Relation
    number: int
    repeated: set[int] = field(default_factory=set)
    outdone: set[int] = field(default_factory=set)
    clashing: set[int] = field(default_factory=set)

    @property
    def moving(self) -> int:
        """How many rows are moved as they are."""
        return self.number - len(self.repeated | self.clashing)

    @property
    def aside(self) -> set[int]:
        """The rows that are kept in the record of the merger alone."""
        return self.repeated | self.outdone


def parts_of(gone: Organisation, into: Organisation) -> list[Part]:
    """Tell what a merger would do to each relation that names the row that goes.

    Asked with the eyes of Zveno itself: rows are counted, none is shown.
    """
    with scoped(SYSTEM):
        found = [part for part in _counted(gone) if part.number]
        for part in found:
            _judge(part, gone, into)
        return found


def _counted(gone: Organisation) -> list[Part]:
    """Count the rows of each relation in one question."""
    known = relations()
    columns = [
        f"(SELECT count(*) FROM {one.table} WHERE {one.column.column} = %s)"  # noqa: S608 - ours
        for one in known
    ]
    [numbers] = questions.rows(f"SELECT {', '.join(columns)}", *[gone.pk] * len(known))
    return [Part(one, number) for one, number in zip(known, numbers, strict=True)]


def _judge(part: Part, gone: Organisation, into: Organisation) -> None:
    """Of two rows that cannot stand side by side, one goes if the other says all it says."""
    said = getattr(part.relation.model, "DOUBLE", None)
    if said == Double.ASIDE:
        part.repeated.update(part.relation.of(gone).values_list("pk", flat=True))
        return
    for row, rival in _rivals(part.relation, gone, into):
        if rival is not None and (said == Double.YIELDS or _covers(rival, row)):
            part.repeated.add(row.pk)
        elif rival is not None and _covers(row, rival):
            part.outdone.add(rival.pk)
        else:
            part.clashing.add(row.pk)


def _covers(one: models.Model, other: models.Model) -> bool:
    covers = getattr(one, "covers", None)
    return covers is not None and bool(covers(other))


Rival = tuple[models.Model, models.Model | None]


def _rivals(relation: Relation, gone: Organisation, into: Organisation) -> Iterator[Rival]:
    """Yield rows of one that the database does not let stand beside a row of the other."""
    for constraint in relation.model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint):
            yield from _broken(relation, constraint, gone, into)
        elif (kept := _kept_single(relation, constraint)) is not None:
            yield from _doubled(relation, constraint, kept, gone, into)


def _broken(
    relation: Relation, rule: models.CheckConstraint, gone: Organisation, into: Organisation
) -> Iterator[Rival]:
    """Yield rows that name both, where a rule says that the two differ."""
    for other in relations():
        if other.model is relation.model and other != relation:
            for row in relation.of(gone).filter(**{other.column.name: into}):
                setattr(row, relation.column.attname, into.pk)
                try:
                    rule.validate(relation.model, row)
                except ValidationError:
                    yield row, None


Kept = list[tuple[Any, str]]


def _kept_single(relation: Relation, constraint: models.BaseConstraint) -> Kept | None:
    """Return what else must differ where this relation is the same; nothing if it has no say."""
    if isinstance(constraint, ExclusionConstraint):
        said = [(one, operator) for one, operator in constraint.expressions]
    elif isinstance(constraint, models.UniqueConstraint):
        said = [(name, RangeOperators.EQUAL) for name in constraint.fields]
    else:
        return None
    rest = [(one, operator) for one, operator in said if one != relation.column.name]
    return rest if len(rest) < len(said) else None


def _doubled(
    relation: Relation,
    constraint: "models.UniqueConstraint | ExclusionConstraint | Any",
    kept: Kept,
    gone: Organisation,
    into: Organisation,
) -> Iterator[Rival]:
    said = [F(one) if isinstance(one, str) else one for one, _operator in kept]
    names = {f"said_{place}": one for place, one in enumerate(said)}
    where = constraint.condition or Q()
    same = where
    for name, (_one, operator) in zip(names, kept, strict=True):
        overlaps = operator == RangeOperators.OVERLAPS
        alike = Q(**{f"{name}__overlap" if overlaps else name: OuterRef(name)})
        if getattr(constraint, "nulls_distinct", None) is False:
            alike |= Q(**{f"{name}__isnull": True}) & Q(
                models.lookups.IsNull(OuterRef(name), True)  # noqa: FBT003 - Django's signature
            )
        same &= alike
    rivals = relation.of(into).alias(**names).filter(same).values("pk")[:1]
    rows = relation.of(gone).alias(**names).filter(where).annotate(rival=Subquery(rivals))
    for row in rows.filter(rival__isnull=False):
        yield row, relation.model._default_manager.get(pk=row.rival)
