"""Consents on paper: sheets with a code that ties a scan to a child, pages that came back."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.documents.models import StoredFile
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.learners.models.children import Learner
from zveno.learners.models.consents import Consent
from zveno.learners.models.purposes import CONSENT_TEXTS, Purpose
from zveno.organisations.models import Organisation

MARK = "ZVENO1:"
"""Begins what the code of a sheet says; a key follows, nothing of the child."""


class ConsentSheetQuerySet(Questions["ConsentSheet"]):
    """Questions about printed sheets."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those about the scope's own children."""
        return self.filter(owner__in=actor.scope)

    def of_house(self, organisation: Organisation) -> Self:
        """Keep those it printed about children who are still its own."""
        return self.filter(owner=organisation, learner__owner=organisation)

    def out(self) -> Self:
        """Keep those that nobody has answered by."""
        return self.exclude(pages__consent__isnull=False)


class ConsentSheet(Record):
    """A sheet printed for one child and one purpose, with the text of that day and who must sign.

    Its public key is the code: random, so that whoever finds the sheet learns nothing by it.
    """

    DATA: ClassVar = {"learner": Data.PERSONAL}

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="sheets")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose)
    text_hash = models.CharField(max_length=64)
    signed_by = models.CharField(max_length=10, choices=Consent.Signer)
    printed_at = models.DateTimeField(default=clock.now)
    objects = ConsentSheetQuerySet.as_manager()

    def __str__(self) -> str:
        """Name it as the paper does."""
        return self.short

    def home(self) -> int | None:
        """Return the organisation that answers for the child."""
        return self.owner_id

    @property
    def code(self) -> str:
        """What its QR code says; in letters that make the code small."""
        return MARK + self.public_id.hex.upper()

    @property
    def short(self) -> str:
        """What stands under the code, for reading by eye."""
        key = self.public_id.hex.upper()
        return f"{key[:4]}-{key[4:8]}"

    @property
    def is_outdated(self) -> bool:
        """Whether its text is not one that people may agree to any more."""
        return self.text_hash not in CONSENT_TEXTS[Purpose(self.purpose)].accepted


def sheet_key(said: str) -> UUID | None:
    """Return the key that a code tells; none if it is no code of a sheet."""
    try:
        return UUID(hex=said.removeprefix(MARK)) if said.startswith(MARK) else None
    except ValueError:
        return None


class ScannedPageQuerySet(Questions["ScannedPage"]):
    """Questions about pages that came back."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those that came to the scope."""
        return self.filter(owner__in=actor.scope)

    def waiting(self) -> Self:
        """Keep those of which nobody has said what the answer is, oldest first."""
        return self.filter(consent=None).order_by("pk")

    def tied(self) -> Self:
        """Keep those that belong to a sheet, with the child."""
        return self.filter(sheet__isnull=False).select_related("sheet__learner")


class ScannedPage(Record):
    """One page of a scan: a grey JPEG, made anew, of a ``sheet`` once that is known.

    ``consent`` is what somebody at the school has read on it. The page and its file go together,
    and with the child: the database sees to it.
    """

    DATA: ClassVar = {"file": Data.PERSONAL}

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    sheet = models.ForeignKey(ConsentSheet, models.CASCADE, null=True, related_name="pages")
    consent = models.OneToOneField(Consent, models.CASCADE, null=True, related_name="page")
    came_at = models.DateTimeField(default=clock.now)
    objects = ScannedPageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"], condition=Q(consent=None), name="one_waiting_page_a_sheet"
            ),
            models.CheckConstraint(
                condition=Q(consent=None) | Q(sheet__isnull=False), name="answered_page_has_a_sheet"
            ),
        ]

    def __str__(self) -> str:
        """Say nothing of the child: this may reach a log."""
        return str(_("scanned page"))

    def home(self) -> int | None:
        """Return the organisation it came to."""
        return self.owner_id
