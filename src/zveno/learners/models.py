"""Children: as little as possible, owned by one organisation, shown to others by disclosure."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.kernel.reads import saw
from zveno.organisations.models import Organisation
from zveno.organisations.models import name_key as folded

TWO = 2
_TEXTS = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Child:
    """A row of a list. ``same`` names the child it is said to be, ``new`` says: none known.

    Grade 0 is the kindergarten.
    """

    family_name: str
    given_name: str
    grade: int
    letter: str = ""
    patronymic: str = ""
    same: UUID | None = None
    new: bool = False

    @property
    def key(self) -> tuple[str, int, str]:
        """What a child is found by inside its organisation; patronymics are often left out."""
        return name_key(self.family_name, self.given_name), self.grade, self.letter


def readable_by(actor: Actor, path: str = "") -> Q:
    """Say which children ``actor`` may read: own, disclosed, listed by a link.

    ``path`` leads to the child from rows of a room above: ``learner__``.
    """
    disclosed = Disclosure.objects.live().filter(
        learner=OuterRef(f"{path}pk"), organisation__in=actor.scope
    )
    listed = actor.listed("learners.Learner")
    own = Q(**{f"{path}owner__in": actor.scope})
    return own | Q(Exists(disclosed)) | Q(**{f"{path}pk__in": listed})


READABLE = """(
    {child}.owner_id = ANY(%s) OR {child}.id = ANY(%s) OR EXISTS (
        SELECT FROM learners_disclosure d
        WHERE d.learner_id = {child}.id AND d.organisation_id = ANY(%s) AND d.until > %s
    )
)"""
"""``readable_by`` in SQL, to be given what ``readable_values`` returns."""


def readable_values(actor: Actor) -> tuple[list[int], list[int], list[int], datetime]:
    """Return what ``READABLE`` asks for."""
    scope = list(actor.scope)
    return scope, list(actor.listed("learners.Learner")), scope, clock.now()


class LearnerQuerySet(Questions["Learner"]):
    """Questions about learners."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the scope's own, those disclosed to it, those a link lists."""
        return self.filter(readable_by(actor))

    def called(self, keys: Iterable[str]) -> Self:
        """Keep those with one of these name keys, oldest first."""
        return self.filter(name_key__in=set(keys)).order_by("pk")

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

    @classmethod
    def from_db(cls, *row: Any, **how: Any) -> Self:
        """Read a row; the journal hears of it."""
        child = super().from_db(*row, **how)
        saw(cls, child.pk, child.__dict__.get("owner_id"))
        return child

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

    def may_be(self, child: "Child") -> bool:
        """Whether a row of a list may mean this child: name, class, no other patronymic."""
        patronymics = {self.patronymic.casefold(), child.patronymic.casefold()} - {""}
        return len(patronymics) < TWO and (self.name_key, self.grade, self.letter) == child.key


class Purpose(models.TextChoices):
    """What a consent or a disclosure is for: one document for each."""

    PARTICIPATION = "participation", _("taking part in events")
    PUBLICATION = "publication", _("publication of photographs")


def name_key(family_name: str, given_name: str) -> str:
    """Fold a child's name to what it is found by; the patronymic is often left out."""
    return folded(f"{family_name} {given_name}")


@cache
def consent_text(purpose: Purpose) -> str:
    """Return the text a guardian agrees to, as it stands now; its file name carries its version."""
    return (_TEXTS / CONSENT_TEXTS[purpose]).read_text(encoding="utf-8")


@cache
def consent_hash(purpose: Purpose) -> str:
    """Return the SHA-256 of the text a guardian agrees to now."""
    return hashlib.sha256(consent_text(purpose).encode()).hexdigest()


CONSENT_TEXTS = {Purpose.PARTICIPATION: "participation.2026-09.ru.txt"}


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

    DATA: ClassVar = dict.fromkeys(["learner", "method", "given_at", "withdrawn_at"], Data.PERSONAL)

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

    def covers(self, other: "Disclosure") -> bool:
        """Whether it lasts as long as another one."""
        return self.until >= other.until

    def home(self) -> int | None:
        """Return the organisation that answers for the child."""
        return self.owner_id
