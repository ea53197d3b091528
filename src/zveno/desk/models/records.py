"""Requests for lists of people; what an auditor reads."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Entry, EntryQuerySet, Questions, Record
from zveno.learners.models import kept
from zveno.organisations.models import Organisation
from zveno.people.models import Person, Post

MANY = 500
"""How many people one person takes away alone."""
LASTS = timedelta(days=1)


class AuditedQuerySet(EntryQuerySet):
    """Questions an auditor asks the journal."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what was done in the name of the organisations audited; in the house, all.

        The house is the organisation that has an operator: only Zveno itself or an operator there
        appoints one.
        """
        audited = {key for key, role in actor.roles if role == Post.Role.AUDITOR}
        operators = Post.objects.live().filter(role=Post.Role.OPERATOR, organisation__in=audited)
        return self.all() if operators.exists() else self.filter(organisation__in=audited)


class Audited(Entry):
    """An entry of the journal as its auditor reads it."""

    objects = AuditedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        proxy = True


class ExportRequestQuerySet(Questions["ExportRequest"]):
    """Questions about requests for lists."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those for lists of the organisations in the scope."""
        return self.filter(organisation__in=actor.scope)

    def live(self) -> Self:
        """Keep those that have not run out."""
        return self.filter(asked_at__gt=clock.now() - LASTS)


class ExportRequest(Record):
    """Somebody asks for a list of many people, says why, and above ``MANY`` finds a second person.

    ``size`` is how many there were when it was asked for, or confirmed.
    """

    class Kind(models.TextChoices):
        CHILDREN = "children", _("Our children")
        CONTACTS = "contacts", _("Contacts in the clusters we lead")

    DATA: ClassVar = {"reason": Data.PERSONAL}

    kind = models.CharField(max_length=20, choices=Kind)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=500)
    size = models.PositiveIntegerField()
    asked_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    downloads = models.PositiveIntegerField(default=0)
    objects = ExportRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="export_has_a_reason"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("person")),
                name="export_is_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(downloads=0) | Q(size__lte=MANY) | Q(confirmed_by__isnull=False),
                name="many_people_leave_with_two_to_know",
            ),
        ]

    def __str__(self) -> str:
        """Name the list."""
        return str(self.get_kind_display())

    def home(self) -> int | None:
        """Return the organisation whose list it is."""
        return self.organisation_id

    @property
    def is_live(self) -> bool:
        """Whether it has not run out."""
        return self.asked_at > clock.now() - LASTS

    @property
    def needs_another(self) -> bool:
        """Whether a second person has to confirm it still."""
        return self.size > MANY and self.confirmed_by_id is None


@kept("exports", owner="organisation")
def requests_over(before: datetime) -> "models.QuerySet[ExportRequest]":
    """Find requests for lists that were made before a moment."""
    return ExportRequest.objects.filter(asked_at__lt=before)
