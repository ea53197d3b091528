"""Children: as little as possible, owned by one organisation, shown to others by disclosure."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.organisations.models import Organisation


class LearnerQuerySet(Questions["Learner"]):
    """Questions about learners."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the scope's own, those disclosed to it, those a link lists."""
        disclosed = Disclosure.objects.live().filter(
            learner=OuterRef("pk"), organisation__in=actor.scope
        )
        return self.filter(
            Q(owner__in=actor.scope)
            | Q(Exists(disclosed))
            | Q(pk__in=actor.listed("learners.Learner"))
        )

    def owned_by(self, actor: Actor) -> Self:
        """Keep those the organisations of the scope answer for."""
        return self.filter(owner__in=actor.scope)


class Learner(Record):
    """A child, entered by the organisation that answers for it.

    ``grade`` is 0 in a kindergarten, else 1 to 11; ``letter`` the class or the group. ``name_key``
    is the name folded for search and for finding doubles inside the organisation, never outside.
    """

    PSEUDONYMOUS: ClassVar = True
    DATA: ClassVar = dict.fromkeys(
        ["family_name", "given_name", "patronymic", "name_key"], Data.PERSONAL
    )

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="learners")
    family_name = models.CharField(max_length=100)
    given_name = models.CharField(max_length=100)
    patronymic = models.CharField(max_length=100, blank=True)
    grade = models.PositiveSmallIntegerField()
    letter = models.CharField(max_length=30, blank=True)
    name_key = models.CharField(max_length=300)
    entered_at = models.DateTimeField(default=clock.now)
    objects = LearnerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "grade", "name_key"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(family_name="") & ~Q(given_name=""), name="learner_has_a_name"
            ),
            models.CheckConstraint(condition=Q(grade__lte=11), name="grade_up_to_11"),
        ]

    def __str__(self) -> str:
        """Say nothing of the child: this may reach a log."""
        return "learner"

    @property
    def full_name(self) -> str:
        """Return the name as it is printed."""
        return " ".join(filter(None, [self.family_name, self.given_name, self.patronymic]))

    @property
    def door_name(self) -> str:
        """Return what a host needs to greet the child: given name and one letter."""
        return f"{self.given_name} {self.family_name[0]}."

    @property
    def initials(self) -> str:
        """Return what a public page may say."""
        return f"{self.given_name[0]}. {self.family_name[0]}."

    @property
    def class_label(self) -> str:
        """Return grade and letter as people write them."""
        if not self.grade:
            return self.letter
        return f"{self.grade} «{self.letter}»" if self.letter else str(self.grade)

    def home(self) -> int | None:
        """Return the organisation that answers for the child."""
        return self.owner_id


class Purpose(models.TextChoices):
    """What a consent or a disclosure is for: one document for each."""

    PARTICIPATION = "participation", _("taking part in events")
    PUBLICATION = "publication", _("publication of photographs")


class ConsentQuerySet(Questions["Consent"]):
    """Questions about consents."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep consents of the scope's own children."""
        return self.filter(owner__in=actor.scope)

    def valid(self) -> Self:
        """Keep those given and not withdrawn."""
        return self.filter(withdrawn_at=None)


class Consent(Record):
    """That a guardian agreed to one purpose, how, and to which text (its SHA-256)."""

    DATA: ClassVar = dict.fromkeys(
        ["learner", "method", "given_at", "withdrawn_at"], Data.PERSONAL
    )

    class Method(models.TextChoices):
        KEPT = "kept", _("kept at the school on paper")

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="consents")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose)
    method = models.CharField(max_length=20, choices=Method)
    text_hash = models.CharField(max_length=64)
    given_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)
    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "purpose"],
                condition=Q(withdrawn_at=None),
                name="one_valid_consent_a_purpose",
            ),
        ]

    def __str__(self) -> str:
        """Name the purpose."""
        return str(self.get_purpose_display())

    def home(self) -> int | None:
        """Return the organisation that answers for the child."""
        return self.owner_id


class DisclosureQuerySet(Questions["Disclosure"]):
    """Questions about disclosures."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep disclosures from and to the scope."""
        return self.filter(Q(owner__in=actor.scope) | Q(organisation__in=actor.scope))

    def live(self, moment: datetime | None = None) -> Self:
        """Keep those that last."""
        return self.filter(until__gt=moment or clock.now())


class Disclosure(Record):
    """That another organisation may read a child's row until a moment, because of ``source``.

    ``owner`` repeats the owner of the child, so that the policy of this table asks no other.
    """

    DATA: ClassVar = {"learner": Data.PERSONAL}

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="disclosures")
    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.PARTICIPATION)
    source = models.CharField(max_length=80)
    until = models.DateTimeField()
    objects = DisclosureQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["learner", "organisation", "until"])]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "organisation", "source"], name="disclosed_once_for_a_source"
            ),
        ]

    def __str__(self) -> str:
        """Name the source."""
        return self.source

    def home(self) -> int | None:
        """Return the organisation that answers for the child."""
        return self.owner_id
