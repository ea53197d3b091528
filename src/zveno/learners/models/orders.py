"""In which ways an organisation takes consents: by its orders."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.organisations.models import Organisation


class Method(models.TextChoices):
    """How an answer to a request for consent comes."""

    KEPT = "kept", _("kept at the school on paper")
    PAPER = "paper", _("signed sheet, scanned")
    LINK = "link", _("family page")


class ConsentOrderQuerySet(Questions["ConsentOrder"]):
    """Questions about orders on consents."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the scope, and of the organisation a family link is of."""
        linked = actor.listed("organisations.Organisation")
        return self.filter(organisation__in=actor.scope | linked)

    def live(self) -> Self:
        """Keep those that hold now."""
        return self.filter(until=None)

    def ways_of(self, organisation: Organisation) -> set[str]:
        """Return the ways in which an organisation takes consents now."""
        live = self.live().filter(organisation=organisation)
        return set(live.values_list("method", flat=True))


class ConsentOrder(Record):
    """An order of an organisation by which it takes consents in one way, until it ends."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="consent_orders")
    method = models.CharField(max_length=20, choices=Method)
    number = models.CharField(max_length=50)
    dated = models.DateField()
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    objects = ConsentOrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "method"],
                condition=Q(until=None),
                name="one_consent_order_for_a_way",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="consent_order_has_a_number"),
        ]

    def __str__(self) -> str:
        """Name the order as papers do: «№ 12 от 01.09.2026»."""
        named = {"number": self.number, "day": f"{self.dated:%d.%m.%Y}"}
        return gettext("№ %(number)s of %(day)s") % named

    def home(self) -> int | None:
        """Return the organisation whose order it is."""
        return self.organisation_id
