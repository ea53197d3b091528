"""The adults who go with a group that travels."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from zveno.events.models.groups import Group
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.learners.models import kept


class EscortQuerySet(Questions["Escort"]):
    """Questions about escorts."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those the scope sends, and who leads a group that comes to it."""
        meets = Q(leads=True, group__event__host__in=actor.scope)
        return self.filter(Q(group__sender__in=actor.scope) | meets)

    def leaders(self, groups: Iterable[Group]) -> dict[int, str]:
        """Name who leads each of ``groups``, by the key of the group."""
        return dict(self.filter(group__in=groups, leads=True).values_list("group", "name"))

    def leader_first(self) -> Self:
        """Put who leads first, then the others as they were named."""
        return self.order_by("-leads", "pk")


class Escort(Record):
    """Somebody of the sender who answers for the children on the way.

    The host reads only who leads; how many there are, ``Group.adults`` says.
    """

    DATA: ClassVar = {"name": Data.PERSONAL, "job": Data.PERSONAL}

    group = models.ForeignKey(Group, models.CASCADE, related_name="escorts")
    name = models.CharField(max_length=200)
    job = models.CharField(max_length=200)
    leads = models.BooleanField(default=False)
    objects = EscortQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "name"], name="escort_is_named_once"),
            models.UniqueConstraint(
                fields=["group"], condition=Q(leads=True), name="one_leads_a_group"
            ),
        ]

    def __str__(self) -> str:
        """Say nothing of the person: this may reach a log."""
        return "escort"

    def home(self) -> int | None:
        """Return the organisation that sends the group."""
        return self.group.sender_id


@kept("escorts", owner="group__sender")
def escorts_over(before: datetime) -> models.QuerySet[Escort]:
    """Find those of events that were over before a moment."""
    return Escort.objects.filter(group__event__ends_at__lt=before)
