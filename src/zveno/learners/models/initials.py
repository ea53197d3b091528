"""Organisations that keep their children by initials only."""

from typing import Self

from django.db import models

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.organisations.models import Organisation


class InitialsOnlyQuerySet(Questions["InitialsOnly"]):
    """Questions about who keeps initials only."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the scope's own."""
        return self.filter(organisation__in=actor.scope)


class InitialsOnly(Record):
    """That an organisation keeps its children by initials, since a moment; no row, no switch.

    The database refuses whole names of its children, whichever verb brings them.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="initials_only")
    since = models.DateTimeField(default=clock.now)
    objects = InitialsOnlyQuerySet.as_manager()

    def __str__(self) -> str:
        """Name the organisation."""
        return str(self.organisation)

    def home(self) -> int | None:
        """Return the organisation that keeps initials."""
        return self.organisation_id


def keeps_initials(owner: Organisation) -> bool:
    """Whether an organisation keeps its children by initials."""
    return InitialsOnly.objects.filter(organisation=owner).exists()
