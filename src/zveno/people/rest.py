"""Who a program acts for, and what is to be done."""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query, Schema

from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Day, Endpoints, Given, Named, OneOf, Shown
from zveno.people import actions
from zveno.people.models import Post, Task, Token
from zveno.ui.rest import Line400

router = Endpoints(tags=["people"])


class TokenShown(Schema):
    """The token that asks: of which post it is, what it may, until when."""

    name: str
    may: Annotated[str, OneOf(Token.May)]
    until: datetime | None
    post: Shown
    role: Annotated[str, OneOf(Post.Role)]
    organisation: Named


class TaskShown(Shown):
    """Something to be done: by the holder of a post, or by whoever has a role there."""

    organisation: Named
    post: Shown | None
    role: Annotated[str, OneOf(Post.Role, blank=True)]
    text: str
    due: date
    giver: Named | None
    given_at: datetime
    state: Annotated[str, OneOf(Task.State)]
    closed_at: datetime | None


class TasksAsked(Asked):
    """Which tasks."""

    LOOKUPS: ClassVar = {"organisation": "organisation__public_id", "state": "state"}
    organisation: UUID | None = None
    state: Annotated[str, OneOf(Task.State)] | None = None


class TaskGiven(Given):
    """What is to be done by which day: by the holder of ``post``, or by whoever has ``role``."""

    text: Line400
    due: Day
    post: UUID | None = None
    role: Annotated[str, OneOf(Post.Role, blank=True)] = ""


@router.shows("/token", TokenShown)
def token(request: Request) -> object:
    """Show whom this token acts for, what it may and until when."""
    rows = Token.objects.visible_to(request.actor).with_post()
    shown = rows.filter(pk=request.actor.credential or 0).first()
    if shown is None:
        raise NotFound
    return {
        "name": shown.name,
        "may": shown.may,
        "until": request.actor.until,
        "post": shown.post,
        "role": shown.post.role,
        "organisation": shown.post.organisation,
    }


@router.lists("/tasks", TaskShown)
def tasks(request: Request, asked: Query[TasksAsked]) -> object:
    """List the tasks of your organisation and those it gave."""
    rows = Task.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("organisation", "post", "giver"), asked.after, asked.limit)


@router.shows("/tasks/{uuid:key}", TaskShown)
def task(request: Request, key: UUID) -> object:
    """Show one task."""
    rows = Task.objects.visible_to(request.actor)
    return rows.select_related("organisation", "post", "giver").pick(key)


@router.does(
    "/organisations/{uuid:key}",
    actions.give_task,
    makes=True,
    refuses=[actions.TaskForNobody, actions.RoleElsewhere],
)
def give_task(request: Request, key: UUID, body: TaskGiven) -> object:
    """Give somebody in an organisation something to do."""
    posts = Post.objects.visible_to(request.actor).filter(public_id=body.post or UUID(int=0))
    wanted = actions.Assignment(body.text, body.due, posts.first(), body.role)
    return actions.give_task(request.actor, key, task=wanted)


@router.does("/tasks/{uuid:key}", actions.finish_task, refuses=[actions.TaskClosed])
def finish_task(request: Request, key: UUID) -> object:
    """Say that a task is done."""
    return actions.finish_task(request.actor, key)


@router.does("/tasks/{uuid:key}", actions.drop_task, refuses=[actions.TaskClosed])
def drop_task(request: Request, key: UUID) -> object:
    """Say that a task need not be done any more."""
    return actions.drop_task(request.actor, key)


@router.does("/tasks/{uuid:key}", actions.reopen_task, refuses=[actions.TaskClosed])
def reopen_task(request: Request, key: UUID) -> object:
    """Let a task that is done or dropped be open as before."""
    return actions.reopen_task(request.actor, key)


routers = (router,)
