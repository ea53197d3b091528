"""Two people edit the same: who saves second is told what the first has changed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from zveno.kernel.actions import running
from zveno.kernel.errors import DomainError
from zveno.kernel.models import Entry

Words = Mapping[str, Any]
"""What a form or a program works on, by field, as JSON has it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field that is not what it was when the editing began."""

    field: str
    was: Any
    now: Any


class ChangedMeanwhile(DomainError):
    """Somebody has saved since you read it: look at the difference, then decide."""

    code = "changed_meanwhile"
    message = _("Someone has changed this since you opened it. Your changes are not saved yet.")

    def __init__(self, changes: list[Change], now: Words, entry: Entry | None) -> None:
        super().__init__()
        self.changes = changes
        self.now = now
        self.entry = entry


@contextmanager
def guarding(seen: Words | None, words: Callable[[], Words]) -> Iterator[None]:
    """Let a verb change ``words`` of its target only if they are still what was ``seen``.

    The target is locked. Who saw nothing asks for no guard; who wants what is stored already
    has it. Raises ``ChangedMeanwhile``.
    """
    before = words()
    yield
    if not seen or words() == before:
        return
    changes = [
        Change(name, seen[name], now)
        for name, now in before.items()
        if name in seen and seen[name] != now
    ]
    if changes:
        raise ChangedMeanwhile(changes, before, _last())


def _last() -> Entry | None:
    """Return what the journal tells of the last time the running verb was done to its target."""
    verb = running.get()
    if verb is None:
        return None
    same = Entry.objects.filter(target_kind=verb.target_kind, target_key=verb.target_key)
    return same.filter(verb=verb.verb).newest().first()
