"""Attempts to sign in, counted where all web processes see them: in the database.

A count is taken before the password is looked at, in a statement of its own, so that of many
attempts at once no more are let through than there may be.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions

HERE, QUARTER = 5, timedelta(minutes=15)
COUNT = """
    INSERT INTO people_attempt AS kept (key, count, until) VALUES (%(key)s, 1, %(until)s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN kept.until <= %(now)s THEN 1 ELSE kept.count + 1 END,
        until = CASE WHEN kept.until <= %(now)s THEN excluded.until ELSE kept.until END
    RETURNING count, until
"""


@dataclass(frozen=True, slots=True)
class Bound:
    """At most ``most`` attempts within ``window`` of the first one at what ``parts`` name."""

    parts: tuple[str, ...]
    most: int
    window: timedelta

    @property
    def key(self) -> str:
        """Name the bound without naming the person or the address."""
        text = "\n".join(["attempt", *self.parts]).encode()
        return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()


def bound_of_password(account: int, browser: str) -> Bound:
    """Return where an attempt to say the password of one's own account again counts.

    Each browser counts apart: whoever guesses in a stolen one does not hold the owner back.
    """
    return Bound(("password", str(account), browser), HERE, QUARTER)


class AttemptQuerySet(Questions["Attempt"]):
    """Questions about attempts."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep none: they only count."""
        return self.none()


class Attempt(models.Model):
    """How often something was tried until a moment, under a keyed hash of what was tried."""

    DATA: ClassVar = {"key": Data.SEALED}

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    until = models.DateTimeField()
    objects = AttemptQuerySet.as_manager()

    def __str__(self) -> str:
        """Say how often."""
        return str(self.count)


def count_attempt(bounds: list[Bound]) -> datetime | None:
    """Count an attempt at each bound; return when to come back if one of them is passed."""
    over = []
    with connection.cursor() as cursor:
        # In one order everywhere: two who count the same bounds never wait for each other.
        for bound in sorted(bounds, key=lambda one: one.key):
            moment = clock.now()
            cursor.execute(COUNT, {"key": bound.key, "now": moment, "until": moment + bound.window})
            count, until = cursor.fetchone()
            if count > bound.most:
                over.append(until)
    return max(over, default=None)


def passed(bounds: list[Bound]) -> datetime | None:
    """Return when to come back if one of the bounds has been reached, without counting."""
    found = Attempt.objects.filter(until__gt=clock.now())
    over = Q()
    for bound in bounds:
        over |= Q(key=bound.key, count__gte=bound.most)
    return found.filter(over).aggregate(last=models.Max("until"))["last"] if bounds else None


def forgive_attempts(own: Bound, shared: list[Bound]) -> None:
    """Forget one's own attempts, and the last of those at shared bounds: it was right."""
    Attempt.objects.filter(key=own.key).delete()
    keys = [bound.key for bound in shared]
    Attempt.objects.filter(key__in=keys, count__gt=0).update(count=models.F("count") - 1)


def forget_old_attempts() -> int:
    """Remove what no longer holds anybody back; return how many rows went."""
    return Attempt.objects.filter(until__lte=clock.now()).delete()[0]


def late_words(again: datetime) -> str:
    """Say when to come back after too many attempts."""
    moment = timezone.localtime(again) + timedelta(minutes=1)
    words = _("Too many attempts. Try again at %(time)s, or ask whoever invited you.")
    return str(words) % {"time": f"{moment:%H:%M}"}
