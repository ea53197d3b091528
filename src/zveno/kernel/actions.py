"""The one door through which every change of state goes."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, OperationalError, models, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from zveno.kernel.actor import Actor, Means
from zveno.kernel.errors import DomainError, NotAllowed
from zveno.kernel.models import Entry, Record, journal_key
from zveno.kernel.repeats import once
from zveno.kernel.walls import scoped

Target = TypeVar("Target", bound=Record)
P = ParamSpec("P")
R = TypeVar("R")
Rule = Callable[[Actor, Target], bool]
Verb = Callable[Concatenate[Actor, Target, P], R]

log = logging.getLogger(__name__)
TRIES = 3
COLLISIONS = {"40001", "40P01"}
VERBS: dict[str, "Action[Any, Any, Any]"] = {}
running: ContextVar[Entry | None] = ContextVar("running", default=None)


class Clash(DomainError):
    """Somebody stored the same at this moment: the database let one of both pass."""

    code = "clash"
    message = _("Someone has just done the same. Reload the page to see the result.")


@dataclass(eq=False)
class Action(Generic[Target, P, R]):
    """A verb of a room, called as ``verb(actor, public_id, **details)``.

    A call finds the target among what ``actor`` sees, judges the rule, runs the verb and writes
    the journal in one transaction. Inside another verb only a ``consequence`` may run: in the
    same transaction, its target found whoever sees it, not judged again. Raises ``NotFound``,
    ``NotAllowed`` and what the verb raises.
    """

    verb: Verb[Target, P, R]
    rule: Rule[Target]
    on: type[Target]
    lock: bool = False
    consequence: bool = False

    def __post_init__(self) -> None:
        room = self.verb.__module__.removeprefix("zveno.").partition(".")[0]
        self.name = f"{room}.{self.verb.__name__}"
        VERBS[self.name] = self
        update_wrapper(self, self.verb)

    def allowed(self, actor: Actor, target: Target) -> bool:
        """Tell whether ``actor`` may do this; pages ask it before showing a button."""
        return actor.is_live() and not actor.only_reads and self.rule(actor, target)

    def __call__(self, actor: Actor, public_id: UUID, /, *args: P.args, **details: P.kwargs) -> R:
        """Do it."""
        parent = running.get()
        if parent and not self.consequence:
            raise RuntimeError(f"{parent.verb} called {self.name}, which is no consequence")
        if parent:
            return self._run(parent, actor, public_id, *args, **details)
        # What a verb writes (letters, notes, papers) is for others: the house's language.
        with translation.override(settings.LANGUAGE_CODE):
            return patiently(lambda: self._enter(actor, public_id, *args, **details))

    def _enter(self, actor: Actor, key: UUID, /, *args: P.args, **details: P.kwargs) -> R:
        try:
            with transaction.atomic(durable=True), scoped(actor):
                return once(actor, lambda: self._run(None, actor, key, *args, **details))
        except IntegrityError as clash:
            log.warning("%s met a constraint: %s", self.name, _constraint(clash))
            # Not "from clash": the message of the database quotes the row, and a job is logged.
            raise Clash from None

    def _run(
        self, parent: Entry | None, actor: Actor, key: UUID, /, *args: P.args, **details: P.kwargs
    ) -> R:
        target = self._find(actor, key, judged=parent is not None)
        if parent is None and not self.allowed(actor, target):
            raise NotAllowed
        with noted(self.name, actor, target, details, parent) as entry:
            result = self.verb(actor, target, *args, **details)
            if isinstance(result, Record):
                entry.created_kind, entry.created_key = result._meta.label, result.journal_key
        return result

    def _find(self, actor: Actor, public_id: UUID, *, judged: bool) -> Target:
        rows: Any = self.on._default_manager
        trusted = judged or actor.is_system()
        target: Target
        if not trusted and not self.lock:
            target = rows.pick_visible(actor, public_id)
            return target
        seen = rows.all() if trusted else rows.visible_to(actor)
        if self.lock:
            seen = seen.select_for_update(of=("self",))
        target = seen.pick(public_id)
        return target


def action(
    rule: Rule[Target], *, on: type[Target], lock: bool = False, consequence: bool = False
) -> Callable[[Verb[Target, P, R]], Action[Target, P, R]]:
    """Make the decorated verb an ``Action`` on records of one kind, guarded by ``rule``."""
    return lambda verb: Action(verb, rule, on, lock, consequence)


@contextmanager
def noted(
    verb: str, actor: Actor, target: Record, details: Mapping[str, object], parent: Entry | None
) -> Iterator[Entry]:
    """Take the keys before the verb runs; write the entry when it has run."""
    entry = Entry(
        verb=verb,
        actor_key=actor_key(actor),
        means=actor.means,
        organisation=_organisation(actor, target),
        target_kind=target._meta.label,
        target_key=target.journal_key,
        details=_noted_details(actor, details),
        parent=parent.public_id if parent else None,
    )
    token = running.set(entry)
    try:
        yield entry
    finally:
        running.reset(token)
    entry.save(force_insert=True)


def _noted_details(actor: Actor, details: Mapping[str, object]) -> dict[str, str | None]:
    """Keep the keys of records; a program is named by its token beside the person it acts for."""
    kept = {k: v.journal_key if isinstance(v, Record) else None for k, v in details.items()}
    return kept | {"token": str(actor.credential)} if actor.means is Means.TOKEN else kept


def actor_key(actor: Actor) -> str:
    """Name an actor in the journal: the pseudonym of the person, or the key of a link."""
    if actor.person is None:
        return "" if actor.credential is None else str(actor.credential)
    person = get_user_model()._meta.get_field("person").related_model
    if not (isinstance(person, type) and issubclass(person, models.Model)):
        raise TypeError("an account belongs to a person")
    return journal_key(person, actor.person)


def _organisation(actor: Actor, target: Record) -> int | None:
    """Return whose name the actor acts in: the target's home if it is theirs, else their only."""
    home = target.home()
    if home in actor.scope:
        return home
    return next(iter(actor.scope)) if len(actor.scope) == 1 else None


def _constraint(clash: IntegrityError) -> str:
    """Name the constraint; the message itself may hold personal data."""
    return str(getattr(getattr(clash.__cause__, "diag", None), "constraint_name", ""))


def patiently(work: Callable[[], R]) -> R:
    """Do ``work``; begin anew when the database breaks a deadlock or a collision, not for ever."""
    for _try in range(TRIES - 1):
        try:
            return work()
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) not in COLLISIONS:
                raise
    return work()
