"""How often a program may ask: counted for each token, a minute at a time.

Read before a request is answered and counted afterwards, so that requests of one token do not wait
for each other; those under way may pass the bound together.
"""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.kernel.models import Questions

MINUTE = timedelta(minutes=1)
KEPT = timedelta(days=1)
# What a crash forgets of these counts harms nobody: nothing waits for the disk.
COUNT = """
    WITH quick AS (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO kernel_pace AS kept (credential, minute, count)
    SELECT %(credential)s, %(minute)s, 1 FROM quick
    ON CONFLICT (credential) DO UPDATE SET
        count = CASE WHEN kept.minute = excluded.minute THEN kept.count + 1 ELSE 1 END,
        minute = excluded.minute
"""


class TooManyRequests(DomainError):
    """A token may ask so often in a minute; `Retry-After` says when to go on."""

    code = "too_many_requests"
    status = 429
    message = _("Too many requests with this token. Continue in %(seconds)s s.")


class PaceQuerySet(Questions["Pace"]):
    """Questions about counts."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep that of the actor's own token."""
        return self.filter(credential=actor.credential or 0)


class Pace(models.Model):
    """How often a token has asked in a minute."""

    credential = models.BigIntegerField(primary_key=True)
    minute = models.DateTimeField()
    count = models.PositiveIntegerField()
    objects = PaceQuerySet.as_manager()

    def __str__(self) -> str:
        """Say how often."""
        return str(self.count)


def slow_down(credential: int | None) -> None:
    """Let a token go on unless it has asked too often. Raises ``TooManyRequests``."""
    if not settings.API_RATE or credential is None:
        return
    minute = _minute()
    asked = Pace.objects.filter(credential=credential, minute=minute, count__gte=settings.API_RATE)
    if asked.exists():
        left = minute + MINUTE - clock.now()
        raise TooManyRequests(seconds=max(1, int(left.total_seconds()) + 1))


def count(credential: int | None) -> None:
    """Count a request of a token."""
    if settings.API_RATE and credential is not None:
        with connection.cursor() as cursor:
            cursor.execute(COUNT, {"credential": credential, "minute": _minute()})


def forget_old() -> int:
    """Forget counts of tokens that ask no more; return how many."""
    return Pace.objects.filter(minute__lt=clock.now() - KEPT).delete()[0]


def _minute() -> datetime:
    return clock.now().replace(second=0, microsecond=0)
