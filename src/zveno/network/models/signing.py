"""How organisations sign: by which methods, by which order, and what proves a signature."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.documents.models import StoredFile
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.organisations.models import Organisation


class Method(models.TextChoices):
    """How a party signs. A scan needs no order: the paper is signed by hand."""

    SCAN = "scan", _("scan of the signed page")
    SIMPLE = "simple", _("simple signature in Zveno")
    DETACHED = "detached", _("signature file")


ELECTRONIC = (Method.SIMPLE, Method.DETACHED)


@dataclass(frozen=True, slots=True)
class Signature:
    """What proves that a party has signed: a file or none, and the circumstances in words."""

    method: Method
    file: StoredFile | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)


class SigningOrderQuerySet(Questions["SigningOrder"]):
    """Questions about orders by which organisations sign."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the scope, and of the organisation a link of signing is for."""
        linked = actor.listed("organisations.Organisation")
        return self.filter(organisation__in=actor.scope | linked)

    def live(self) -> Self:
        """Keep those that hold now."""
        return self.filter(until=None)


class SigningOrder(Record):
    """An order of an organisation by which it signs by an electronic method, until it ends."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="signing_orders")
    method = models.CharField(max_length=20, choices=Method)
    number = models.CharField(max_length=50)
    dated = models.DateField()
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    objects = SigningOrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "method"],
                condition=Q(until=None),
                name="one_order_for_a_method",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="order_has_a_number"),
            models.CheckConstraint(condition=Q(method__in=ELECTRONIC), name="paper_needs_no_order"),
        ]

    def __str__(self) -> str:
        """Name the order as papers do: «№ 12 от 01.09.2026»."""
        named = {"number": self.number, "day": f"{self.dated:%d.%m.%Y}"}
        return gettext("№ %(number)s of %(day)s") % named

    def home(self) -> int | None:
        """Return the organisation whose order it is."""
        return self.organisation_id
