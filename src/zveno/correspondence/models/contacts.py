"""What was said with employers: when, with whom, what was agreed, what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.organisations.models import Organisation
from zveno.people.models import Person, Post

PLAIN = ("name", "kind", "whom", "about", "agreed", "next_step")
KEEPING = (Post.Role.COORDINATOR, Post.Role.METHODIST)
"""Who notes what was said with employers, and reads it."""


def keeping(actor: Actor) -> set[int]:
    """Return the organisations whose contacts ``actor`` keeps."""
    return {key for key, role in actor.roles if role in KEEPING}


class ContactQuerySet(Questions["Contact"]):
    """Questions about contacts with employers."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the houses the actor notes them for; all for Zveno."""
        return self.all() if actor.is_system() else self.filter(keeper__in=keeping(actor))

    def newest(self) -> Self:
        """Order: the last day first, with what a page names."""
        people = ("employer", "post__person", "next_post__person", "noted_by", "keeper")
        return self.select_related(*people).order_by("-day", "-pk")


class Contact(Record):
    """A talk of the ``keeper`` with an employer of the register, or one known by ``name`` alone.

    ``post`` or ``whom`` says with whom; ``next_step`` is to be done by ``next_post`` until
    ``next_due``.
    """

    class Kind(models.TextChoices):
        CALL = "call", _("call")
        MEETING = "meeting", _("meeting")
        VISIT = "visit", _("visit")
        LETTER = "letter", _("letter")

    DATA: ClassVar = dict.fromkeys(["whom", "about", "agreed", "next_step"], Data.PERSONAL)

    keeper = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    employer = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=300, blank=True)
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    whom = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=400)
    agreed = models.CharField(max_length=1000, blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    next_due = models.DateField(null=True)
    next_post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    noted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField(default=clock.now)
    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(employer=None) ^ Q(name=""), name="contact_is_with_one_employer"
            ),
            models.CheckConstraint(
                condition=Q(next_step="", next_due=None) | (~Q(next_step="") & ~Q(next_due=None)),
                name="next_step_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["keeper", "-day"], name="contacts_of_a_house")]

    def __str__(self) -> str:
        """Name the employer."""
        return str(self.employer) if self.employer else self.name

    def home(self) -> int | None:
        """Return the house that keeps it."""
        return self.keeper_id

    def facts(self) -> dict[str, str]:
        """Return what was noted, field by field, as JSON has it."""
        words = {name: getattr(self, name) for name in PLAIN}
        linked = {name: getattr(self, name) for name in ("employer", "post", "next_post")}
        words |= {name: str(one.public_id) if one else "" for name, one in linked.items()}
        days = {name: getattr(self, name) for name in ("day", "next_due")}
        return words | {name: day.isoformat() if day else "" for name, day in days.items()}

    @property
    def origin(self) -> str:
        """Name it as what its task comes of."""
        return f"correspondence.Contact:{self.pk}"

    @property
    def with_whom(self) -> str:
        """Name the person."""
        return self.post.person.short_name if self.post else self.whom


@dataclass(frozen=True, slots=True)
class Known:
    """An employer and the last contact with it, if there was any."""

    employer: Organisation | None
    name: str
    newest: Contact | None
    number: int

    @property
    def days(self) -> int | None:
        """For how many days there has been no contact."""
        return (clock.today() - self.newest.day).days if self.newest else None


def known_employers(members: Iterable[Organisation], contacts: Iterable[Contact]) -> list[Known]:
    """Tell of each employer when it was heard last: those never heard first, then the longest ago.

    ``contacts`` come the newest first.
    """
    found: dict[tuple[int | None, str], list[Contact]] = {}
    for one in contacts:
        found.setdefault((one.employer_id, one.name.casefold()), []).append(one)
    known = [Known(rows[0].employer, rows[0].name, rows[0], len(rows)) for rows in found.values()]
    known += [Known(one, "", None, 0) for one in members if (one.pk, "") not in found]
    return sorted(known, key=_silence)


def _silence(known: Known) -> tuple[date, str]:
    day = known.newest.day if known.newest else date.min
    return (day, str(known.employer or known.name))
