"""Papers, and the files drawn of them."""

from typing import Self

from django.db import models
from django.db.models import Q

from zveno.documents.models.files import StoredFile
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.organisations.models import Organisation


class PaperQuerySet(Questions["Paper"]):
    """Questions about papers."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the scope's papers; others read the files drawn of them."""
        return self.filter(owner__in=actor.scope)


class Paper(Record):
    """Clauses, tables and fields, as ``engines.papers`` draws them; drawn files are kept.

    Once drawn for signature the content does not change: what is signed is the bytes of ``pdf``,
    or of ``docx`` where the room above has drawn it by an organisation's own template.
    """

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="papers")
    content = models.JSONField()
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    docx = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~(Q(pdf=None) ^ Q(docx=None)), name="paper_is_drawn_as_both"
            ),
        ]

    def __str__(self) -> str:
        """Name it by its public id."""
        return str(self.public_id)

    def home(self) -> int | None:
        """Return the organisation it belongs to."""
        return self.owner_id
