"""Families that come to an event by themselves: a ticket for an email, no name, no account."""

import secrets
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.core.validators import MaxLengthValidator, validate_email
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from zveno.events.models.events import Event
from zveno.kernel import clock, outbox
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.learners.models import kept

TICKET = "events.Visit"
"""What the link of a ticket opens."""
OPENS_AFTER = timedelta(days=1)
"""How long after an event its tickets still open."""
MOST_TOGETHER = 5
DIGITS = 6
LONGEST = 254
validate_length = MaxLengthValidator(LONGEST)
FEWEST = 5
"""Fewer families of an age are not told apart."""


class VisitQuerySet(Questions["Visit"]):
    """Questions about tickets of families."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those to events of the scope, and the one a link lists."""
        hosted = Q(event__host__in=actor.scope)
        return self.filter(hosted | Q(pk__in=actor.listed(TICKET)))

    def live(self) -> Self:
        """Keep those that were not given back."""
        return self.filter(returned_at=None)

    def by_age(self) -> "dict[str, int]":
        """Count families with children of each age."""
        told = self.aggregate(
            **{age: models.Count("pk", filter=Q(ages__contains=age)) for age in Visit.Age.values}
        )
        return {age: told[age] for age in Visit.Age.values}


class Visit(Record):
    """A ticket: so many ``people`` of one family come to an event; ``code`` opens the door.

    All that is known of them is an email and, if they say so, how old the children are. The email
    is shown to nobody whole. Thirty days after the event the row is gone; the event keeps counts.
    """

    DATA: ClassVar = {"email": Data.PERSONAL, "ages": Data.PERSONAL, "code": Data.SEALED}

    class Age(models.TextChoices):
        KINDERGARTEN = "kg", _("kindergarten")
        PRIMARY = "primary", _("grades 1–4")
        BASIC = "basic", _("grades 5–9")
        SENIOR = "senior", _("grades 10–11")

    event = models.ForeignKey(Event, models.CASCADE, related_name="visits")
    email = models.EmailField(max_length=LONGEST)
    people = models.PositiveSmallIntegerField()
    ages = models.JSONField(default=list)
    code = models.CharField(max_length=DIGITS)
    registered_at = models.DateTimeField(default=clock.now)
    came_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "email"], name="a_family_has_one_ticket"),
            models.UniqueConstraint(fields=["event", "code"], name="a_code_opens_once"),
            models.CheckConstraint(
                condition=Q(people__range=(1, MOST_TOGETHER)), name="a_family_is_some"
            ),
            models.CheckConstraint(
                condition=Q(ages__contained_by=["kg", "primary", "basic", "senior"]),
                name="ages_are_of_the_list",
            ),
            models.CheckConstraint(
                condition=Q(came_at=None) | Q(returned_at=None), name="who_came_gave_nothing_back"
            ),
        ]

    def __str__(self) -> str:
        """Say nothing of the family: this may reach a log."""
        return "visit"

    def home(self) -> int | None:
        """Return the host."""
        return self.event.host_id

    @property
    def about(self) -> str:
        """Name the ticket in letters, for taking them back."""
        return f"{TICKET}:{self.public_id}"

    @property
    def token(self) -> str:
        """Return the token of its address: the same whenever a letter with it is sent."""
        told = salted_hmac("zveno.ticket", str(self.public_id), algorithm="sha256")
        return told.hexdigest()[:40]

    @property
    def masked(self) -> str:
        """Tell the email so that whoever has it knows it again, and nobody learns it."""
        name, _at, house = self.email.rpartition("@")
        return f"{name[:1]}•••@{house}"

    @property
    def may_be_returned(self) -> bool:
        """Whether the seats may still go to another family."""
        return self.came_at is None and self.event.is_ahead

    @property
    def ages_in_words(self) -> "list[str]":
        """Name how old the children are."""
        return [str(label) for age, label in self.Age.choices if age in self.ages]

    def mark(self, came_at: datetime | None) -> bool:
        """Note that the family came, or take it back; count it on the event, once."""
        rows = Visit.objects.filter(pk=self.pk, returned_at=None, came_at__isnull=bool(came_at))
        changed = rows.update(came_at=came_at) == 1
        if changed:
            self.came_at = came_at
            count = self.people if came_at else -self.people
            Event.objects.filter(pk=self.event_id).update(families_came=F("families_came") + count)
        return changed


def free_code(event: Event) -> str:
    """Return digits that no ticket to the event has."""
    while True:
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        if not Visit.objects.filter(event=event, code=code).exists():
            return code


def plain(email: str) -> str:
    """Return an email as it is kept, so that one written in two ways is one.

    Raises Django's ``ValidationError``.
    """
    told = email.strip().lower()
    validate_email(told[: LONGEST + 1])
    validate_length(told)
    return told


def _with_letters(rows: "models.QuerySet[Visit]") -> tuple[int, dict[str, int]]:
    """Erase tickets, and the letters that went to their addresses."""
    for one in rows:
        outbox.forget(one.about)
    return rows.delete()


@kept("visits", owner="event__host", erase=_with_letters)
def visits_over(before: datetime) -> "models.QuerySet[Visit]":
    """Find tickets to events that were over before a moment, and those given back before it."""
    return Visit.objects.filter(Q(event__ends_at__lt=before) | Q(returned_at__lt=before))
