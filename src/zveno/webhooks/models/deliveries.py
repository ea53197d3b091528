"""What is sent, to whom, how often it was tried."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.kernel.outside import Why
from zveno.webhooks.models.happenings import SUBJECTS, Kind
from zveno.webhooks.models.subscriptions import Subscription

DELAYS = [
    *(timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=30)),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
]
"""How long is waited after each failure; after the last one no more is tried: three days."""
KEPT = timedelta(days=30)


class DeliveryQuerySet(Questions["Delivery"]):
    """Questions about deliveries."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the subscriptions that the actor sees."""
        return self.filter(subscription__in=Subscription.objects.visible_to(actor))

    def due(self) -> Self:
        """Keep what is to be sent now and is not being sent, the longest due first."""
        moment = clock.now()
        return self.filter(
            Q(held_until=None) | Q(held_until__lt=moment),
            delivered_at=None,
            given_up_at=None,
            next_at__lte=moment,
        ).order_by("next_at", "pk")

    def newest(self) -> Self:
        """Order the newest first."""
        return self.order_by("-pk")


class Delivery(Record):
    """A happening on its way to a subscription; its public id is the id of the message.

    ``subject`` is the public id of the record it happened to, ``entry`` the entry of the journal
    that told of it.
    """

    class Fault(models.TextChoices):
        NO_ADDRESS = Why.NO_ADDRESS, _("the address cannot be read")
        NOT_PERMITTED = Why.NOT_PERMITTED, _("the operator no longer allows this host")
        NO_HOST = Why.NO_HOST, _("there is no such host")
        INNER = Why.INNER, _("the host leads to an internal network")
        SLOW = Why.SLOW, _("no response in time")
        NO_TRUST = Why.NO_TRUST, _("its certificate is not valid")
        BROKEN = Why.BROKEN, _("the connection failed")
        STATUS = "status", _("it responded with an error")
        NO_SECRET = "no_secret", _("the secret can no longer be read")

    DATA: ClassVar[dict[str, Data]] = {}

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries")
    kind = models.CharField(max_length=40, choices=Kind)
    entry = models.UUIDField()
    subject = models.UUIDField()
    happened_at = models.DateTimeField()
    next_at = models.DateTimeField(default=clock.now)
    held_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    fault = models.CharField(max_length=20, choices=Fault, blank=True)
    delivered_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "entry", "kind"], name="happening_is_delivered_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["subscription", "next_at"],
                condition=Q(delivered_at=None, given_up_at=None),
                name="deliveries_due",
            ),
        ]

    def __str__(self) -> str:
        """Name it by what happened."""
        return self.kind

    def home(self) -> int | None:
        """Return the organisation of the subscription."""
        return self.subscription.home()

    def message(self) -> dict[str, Any]:
        """Return what is sent: keys, and where the API shows the rest to whoever may see it."""
        word = Kind(self.kind).subject
        path = f"/api/v1/{SUBJECTS[word][1]}/{self.subject}"
        return {
            "type": self.kind,
            "timestamp": self.happened_at.isoformat(),
            "data": {
                "kind": word,
                "public_id": str(self.subject),
                "url": settings.ADDRESS + path,
            },
        }

    def after_failure(self) -> datetime | None:
        """Return when to try again after one more failure; nothing when enough was tried."""
        return clock.now() + DELAYS[self.tries] if self.tries < len(DELAYS) else None


class ReadingQuerySet(Questions["Reading"]):
    """Questions about how far the journal is read."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep it for Zveno itself."""
        return self.all() if actor.is_system() else self.none()


class Reading(models.Model):
    """How far the journal is read for deliveries: a place in its chain. There is one row."""

    place = models.BigIntegerField()
    objects = ReadingQuerySet.as_manager()

    def __str__(self) -> str:
        """Say how far."""
        return str(self.place)


def forget_old() -> int:
    """Forget deliveries older than ``KEPT``; return how many."""
    return Delivery.objects.filter(happened_at__lt=clock.now() - KEPT).delete()[0]
