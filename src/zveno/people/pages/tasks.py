"""Tasks: what is mine to do, what my organisation does, what was given; done in one press."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.people import actions
from zveno.people.forms.tasks import TaskForm
from zveno.people.models import Post, Task
from zveno.people.models.tasks import TaskQuerySet
from zveno.ui.answers import draw
from zveno.ui.faces import Face
from zveno.ui.refusals import RefusalsIn
from zveno.ui.sheets import TYPES, attached
from zveno.ui.toasts import tell, tell_with_undo

SHOWN = 200
TAKEN = 5000
MOST = 300
LONGEST = 300
SOON = timedelta(days=7)
HEADS = (
    _("What to do"),
    _("Who does it"),
    _("Organisation"),
    _("Due"),
    _("State"),
    _("Given by"),
    pgettext_lazy("task", "Closed"),
    _("Closed by"),
)
OVERDUE = Face(_("overdue"), "bad", "warn")
TODAY = Face(_("today"), "warn", "clock")
FACES = {
    Task.State.OPEN: Face(Task.State.OPEN.label, "info", "clock"),
    Task.State.DONE: Face(Task.State.DONE.label, "ok", "check"),
    Task.State.DROPPED: Face(Task.State.DROPPED.label, "", "off"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A task as the table shows it: how it stands, what the reader may do."""

    task: Task
    face: Face
    may_finish: bool = False
    may_drop: bool = False
    may_reopen: bool = False


@require_safe
def tasks(request: Request) -> HttpResponse:
    """Show tasks; ``?whose=``, ``?state=`` and ``?due=`` choose. At first: mine to be done."""
    found = list(_chosen(request)[: SHOWN + 1])
    facts = {
        "lines": _lines(request.actor, found[:SHOWN]),
        "most": SHOWN if len(found) > SHOWN else 0,
        "query": request.GET.urlencode(),
        "chosen": bool(request.GET.keys() & {"whose", "state", "due"}),
        "gives": bool(request.actor.scope),
    }
    return render(request, "people/tasks.html", facts)


@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    """Hand over what the filters leave. Raises ``Http404`` for another kind of file."""
    if kind not in TYPES:
        raise Http404
    return attached("tasks", kind, HEADS, map(_cells, _chosen(request)[:TAKEN]))


def _chosen(request: Request) -> TaskQuerySet:
    rows = Task.objects.visible_to(request.actor)
    whose, state = request.GET.get("whose", "mine"), request.GET.get("state", Task.State.OPEN)
    if whose == "given":
        rows = rows.filter(giver__in=request.actor.scope)
    elif whose != "all":
        rows = rows.mine(request.actor)
    if state in Task.State.values:
        rows = rows.filter(state=state)
    today = clock.today()
    by = {"overdue": today - timedelta(days=1), "week": today + SOON}.get(
        request.GET.get("due", "")
    )
    if by:
        rows = rows.due_by(by)
    people = ("organisation", "post__person", "given_by", "closed_by")
    return rows.select_related(*people).urgent_first()


def _lines(actor: Actor, tasks: Sequence[Task]) -> list[Line]:
    """Say what the reader may do with each: what ``finish_task`` judges, in one question."""
    own = Task.objects.visible_to(actor).mine(actor).filter(pk__in=[one.pk for one in tasks])
    mine = set(own.values_list("pk", flat=True))
    lines = []
    for task in tasks:
        leads = actions.drop_task.allowed(actor, task)
        does = leads or task.pk in mine
        may = (task.is_open and does, task.is_open and leads, not task.is_open and does)
        lines.append(Line(task, _face(task), *may))
    return lines


def _face(task: Task) -> Face:
    if task.is_overdue:
        return OVERDUE
    if task.is_open and task.due == clock.today():
        return TODAY
    return FACES[Task.State(task.state)]


def _cells(task: Task) -> tuple[object, ...]:
    closed = date_format(localtime(task.closed_at), "d.m.Y") if task.closed_at else ""
    return (
        *(task.text, task.whom, task.organisation, date_format(task.due, "d.m.Y")),
        *(_face(task).text, task.given_by or gettext("Zveno"), closed, task.closed_by or ""),
    )


@require_safe
def _ask(request: Request) -> HttpResponse:
    form = TaskForm(_people(request.actor), initial=TaskForm.at_first())
    return render(request, "people/task_new.html", {"form": form})


@require_POST
def _give(request: Request) -> HttpResponse:
    with reading(request.actor):
        form = TaskForm(_people(request.actor), request.POST)
        valid = form.is_valid()
    if valid:
        with RefusalsIn(form):
            house, wanted = form.organisation(), form.assignment()
            made = actions.give_task(request.actor, house.public_id, task=wanted)
            undo = reverse("people:drop_task", args=[made.public_id])
            tell_with_undo(request, gettext("The task is given."), undo)
            return redirect(f"{reverse('people:tasks')}?whose=given")
    return draw(request, "people/task_new.html", {"form": form})


def _people(actor: Actor) -> list[Post]:
    """Return who may be given a task: all who hold posts where the actor works."""
    if not actor.scope:
        raise NotAllowed
    posts = (
        Post.objects.visible_to(actor)
        .live()
        .filter(organisation__in=actor.scope)
        .select_related("person", "organisation")
        .order_by("organisation", "person__family_name", "pk")
    )
    return list(posts[:MOST])


@require_POST
def finish(request: Request, key: UUID) -> HttpResponse:
    """Say that a task is done."""
    actions.finish_task(request.actor, key)
    undo = reverse("people:reopen_task", args=[key])
    tell_with_undo(request, gettext("The task is done."), undo)
    return _back(request)


@require_POST
def drop(request: Request, key: UUID) -> HttpResponse:
    """Say that a task need not be done."""
    actions.drop_task(request.actor, key)
    undo = reverse("people:reopen_task", args=[key])
    tell_with_undo(request, gettext("The task is dropped."), undo)
    return _back(request)


@require_POST
def reopen(request: Request, key: UUID) -> HttpResponse:
    """Let a task be open as before."""
    actions.reopen_task(request.actor, key)
    tell(request, gettext("The task is open again."))
    return _back(request)


def _back(request: Request) -> HttpResponse:
    """Lead to the list as it was chosen."""
    chosen = QueryDict(request.POST.get("back", "")[:LONGEST]).urlencode()
    return redirect(f"{reverse('people:tasks')}?{chosen}")


give = by_method(get=_ask, post=_give)
