"""Numbered books of an office."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.organisations.models import Organisation


class BookQuerySet(Questions["Book"]):
    """Questions about books."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the scope's books."""
        return self.filter(organisation__in=actor.scope)


class Book(Record):
    """A register of an organisation's office for a calendar year; numbers are never reused."""

    class Kind(models.TextChoices):
        AGREEMENTS = "agreements", _("agreements")
        CERTIFICATES = "certificates", _("certificates")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="books")
    kind = models.CharField(max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    objects = BookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "year"], name="one_book_a_year"
            ),
        ]

    def __str__(self) -> str:
        """Name the book and its year."""
        return f"{self.get_kind_display()}, {self.year}"

    def home(self) -> int | None:
        """Return the organisation whose office keeps it."""
        return self.organisation_id


class NumberQuerySet(Questions["Number"]):
    """Questions about numbers."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the numbers of the scope's books."""
        return self.filter(book__organisation__in=actor.scope)


class Number(Record):
    """A line of a book: a number taken for a document; a voided one stays, with its reason."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="numbers")
    number = models.PositiveIntegerField()
    taken_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=200, blank=True)
    objects = NumberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="number_is_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="number_begins_with_one"),
            models.CheckConstraint(
                condition=Q(voided_at=None) ^ ~Q(void_reason=""), name="voided_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        """Return the number as it is printed."""
        return f"{self.number}"
