"""Clusters and who belongs to them."""

from datetime import date, datetime, time, timedelta
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zveno.codes.models import sectors
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.finding import Said
from zveno.kernel.models import Data, Questions, Record
from zveno.organisations.models import Organisation, Territory


class ClusterQuerySet(Questions["Cluster"]):
    """Questions about clusters."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all: that a cluster exists and who is in it is public."""
        return self.all()

    def live(self) -> Self:
        """Keep those that no other cluster took up."""
        return self.filter(closed_on=None)

    def joined_by(self, actor: Actor) -> Self:
        """Keep those an organisation of the scope leads or belongs to."""
        return self.filter(joined_by(actor))


def joined_by(actor: Actor, path: str = "") -> Q:
    """Say which clusters ``ClusterQuerySet.joined_by`` keeps, of rows whose cluster is at ``path``.

    A path ends with two underscores. Who was in a cluster when another took it up keeps its sight.
    """
    inside = Membership.objects.live() | Membership.objects.filter(ended_by__kind="merger")
    clusters = inside.filter(organisation__in=actor.scope).values("cluster")
    return Q(**{f"{path}base__in": actor.scope}) | Q(**{f"{path}pk__in": clusters})


class Cluster(Record):
    """Organisations that draw children into one field together; ``base`` leads it."""

    DATA: ClassVar = dict.fromkeys(
        ["kind", "name", "aim", "sector", "territory", "base", "founded_on", "closed_on"],
        Data.PUBLIC,
    )

    class Kind(models.TextChoices):
        DISTRICT = "district", _("district cluster")
        PRODUCTION = "production", _("education-production centre (cluster)")
        VET = "vet", _("vocational education cluster")
        MENTOR = "mentor", _("mentor cluster")

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.DISTRICT)
    name = models.CharField(max_length=200)
    aim = models.CharField(max_length=400, blank=True)
    sector = models.CharField(max_length=30, blank=True)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    base = models.ForeignKey(Organisation, models.PROTECT, related_name="clusters_led")
    founded_on = models.DateField(default=clock.today)
    closed_on = models.DateField(null=True)
    objects = ClusterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["territory", "name"], name="cluster_is_unique"),
        ]
        indexes = [GinIndex(Said("name"), name="cluster_said")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    def home(self) -> int | None:
        """Return the base organisation."""
        return self.base_id

    def facts(self) -> dict[str, str]:
        """Return what is known of it, field by field, as JSON has it."""
        return {
            "name": self.name,
            "sector": self.sector,
            "kind": self.kind,
            "territory": str(self.territory.public_id),
            "aim": self.aim,
            "founded_on": self.founded_on.isoformat(),
        }

    @property
    def is_closed(self) -> bool:
        """Whether another cluster took it up."""
        return self.closed_on is not None

    @property
    def sector_name(self) -> str:
        """The name of the sector, in the reader's language."""
        return sectors().name(self.sector)


def places_of(base: Organisation) -> list[Territory]:
    """Return where a cluster of ``base`` may work: its district, its region, the country."""
    places, place = [], base.territory
    while place is not None:
        places.append(place)
        place = place.above
    return places


class Role(models.TextChoices):
    """What an organisation is in a cluster and, on the day of signing, in its agreement."""

    BASE = "base", _("base organisation")
    METHODICAL_OPERATOR = "methodical_operator", _("methodical operator")
    MEMBER = "member", _("member")
    PARTNER = "partner", _("partner")


def _weight(membership: "Membership") -> int:
    return [Role.PARTNER, Role.MEMBER, Role.METHODICAL_OPERATOR, Role.BASE].index(
        Role(membership.role)
    )


WHILE = models.Func("since", "until", function="TSTZRANGE", output_field=DateTimeRangeField())
"""From the first moment of a membership until the first moment after it."""


def start_of(day: date) -> datetime:
    """Return the moment a day begins where the house stands."""
    return timezone.make_aware(datetime.combine(day, time.min))


class MembershipQuerySet(Questions["Membership"]):
    """Questions about memberships."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all: who is in a cluster is public."""
        return self.all()

    def live(self) -> Self:
        """Keep those that last now."""
        moment = clock.now()
        return self.filter(Q(until=None) | Q(until__gt=moment), since__lte=moment)

    def on(self, day: date) -> Self:
        """Keep those that last when ``day`` ends: as people remember who was in on that day."""
        end = start_of(day + timedelta(days=1))
        return self.filter(Q(until=None) | Q(until__gte=end), since__lt=end)

    def base_first(self) -> Self:
        """Order: base, methodical operator, then as they came."""
        rank = models.Case(
            models.When(role=Role.BASE, then=0),
            models.When(role=Role.METHODICAL_OPERATOR, then=1),
            default=2,
        )
        return self.order_by(rank, "pk")


class Membership(Record):
    """That an organisation belongs to a cluster, in a role, from a day until a day.

    A split or a merger (``Reform``) that began or ended it is named.
    """

    DATA: ClassVar = dict.fromkeys(["cluster", "organisation", "role"], Data.PUBLIC)

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role, default=Role.MEMBER)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    begun_by = models.ForeignKey("Reform", models.PROTECT, null=True, related_name="begun")
    ended_by = models.ForeignKey("Reform", models.PROTECT, null=True, related_name="ended")
    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="membership_ends_later"),
            ExclusionConstraint(
                name="organisation_is_in_a_cluster_once",
                expressions=[
                    ("cluster", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (WHILE, RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="one_base_and_one_operator_at_a_time",
                expressions=[
                    ("cluster", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (WHILE, RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=["base", "methodical_operator"]),
            ),
        ]

    def __str__(self) -> str:
        """Name the organisation and its role."""
        return f"{self.organisation}: {self.get_role_display()}"

    def home(self) -> int | None:
        """Return the member."""
        return self.organisation_id

    def covers(self, other: "Membership") -> bool:
        """Whether it lasts in all the time of another one, in the same role or a higher one."""
        ends = self.until is None or (other.until is not None and other.until <= self.until)
        return ends and self.since <= other.since and _weight(self) >= _weight(other)

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.until is not None and self.until <= clock.now()

    @property
    def last_day(self) -> date | None:
        """Return the last day of it; nothing while nobody has said when it ends."""
        if self.until is None:
            return None
        return timezone.localdate(self.until - timedelta(microseconds=1))
