"""What time it is. One place, so that a demonstration or a test can live on another day."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

_shift: ContextVar[timedelta | None] = ContextVar("shift", default=None)


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    shift = _shift.get()
    return timezone.now() + (_setting() if shift is None else shift)


def today() -> date:
    """Return the present day where the server stands."""
    return timezone.localdate(now())


@contextmanager
def travel(moment: datetime) -> Iterator[None]:
    """Make it ``moment`` (aware) inside the block; time goes on from there."""
    token = _shift.set(moment - timezone.now())
    try:
        yield
    finally:
        _shift.reset(token)


def _setting() -> timedelta:
    """Return how far ``ZVENO_TODAY`` (yyyy-mm-dd) is from the real day."""
    if not settings.TODAY:
        return timedelta()
    return date.fromisoformat(settings.TODAY) - timezone.localdate()
