"""Programmes and grants: who holds one, who takes part in it, when, and who may know of it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple, Self
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock, questions
from zveno.kernel.actor import Actor
from zveno.kernel.finding import Said
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models.clusters import Cluster, Membership, joined_by
from zveno.organisations.models import Organisation
from zveno.people.models import Post

WHILE = models.Func(
    "since",
    "last_day",
    models.Value("[]"),
    function="DATERANGE",
    output_field=DateRangeField(),
)


class ProgrammeQuerySet(Questions["Programme"]):
    """Questions about programmes."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the scope, of its region for an authority, all for an auditor."""
        return self.filter(seen_by(actor))

    def running_on(self, day: date) -> Self:
        """Keep those whose period ``day`` is in."""
        return self.filter(begins__lte=day, ends__gte=day)


def seen_by(actor: Actor, path: str = "") -> Q:
    """Say which programmes the actor sees, of rows whose programme is at ``path``.

    The holder's house, who takes part or contributes, the authority of its region, any auditor.
    """
    if audits(actor):
        return Q()
    parts = Participation.objects.filter(
        joined_by(actor, "cluster__") | Q(organisation__in=actor.scope)
    )
    taken = Q(Exists(parts.filter(programme=OuterRef(f"{path}pk"))))
    given = Programme.objects.filter(contributions__giver__in=actor.scope).values("pk")
    taken |= Q(**{f"{path}pk__in": given})
    return Q(**{f"{path}holder__in": actor.scope}) | taken | governed_by(actor, f"{path}holder__")


def audits(actor: Actor) -> bool:
    """Whether the actor is an auditor: programmes and their money are open to all of them."""
    return any(role == Post.Role.AUDITOR for _key, role in actor.roles)


def governed_by(actor: Actor, path: str) -> Q:
    """Say which organisations at ``path`` lie in a territory the actor is an authority of."""
    keys = {key for key, role in actor.roles if role == Post.Role.REGIONAL_AUTHORITY}
    places = Organisation.objects.filter(pk__in=keys, territory__isnull=False).values("territory")
    lies = Q(**{f"{path}territory__in": places})
    lies |= Q(**{f"{path}territory__above__in": places})
    return lies | Q(**{f"{path}territory__above__above__in": places})


class Programme(Record):
    """A programme or a grant that ``holder`` carries out, from its first day to its last."""

    class Kind(models.TextChoices):
        FEDERAL = "federal", _("federal programme")
        GRANT = "grant", _("grant")
        REGIONAL = "regional", _("regional programme")

    holder = models.ForeignKey(Organisation, models.PROTECT, related_name="programmes")
    number = models.CharField(max_length=60)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=Kind)
    funder = models.CharField(max_length=300)
    begins = models.DateField()
    ends = models.DateField()
    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder", "number"], name="programme_has_its_number"),
            models.CheckConstraint(
                condition=Q(ends__gte=F("begins")), name="programme_ends_after_it_begins"
            ),
        ]
        indexes = [GinIndex(Said("name", "number"), name="programme_said")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    def home(self) -> int | None:
        """Return the organisation that holds it."""
        return self.holder_id

    @property
    def years(self) -> range:
        """The calendar years it touches: those of its budgets."""
        return range(self.begins.year, self.ends.year + 1)

    def facts(self) -> dict[str, str]:
        """Return what is known of it, field by field, as JSON has it."""
        words = {name: getattr(self, name) for name in ("number", "name", "kind", "funder")}
        return words | {"begins": self.begins.isoformat(), "ends": self.ends.isoformat()}

    def holds_on(self, day: date) -> bool:
        """Whether ``day`` is in its period."""
        return self.begins <= day <= self.ends


class ParticipationQuerySet(Questions["Participation"]):
    """Questions about taking part."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the programmes the actor sees."""
        return self.filter(seen_by(actor, "programme__"))

    def on(self, day: date) -> Self:
        """Keep those that last on ``day``."""
        return self.filter(Q(last_day=None) | Q(last_day__gte=day), since__lte=day)


class Participation(Record):
    """That a cluster, or an organisation by itself, takes part in a programme, day to day."""

    DATA: ClassVar = {"cluster": Data.PUBLIC, "organisation": Data.PUBLIC}

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="participations")
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    since = models.DateField(default=clock.today)
    last_day = models.DateField(null=True)
    objects = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cluster=None) ^ Q(organisation=None), name="one_takes_part_in_a_row"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("since")), name="participation_ends_later"
            ),
            *(
                ExclusionConstraint(
                    name=f"{who}_takes_part_once",
                    expressions=[
                        ("programme", RangeOperators.EQUAL),
                        (who, RangeOperators.EQUAL),
                        (WHILE, RangeOperators.OVERLAPS),
                    ],
                )
                for who in ("cluster", "organisation")
            ),
        ]

    def __str__(self) -> str:
        """Name who takes part."""
        return str(self.cluster or self.organisation)

    def covers(self, other: "Participation") -> bool:
        """Whether it lasts on all days of another one."""
        ends = self.last_day is None or (
            other.last_day is not None and other.last_day <= self.last_day
        )
        return ends and self.since <= other.since

    def home(self) -> int | None:
        """Return the organisation that holds the programme."""
        return self.programme.holder_id

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.last_day is not None and self.last_day < clock.today()


class Shared(NamedTuple):
    """A programme that a cluster takes part in."""

    public_id: UUID
    name: str


_SHARED = """
    SELECT p.public_id, p.name FROM network_participation t
        JOIN network_programme p ON p.id = t.programme_id
    WHERE t.cluster_id = %s AND t.since <= %s AND (t.last_day IS NULL OR t.last_day >= %s)
    ORDER BY p.name, p.id
"""


def shared_in(cluster: Cluster) -> list[Shared]:
    """Return the programmes a cluster takes part in today: for whoever is in it, who sees all.

    ``Participation.visible_to`` says the same of them, at the price of a page.
    """
    today = clock.today()
    return list(map(Shared._make, questions.rows(_SHARED, cluster.pk, today, today)))


@dataclass(frozen=True, slots=True)
class Reach:
    """How many take part, each counted once however many ways it came in."""

    clusters: int
    organisations: int
    colleges: int


def reach_of(programme: Programme, day: date) -> Reach:
    """Count who takes part on ``day``: clusters, and organisations by themselves or in one."""
    parts = Participation.objects.filter(programme=programme).on(day)
    clusters = parts.filter(cluster__isnull=False).values("cluster").distinct()
    members = Membership.objects.on(day).filter(cluster__in=clusters).values("organisation")
    inside = Q(pk__in=members) | Q(pk__in=parts.values("organisation"))
    counted = Organisation.objects.filter(inside).aggregate(
        organisations=Count("pk"),
        colleges=Count("pk", filter=Q(kind=Organisation.Kind.COLLEGE)),
    )
    return Reach(clusters=clusters.count(), **counted)
