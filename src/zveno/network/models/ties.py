"""What really happened between a cluster and each organisation, counted; and who went silent."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import ClassVar, NamedTuple, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock, questions
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models.clusters import Cluster, joined_by
from zveno.organisations.models import Double, Organisation

A_DAY = timedelta(days=1)
WINDOW = timedelta(days=365)
"""Events together count for a year."""


class DeedQuerySet(Questions["Deed"]):
    """Questions about deeds."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those in the clusters the scope leads or belongs to."""
        return self.filter(joined_by(actor, "cluster__"))


class Deed(Record):
    """What an organisation did in a cluster on a ``day``; one ``source`` tells of it once.

    ``children`` came with it to an event.
    """

    class What(models.TextChoices):
        EVENT = "event", _("took part in an event")
        SIGNATURE = "signature", _("signed an agreement")
        ANSWER = "answer", _("answered")
        REPORT = "report", _("reported what is done")

    DATA: ClassVar = {"children": Data.WORK}
    DOUBLE: ClassVar = Double.YIELDS

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="deeds")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    what = models.CharField(max_length=20, choices=What)
    source = models.CharField(max_length=80)
    day = models.DateField()
    children = models.PositiveIntegerField(default=0)
    objects = DeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "organisation", "source"], name="source_tells_of_a_deed_once"
            ),
        ]

    def __str__(self) -> str:
        """Say what was done."""
        return str(self.get_what_display())

    def home(self) -> int | None:
        """Return who did it."""
        return self.organisation_id


class TieQuerySet(Questions["Tie"]):
    """Questions about ties."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the clusters the scope leads or belongs to."""
        return self.filter(joined_by(actor, "cluster__"))

    def recount(self) -> int:
        """Put what the deeds say into these rows; return how many."""
        last = _deeds().order_by("-day", "-pk")
        return self.update(
            events=_events(),
            last_on=Subquery(last.values("day")[:1]),
            last_what=Coalesce(Subquery(last.values("what")[:1]), models.Value("")),
        )

    def stale(self) -> Self:
        """Keep those whose year of events has moved on since they were counted."""
        return self.alias(now=_events()).exclude(events=F("now"))


class Tie(Record):
    """How much is between a cluster and an organisation: kept by ``note_deeds`` and every night.

    ``events`` are those together within ``WINDOW``; ``last_on`` is the day of the last deed.
    """

    DATA: ClassVar = {"events": Data.WORK, "last_on": Data.WORK, "last_what": Data.WORK}
    DOUBLE: ClassVar = Double.YIELDS

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="ties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    events = models.PositiveIntegerField(default=0)
    last_on = models.DateField(null=True)
    last_what = models.CharField(max_length=20, choices=Deed.What, blank=True)
    objects = TieQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "organisation"], name="one_tie_of_an_organisation_to_a_cluster"
            ),
        ]

    def __str__(self) -> str:
        """Name the organisation."""
        return str(self.organisation)

    def home(self) -> int | None:
        """Return the organisation."""
        return self.organisation_id


def _deeds() -> models.QuerySet[Deed]:
    return Deed.objects.filter(cluster=OuterRef("cluster"), organisation=OuterRef("organisation"))


def _events() -> Coalesce:
    since = clock.today() - WINDOW
    together = _deeds().filter(what=Deed.What.EVENT, day__gt=since).order_by()
    counted = together.values("cluster").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


class Heard(NamedTuple):
    """What was heard of a member of a cluster, and how to reach it."""

    cluster: UUID
    cluster_name: str
    membership: UUID
    organisation: int
    key: UUID
    name: str
    email: str
    phone: str
    joined: datetime
    events: int
    last_on: date | None
    last_what: str
    today: date

    @property
    def heard_on(self) -> date:
        """The day something was heard last: a deed, or that it joined."""
        joined = timezone.localdate(self.joined)
        return max(joined, self.last_on) if self.last_on else joined

    @property
    def silent_for(self) -> int:
        """How many days nothing has been heard."""
        return max(0, (self.today - self.heard_on).days)

    @property
    def is_silent(self) -> bool:
        """Whether the rule of silence says so."""
        return self.silent_for > settings.ZVENO_SILENT_DAYS

    @property
    def did(self) -> str:
        """Say what it did last: nothing of it if it has only joined."""
        return str(Deed.What(self.last_what).label) if self.last_what else ""


# A membership that goes on where another ended is a change of role: nobody joined.
_HEARD = """
    SELECT c.public_id, c.name, m.public_id, o.id, o.public_id,
        COALESCE(NULLIF(o.short_name, ''), o.name), o.email, o.phone,
        (SELECT max(b.since) FROM network_membership b
            WHERE b.cluster_id = m.cluster_id AND b.organisation_id = m.organisation_id
            AND b.since <= m.since AND NOT EXISTS (SELECT FROM network_membership p
                WHERE p.cluster_id = b.cluster_id AND p.organisation_id = b.organisation_id
                AND p.until = b.since)),
        COALESCE(t.events, 0), t.last_on, COALESCE(t.last_what, '')
    FROM network_cluster c JOIN network_membership m ON m.cluster_id = c.id
        JOIN organisations_organisation o ON o.id = m.organisation_id
        LEFT JOIN network_tie t ON t.cluster_id = c.id AND t.organisation_id = o.id
    WHERE {of} AND m.role <> 'base'
        AND m.since <= %s AND (m.until IS NULL OR m.until > %s)
    ORDER BY m.id
"""
_OF_CLUSTERS, _OF_BASES = (
    _HEARD.format(of=f"{column} = ANY(%s)") for column in ("c.id", "c.base_id")
)


def heard_in(clusters: Collection[int]) -> list[Heard]:
    """Return what was heard of each member of these clusters; their bases are left out.

    **The rule of silence**: a member is silent when for more than ``ZVENO_SILENT_DAYS`` days it
    took part in no event, signed nothing, answered nothing, reported nothing, and did not join.
    Who may ask, the caller knows: those whom ``Tie.visible_to`` shows the ties.
    """
    return _heard(_OF_CLUSTERS, clusters)


def heard_by(bases: Collection[int]) -> list[Heard]:
    """Return what ``heard_in`` returns, for the clusters these organisations lead."""
    return _heard(_OF_BASES, bases)


def _heard(question: str, keys: Collection[int]) -> list[Heard]:
    now, today = clock.now(), clock.today()
    rows = questions.rows(question, list(keys), now, now)
    return [Heard._make((*row, today)) for row in rows]


def silent(heard: Iterable[Heard]) -> list[Heard]:
    """Return those the rule of silence names, the longest silent first."""
    return sorted((one for one in heard if one.is_silent), key=lambda one: one.heard_on)
