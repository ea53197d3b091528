"""Guardians: who answers for a child at home, and the link of their page."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.learners.models.children import Learner
from zveno.organisations.models import Organisation
from zveno.people.models import Link, Person
from zveno.ui.faces import Face


class GuardianQuerySet(Questions["Guardian"]):
    """Questions about guardians."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the scope's own children, and those whose own link this is."""
        listed = actor.listed("learners.Guardian")
        return self.filter(Q(owner__in=actor.scope) | Q(pk__in=listed))

    def free(self) -> Self:
        """Keep those not held back by a court or an order."""
        return self.filter(restricted_at=None)

    def confirmed(self) -> Self:
        """Keep those the school knows for who they say they are."""
        return self.filter(confirmed_at__isnull=False)


class Guardian(Record):
    """That somebody answers for a child: a parent, a guardian, or the child itself from 14.

    Rows that share a ``link`` are one person with several children. Who came by a printed code is
    nameless until they say who they are, and sees nothing until the school has ``confirmed``
    them. A ``restricted`` one sees nothing ever; why is sealed.
    """

    PSEUDONYMOUS: ClassVar = True
    DATA: ClassVar = dict.fromkeys(["learner", "name", "relation", "email"], Data.PERSONAL) | {
        "restriction": Data.SEALED
    }

    class Relation(models.TextChoices):
        MOTHER = "mother", _("mother")
        FATHER = "father", _("father")
        GUARDIAN = "guardian", _("guardian")
        SELF = "self", _("the child")

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="guardians")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    relation = models.CharField(max_length=10, choices=Relation, blank=True)
    email = models.EmailField(blank=True)
    link = models.ForeignKey(Link, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    named_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    restricted_at = models.DateTimeField(null=True)
    restriction = models.TextField(blank=True)
    objects = GuardianQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | ~Q(name="") & ~Q(relation=""),
                name="who_is_confirmed_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(restricted_at=None) | ~Q(restriction=""),
                name="a_restriction_has_a_reason",
            ),
            models.UniqueConstraint(fields=["learner", "link"], name="once_a_child_by_a_link"),
        ]

    def __str__(self) -> str:
        """Say nothing of anybody: this may reach a log."""
        return "guardian"

    def home(self) -> int | None:
        """Return the organisation that answers for the child."""
        return self.owner_id

    @property
    def about(self) -> str:
        """Name it in notices, for taking them back."""
        return f"{self._meta.label}:{self.public_id}"

    @property
    def face(self) -> Face:
        """How far the school knows who it is."""
        if self.restricted_at:
            return Face(_("Held back"), "bad", "x")
        if self.confirmed_at:
            return Face(_("Known to the school"), "ok", "check")
        if self.named_at:
            return Face(_("To be confirmed"), "warn", "clock")
        return Face(_("Not come yet"), "", "clock")
