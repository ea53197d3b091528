"""Answers to a request for consent, of guardians and of the children themselves."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.learners.models.children import Learner
from zveno.learners.models.guardians import Guardian
from zveno.learners.models.orders import ConsentOrder, Method
from zveno.learners.models.purposes import CONSENT_TEXTS, Purpose
from zveno.organisations.models import Organisation


class ConsentQuerySet(Questions["Consent"]):
    """Questions about answers."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep answers about the scope's own children, and about those a family link lists."""
        listed = actor.listed("learners.Learner")
        return self.filter(Q(owner__in=actor.scope) | Q(learner__in=listed))

    def standing(self) -> Self:
        """Keep answers that hold today: not taken back, not over, to a text that still counts."""
        texts = Q()
        for purpose, text in CONSENT_TEXTS.items():
            texts |= Q(purpose=purpose, text_hash__in=text.accepted)
        return self.filter(texts, withdrawn_at=None).exclude(expires_on__lt=clock.today())

    def valid(self) -> Self:
        """Keep consents that hold today; whether all who must have agreed, the child's row says."""
        return self.standing().filter(refused=False)


class Consent(Record):
    """That somebody agreed to one purpose, or ``refused``: how, until when, to which text.

    The text and the plain summary beside it are named by their SHA-256. ``signed_by`` says whose
    word it is. A later answer of the same person takes the place of an earlier one, which is
    then withdrawn. What is kept here is the proof: rows are only ever ended.
    """

    DATA: ClassVar = dict.fromkeys(
        [
            "learner",
            "guardian",
            "method",
            "given_at",
            "withdrawn_at",
            "refused",
            "signed_by",
            "expires_on",
        ],
        Data.PERSONAL,
    )

    Method = Method

    class Signer(models.TextChoices):
        GUARDIAN = "guardian", _("parent or guardian")
        CHILD = "child", _("the child")
        BOTH = "both", _("parent or guardian, and the child")

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="consents")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose)
    method = models.CharField(max_length=20, choices=Method)
    text_hash = models.CharField(max_length=64)
    summary_hash = models.CharField(max_length=64, blank=True, db_default="")
    refused = models.BooleanField(default=False, db_default=False)
    signed_by = models.CharField(
        max_length=10, choices=Signer, default=Signer.GUARDIAN, db_default=Signer.BOTH
    )
    guardian = models.ForeignKey(Guardian, models.CASCADE, null=True, related_name="consents")
    order = models.ForeignKey(ConsentOrder, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    expires_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "purpose", "guardian"],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="one_standing_answer_a_person",
            ),
        ]

    def __str__(self) -> str:
        """Name the purpose."""
        return str(self.get_purpose_display())

    def home(self) -> int | None:
        """Return the organisation that answers for the child."""
        return self.owner_id
