"""Meetings of the working group of a cluster: who is invited, what about, who comes."""

from datetime import datetime
from typing import ClassVar, NamedTuple, Self
from uuid import UUID

from django.db import models
from django.db.models import Count, F, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock, questions
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models import Cluster
from zveno.organisations.models import Double, Organisation
from zveno.people.models import Post

INVITED = "correspondence.Invited"
"""What the link of an invitation lists."""


def invited_to(actor: Actor, path: str = "") -> Q:
    """Say which rows the base and the invited see, of those whose meeting is at ``path``.

    A path ends with two underscores.
    """
    asked = Invited.objects.filter(organisation__in=actor.scope).values("meeting")
    return Q(**{f"{path}cluster__base__in": actor.scope}) | Q(**{f"{path}pk__in": asked})


def called_to(actor: Actor, path: str = "") -> Q:
    """Say the same, and which the link of an invitation opens."""
    rows, listed = invited_to(actor, path), actor.listed(INVITED)
    if not listed:
        return rows
    linked = Invited.objects.filter(pk__in=listed).values("meeting")
    return rows | Q(**{f"{path}pk__in": linked})


class MeetingQuerySet(Questions["Meeting"]):
    """Questions about meetings."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of clusters the scope leads, and those one is invited to; all for Zveno."""
        return self.all() if actor.is_system() else self.filter(called_to(actor))

    def to_come(self) -> Self:
        """Keep those that have not ended and take place, the next one first."""
        rows = self.filter(cancelled_at=None, ends_at__gte=clock.now())
        return rows.order_by("begins_at", "pk")

    def counted(self) -> Self:
        """Tell as ``asked`` and ``come`` how many are invited and come; ``versions`` of minutes."""
        coming = Q(invited__answer=Invited.Answer.COMING)
        return self.annotate(
            asked=Count("invited", distinct=True),
            come=Count("invited", filter=coming, distinct=True),
            versions=Count("minutes", distinct=True),
        )


class Meeting(Record):
    """A meeting of the working group; ``place`` may be the address of a call.

    ``changes`` counts how often it was changed: a calendar takes the newest version of it.
    """

    DATA: ClassVar = {"guests": Data.PERSONAL}

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="meetings")
    subject = models.CharField(max_length=200)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=300)
    guests = models.CharField(max_length=400, blank=True)
    called_at = models.DateTimeField(default=clock.now)
    changes = models.PositiveSmallIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    asked: int
    come: int
    versions: int
    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="meeting_lasts"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) ^ ~Q(cancel_reason=""),
                name="meeting_is_cancelled_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["cluster", "begins_at"], name="meetings_of_a_cluster")]

    def __str__(self) -> str:
        """Return what it is about."""
        return self.subject

    def home(self) -> int | None:
        """Return the base organisation of the cluster."""
        return self.cluster.base_id

    def facts(self) -> dict[str, str]:
        """Return when and where it is and what about, field by field, as JSON has it."""
        begins, ends = localtime(self.begins_at), localtime(self.ends_at)
        agenda = (f"{one.text} {one.reporter}" for one in self.items.order_by("place"))
        return {
            **{name: getattr(self, name) for name in ("subject", "place", "guests")},
            "day": begins.date().isoformat(),
            "begins": f"{begins:%H:%M}",
            "ends": f"{ends:%H:%M}",
            "agenda": "\n".join(map(str.strip, agenda)),
        }

    @property
    def has_begun(self) -> bool:
        """Whether it has begun."""
        return self.begins_at <= clock.now()

    @property
    def is_going_on(self) -> bool:
        """Whether it has begun and not ended."""
        return self.has_begun and self.ends_at > clock.now()

    @property
    def is_awaited(self) -> bool:
        """Whether it is still to begin."""
        return self.cancelled_at is None and not self.has_begun


class Coming(NamedTuple):
    """The next meeting of a cluster, as its page shows it."""

    public_id: UUID
    subject: str
    begins_at: datetime
    ends_at: datetime
    place: str


_COMING = """
    SELECT m.public_id, m.subject, m.begins_at, m.ends_at, m.place
    FROM correspondence_meeting m JOIN network_cluster c ON c.id = m.cluster_id
    WHERE m.cluster_id = %s AND m.cancelled_at IS NULL AND m.ends_at >= %s
        AND (c.base_id = ANY(%s) OR EXISTS (
            SELECT FROM correspondence_invited i
            WHERE i.meeting_id = m.id AND i.organisation_id = ANY(%s)))
    ORDER BY m.begins_at, m.id LIMIT 1
"""


def coming_in(actor: Actor, cluster: Cluster) -> Coming | None:
    """Ask what ``visible_to(actor)`` of the cluster and ``to_come`` ask, for its page."""
    scope = list(actor.scope)
    found = questions.rows(_COMING, cluster.pk, clock.now(), scope, scope)
    return Coming(*found[0]) if found else None


class ItemQuerySet(Questions["Item"]):
    """Questions about agendas."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the meetings the actor sees."""
        return self.all() if actor.is_system() else self.filter(called_to(actor, "meeting__"))


class Item(Record):
    """An item of the agenda, and who reports on it."""

    DATA: ClassVar = {"reporter": Data.PERSONAL}

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    reporter = models.CharField(max_length=200, blank=True)
    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(fields=["meeting", "place"], name="agenda_has_an_order"),
        ]

    def __str__(self) -> str:
        """Return the text."""
        return self.text

    def home(self) -> int | None:
        """Return the base organisation of the cluster."""
        return self.meeting.home()


class InvitedQuerySet(Questions["Invited"]):
    """Questions about who is invited."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the meetings the actor sees; by a link only the one that was written to."""
        if actor.is_system():
            return self.all()
        return self.filter(invited_to(actor, "meeting__") | Q(pk__in=actor.listed(INVITED)))

    def in_order(self) -> Self:
        """Order: organisations, then people, as they were invited; with what a page names."""
        return self.select_related("organisation", "post__person", "meeting__cluster").order_by(
            F("post").asc(nulls_first=True), "pk"
        )


class Invited(Record):
    """An organisation that is invited, or somebody who holds a ``post`` in one."""

    class Answer(models.TextChoices):
        WAITS = "", _("no answer yet")
        COMING = "coming", _("will come")
        NOT_COMING = "not_coming", _("will not come")

    DOUBLE: ClassVar = Double.YIELDS

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invited")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    note = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    objects = InvitedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "organisation"],
                condition=Q(post=None),
                name="organisation_is_invited_once",
            ),
            models.UniqueConstraint(fields=["meeting", "post"], name="post_is_invited_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & ~Q(answered_at=None)),
                name="invitation_is_answered_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        """Name who is invited: a person with the post, or an organisation."""
        return f"{self.post.person}, {self.post}" if self.post else str(self.organisation)

    def home(self) -> int | None:
        """Return the organisation."""
        return self.organisation_id

    @property
    def about(self) -> str:
        """Name it in notices."""
        return f"invited:{self.public_id}"
