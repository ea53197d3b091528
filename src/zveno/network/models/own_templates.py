"""An organisation's own DOCX template of agreements: versions, Zveno's own drawing is 0."""

from typing import Self

from django.db import models
from django.db.models import Q

from zveno.documents.models import StoredFile
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.network.models.kinds import Kind
from zveno.organisations.models import Organisation
from zveno.people.models import Person

BY_ZVENO = 0


class OwnTemplateQuerySet(Questions["OwnTemplate"]):
    """Questions about templates."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the scope."""
        return self.filter(owner__in=actor.scope)

    def of(self, owner: Organisation, kind: str) -> Self:
        """Keep those of an organisation for a kind of agreement, the newest first."""
        return self.filter(owner=owner, kind=kind).order_by("-number")

    def in_use(self, owner: Organisation, kind: str) -> "OwnTemplate | None":
        """Return what the next agreement sent is drawn with; None: Zveno draws it."""
        return self.of(owner, kind).filter(current=True).first()


class OwnTemplate(Record):
    """A version of the DOCX an organisation draws its agreements of a kind with.

    ``file`` is what was uploaded, without what told who had written it; it never changes. The
    ``current`` one draws what is sent from now on; without one Zveno draws, version 0.
    """

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="templates")
    kind = models.CharField(max_length=30, choices=Kind)
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    current = models.BooleanField(default=False)
    saved_at = models.DateTimeField(default=clock.now)
    saved_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    objects = OwnTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "number"], name="template_has_its_number"
            ),
            models.UniqueConstraint(
                fields=["owner", "kind"], condition=Q(current=True), name="one_template_is_current"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="templates_begin_with_one"),
        ]

    def __str__(self) -> str:
        """Return the number."""
        return f"{self.number}"

    def home(self) -> int | None:
        """Return the organisation whose template it is."""
        return self.owner_id
