"""An organisation's own wording of agreements: versions of the clauses, the shipped one is 0."""

from typing import Self

from django.db import models
from django.db.models import Q

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.network.models.clause_text import LONGEST_TEXT
from zveno.network.models.kinds import Kind
from zveno.organisations.models import Organisation

SHIPPED = 0


class WordingQuerySet(Questions["Wording"]):
    """Questions about wordings."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the scope."""
        return self.filter(owner__in=actor.scope)

    def of(self, owner: Organisation, kind: str) -> Self:
        """Keep those of an organisation for a kind of agreement, the newest first."""
        return self.filter(owner=owner, kind=kind).order_by("-number")

    def in_use(self, owner: Organisation, kind: str) -> "Wording | None":
        """Return what the next agreement of a kind is drawn with; None: with what is shipped."""
        return self.of(owner, kind).filter(current=True).first()


class Wording(Record):
    """A version of the clauses of a kind of agreement, as an organisation has written them.

    ``text`` never changes: who edits it saves the next number. The ``current`` one is what the
    next drafts are drawn with; without one it is what Zveno ships, version 0.
    """

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="wordings")
    kind = models.CharField(max_length=30, choices=Kind)
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=LONGEST_TEXT)
    current = models.BooleanField(default=False)
    saved_at = models.DateTimeField(default=clock.now)
    objects = WordingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "number"], name="wording_has_its_number"
            ),
            models.UniqueConstraint(
                fields=["owner", "kind"], condition=Q(current=True), name="one_wording_is_current"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="own_wordings_begin_with_one"),
        ]

    def __str__(self) -> str:
        """Return the number."""
        return f"{self.number}"

    def home(self) -> int | None:
        """Return the organisation whose wording it is."""
        return self.owner_id
