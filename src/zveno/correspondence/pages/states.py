"""How the task of a decision or of a next step stands."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.people.models import Task
from zveno.ui.faces import Face

OVERDUE = Face(pgettext_lazy("task", "overdue"), "bad", "warn")
STATES = {
    Task.State.OPEN: Face(_("in progress"), "info", "clock"),
    Task.State.DONE: Face(pgettext_lazy("task", "done"), "ok", "check"),
    Task.State.DROPPED: Face(pgettext_lazy("task", "dropped"), "", "off"),
}


def state_of(task: Task | None) -> Face | None:
    """Say how a task stands; nothing of one the reader does not see."""
    if task is None:
        return None
    return OVERDUE if task.is_overdue else STATES[Task.State(task.state)]
