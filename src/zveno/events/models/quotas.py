"""Seats of an event that are kept for one organisation until everybody may register."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from zveno.events.models.events import Event
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.organisations.models import Organisation


class QuotaQuerySet(Questions["Quota"]):
    """Questions about kept seats."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the scope's events, and those kept for the scope."""
        return self.filter(Q(event__host__in=actor.scope) | Q(organisation__in=actor.scope))

    def unused(self) -> Self:
        """Keep those whose organisation has not registered yet."""
        return self.filter(used=False)


class Quota(Record):
    """That some of the free seats are kept for an organisation while members register first.

    Its first registration uses it up, however many of the seats it takes.
    """

    DATA: ClassVar = {}

    event = models.ForeignKey(Event, models.CASCADE, related_name="quotas")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    seats = models.PositiveSmallIntegerField()
    used = models.BooleanField(default=False)
    objects = QuotaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "organisation"], name="one_quota_a_sender"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="quota_of_some_seats"),
        ]

    def __str__(self) -> str:
        """Say how many seats of which organisation."""
        return f"{self.organisation_id}: {self.seats}"

    def home(self) -> int | None:
        """Return the organisation they are kept for."""
        return self.organisation_id


def terms_words(event: Event) -> dict[str, Any]:
    """Return what the form of the registration works on; moments in the zone of the event."""
    words: dict[str, Any] = {"capacity": event.capacity, "most": event.most}
    for name, moment in (("opens", event.opens_at), ("closes", event.closes_at)):
        there = moment.astimezone(ZoneInfo(event.time_zone)) if moment else None
        words[name] = f"{there:%Y-%m-%d}" if there else None
        words[f"{name}_at"] = f"{there:%H:%M:%S}" if there else None
    words |= {"members": _day(event, event.members_until), "list": _day(event, event.list_by)}
    kept = event.quotas.unused().select_related("organisation").order_by("pk")
    return words | {f"kept-{one.organisation.public_id}": one.seats for one in kept}


def _day(event: Event, end: datetime | None) -> str | None:
    """Name the last day before a moment."""
    if end is None:
        return None
    return f"{(end - timedelta(microseconds=1)).astimezone(ZoneInfo(event.time_zone)):%Y-%m-%d}"
