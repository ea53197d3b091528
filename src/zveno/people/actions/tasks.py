"""Verbs: tasks are given, done, dropped, and opened again; whoever forgets is reminded."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.kernel.walls import scoped
from zveno.organisations.models import Organisation
from zveno.people import rules
from zveno.people.actions.posts import RoleElsewhere
from zveno.people.models import Post, Task, notify, settle, tell_person
from zveno.people.models.notices import Telling
from zveno.people.models.tasks import is_done, is_due, is_given, last_call


class TaskForNobody(BadInput):
    """A task is for one post, held now in the organisation, or for one role."""

    code = "task_for_nobody"
    message = _("Choose who does it: a person who holds a post here now, or a role.")
    field = "to"


class TaskClosed(DomainError):
    """A task is done or dropped once; opened again, it is as before."""

    code = "task_closed"
    message = _("This task is already done or dropped.")


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is to be done by which day, by the holder of a ``post`` or by whoever has a ``role``.

    ``origin`` names the record it comes of («room.model:key»), ``url`` is a page of ours where it
    is done, ``giver`` the organisation in whose name it is given: the actor's unless said.
    """

    text: str
    due: date
    post: Post | None = None
    role: str = ""
    origin: str = ""
    url: str = ""
    giver: Organisation | None = None


@action(rules.gives_tasks, on=Organisation, consequence=True)
def give_task(actor: Actor, organisation: Organisation, *, task: Assignment) -> Task:
    """Give somebody in ``organisation`` something to do; they are told.

    While one of the same origin is open there, that one is changed. Raises ``TaskForNobody`` and
    ``RoleElsewhere``.
    """
    _check(organisation, task)
    wanted = {name: getattr(task, name) for name in ("text", "due", "post", "role", "url")}
    fresh = {"giver_id": _giver(actor, organisation, task), "given_by_id": actor.person}
    # Whoever gives a task to another house by an upper verb does not see what is done there.
    with scoped(SYSTEM):
        made, new = _put(organisation, task.origin, wanted, fresh)
        if new or _change(made, wanted):
            _tell(actor, made, is_given(made))
    return made


def _check(organisation: Organisation, task: Assignment) -> None:
    post = task.post
    if (post is None) == (not task.role):
        raise TaskForNobody
    if post and (post.organisation_id != organisation.pk or not post.is_live):
        raise TaskForNobody
    if task.role and not Post.fits(task.role, organisation.kind):
        raise RoleElsewhere


def _giver(actor: Actor, organisation: Organisation, task: Assignment) -> int | None:
    if task.giver:
        return task.giver.pk
    return organisation.pk if organisation.pk in actor.scope else min(actor.scope, default=None)


def _put(
    organisation: Organisation, origin: str, wanted: dict[str, Any], fresh: dict[str, Any]
) -> tuple[Task, bool]:
    if not origin:
        return Task.objects.create(organisation=organisation, **wanted, **fresh), True
    return Task.objects.get_or_create(
        organisation=organisation,
        origin=origin,
        state=Task.State.OPEN,
        defaults=wanted | fresh,
    )


def _change(task: Task, wanted: dict[str, Any]) -> bool:
    """Let an open task say what its origin says now; tell whether it said anything else."""
    if all(getattr(task, name) == value for name, value in wanted.items()):
        return False
    for name, value in (wanted | {"reminded": clock.today()}).items():
        setattr(task, name, value)
    task.save(update_fields=[*wanted, "reminded"])
    settle(task.about)
    return True


@action(rules.does_task, on=Task, lock=True, consequence=True)
def finish_task(actor: Actor, task: Task) -> None:
    """Say that a task is done; who gave it is told. Raises ``TaskClosed`` if it was dropped."""
    if _close(actor, task, Task.State.DONE) and task.given_by_id not in {None, actor.person}:
        tell_person(task.given_by_id or 0, is_done(task))


@action(rules.drops_task, on=Task, lock=True, consequence=True)
def drop_task(actor: Actor, task: Task) -> None:
    """Say that a task need not be done any more. Raises ``TaskClosed`` if it is done."""
    _close(actor, task, Task.State.DROPPED)


@action(rules.does_task, on=Task, lock=True)
def reopen_task(actor: Actor, task: Task) -> None:
    """Let a task that is done or dropped be open as before.

    Raises ``TaskClosed`` if another of the same origin has been given meanwhile.
    """
    with scoped(SYSTEM):
        same = Task.objects.to_do().filter(organisation=task.organisation_id, origin=task.origin)
        if task.origin and same.exclude(pk=task.pk).exists():
            raise TaskClosed
    Task.objects.filter(pk=task.pk).update(state=Task.State.OPEN, closed_at=None, closed_by=None)


@action(rules.settles_tasks, on=Organisation, consequence=True)
def settle_origin(
    actor: Actor, organisation: Organisation, *, origin: str, dropped: bool = False
) -> None:
    """Close what is open in an organisation of an origin: it is done, or need not be any more.

    Upper rooms call this as a consequence, whoever acts; where nothing is open nothing happens.
    """
    state = Task.State.DROPPED if dropped else Task.State.DONE
    with scoped(SYSTEM):
        for task in Task.objects.to_do().filter(organisation=organisation, origin=origin):
            _close(actor, task, state)


def _close(actor: Actor, task: Task, state: Task.State) -> bool:
    """Close an open task; tell whether it was open. Raises ``TaskClosed``."""
    closed = {"state": state, "closed_at": clock.now(), "closed_by": actor.person}
    if Task.objects.to_do().filter(pk=task.pk).update(**closed):
        settle(task.about)
        return True
    if task.state != state:
        raise TaskClosed
    return False


@action(rules.reminds, on=Task, lock=True)
def remind_of_task(actor: Actor, task: Task) -> None:
    """Remind 3 days before the day, on it, and once a week after it. The worker does this.

    If the post has ended, whoever leads the organisation is reminded.
    """
    today = clock.today()
    call = last_call(task.due, today)
    if not task.is_open or call is None or call <= task.reminded:
        return
    Task.objects.filter(pk=task.pk).update(reminded=today)
    settle(task.about)
    _tell(actor, task, is_due(task))


def _tell(actor: Actor, task: Task, telling: Telling) -> None:
    post = task.post
    if post is None:
        notify(actor, telling, [task.organisation_id], [task.role])
    elif post.is_over:
        leading: Collection[str] = rules.LEADING
        notify(actor, telling, [task.organisation_id], leading)
    elif post.person_id != actor.person:
        tell_person(post.person_id, telling)
