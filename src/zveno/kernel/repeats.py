"""A request sent twice is done once and answered twice: ``Idempotency-Key``.

The key is stored in the transaction of the verb, so that both are there or neither is. Kept are
hashes with the installation's secret and the public id of what was made: nothing of the request
or the answer can be read from them.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Self, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, connection, models, transaction
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import DomainError
from zveno.kernel.models import Data, Questions, Record
from zveno.kernel.walls import scoped

Result = TypeVar("Result")
KEPT = timedelta(hours=48)
PATIENCE = "3s"
LOCKED = "55P03"


class KeyReused(DomainError):
    """A key names one request."""

    code = "key_reused"
    status = 422
    message = _("This key was already used with a different request. Use a new key.")


class StillRunning(DomainError):
    """The first request with this key has not ended yet."""

    code = "still_running"
    message = _("The same request is still running. Try again in a moment.")


class AlreadyDone(Exception):
    """The request was done before; ``made`` is the public id of what it made, if anything."""

    def __init__(self, made: UUID | None) -> None:
        super().__init__("already done")
        self.made = made


class RepeatQuerySet(Questions["Repeat"]):
    """Questions about requests done."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the actor's own."""
        return self.none() if actor.person is None else self.filter(person=actor.person)


class Repeat(models.Model):
    """A request that was done under a key, and what it made."""

    DATA: ClassVar = {"key_hash": Data.SEALED, "request_hash": Data.SEALED}

    person = models.BigIntegerField()
    credential = models.BigIntegerField()
    key_hash = models.CharField(max_length=64)
    request_hash = models.CharField(max_length=64)
    made = models.UUIDField(null=True)
    at = models.DateTimeField(db_index=True)
    objects = RepeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["credential", "key_hash"], name="key_is_used_once"),
        ]

    def __str__(self) -> str:
        """Say nothing of the request."""
        return "repeat"


@dataclass(frozen=True, slots=True)
class Knock:
    """A key and the request it was sent with."""

    key: str
    request: bytes


_knock: ContextVar[Knock | None] = ContextVar("knock", default=None)


@contextmanager
def keyed(key: str, request: bytes) -> Iterator[None]:
    """Let the verb called inside be done once for ``key``; without one, let it be done.

    Raises ``AlreadyDone``, ``KeyReused`` and ``StillRunning`` in place of doing it.
    """
    token = _knock.set(Knock(key, request) if key else None)
    try:
        yield
    finally:
        _knock.reset(token)


def once(actor: Actor, work: Callable[[], Result]) -> Result:
    """Do ``work`` unless this key has done it; called by the door inside its transaction."""
    knock = _knock.get()
    if knock is None or actor.person is None or actor.credential is None:
        return work()
    key_hash = _hash(f"{actor.credential}:{knock.key}".encode())
    _claim(actor.person, actor.credential, key_hash, _hash(knock.request))
    result = work()
    if isinstance(result, Record):
        mine = Repeat.objects.filter(credential=actor.credential, key_hash=key_hash)
        mine.update(made=result.public_id)
    return result


def forget_old() -> int:
    """Forget requests done longer than 48 hours ago; return how many."""
    with transaction.atomic(), scoped(SYSTEM):
        return Repeat.objects.filter(at__lt=clock.now() - KEPT).delete()[0]


def _claim(person: int, credential: int, key_hash: str, request_hash: str) -> None:
    """Take the key, or tell what it did; who holds it at this moment is waited for, not long."""
    row = (person, credential, key_hash, request_hash, clock.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        try:
            cursor.execute(
                "INSERT INTO kernel_repeat (person, credential, key_hash, request_hash, at) "
                "VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                row,
            )
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) != LOCKED:
                raise
            raise StillRunning from None
        taken = cursor.rowcount
        cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    if not taken:
        before = Repeat.objects.get(credential=credential, key_hash=key_hash)
        if not hmac.compare_digest(before.request_hash, request_hash):
            raise KeyReused
        raise AlreadyDone(before.made)


def _hash(text: bytes) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()
