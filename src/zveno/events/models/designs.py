"""How an organisation's sheets look and what they say."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.events.models.awards import AwardKind
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.organisations.models import Double, Organisation

PLACEHOLDERS = {
    "имя": _("name of whom it is given to"),
    "класс": _("school and class, or post"),
    "событие": _("event"),
    "дата": _("day of the event"),
    "часы": _("academic hours"),
    "награда": _("what the diploma is for"),
    "организация": _("who issues it"),
    "кластер": _("cluster"),
}
"""What stands in braces in the words of a sheet; nothing else may."""
_BRACED = re.compile(r"\{([^{}]*)\}|[{}]")


class Look(models.TextChoices):
    """A design as the engine draws it."""

    FRAME = "frame", _("Quiet frame")
    STRIPE = "stripe", _("Bold stripe")
    MEADOW = "meadow", _("For a kindergarten")
    FORMAL = "formal", _("Formal, with an emblem")


class Accent(models.TextChoices):
    """A colour of lines and headings that is readable on white and under white words."""

    PETROL = "petrol", pgettext_lazy("colour", "Petrol")
    BLUE = "blue", pgettext_lazy("colour", "Blue")
    GREEN = "green", pgettext_lazy("colour", "Green")
    PLUM = "plum", pgettext_lazy("colour", "Plum")
    BRICK = "brick", pgettext_lazy("colour", "Brick")
    GRAPHITE = "graphite", pgettext_lazy("colour", "Graphite")


def misplaced(words: str) -> tuple[str, int] | None:
    """Return the first braces that hold no placeholder, and at which sign they stand."""
    for found in _BRACED.finditer(words):
        if found[1] not in PLACEHOLDERS:
            return found[0], found.start() + 1
    return None


def filled(words: str, facts: Mapping[str, str]) -> str:
    """Put facts in the places of their names."""
    return _BRACED.sub(lambda found: facts.get(found[1] or "", found[0]), words)


class CertificateDesignQuerySet(Questions["CertificateDesign"]):
    """Questions about designs."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the scope."""
        return self.filter(organisation__in=actor.scope)

    def of(self, organisation: Organisation, kind: str) -> "CertificateDesign":
        """Return how sheets of a kind look at an organisation; as usual, if it has not said."""
        said = self.filter(organisation=organisation, kind=kind).first()
        return said or CertificateDesign(organisation=organisation, kind=kind)


class CertificateDesign(Record):
    """How sheets of a kind look at an organisation; what is empty is as usual.

    ``heading`` and ``words`` are printed, with placeholders in ``words``; ``signatory`` signs in
    the place of whoever issues. A batch keeps a copy: what was issued does not change.
    """

    DOUBLE: ClassVar = Double.YIELDS
    Look, Accent = Look, Accent

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=AwardKind)
    look = models.CharField(max_length=20, choices=Look, default=Look.FRAME)
    accent = models.CharField(max_length=20, choices=Accent, default=Accent.PETROL)
    portrait = models.BooleanField(default=False)
    heading = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=400, blank=True)
    signatory = models.CharField(max_length=200, blank=True)
    signatory_post = models.CharField(max_length=200, blank=True)
    objects = CertificateDesignQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"], name="sheets_of_a_kind_look_one_way"
            ),
        ]

    def __str__(self) -> str:
        """Name the design."""
        return str(self.get_look_display())

    def home(self) -> int | None:
        """Return the organisation whose sheets these are."""
        return self.organisation_id

    def copied(self) -> dict[str, Any]:
        """Return what a batch keeps of it."""
        names = ("look", "accent", "portrait", "heading", "words")
        return {name: getattr(self, name) for name in names}
