"""What time it is. One place, so that a demonstration or a test can live on another day."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

_shift: ContextVar[timedelta | None] = ContextVar("shift", default=None)
_begun: ContextVar[datetime | None] = ContextVar("begun", default=None)


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _real() + _moved()


def today() -> date:
    """Return the present day where the server stands."""
    return timezone.localdate(now())


@contextmanager
def steady() -> Iterator[datetime]:
    """Let no moment inside the block be before the one given, even if the clock is set back."""
    moment = _real()
    token = _begun.set(moment)
    try:
        yield moment + _moved()
    finally:
        _begun.reset(token)


@contextmanager
def travel(moment: datetime) -> Iterator[None]:
    """Make it ``moment`` (aware) inside the block; time goes on from there."""
    token = _shift.set(moment - timezone.now())
    try:
        yield
    finally:
        _shift.reset(token)


def _real() -> datetime:
    begun, moment = _begun.get(), timezone.now()
    return moment if begun is None else max(begun, moment)


def _moved() -> timedelta:
    shift = _shift.get()
    return _setting() if shift is None else shift


def _setting() -> timedelta:
    """Return how far ``ZVENO_TODAY`` (yyyy-mm-dd) is from the real day."""
    if not settings.TODAY:
        return timedelta()
    return date.fromisoformat(settings.TODAY) - timezone.localdate()
